import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { rulesFor, RulesDoNotFit } from '../../src/access/rules.ts';
import { createSchema } from '../../src/server/schema.ts';
import { callersByHeader, callerWith, roleNames, type RoleName } from '../arrange/callers.ts';
import { mayTouch, named, namedTypes } from '../arrange/policy-table.ts';
import { reachingFields, type Reaching } from '../arrange/reaching-fields.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const schema = createSchema();
const userKey = '00000000-0000-7000-8000-00000000000a';
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ callers: callersByHeader });
});
afterAll(() => service.close());

const fieldsOf = (of: GraphQLSchema): string[] =>
  Object.values(of.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type)
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );

/** Where, of what was asked, the caller was told that something is missing; undefined where the operation was let through. */
async function refusedAt(role: RoleName, query: string, variables = {}): Promise<string[] | undefined> {
  const { errors } = await callerWith(service, role, userKey).graphql(query, variables);
  const forbidden = errors.find(({ extensions }) => extensions.code === 'FORBIDDEN');
  return forbidden?.extensions.problems?.map(({ path }) => path);
}

/** What the table and the service say otherwise, as sentences. */
async function disagreements(role: RoleName, reached: readonly Reaching[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { type, field, query, path } of reached) {
    const refused = (await refusedAt(role, query))?.includes(path) ?? false;
    const allowed = mayTouch(type, field)?.includes(role) ?? false;
    if (refused === allowed) wrong.push(`${type}.${field} is ${refused ? 'refused' : 'let through'}`);
  }
  return wrong;
}

const inFours = (reached: readonly Reaching[]): Reaching[][] =>
  [0, 1, 2, 3].map((part) => reached.filter((_, index) => index % 4 === part));

describe('the table of who may what', () => {
  it('says something of every field of the schema, and of nothing else', () => {
    const silent = fieldsOf(schema).filter((coordinate) => {
      const [type = '', field = ''] = coordinate.split('.');
      return (mayTouch(type, field) ?? []).length === 0;
    });
    const gone = [
      ...named.filter((coordinate) => !fieldsOf(schema).includes(coordinate)),
      ...namedTypes.filter((type) => !schema.getType(type)),
    ];

    expect({ silent, gone }).toEqual({ silent: [], gone: [] });
  });

  it('is reached as a whole: there is a way to each field', () => {
    const reached = new Set(reachingFields(schema).map(({ type, field }) => `${type}.${field}`));

    // What is followed by WebSocket is walked in live-updates.test.ts.
    expect(fieldsOf(schema).filter((coordinate) => !reached.has(coordinate))).toEqual([
      'Subscription.changed',
    ]);
  });
});

describe.each(roleNames)('%s', (role) => {
  it('may touch what the table says, field for field, and is told of each field it may not', async () => {
    const parts = inFours(reachingFields(schema)).map((part) => disagreements(role, part));

    expect((await Promise.all(parts)).flat()).toEqual([]);
  });
});

