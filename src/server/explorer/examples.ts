/** What a newcomer tries first: the tabs that the explorer opens with. They run as they stand on the sample data. */
import {
  wholeCard,
  clientList,
  newClient,
  debtors,
  unlinked,
  cardOfCustomer,
  paging,
  changeFeed,
  anyRecord,
  runningOut,
  calendar,
  newMeeting,
  newFeature,
  someFeatures,
  featureGaps,
  duplicates,
  mergeDryRun,
  history,
  report,
} from './example-queries.ts';

export interface Example {
  readonly title: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A card of the sample with ERP accounts, recipients and delivery places. */
const sampleCode = 'OBUWNIK-LDZ';

/** A customer of the sandbox's ERP that no sample card is linked to, and the card that the example makes of it. */
const newCustomer = { id: '019ac4d2-7a10-7c35-9e44-5b1f0d6e8a21', customerId: '1090', taxId: '8729618165' };

export const examples: readonly Example[] = [
  {
    title: 'Everything about one client: the card, and what the ERP says',
    query: wholeCard,
    variables: { code: sampleCode },
  },
  {
    title: "A client's history, newest first: changes, notes, files, events, orders, invoices and payments",
    query: history,
    variables: { code: sampleCode, from: '2026-01-01T00:00:00Z' },
  },
  {
    title: "The firm's own reports, and one of them run for a client",
    query: report,
    variables: { code: sampleCode, parameters: [{ name: 'issuedFrom', values: ['2025-01-01'] }] },
  },
  { title: 'Clients by name, each with the last three invoices', query: clientList },
  {
    title: 'A new client. Wrong input tells all problems at once: try another tax id',
    query: newClient,
    variables: {
      input: {
        code: 'NOWY-KLIENT',
        cardType: 'detal',
        shortName: 'Nowy Klient',
        fullName: 'Nowy Klient Spółka z o.o.',
        taxId: '5260001246',
        address: { street: 'ul. Prosta 1', postalCode: '00-838', city: 'Warszawa', country: 'PL' },
      },
    },
  },
  { title: 'Who owes most, overdue first', query: debtors, variables: { company: 'main', currency: 'PLN' } },
  {
    title: 'Customers of an ERP by a part of name, city or tax id: those without a client have no card yet',
    query: unlinked,
    variables: { company: 'main', search: newCustomer.taxId },
  },
  {
    title: 'A card for a customer of the ERP, linked to it: the id lets both go in one request',
    query: cardOfCustomer,
    variables: {
      card: {
        id: newCustomer.id,
        code: 'NOWA-STOPA',
        cardType: 'detal',
        shortName: 'Nowa Stopa',
        fullName: 'Nowa Stopa Patrycja Głowacka',
        taxId: newCustomer.taxId,
        address: { city: 'Dębica', country: 'PL' },
      },
      link: { clientId: `client_${newCustomer.id}`, company: 'main', customerId: newCustomer.customerId },
    },
  },
  {
    title: 'Documents about to run out, over all clients; README says how to upload one',
    query: runningOut,
    variables: { before: '2028-01-01' },
  },
  {
    title: 'A meeting with a client',
    query: newMeeting,
    variables: {
      input: {
        clientId: 'client_018cc907-f436-7e42-ab04-f3c8497f9155',
        kind: 'MEETING',
        subject: 'Kolekcja na wiosnę',
        startsAt: '2030-02-04T10:00:00+01:00',
        endsAt: '2030-02-04T11:30:00+01:00',
        location: 'Łódź',
      },
    },
  },
  {
    title: 'The calendar over all clients: what is planned',
    query: calendar,
    variables: { from: '2026-01-01T00:00:00Z', to: '2031-01-01T00:00:00Z' },
  },
  {
    title: 'A feature of clients, defined by an administrator',
    query: newFeature,
    variables: {
      input: {
        key: 'segment',
        name: 'Segment',
        recordType: 'CLIENT',
        kind: 'CHOICE',
        choices: [
          { key: 'A', name: 'Kluczowy' },
          { key: 'B', name: 'Zwykły' },
        ],
      },
    },
  },
  {
    title: 'Features of a card: define one first, and take the version from the card',
    query: someFeatures,
    variables: {
      input: {
        id: 'client_018cc907-f436-7e42-ab04-f3c8497f9155',
        version: 2,
        values: [{ key: 'segment', choices: ['A'] }],
      },
    },
  },
  { title: 'Clients without a feature that others have', query: featureGaps, variables: { key: 'segment' } },
  {
    title: 'Has this client a card already? Tax ids as typed, names without accents and legal forms',
    query: duplicates,
    variables: { of: { taxId: '774-166-52-39', fullName: 'BUT ROBOCZY BHP', city: 'Dabrowa Gornicza' } },
  },
  {
    title: 'What would move if two cards became one, and what stands in the way: a dry run',
    query: mergeDryRun,
    variables: {
      input: {
        winner: { id: 'client_018cc9bf-6d1e-76a4-92d3-ffefa79904f9', version: 2 },
        losers: [{ id: 'client_018cc90c-3f90-759d-aee7-940f8843e635', version: 2 }],
        dryRun: true,
      },
    },
  },
  { title: 'Page by page: put endCursor into the variable', query: paging, variables: { after: null } },
  {
    title: 'All that changed since: put endCursor into the variable, and ask again',
    query: changeFeed,
    variables: { after: null },
  },
  {
    title: 'Any record by its id: take one from the other answers',
    query: anyRecord,
    variables: { id: 'client_018cc907-f436-7e42-ab04-f3c8497f9155' },
  },
];
