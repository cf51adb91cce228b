/** An amount with its currency. The amount is text all the way from the database to the caller. */
import { Field, ObjectType } from 'type-graphql';
import { DecimalScalar } from './scalars.ts';

@ObjectType({ description: 'An exact amount (kwota) in one currency.', simpleResolvers: true })
export class Money {
  @Field(() => DecimalScalar, { description: 'The amount, four places after the point.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217, e.g. PLN.' })
  currency!: string;
}
