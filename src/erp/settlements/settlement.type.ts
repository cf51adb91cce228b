/** Settlements and their matches as callers see them. */
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateFilter } from '../../values/filters.ts';
import { Money } from '../../values/money.ts';
import { Node } from '../../values/node.type.ts';
import { DateScalar } from '../../values/scalars.ts';
import { ErpCompany } from '../company.type.ts';
import { erpConnectionOf } from '../connection.type.ts';
import { settlementSides, type SettlementSide } from './settlement.reader.ts';

const SettlementSideEnum = Object.fromEntries(settlementSides.map((side) => [side, side]));
registerEnumType(SettlementSideEnum, {
  name: 'SettlementSide',
  description: 'Who owes whom.',
  valuesConfig: {
    RECEIVABLE: { description: 'The client owes (należność).' },
    PAYABLE: { description: 'Owed to the client, corrections included (zobowiązanie).' },
  },
});

@ObjectType({
  implements: Node,
  description: 'One open or settled item (rozrachunek). An invoice paid in instalments has several.',
  simpleResolvers: true,
})
export class Settlement extends Node {
  @Field(() => ErpCompany, { description: 'Whose ERP holds it.' })
  company!: ErpCompany;

  @Field(() => SettlementSideEnum, { description: 'Who owes whom (strona).' })
  side!: SettlementSide;

  @Field(() => String, { nullable: true, description: 'Number of the document it came from (dokument).' })
  documentNumber!: string | null;

  @Field(() => DateScalar, { description: 'The day it came about (data wystawienia).' })
  issuedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day it is due (termin płatności).' })
  dueOn!: string | null;

  @Field(() => Money, { description: 'How much it was (kwota); never negative: side tells who owes.' })
  amount!: Money;

  @Field(() => Money, { description: 'What is left of it, now (pozostaje); zero when settled.' })
  remaining!: Money;

  @Field(() => Boolean, {
    description:
      "Whether the client owes something of it past its due day (po terminie), by the company's calendar; never for PAYABLE.",
  })
  overdue!: boolean;

  @Field(() => Int, { description: 'Days past its due day; 0 while it is not overdue.' })
  daysOverdue!: number;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day nothing of it was left (data rozliczenia).',
  })
  settledOn!: string | null;
}

@ObjectType({
  description: 'What settled an item (rozliczenie): a payment, or another item by compensation (kompensata).',
  simpleResolvers: true,
})
export class SettlementMatch {
  @Field(() => Money, { description: "How much of the item it settled, in the item's currency." })
  amount!: Money;

  @Field(() => DateScalar, { nullable: true, description: 'The day of it; null where the ERP keeps none.' })
  matchedOn!: string | null;
}

@InputType({ description: 'Which settlements. All members given hold together.' })
export class SettlementFilter {
  @Field(() => String, { nullable: true, description: 'Only this company, by its key.' })
  company?: string | null;

  @Field(() => SettlementSideEnum, { nullable: true, description: 'Who owes whom.' })
  side?: SettlementSide | null;

  @Field(() => Boolean, { nullable: true, description: 'When true, only those with something left.' })
  openOnly?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'When true, only those of which the client owes something past its due day.',
  })
  overdueOnly?: boolean | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it is due.' })
  dueOn?: DateFilter | null;

  @Field(() => String, { nullable: true, description: 'In this currency, ISO 4217.' })
  currency?: string | null;
}

export const SettlementConnection = erpConnectionOf(Settlement, 'Settlement', 'settlements (rozrachunki)');
