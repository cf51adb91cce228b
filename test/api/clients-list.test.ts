import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bare, makeCardTypes, makeClient } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;

/** In the order of a Polish dictionary. */
const names = ['Łata', 'Lasek', 'Żak', 'Zator', 'Ćma', 'Cukier', 'Ananas', 'źrebak', 'zebra'];
const sorted = ['Ananas', 'Cukier', 'Ćma', 'Lasek', 'Łata', 'Zator', 'zebra', 'źrebak', 'Żak'];

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  for (const [index, name] of names.entries())
    await makeClient(service, {
      code: `K-${index}`,
      shortName: name,
      address: index % 3 === 0 ? {} : { city: index % 3 === 1 ? 'Łódź' : 'Lublin' },
    });
});
afterAll(() => service.close());

interface List {
  readonly clients: {
    readonly edges: readonly { readonly cursor: string }[];
    readonly nodes: readonly { readonly shortName: string; readonly code: string }[];
    readonly pageInfo: Readonly<Record<string, unknown>>;
    readonly totalCount: number;
  };
}

const query = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: [ClientOrderBy!]) {
  clients(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    edges { cursor node { shortName } }
    nodes { shortName code }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;

async function list(variables: Readonly<Record<string, unknown>> = {}): Promise<List['clients']> {
  return (await service.ask<List>(query, variables)).clients;
}
const namesOf = ({ nodes }: List['clients']): string[] => nodes.map(({ shortName }) => shortName);
const codesOf = ({ nodes }: List['clients']): string[] => nodes.map(({ code }) => code);

describe('cards are sorted', () => {
  it('by short name, as Polish dictionaries sort, when nothing else is asked for', async () => {
    expect(namesOf(await list())).toEqual(sorted);
    expect(namesOf(await list({ orderBy: [] }))).toEqual(sorted);
  });

  it('the other way round', async () => {
    const orderBy = [{ field: 'SHORT_NAME', direction: 'DESC' }];
    expect(namesOf(await list({ orderBy }))).toEqual(sorted.toReversed());
  });

  it.each(['CODE', 'CREATED_AT', 'UPDATED_AT'])('by %s', async (field) => {
    const made = names.map((_, index) => `K-${index}`);
    expect(codesOf(await list({ orderBy: [{ field }] }))).toEqual(made);
    expect(codesOf(await list({ orderBy: [{ field, direction: 'DESC' }] }))).toEqual(made.toReversed());
  });

  it('by town, those without one last, and within a town by what comes next', async () => {
    const orderBy = [
      { field: 'CITY', direction: 'ASC' },
      { field: 'CODE', direction: 'DESC' },
    ];
    expect(codesOf(await list({ orderBy }))).toEqual([
      'K-8',
      'K-5',
      'K-2',
      'K-7',
      'K-4',
      'K-1',
      'K-6',
      'K-3',
      'K-0',
    ]);
  });

  it('by town downwards, those without one first', async () => {
    const orderBy = [{ field: 'CITY', direction: 'DESC' }, { field: 'CODE' }];
    expect(codesOf(await list({ orderBy }))).toEqual([
      'K-0',
      'K-3',
      'K-6',
      'K-1',
      'K-4',
      'K-7',
      'K-2',
      'K-5',
      'K-8',
    ]);
  });

  it('even when a caller names one sort a thousand times', async () => {
    const orderBy = Array.from({ length: 1000 }, () => ({ field: 'CODE', direction: 'DESC' }));
    const { nodes } = await list({ orderBy, first: 1 });
    expect(nodes).toMatchObject([{ code: 'K-8' }]);
  });
});

describe('a page', () => {
  it('says where it stands', async () => {
    const first = await list({ first: 4 });
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[3]?.cursor,
    });
    const last = await list({ first: 100, after: first.pageInfo['endCursor'] });
    expect(namesOf(last)).toEqual(sorted.slice(4));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('is empty behind the last card, with its direction still right', async () => {
    const { pageInfo } = await list();
    const behind = await list({ after: pageInfo['endCursor'] });
    expect(behind).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      totalCount: names.length,
    });
  });

  it('is the last one for last, and the one before it for before', async () => {
    const last = await list({ last: 3 });
    expect(namesOf(last)).toEqual(sorted.slice(-3));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await list({ last: 3, before: last.pageInfo['startCursor'] });
    expect(namesOf(before)).toEqual(sorted.slice(-6, -3));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('goes on from the cursor of any row', async () => {
    const { edges } = await list({ first: 5 });
    expect(namesOf(await list({ first: 2, after: edges[1]?.cursor }))).toEqual(sorted.slice(2, 4));
    expect(namesOf(await list({ last: 1, before: edges[1]?.cursor }))).toEqual(sorted.slice(0, 1));
  });

  it('counts all cards but the deleted ones', async () => {
    const { id } = await makeClient(service, { shortName: 'Żyw' });
    expect((await list({ first: 1 })).totalCount).toBe(names.length + 1);
    await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(id)]);
    expect((await list({ first: 1 })).totalCount).toBe(names.length);
    expect(namesOf(await list())).toEqual(sorted);
  });
});
