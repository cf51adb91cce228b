/** Ageing as callers see it. */
import { Field, ObjectType } from 'type-graphql';
import { Money } from '../../values/money.ts';
import { DateScalar } from '../../values/scalars.ts';
import { CompanySource, ErpCompany } from '../company.type.ts';

@ObjectType({
  description:
    'Open receivables of one company and currency by the age of their due date (wiekowanie należności).',
  simpleResolvers: true,
})
export class Ageing {
  @Field(() => ErpCompany, { description: 'Whose books.' })
  company!: ErpCompany;

  @Field(() => String, { description: 'ISO 4217.' })
  currency!: string;

  @Field(() => Money, {
    description: 'Not due yet (nieprzeterminowane): due that day or later, or without a due day.',
  })
  notDue!: Money;

  @Field(() => Money, { description: '1 to 30 days past its due day.' })
  days1to30!: Money;

  @Field(() => Money, { description: '31 to 60 days past its due day.' })
  days31to60!: Money;

  @Field(() => Money, { description: '61 to 90 days past its due day.' })
  days61to90!: Money;

  @Field(() => Money, { description: 'More than 90 days past its due day.' })
  over90!: Money;

  @Field(() => Money, {
    description:
      'The sum of the five: what the client owed (należności). Of today it is the receivable of the balances.',
  })
  total!: Money;

  @Field(() => Money, { description: 'What was owed to the client, corrections included (zobowiązania).' })
  credits!: Money;

  @Field(() => Money, { description: 'Payments not matched to any item (nierozliczone wpłaty).' })
  unallocated!: Money;
}

@ObjectType({ description: 'Ageing (wiekowanie) by company and currency.', simpleResolvers: true })
export class AgeingReport {
  @Field(() => DateScalar, { description: 'The day it is of.' })
  asOf!: string;

  @Field(() => [Ageing], { description: 'One for each company and currency with something open that day.' })
  items!: Ageing[];

  @Field(() => [CompanySource], {
    description: 'How fresh each part is: one entry per company that was asked.',
  })
  sources!: CompanySource[];
}
