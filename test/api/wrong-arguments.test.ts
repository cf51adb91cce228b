/** What may be wrong with an argument, tried on every field of the schema that takes such a one: a new list cannot be forgotten. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLInputObjectType,
} from 'graphql';
import {
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';
import { createSchema } from '../../src/server/schema.ts';
import { developmentUser } from '../../src/users/development-user.ts';

type Given = Readonly<Record<string, unknown>>;

/** A field of the query itself or of a client. */
interface Place {
  readonly name: string;
  readonly args: readonly GraphQLArgument[];
  readonly query: (selection?: string) => string;
  /** Values for what it cannot be asked without. */
  readonly needed: Given;
}

/** What the arguments that must be given mean where they are right. */
const rightValues: Given = { company: 'main', currency: 'PLN', by: 'MONTH', id: '', ids: [] };

const schema = createSchema();
const parents = ['Query', 'Client'] as const;

function placeOf(
  parent: (typeof parents)[number],
  name: string,
  args: readonly GraphQLArgument[],
  leaf: boolean,
): Place {
  const variables = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const field = (selection: string) => `${name}${given && `(${given})`} ${leaf ? '' : `{ ${selection} }`}`;
  return {
    name: `${parent}.${name}`,
    args,
    query: (selection = '__typename') =>
      parent === 'Query'
        ? `query (${variables}) { found: ${field(selection)} }`
        : `query ($card: ID!, ${variables}) { client(id: $card) { found: ${field(selection)} } }`,
    needed: Object.fromEntries(
      args.filter(isRequiredArgument).map((arg) => [arg.name, rightValues[arg.name]]),
    ),
  };
}

const places = parents.flatMap((parent) => {
  const type = schema.getType(parent);
  const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
  return (
    fields
      // Of reports what is wrong depends on which is asked for: reports.test.ts has them.
      .filter(({ name, args }) => args.length > 0 && name !== 'report')
      .map(({ name, args, type: answer }) =>
        placeOf(parent, name, args, !isCompositeType(getNamedType(answer))),
      )
  );
});

const named = ({ args }: Pick<Place, 'args'>, name: string) => args.find((arg) => arg.name === name);
const typeNameOf = ({ type }: Pick<GraphQLArgument, 'type'>) => getNamedType(type).name;
const filterOf = (place: Place): GraphQLInputObjectType | undefined => {
  const arg = named(place, 'filter');
  const type = arg && getNamedType(arg.type);
  return isInputObjectType(type) ? type : undefined;
};
const membersOf = (place: Place, typeName: string): readonly string[] =>
  Object.values(filterOf(place)?.getFields() ?? {})
    .filter((field) => typeNameOf(field) === typeName)
    .map(({ name }) => name);

const lists = places.filter((place) => named(place, 'after'));
const days = places.flatMap((place) => [
  ...place.args
    .filter((arg) => typeNameOf(arg) === 'Date')
    .map(({ name }) => ({ place, path: name, given: (day: unknown): Given => ({ [name]: day }) })),
  ...membersOf(place, 'DateFilter').flatMap((member) =>
    ['eq', 'gte', 'lt'].map((comparison) => ({
      place,
      path: `filter.${member}.${comparison}`,
      given: (day: unknown): Given => ({ filter: { [member]: { [comparison]: day } } }),
    })),
  ),
]);
const companies = places.flatMap((place) => [
  ...(named(place, 'company')
    ? [{ place, path: 'company', given: (company: string): Given => ({ company }) }]
    : []),
  ...(filterOf(place)?.getFields()['company']
    ? [{ place, path: 'filter.company', given: (company: string): Given => ({ filter: { company } }) }]
    : []),
]);

const ledger = (customer: number): string => `
  INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (${customer}, N'K', N'Trzewik', 0);
  INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
    VALUES (0, ${customer}, ${customer}, N'ZS/1', '2026-01-02', 'OPEN', 'PLN');
  INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, remaining,
      counts_in_sales, cancelled)
    VALUES (0, ${customer}, ${customer}, 'INVOICE', N'FS/1', '2026-01-02', 'PLN', 1, 0, 1, 1, 1, 0);
  INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency)
    VALUES (0, ${customer}, ${customer}, '2026-01-02', 1, 1, 'PLN');
  INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, issued_on, side, amount, remaining, currency)
    VALUES (0, ${customer}, 1, ${customer}, '2026-01-02', 'RECEIVABLE', 1, 1, 'PLN');`;

let erp: Erp;
let service: TestService;
let linked: string;
let unlinked: string;

beforeAll(async () => {
  erp = await startErp();
  service = await startTestService({ companies: [await erp.company('main', { fill: ledger(1) })] });
  await makeCardTypes(service);
  const [card, other] = [await makeClient(service), await makeClient(service)];
  for (const make of [makeContact, makeDeliveryPlace, makeRecipient]) await make(service, card);
  await service.crm.erpAccounts.link(developmentUser, {
    clientId: card.id,
    companyKey: 'main',
    customerId: '1',
  });
  [linked, unlinked] = [card.id, other.id];
});
afterAll(async () => {
  await service.close();
  await erp.close();
});

