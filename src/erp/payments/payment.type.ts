/** Payments as callers see them. What they settled is added elsewhere. */
import { Field, InputType, ObjectType } from 'type-graphql';
import { DateFilter } from '../../values/filters.ts';
import { Money } from '../../values/money.ts';
import { Node } from '../../values/node.type.ts';
import { DateScalar } from '../../values/scalars.ts';
import { ErpCompany } from '../company.type.ts';
import { erpConnectionOf } from '../connection.type.ts';

@ObjectType({
  implements: Node,
  description: 'A payment received from the client or paid back (płatność).',
  simpleResolvers: true,
})
export class Payment extends Node {
  @Field(() => ErpCompany, { description: 'Whose ERP holds it.' })
  company!: ErpCompany;

  @Field(() => DateScalar, { description: 'The day it was paid (data zapłaty).' })
  paidOn!: string;

  @Field(() => Money, { description: 'How much (kwota); negative when it was paid back.' })
  amount!: Money;

  @Field(() => Money, {
    description: 'The part not matched to any item, now (nierozliczone); negative when it was paid back.',
  })
  unallocated!: Money;

  @Field(() => String, {
    nullable: true,
    description:
      'How it was paid (forma płatności): TRANSFER, CASH, CARD, COMPENSATION, OTHER, or null where the ERP does not tell.',
  })
  method!: string | null;

  @Field(() => String, { nullable: true, description: 'What the payer wrote to it (tytuł).' })
  reference!: string | null;
}

@InputType({ description: 'Which payments. All members given hold together.' })
export class PaymentFilter {
  @Field(() => String, { nullable: true, description: 'Only this company, by its key.' })
  company?: string | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it was paid.' })
  paidOn?: DateFilter | null;

  @Field(() => String, { nullable: true, description: 'In this currency, ISO 4217.' })
  currency?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'When true, only those with a part not matched to any item.',
  })
  unallocatedOnly?: boolean | null;
}

export const PaymentConnection = erpConnectionOf(Payment, 'Payment', 'payments (płatności)');
