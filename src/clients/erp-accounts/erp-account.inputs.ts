import { Field, ID, InputType } from 'type-graphql';
import { IdOf, Text } from '../../values/checks.ts';

@InputType({ description: 'Which card to link to which customer of an ERP.' })
export class LinkErpAccountInput {
  @Field(() => ID, { description: 'The card.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => String, { description: "The company's key." })
  @Text({ max: 100, required: true })
  company!: string;

  @Field(() => String, { description: "The customer's id there, as erpCustomers tells it." })
  @Text({ max: 450, required: true })
  customerId!: string;
}
