/** What callers see of the companies whose ERPs are read. */
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../values/scalars.ts';
import { erpSections, sourceStates, type ErpSection, type SourceState } from './company-states.ts';

const ErpSectionEnum = Object.fromEntries(erpSections.map((section) => [section, section]));
registerEnumType(ErpSectionEnum, {
  name: 'ErpSection',
  description: 'What an ERP may offer.',
  valuesConfig: {
    CUSTOMERS: { description: 'Its customers (kontrahenci).' },
    ORDERS: { description: 'Sales orders (zamówienia).' },
    INVOICES: { description: 'Invoices and corrections (faktury, korekty).' },
    PAYMENTS: { description: 'Payments received and paid back (płatności).' },
    SETTLEMENTS: { description: 'Open and settled items (rozrachunki).' },
    MATCHES: { description: 'What settled an item, and when (rozliczenia).' },
  },
});

const SourceStateEnum = Object.fromEntries(sourceStates.map((state) => [state, state]));
registerEnumType(SourceStateEnum, {
  name: 'SourceState',
  description: 'Where an answer came from.',
  valuesConfig: {
    LIVE: { description: 'Asked of the ERP just now.' },
    CACHED: { description: 'Asked a short, configured time ago.' },
    STALE: { description: 'The ERP failed; this is the last answer it gave.' },
    UNAVAILABLE: { description: 'The ERP does not answer.' },
  },
});

@ObjectType({ description: 'A company whose ERP is read.', simpleResolvers: true })
export class ErpCompany {
  @Field(() => String, { description: 'Its key in `company` arguments and ids.' })
  key!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'IANA name of the zone that its business days are in.' })
  timeZone!: string;

  @Field(() => [ErpSectionEnum], {
    description: 'What this ERP offers; while it fails, what it last offered; empty when it never answered.',
  })
  sections!: ErpSection[];

  @Field(() => SourceStateEnum, {
    description:
      'LIVE while it answers; STALE when it fails now but answered before; UNAVAILABLE when it never did.',
  })
  state!: SourceState;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it last answered; null when it never did since the service started.',
  })
  asOf!: string | null;
}

@ObjectType({
  description: "How fresh one company's part is. STALE: it failed, and this is the last answer it gave.",
  simpleResolvers: true,
})
export class CompanySource {
  @Field(() => String, { description: "The company's key." })
  company!: string;

  @Field(() => SourceStateEnum, { description: 'Where its part came from.' })
  state!: SourceState;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the ERP gave this part.' })
  asOf!: string | null;
}
