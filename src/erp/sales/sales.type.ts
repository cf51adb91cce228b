/** Sales as callers see them. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Money } from '../../values/money.ts';
import { DateScalar } from '../../values/scalars.ts';
import { CompanySource, ErpCompany } from '../company.type.ts';
import { periods } from './period.ts';

export const PeriodEnum = Object.fromEntries(periods.map((period) => [period, period]));
registerEnumType(PeriodEnum, {
  name: 'Period',
  description: 'A period of the calendar (okres).',
  valuesConfig: {
    MONTH: { description: 'A month (miesiąc).' },
    QUARTER: { description: 'A quarter of a year (kwartał).' },
    YEAR: { description: 'A year (rok).' },
  },
});

@ObjectType({
  description: 'What one company sold to the client in one period and currency (sprzedaż).',
  simpleResolvers: true,
})
export class SalesPeriod {
  @Field(() => ErpCompany, { description: 'Whose books.' })
  company!: ErpCompany;

  @Field(() => String, { description: 'ISO 4217.' })
  currency!: string;

  @Field(() => DateScalar, { description: 'First day of the period, or of what was asked for of it.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last day of the period, or of what was asked for of it.' })
  to!: string;

  @Field(() => Int, { description: 'How many documents, corrections included.' })
  documents!: number;

  @Field(() => Money, { description: 'Net value (netto).' })
  net!: Money;

  @Field(() => Money, { description: 'VAT.' })
  vat!: Money;

  @Field(() => Money, { description: 'Gross value (brutto).' })
  gross!: Money;
}

@ObjectType({ description: 'Sales (sprzedaż) by company, period and currency.', simpleResolvers: true })
export class SalesReport {
  @Field(() => [SalesPeriod], {
    description: 'By company, then oldest period first; periods without any document are left out.',
  })
  items!: SalesPeriod[];

  @Field(() => [CompanySource], {
    description: 'How fresh each part is: one entry per company that was asked.',
  })
  sources!: CompanySource[];
}
