/** Balances as callers see them. */
import { Field, ObjectType } from 'type-graphql';
import { Money } from '../../values/money.ts';
import { CompanySource, ErpCompany } from '../company.type.ts';

@ObjectType({
  description: 'What is open in one company and currency (saldo), as of now. overdue is part of receivable.',
  simpleResolvers: true,
})
export class Balance {
  @Field(() => ErpCompany, { description: 'Whose books.' })
  company!: ErpCompany;

  @Field(() => String, { description: 'ISO 4217.' })
  currency!: string;

  @Field(() => Money, { description: 'What the client owes (należności).' })
  receivable!: Money;

  @Field(() => Money, {
    description: "The part of it past its due day (przeterminowane), by the company's calendar.",
  })
  overdue!: Money;

  @Field(() => Money, { description: 'What is owed to the client, corrections included (zobowiązania).' })
  payable!: Money;

  @Field(() => Money, { description: 'Payments not matched to any item (nierozliczone wpłaty).' })
  unallocated!: Money;

  @Field(() => Money, {
    nullable: true,
    description:
      'Credit limit in this currency, of all the accounts together; null as soon as one keeps none.',
  })
  creditLimit!: Money | null;

  @Field(() => Money, {
    nullable: true,
    description: 'Credit limit less receivable; negative when it is exceeded.',
  })
  creditLeft!: Money | null;
}

@ObjectType({ description: 'Balances (salda) by company and currency.', simpleResolvers: true })
export class Balances {
  @Field(() => [Balance], {
    description: 'One for each company and currency with something open or a credit limit.',
  })
  items!: Balance[];

  @Field(() => [CompanySource], {
    description: 'How fresh each part is: one entry per company that was asked.',
  })
  sources!: CompanySource[];
}
