/** Debtors as callers see them. What joins one to its card is added elsewhere. */
import { Field, ObjectType } from 'type-graphql';
import { Money } from '../../values/money.ts';
import { DateScalar } from '../../values/scalars.ts';
import { erpConnectionOf } from '../connection.type.ts';

@ObjectType({
  description:
    'A customer that owes (dłużnik), in one company and currency, as of now. overdue is part of receivable.',
  simpleResolvers: true,
})
export class Debtor {
  @Field(() => Money, {
    description: 'What it owes (należności); what is owed to it is not taken off, as in its balance.',
  })
  receivable!: Money;

  @Field(() => Money, {
    description: "The part of it past its due day (przeterminowane), by the company's calendar.",
  })
  overdue!: Money;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The earliest due day of what it owes (najstarszy termin płatności); null where nothing of it has one.',
  })
  oldestDueOn!: string | null;
}

export const DebtorConnection = erpConnectionOf(Debtor, 'Debtor', 'debtors (dłużnicy)');
