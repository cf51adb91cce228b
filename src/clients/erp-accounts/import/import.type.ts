import { Field, InputType, ObjectType } from 'type-graphql';
import { Flag, KeysOf, Text } from '../../../values/checks.ts';

/** More are imported by `npm run import:erp`. */
const mostCustomers = 200;

@InputType({ description: "Which of an ERP's customers are to have cards." })
export class ImportErpCustomersInput {
  @Field(() => String, { description: "The company's key." })
  @Text({ max: 100, required: true })
  company!: string;

  @Field(() => [String], {
    description: "The customers' ids there, as erpCustomers tells them; 200 at most.",
  })
  @KeysOf('customer', { max: mostCustomers, longest: 450 })
  customerIds!: string[];

  @Field(() => String, { description: 'Key of the card type of new cards.' })
  @Text({ max: 40, required: true })
  cardType!: string;

  @Field(() => Boolean, { nullable: true, description: 'True: only tells what would come of it.' })
  @Flag()
  dryRun?: boolean | null;
}

@ObjectType({ description: 'A customer that was left as it is.', simpleResolvers: true })
export class ImportLeft {
  @Field(() => String, { description: "The customer's id, as it was given." })
  customerId!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@ObjectType({ description: 'What of a customer did not come onto its new card.', simpleResolvers: true })
export class ImportOmitted {
  @Field(() => String, { description: "The customer's id." })
  customerId!: string;

  @Field(() => String, { description: 'The member of the card that stays empty or is shortened.' })
  field!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@ObjectType({ description: 'What came of an import from an ERP.', simpleResolvers: true })
export class ImportErpCustomersResult {
  @Field(() => [ImportLeft], { description: 'Customers left as they are, with the reason.' })
  left!: readonly ImportLeft[];

  @Field(() => [ImportOmitted], { description: 'What of the customers did not come onto the new cards.' })
  omitted!: readonly ImportOmitted[];
}
