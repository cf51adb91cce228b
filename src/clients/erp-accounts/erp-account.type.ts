import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../../values/node.type.ts';

@ObjectType({
  implements: Node,
  description: 'A link from a card to a customer of one ERP (konto w ERP).',
  simpleResolvers: true,
})
export class ErpAccount extends Node {
  @Field(() => Int, { description: 'Grows by one with every change; a change states the version it saw.' })
  version!: number;

  @Field(() => String, { description: "The company's key." })
  companyKey!: string;

  @Field(() => String, { description: "The ERP's own key of the customer, as text." })
  customerId!: string;
}
