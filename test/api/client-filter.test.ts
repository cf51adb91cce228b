import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bare, makeCardTypes, makeClient } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;

const me = `user_${developmentUser.id}`;
const colleague = 'user_0190c000-0000-7000-8000-0000000000aa';

const cards = [
  {
    code: 'ZABA',
    shortName: 'Żaba',
    fullName: 'Żaba i Synowie sp. z o.o.',
    taxId: '526-104-08-28',
    address: { city: 'Łódź', postalCode: '90-001', country: 'PL' },
    accountManagerId: me,
  },
  {
    code: 'Łapeć-1',
    shortName: 'ŁAPEĆ',
    fullName: 'Łapeć 100% skóry',
    address: { city: 'Lodz', country: 'DE', postalCode: '10115' },
    active: false,
    accountManagerId: colleague,
  },
  {
    code: 'KROK_2',
    shortName: 'Krok',
    fullName: 'Krok w krok Müller',
    cardType: 'chain',
    address: { city: 'ŁÓDŹ' },
  },
  { code: 'gone', shortName: 'Zniknął', fullName: 'Zniknął' },
];

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  await service.dataSource.query("INSERT INTO user_account VALUES ($1, 'Kolega', null, true)", [
    bare(colleague),
  ]);
  for (const [index, card] of cards.entries()) {
    const { id } = await makeClient(service, card);
    const createdAt = `2026-0${index + 1}-01T00:00:00Z`;
    await service.dataSource.query('UPDATE client SET created_at = $2, deleted_at = $3 WHERE id = $1', [
      bare(id),
      createdAt,
      card.code === 'gone' ? createdAt : null,
    ]);
  }
});
afterAll(() => service.close());

const query = `query ($filter: ClientFilter) { clients(filter: $filter) { nodes { code } totalCount } }`;

interface List {
  readonly clients: { readonly nodes: readonly { readonly code: string }[]; readonly totalCount: number };
}

/** Codes in the list's order, which is that of the short names; the total must agree. */
async function codes(filter: object | null): Promise<string[]> {
  const { clients } = await service.ask<List>(query, { filter });
  expect(clients.totalCount).toBe(clients.nodes.length);
  return clients.nodes.map(({ code }) => code);
}

const all = ['KROK_2', 'Łapeć-1', 'ZABA'];

describe('a text filter', () => {
  it.each<[object, string[]]>([
    [{ shortName: { eq: 'łapeć' } }, ['Łapeć-1']],
    [{ shortName: { eq: 'lapec' } }, []],
    [{ city: { eq: 'łódź' } }, ['KROK_2', 'ZABA']],
    [{ city: { in: ['LODZ', 'łÓDŹ'] } }, all],
    [{ city: { in: [] } }, []],
    [{ city: { contains: 'odz' } }, all],
    [{ city: { startsWith: 'lo', contains: 'Ź' } }, all],
    [{ shortName: { contains: 'APE' } }, ['Łapeć-1']],
    [{ shortName: { startsWith: 'ape' } }, []],
    [{ fullName: { contains: '100%' } }, ['Łapeć-1']],
    [{ fullName: { contains: '0%s' } }, []],
    [{ fullName: { contains: 'muller' } }, ['KROK_2']],
    [{ code: { contains: '_' } }, ['KROK_2']],
    [{ code: { eq: 'krok_2' } }, ['KROK_2']],
    [{ code: { contains: '\u0000' } }, []],
    [{ code: { in: ['\u0000', 'zaba'] } }, ['ZABA']],
    [{ taxId: { eq: 'PL 5261040828' } }, ['ZABA']],
    [{ taxId: { contains: '104-08' } }, ['ZABA']],
    [{ taxId: { isNull: true } }, ['KROK_2', 'Łapeć-1']],
    [{ taxId: { isNull: false } }, ['ZABA']],
    [{ postalCode: { startsWith: '90' } }, ['ZABA']],
    [{ postalCode: { eq: '10115' } }, ['Łapeć-1']],
    [{ country: { eq: 'de' } }, ['Łapeć-1']],
    [{ country: { in: ['PL', 'DE'] } }, ['Łapeć-1', 'ZABA']],
    [{ cardType: { eq: 'chain' } }, ['KROK_2']],
    [{ cardType: { startsWith: 'sh' } }, ['Łapeć-1', 'ZABA']],
    [{ cardType: { isNull: true } }, []],
    [{ city: {} }, all],
  ])('%j finds %j', async (filter, expected) => {
    expect(await codes(filter)).toEqual(expected);
  });
});

