import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, makeContact, write, type Written } from '../arrange/cards.ts';
import { define, redefine, setFeatures } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;

const cards = {
  AAA: [
    { key: 'motto', text: 'Żółty but' },
    { key: 'story', text: 'Dawno temu\nw Łodzi' },
    { key: 'stores', integer: 3 },
    { key: 'discount', decimal: '7.50' },
    { key: 'vip', boolean: true },
    { key: 'since', date: '2020-05-01' },
    { key: 'class', choices: ['best'] },
    { key: 'lines', choices: ['men', 'kids'] },
  ],
  BBB: [
    { key: 'motto', text: 'Lasek' },
    { key: 'stores', integer: 20 },
    { key: 'discount', decimal: '7.5' },
    { key: 'vip', boolean: false },
    { key: 'since', date: '2019-12-31' },
    { key: 'class', choices: ['plain'] },
    { key: 'lines', choices: ['men'] },
  ],
  CCC: [
    { key: 'motto', text: 'Łan' },
    { key: 'stores', integer: -1 },
    { key: 'discount', decimal: '10' },
    { key: 'class', choices: ['worst'] },
  ],
  DDD: [],
};

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  const listed = (...keys: string[]) => keys.map((key) => ({ key, name: key }));
  await define(service, 'motto');
  await define(service, 'story', { kind: 'LONG_TEXT' });
  await define(service, 'stores', { kind: 'INTEGER' });
  await define(service, 'discount', { kind: 'DECIMAL' });
  await define(service, 'vip', { kind: 'BOOLEAN' });
  await define(service, 'since', { kind: 'DATE' });
  await define(service, 'class', { kind: 'CHOICE', choices: listed('worst', 'plain', 'best') });
  await define(service, 'lines', { kind: 'MULTI_CHOICE', choices: listed('men', 'women', 'kids') });
  for (const [code, features] of Object.entries(cards))
    await makeClient(service, { code, shortName: `Sklep ${code}`, features });
});
afterAll(() => service.close());