/** What is said of a client with an ERP account, and of one without: `path CODE` of each problem. */
async function problems({ query, needed }: Place, given: Given): Promise<readonly unknown[]> {
  const told: unknown[] = [];
  for (const card of [linked, unlinked]) {
    const { errors } = await service.graphql(query(), { card, ...needed, ...given });
    told.push(
      errors.map(({ extensions: { code, problems: all = [] } }) => [
        code,
        ...all.map((one) => `${one.path} ${one.code}`),
      ]),
    );
  }
  return told;
}

const refused = (problem: string) => Array.from({ length: 2 }, () => [['BAD_USER_INPUT', problem]]);

it('every field that takes such an argument is one of the query or of a client, and can be asked', async () => {
  const watched = new Set(['after', 'company', 'from', 'to', 'asOf']);
  const elsewhere = Object.values(schema.getTypeMap())
    .filter(
      (type) =>
        isObjectType(type) && !type.name.startsWith('__') && !parents.some((name) => name === type.name),
    )
    .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []))
    .filter(({ args }) => args.some(({ name }) => watched.has(name)));
  // The subscription's are tried over its WebSocket, in live-refusals.test.ts; those of reports in reports.test.ts.
  expect(elsewhere.map(({ name }) => name)).toEqual(['choices', 'changed']);
  const tried = new Set([
    ...lists,
    ...days.map(({ place }) => place),
    ...companies.map(({ place }) => place),
  ]);
  expect(tried.size).toBeGreaterThanOrEqual(15);
  for (const place of tried) expect([place.name, await problems(place, {})]).toEqual([place.name, [[], []]]);
});

it.each(days.map((one) => [one.place.name, one.path, one] as const))(
  'a day that is none is refused by %s in %s',
  async (_name, path, { place, given }) => {
    for (const day of ['2026-02-30', '2026-13-01', '20260101', '', '2026-01-01T00:00:00Z', 20260101])
      expect([day, await problems(place, given(day))]).toEqual([day, refused(`${path} VARIABLE`)]);
  },
);

it.each(
  places.flatMap((place) =>
    membersOf(place, 'DateFilter').map((member) => [place.name, member, place] as const),
  ),
)('a range that ends before it begins is refused by %s in its filter’s %s', async (_name, member, place) => {
  const range = { gte: '2026-02-02', lt: '2026-02-01' };
  expect(await problems(place, { filter: { [member]: range } })).toEqual(refused(`filter.${member} RANGE`));
});

it.each(
  places
    .filter((place) =>
      ['from', 'to'].every((name) =>
        place.args.some((arg) => arg.name === name && typeNameOf(arg) === 'Date'),
      ),
    )
    .map((place) => [place.name, place] as const),
)('from after to is refused by %s', async (_name, place) => {
  expect(await problems(place, { from: '2026-02-02', to: '2026-02-01' })).toEqual(refused('from RANGE'));
});

it.each(companies.map((one) => [one.place.name, one.path, one] as const))(
  'a company that there is none is refused by %s in %s',
  async (_name, path, { place, given }) => {
    for (const company of ['nowhere', '', 'MAIN', 'main ', 'main\0', 'x'.repeat(100_000)])
      expect(await problems(place, given(company))).toEqual(refused(`${path} COMPANY`));
  },
);

it.each(
  places
    .filter(
      (place) =>
        named(place, 'filter') &&
        ['orders', 'invoices', 'payments', 'settlements'].includes(place.name.split('.').at(-1) ?? ''),
    )
    .map((place) => [place.name, place] as const),
)('what is no currency is refused by %s', async (_name, place) => {
  for (const currency of ['zł', 'pln', '', 'PLNN'])
    expect(await problems(place, { filter: { currency } })).toEqual(refused('filter.currency CURRENCY'));
});

it.each(places.filter((place) => named(place, 'first')).map((place) => [place.name, place] as const))(
  'a page of no possible size is refused by %s',
  async (_name, place) => {
    for (const first of [0, -1, 201])
      expect(await problems(place, { first })).toEqual(refused('first PAGE_SIZE'));
  },
);

describe('a cursor', () => {
  const cursors = new Map<string, string>();

  beforeAll(async () => {
    for (const { name, query, needed } of lists) {
      const data = await service.ask<{ found?: Listed; client?: { found: Listed } }>(
        query('pageInfo { endCursor }'),
        { card: linked, ...needed },
      );
      const cursor = (data.found ?? data.client?.found)?.pageInfo.endCursor;
      if (cursor != null) cursors.set(name, cursor);
    }
  });

  it.each(lists.map((place) => [place.name, place] as const))(
    'of any other list, or of none, is refused by %s, which takes its own',
    async (name, place) => {
      const own = cursors.get(name);
      expect(await problems(place, { after: own })).toEqual([[], []]);
      const others = [...cursors].filter(([other]) => other !== name);
      expect(others.length).toBeGreaterThanOrEqual(10);
      for (const [other, after] of [...others, ['none', 'x'], ['none', '']])
        expect([other, await problems(place, { after })]).toEqual([other, refused('after CURSOR')]);
    },
  );
});

interface Listed {
  readonly pageInfo: { readonly endCursor: string | null };
}