describe('a filter', () => {
  it.each<[object | null, string[]]>([
    [null, all],
    [{}, all],
    [{ active: false }, ['Łapeć-1']],
    [{ deleted: true }, ['gone']],
    [{ deleted: false }, all],
    [{ mine: true }, ['ZABA']],
    [{ mine: false }, ['KROK_2', 'Łapeć-1']],
    [{ mine: null, active: null }, all],
    [{ accountManagerId: colleague }, ['Łapeć-1']],
    [{ createdAt: { gte: '2026-02-01T00:00:00Z' } }, ['KROK_2', 'Łapeć-1']],
    [{ createdAt: { gte: '2026-01-01T00:00:00Z', lt: '2026-02-01T00:00:00Z' } }, ['ZABA']],
    [{ createdAt: { isNull: true } }, []],
    [{ updatedAt: { lt: '2026-01-01T00:00:00Z' } }, []],
    [{ active: true, city: { contains: 'lodz' }, country: { eq: 'PL' } }, ['ZABA']],
  ])('%j finds %j', async (filter, expected) => {
    expect(await codes(filter)).toEqual(expected);
  });
});

describe('branches', () => {
  it.each<[object, string[]]>([
    [{ or: [{ code: { eq: 'ZABA' } }, { active: false }] }, ['Łapeć-1', 'ZABA']],
    [{ or: [] }, []],
    [{ or: [{}] }, all],
    [{ not: {} }, []],
    [{ not: { country: { eq: 'DE' } } }, ['KROK_2', 'ZABA']],
    [{ not: { not: { country: { eq: 'DE' } } } }, ['Łapeć-1']],
    [{ not: { mine: true } }, ['KROK_2', 'Łapeć-1']],
    [{ active: true, or: [{ mine: true }, { cardType: { eq: 'chain' } }] }, ['KROK_2', 'ZABA']],
    [
      { or: [{ city: { eq: 'Łódź' }, country: { eq: 'PL' } }, { not: { active: true } }] },
      ['Łapeć-1', 'ZABA'],
    ],
    [{ or: [{ deleted: true }, { mine: true }] }, ['ZABA', 'gone']],
    [{ not: { deleted: true } }, all],
    [{ deleted: false, or: [{ deleted: true }, { mine: true }] }, ['ZABA']],
  ])('%j find %j', async (filter, expected) => {
    expect((await codes(filter)).toSorted()).toEqual(expected.toSorted());
  });
});

describe('a filter is refused', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { not: nested(depth - 1) });

  it.each<[string, object, string[]]>([
    [
      'with every problem',
      {
        accountManagerId: 'Jan',
        city: { eq: 'x'.repeat(401), in: ['a', 'x'.repeat(401)] },
        createdAt: { gte: '2026-02-01T00:00:00Z', lt: '2026-01-01T00:00:00Z' },
        or: [{}, { code: { in: Array.from({ length: 1001 }, String) } }],
      },
      [
        'filter.accountManagerId ID',
        'filter.city.eq TOO_LONG',
        'filter.city.in.1 TOO_LONG',
        'filter.createdAt RANGE',
        'filter.or.1.code.in TOO_MANY',
      ],
    ],
    ['too deep', nested(6), ['filter.not.not.not.not.not.not TOO_DEEP']],
    ['with too many branches', { or: Array.from({ length: 60 }, () => ({})) }, ['filter TOO_MANY']],
    [
      'with many branches in branches',
      {
        or: Array.from({ length: 8 }, () => ({ or: Array.from({ length: 8 }, () => ({})) })),
      },
      ['filter TOO_MANY'],
    ],
  ])('%s', async (_how, filter, expected) => {
    const { extensions } = await service.refusal(query, { filter });
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(extensions.problems?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual(expected);
  });

  it('thousands of levels deep, without harm', async () => {
    const literal = `${'{ not: '.repeat(1_000)}{}${' }'.repeat(1_000)}`;
    const { extensions } = await service.refusal(`{ clients(filter: ${literal}) { totalCount } }`);
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(await codes({})).toEqual(all);
  });

  it('but not one as deep and as broad as is promised', async () => {
    expect(await codes(nested(4))).toEqual(all);
    expect(await codes({ or: Array.from({ length: 49 }, () => ({ mine: true })) })).toEqual(['ZABA']);
  });
});

it('goes on from a cursor within the filter', async () => {
  const paged = `query ($after: String, $filter: ClientFilter) {
    clients(first: 1, after: $after, filter: $filter) { nodes { code } pageInfo { endCursor hasNextPage } } }`;
  interface Paged {
    clients: { nodes: { code: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
  }
  const filter = { city: { eq: 'łódź' } };
  const { clients: first } = await service.ask<Paged>(paged, { filter });
  const after = first.pageInfo.endCursor;
  const { clients: second } = await service.ask<Paged>(paged, { filter, after });
  expect([first.nodes, second.nodes]).toEqual([[{ code: 'KROK_2' }], [{ code: 'ZABA' }]]);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
});