const listing = `query ($filter: ClientFilter, $orderBy: [ClientOrderBy!], $search: String, $first: Int, $after: String, $last: Int, $before: String) {
  clients(filter: $filter, orderBy: $orderBy, search: $search, first: $first, after: $after, last: $last, before: $before) {
    nodes { code } totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;

interface Listed {
  readonly clients: {
    readonly nodes: readonly { readonly code: string }[];
    readonly totalCount: number;
    readonly pageInfo: {
      readonly startCursor: string;
      readonly endCursor: string;
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
    };
  };
}

/** Codes of the cards, A for AAA, in the order of the list. */
async function codes(variables: object): Promise<string> {
  const { clients } = await service.ask<Listed>(listing, variables);
  expect(clients.totalCount).toBe(clients.nodes.length);
  return clients.nodes.map(({ code }) => code.charAt(0)).join('');
}

const found = (filter: object): Promise<string> => codes({ filter, orderBy: [{ field: 'CODE' }] });
const having = (...features: object[]): Promise<string> => found({ features });

describe('clients are found by a feature', () => {
  it.each([
    ['text, letter case aside', { key: 'motto', text: { eq: 'LASEK' } }, 'B'],
    ['text, a part of it with accents aside', { key: 'motto', text: { contains: 'zolty' } }, 'A'],
    ['text, its beginning', { key: 'motto', text: { startsWith: 'la' } }, 'BC'],
    ['text, one of several', { key: 'motto', text: { in: ['łan', 'lasek', 'x\u0000'] } }, 'BC'],
    ['a long text', { key: 'story', text: { contains: 'lodzi' } }, 'A'],
    ['a whole number', { key: 'stores', integer: { gte: 3, lte: '19.5' } }, 'A'],
    ['an exact number, whatever its places', { key: 'discount', decimal: { eq: '7.500' } }, 'AB'],
    ['a number from which on', { key: 'discount', decimal: { gte: '7.5000001' } }, 'C'],
    ['yes', { key: 'vip', boolean: true }, 'A'],
    ['no', { key: 'vip', boolean: false }, 'B'],
    ['a day', { key: 'since', date: { gte: '2020-01-01', lt: '2020-05-02' } }, 'A'],
    ['one of some choices', { key: 'class', choices: ['best', 'worst'] }, 'AC'],
    ['a choice of several', { key: 'lines', choices: ['kids', 'women'] }, 'A'],
    ['no choice at all', { key: 'lines', choices: [] }, ''],
    ['that it is set', { key: 'vip', isSet: true }, 'AB'],
    ['nothing but its key: that it is set', { key: 'vip' }, 'AB'],
    ['that it is not set', { key: 'vip', isSet: false }, 'CD'],
    ['that its text is null', { key: 'motto', text: { isNull: true } }, 'D'],
    ['that its day is not null', { key: 'since', date: { isNull: false } }, 'AB'],
    ['what cannot be', { key: 'vip', isSet: false, boolean: true }, ''],
  ])('%s', async (_, filter, expected) => {
    expect(await having(filter)).toBe(expected);
  });

  it('several hold together, and one named twice asks for both', async () => {
    expect(await having({ key: 'vip', isSet: true }, { key: 'stores', integer: { gte: 10 } })).toBe('B');
    expect(await having({ key: 'lines', choices: ['men'] }, { key: 'lines', choices: ['kids'] })).toBe('A');
  });

  it('in trees of or and not, with native members', async () => {
    const vip = { features: [{ key: 'vip', boolean: true }] };
    expect(await found({ not: vip })).toBe('BCD');
    expect(await found({ or: [vip, { code: { eq: 'ddd' } }] })).toBe('AD');
    expect(await found({ ...vip, code: { eq: 'bbb' } })).toBe('');
  });

  it('only among cards that have the feature: a gap is not a card of another type', async () => {
    const made = await define(service, 'branches', { kind: 'INTEGER', cardTypes: ['chain'] });
    const features = [{ key: 'branches', integer: 5 }];
    const chain = await makeClient(service, { code: 'EEE', cardType: 'chain', features });
    const gap = await makeClient(service, { code: 'FFF', cardType: 'chain' });
    expect(await having({ key: 'branches', isSet: false })).toBe('F');
    expect(await having({ key: 'branches', integer: { eq: 5 } })).toBe('E');
    const moved = await write(service, 'updateClient', { ...chain, cardType: 'shop' });
    expect(await having({ key: 'branches', isSet: true })).toBe('');
    await redefine(service, made, { retired: true });
    for (const input of [moved, gap])
      await service.ask('mutation ($input: VersionedId!) { deleteClient(input: $input) { id } }', { input });
  });

  it('tells everything that is wrong with the filter', async () => {
    const filter = {
      features: [
        { key: 'nowhere', isSet: true },
        { key: 'stores', decimal: { eq: 1 }, boolean: true },
      ],
      not: { features: [{ key: 'class', choices: ['best', 'odd\u0000'] }] },
    };
    const { extensions } = await service.refusal(listing, { filter });
    expect(extensions.problems?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'filter.features.0.key FEATURE_UNKNOWN',
      'filter.features.1.decimal KIND',
      'filter.features.1.boolean KIND',
      'filter.not.features.0.choices.1 CHOICE',
    ]);
  });
});

describe('clients are sorted by a feature, those without it last', () => {
  it.each([
    ['motto', 'BCAD', 'ACBD'],
    ['stores', 'CABD', 'BACD'],
    ['discount', 'ABCD', 'CBAD'],
    ['vip', 'BACD', 'ABDC'],
    ['since', 'BACD', 'ABDC'],
    ['class', 'CBAD', 'ABCD'],
  ])('%s', async (featureKey, ascending, descending) => {
    const by = (direction: string) => [{ field: 'FEATURE', featureKey, direction }];
    expect(await codes({ orderBy: by('ASC') })).toBe(ascending);
    expect(await codes({ orderBy: by('DESC') })).toBe(descending);
    expect(await codes({ orderBy: by('DESC'), last: 20 })).toBe(descending);
  });

  it('choices in the order of their list, which may be changed', async () => {
    const made = await define(service, 'mood', {
      kind: 'CHOICE',
      choices: ['good', 'bad'].map((key) => ({ key, name: key })),
    });
    const set = async (code: string, mood: string): Promise<void> => {
      const query = 'query ($code: String) { client(code: $code) { id version } }';
      const { client } = await service.ask<{ client: Written }>(query, { code });
      await setFeatures(service, client, [{ key: 'mood', choices: [mood] }]);
    };
    await set('BBB', 'bad');
    await set('CCC', 'good');
    const filter = { features: [{ key: 'mood' }] };
    const orderBy = [{ field: 'FEATURE', featureKey: 'mood' }];
    expect(await codes({ filter, orderBy })).toBe('CB');
    const choices = ['bad', 'so-so', 'good'].map((key) => ({ key, name: key }));
    await redefine(service, made, { choices });
    expect(await codes({ filter, orderBy })).toBe('BC');
    await set('AAA', 'so-so');
    expect(await codes({ filter, orderBy })).toBe('BAC');
  });

  it('one within another, and within native fields', async () => {
    const discount = { field: 'FEATURE', featureKey: 'discount', direction: 'DESC' };
    const stores = { field: 'FEATURE', featureKey: 'stores', direction: 'DESC' };
    expect(await codes({ orderBy: [discount, stores] })).toBe('CBAD');
    expect(await codes({ orderBy: [{ field: 'CITY' }, stores] })).toBe('BACD');
  });

  it('page by page, forward and back again', async () => {
    for (const direction of ['ASC', 'DESC']) {
      const orderBy = [{ field: 'FEATURE', featureKey: 'since', direction }, { field: 'CODE' }];
      const whole = await codes({ orderBy });
      let forward = '';
      let page: Listed['clients'] | undefined;
      do {
        const after = page?.pageInfo.endCursor;
        page = (await service.ask<Listed>(listing, { orderBy, first: 1, after })).clients;
        forward += page.nodes.map(({ code }) => code.charAt(0)).join('');
      } while (page.pageInfo.hasNextPage);
      expect(forward).toBe(whole);
      let backward = page.nodes.map(({ code }) => code.charAt(0)).join('');
      while (page.pageInfo.hasPreviousPage) {
        const before: string = page.pageInfo.startCursor;
        page = (await service.ask<Listed>(listing, { orderBy, last: 1, before })).clients;
        backward = page.nodes.map(({ code }) => code.charAt(0)).join('') + backward;
      }
      expect(backward).toBe(whole);
    }
  });

  it('of what was searched for and filtered', async () => {
    const orderBy = [{ field: 'FEATURE', featureKey: 'stores', direction: 'DESC' }];
    const filter = { features: [{ key: 'stores', isSet: true }] };
    expect(await codes({ search: 'sklep', orderBy, filter })).toBe('BAC');
  });

  it.each([
    [{ field: 'FEATURE' }, 'orderBy.0.featureKey REQUIRED'],
    [{ field: 'FEATURE', featureKey: 'x\u0000' }, 'orderBy.0.featureKey FEATURE_UNKNOWN'],
    [{ field: 'FEATURE', featureKey: 'story' }, 'orderBy.0.featureKey FEATURE_KIND'],
    [{ field: 'FEATURE', featureKey: 'lines' }, 'orderBy.0.featureKey FEATURE_KIND'],
    [{ field: 'CODE', featureKey: 'stores' }, 'orderBy.0.featureKey NOT_FOR_FIELD'],
    [{ field: 'RELEVANCE' }, 'orderBy.0.field RELEVANCE'],
  ])('refuses %j', async (order, problem) => {
    const { extensions } = await service.refusal(listing, { orderBy: [order] });
    expect(extensions.problems?.map(({ path, code }) => `${path} ${code}`)).toEqual([problem]);
  });

  it('refuses the cursor of another feature', async () => {
    const by = (featureKey: string) => [{ field: 'FEATURE', featureKey }];
    const { clients } = await service.ask<Listed>(listing, { orderBy: by('stores'), first: 1 });
    const variables = { orderBy: by('discount'), after: clients.pageInfo.endCursor };
    expect((await service.refusal(listing, variables)).extensions.problems).toMatchObject([
      { path: 'after', code: 'CURSOR' },
    ]);
  });
});

describe('a search finds cards by the texts of features', () => {
  it('their own, and those of their records, as long as they are set', async () => {
    await define(service, 'nickname', { recordType: 'CONTACT' });
    const card = await makeClient(service, { features: [{ key: 'story', text: 'W Żółwinku' }] });
    const contact = await makeContact(service, card, { features: [{ key: 'nickname', text: 'Kapeć' }] });
    const found = async (search: string): Promise<readonly string[]> => {
      const query = 'query ($search: String) { clients(search: $search) { nodes { id } } }';
      const { clients } = await service.ask<{ clients: { nodes: { id: string }[] } }>(query, { search });
      return clients.nodes.map(({ id }) => id);
    };
    expect(await found('zolwin')).toEqual([card.id]);
    expect(await found('kapec')).toEqual([card.id]);
    // A choice's key is for programs: nobody looks for it.
    expect(await found('worst')).toEqual([]);
    await setFeatures(service, card, [{ key: 'story', text: 'gdzie indziej' }]);
    await setFeatures(service, contact, [{ key: 'nickname', clear: true }]);
    expect(await found('zolwin')).toEqual([]);
    expect(await found('kapec')).toEqual([]);
    expect(await found('indziej')).toEqual([card.id]);
  });
});
