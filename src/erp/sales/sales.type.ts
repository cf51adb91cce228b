/** Sales as callers see them. */
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Money } from '../../values/money.ts';
import { DateScalar, DecimalScalar } from '../../values/scalars.ts';
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

@ObjectType({
  description:
    'What one company sold to the client of one product, in one unit and currency (sprzedaż towaru).',
  simpleResolvers: true,
})
export class ProductSales {
  @Field(() => ErpCompany, { description: 'Whose books.' })
  company!: ErpCompany;

  @Field(() => String, { description: 'ISO 4217.' })
  currency!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The product's code (kod towaru); where it has none, lines of the same name are one product.",
  })
  productCode!: string | null;

  @Field(() => String, {
    description: "The product's name (nazwa towaru), one of them where it had several.",
  })
  productName!: string;

  @Field(() => String, { nullable: true, description: "The product's group (grupa towarowa)." })
  productGroup!: string | null;

  @Field(() => String, { nullable: true, description: 'Unit of the quantity (jednostka miary).' })
  unit!: string | null;

  @Field(() => DecimalScalar, { description: 'How much, corrections included (ilość).' })
  quantity!: string;

  @Field(() => Money, { description: 'Net value (wartość netto).' })
  net!: Money;
}

@ObjectType({ description: 'Products that sold best (najlepsze towary).', simpleResolvers: true })
export class ProductReport {
  @Field(() => [ProductSales], {
    description:
      'By company and currency, greatest net value first: so many of each, since currencies do not compare.',
  })
  items!: ProductSales[];

  @Field(() => [CompanySource], {
    description: 'How fresh each part is: one entry per company that was asked.',
  })
  sources!: CompanySource[];
}