describe('what tells a debt by another way', () => {
  const invoices = (filter: string) => `{ clients { nodes { invoices(filter: ${filter}) { totalCount } } } }`;

  it.each(['{ paidState: [UNPAID] }', '{ overdue: true }'])(
    'is refused to whoever may not see debts: a filter by %s',
    async (filter) => {
      const [sales, finance] = await Promise.all([
        refusedAt('SALES', invoices(filter)),
        refusedAt('FINANCE', invoices(filter)),
      ]);

      expect(sales).toEqual([expect.stringMatching(/^clients\.nodes\.invoices\.(paidState|overdue)$/)]);
      expect(finance).toBeUndefined();
    },
  );

  it('is refused in variables, in their defaults and in fragments too', async () => {
    const body = '{ clients { nodes { invoices(filter: $f) { totalCount } } } }';
    const ways = await Promise.all([
      refusedAt('SALES', `query ($f: InvoiceFilter) ${body}`, { f: { overdue: false } }),
      refusedAt('SALES', `query ($f: InvoiceFilter = { overdue: true }) ${body}`),
      refusedAt(
        'SALES',
        `query ($o: Boolean) { clients { nodes { invoices(filter: { overdue: $o }) { totalCount } } } }`,
      ),
      refusedAt(
        'SALES',
        '{ clients { ...A } } fragment A on ClientConnection { nodes { ...B } } fragment B on Client { debts: balances { items { company { key } } } }',
      ),
      refusedAt('SALES', '{ node(id: "x") { ... on Invoice { remaining { amount } } } }'),
    ]);

    expect(ways).toEqual([
      ['f.overdue'],
      ['f.overdue'],
      ['clients.nodes.invoices.overdue'],
      expect.arrayContaining(['...B.debts', '...B.debts.items']),
      ['node.remaining'],
    ]);
  });

  it('is not refused to an operation beside which it stands in the same document', async () => {
    const document =
      'query A { clients { totalCount } } query B { clients { nodes { ...D } } } fragment D on Client { balances { items { company { key } } } }';
    const ask = async (operationName: string) => {
      const response = await fetch(new URL('graphql', service.url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-test-caller': JSON.stringify({ roles: ['SALES'], userKey }),
        },
        body: JSON.stringify({ query: document, operationName }),
      });
      return response.status;
    };

    expect([await ask('A'), await ask('B')]).toEqual([200, 403]);
  });
});

describe('a refusal', () => {
  it('tells every reason at once, with FORBIDDEN, 403, and nothing of the data', async () => {
    const { status, data, errors } = await callerWith(service, 'VIEWER', userKey).graphql(
      '{ clients { nodes { code orders { totalCount } balances { items { company { key } } } } } erpCustomers(company: "main") { totalCount } }',
    );

    expect({ status, data }).toEqual({ status: 403, data: undefined });
    expect(errors).toMatchObject([
      {
        extensions: {
          code: 'FORBIDDEN',
          problems: [
            { path: 'clients.nodes.orders', code: 'PERMISSION', message: 'needs erp.read' },
            { path: 'clients.nodes.balances', message: 'needs erp.debt' },
            { path: 'clients.nodes.balances.items', message: 'needs erp.debt' },
            { path: 'clients.nodes.balances.items.company', message: 'needs erp.debt' },
            { path: 'clients.nodes.balances.items.company.key', message: 'needs erp.read' },
            { path: 'erpCustomers', message: 'needs erp.customers and sight of all cards' },
          ],
        },
      },
    ]);
  });
});

describe('the rules of fields', () => {
  it('do not fit a schema with a field that they say nothing of, and name it', () => {
    const { Client } = createSchema().getTypeMap();
    const wider = createSchema();
    const type = wider.getType('Client');
    if (!isObjectType(type) || !isObjectType(Client)) throw new Error('Client is no object type');
    const { code } = type.getFields();
    if (code) type.getFields()['secret'] = { ...code, name: 'secret' };

    expect(() => rulesFor(wider)).toThrow(RulesDoNotFit);
    expect(() => rulesFor(wider)).toThrow('Client.secret has no rule');
  });

  it('do not fit one with a filter, an order or an argument that they say nothing of', () => {
    const wider = createSchema();
    const [filter, order, card] = ['InvoiceFilter', 'ClientOrderField', 'Client'].map((name) =>
      wider.getType(name),
    );
    if (!isInputObjectType(filter) || !isEnumType(order) || !isObjectType(card))
      throw new Error('the schema has other types');
    const { company } = filter.getFields();
    if (company) filter.getFields()['remainingAbove'] = { ...company, name: 'remainingAbove' };
    const [value] = order.getValues();
    if (value) (order.getValues() as object[]).push({ ...value, name: 'DEBT' });
    const [argument] = card.getFields()['invoices']?.args ?? [];
    if (argument) (card.getFields()['invoices']?.args as object[]).push({ ...argument, name: 'owing' });

    expect(() => rulesFor(wider)).toThrow('InvoiceFilter.remainingAbove has no rule');
    expect(() => rulesFor(wider)).toThrow('ClientOrderField.DEBT has no rule');
    expect(() => rulesFor(wider)).toThrow('the argument invoices(owing) has no rule');
  });
});
