import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/config.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Which limit it is beyond, what that is and what was found; undefined where it is within all of them. */
async function beyond(query: string, variables: object = {}): Promise<unknown> {
  const { status, errors } = await service.graphql(query, variables);
  const [error] = errors;
  if (error?.extensions.code !== 'TOO_COMPLEX') return undefined;
  const { limit, most, found } = error.extensions;
  return { status, limit, most, found };
}

const times = <Item>(count: number, item: (n: number) => Item): Item[] =>
  Array.from({ length: count }, (_, n) => item(n));
/** `client` within itself, by way of its contacts. */
const deep = (levels: number): string =>
  levels === 0 ? 'id' : `contacts(first: 1) { nodes { client { ${deep(levels - 1)} } } }`;

describe('an operation is refused before it runs, with TOO_COMPLEX, the limit, and what was found,', () => {
  it.each([
    ['fields within fields', `{ clients(first: 1) { nodes { ${deep(5)} } } }`, 'depth', 18],
    [
      'fields within fields of fragments',
      `{ clients(first: 1) { nodes { ...A } } } fragment A on Client { ${deep(5)} }`,
      'depth',
      18,
    ],
    ['aliases', `{ ${times(1_501, (n) => `a${n}: __typename`).join(' ')} }`, 'fields', 1_501],
    ['one field, repeated', `{ ${'__typename '.repeat(2_000)} }`, 'fields', 2_000],
    [
      'fields of a fragment nobody spreads',
      `{ __typename } fragment A on Query { ${'__typename '.repeat(1_500)} }`,
      'fields',
      1_501,
    ],
    ['directives', `{ __typename ${'@include(if: true) '.repeat(201)} }`, 'directives', 201],
    [
      'lists within lists',
      '{ clients(first: 200) { nodes { contacts(first: 200) { nodes { features { isSet } } } } } }',
      'cost',
      240_401,
    ],
    [
      'the edges of lists',
      '{ clients(first: 200) { edges { node { contacts(first: 200) { edges { node { features { isSet } } } } } } } }',
      'cost',
      280_601,
    ],
    [
      'histories, of which every kind is read',
      '{ clients(first: 200) { nodes { history(first: 200) { nodes { title } } } } }',
      'cost',
      280_401,
    ],
    [
      'histories of some kinds, counted',
      '{ clients(first: 200) { nodes { history(first: 100, kinds: [NOTE, EVENT, ORDER]) { nodes { title } totalCount } } } }',
      'cost',
      200_401,
    ],
    [
      'lists under many names',
      `{ ${times(50, (n) => `a${n}: clients(first: 200) { nodes { contacts { nodes { id } } } }`).join(' ')} }`,
      'cost',
      220_050,
    ],
    [
      'searches under many names',
      `{ ${times(101, (n) => `a${n}: clients(search: "x${n}", first: 1) { nodes { id } }`).join(' ')} }`,
      'cost',
      202_202,
    ],
  ])('for too many of: %s', async (_name, query, limit, found) => {
    expect(await beyond(query)).toMatchObject({ limit, found });
  });

  it('for sizes that come as variables, in their defaults, or in neither', async () => {
    const query = (first: string) =>
      `query ($n: Int${first}) { clients(first: $n) { nodes { contacts(first: $n) { nodes { features { isSet } } } } } }`;

    expect(await beyond(query(''), { n: 200 })).toMatchObject({ limit: 'cost', found: 240_401 });
    expect(await beyond(query(' = 190'))).toMatchObject({ limit: 'cost' });
    const histories =
      'query ($k: [HistoryKind!]) { clients(first: 200) { nodes { history(first: 200, kinds: $k) { nodes { title } } } } }';
    expect(await beyond(histories, {})).toMatchObject({ limit: 'cost', found: 280_401 });
    expect(await beyond(histories, { k: ['NOTE', 'NOTE'] })).toBeUndefined();
    expect(await beyond(query(''))).toBeUndefined();
    expect(await beyond(query(' = 190'), { n: 3 })).toBeUndefined();
  });

  it('for fragments that multiply, in no time, however far', async () => {
    const bomb = times(60, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ');

    expect(await beyond(`{ ...F0 } ${bomb} fragment F60 on Query { __typename }`)).toMatchObject({
      limit: 'fields',
      most: 1_500,
    });
  });

  it('by GET too', async () => {
    const query = encodeURIComponent(`{ clients(first: 1) { nodes { ${deep(5)} } } }`);
    const response = await fetch(new URL(`graphql?query=${query}`, service.url), {
      headers: { 'apollo-require-preflight': '1' },
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'TOO_COMPLEX', limit: 'depth' } }],
    });
  });
});

describe('what honest callers ask is within the limits:', () => {
  it('introspection, as tools ask it', async () => {
    expect(await beyond(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).toBeUndefined();
  });

  it('fifty whole cards, and two hundred with three of their lists', async () => {
    const lists = ['contacts', 'deliveryPlaces', 'recipients', 'notes', 'events', 'attachments'];
    const whole = lists.map((list) => `${list} { totalCount nodes { id version } }`).join(' ');
    const ofErp =
      'orders { nodes { number lines { net { amount } } } } invoices { nodes { number lines { net { amount } } } }';

    expect(
      await beyond(`{ clients(first: 50) { nodes { code features { isSet } ${whole} ${ofErp} } } }`),
    ).toBeUndefined();
    expect(
      await beyond(
        '{ clients(first: 200) { nodes { contacts { nodes { id } } notes { nodes { id } } events { nodes { id } } } } }',
      ),
    ).toBeUndefined();
  });

  it('every example of the explorer and the query of the README', async () => {
    const { examples } = await import('../../src/server/explorer/examples.ts');
    const readme = await readFile(join(packageRoot, 'README.md'), 'utf8');
    const [, body = ''] = /\{"query":"([^]*?)"\}\nEND/.exec(readme) ?? [];
    const queries = [...examples.map(({ query }) => query), body.replaceAll('\\"', '"')];

    expect(queries.length).toBeGreaterThan(10);
    expect(body).toContain('client(');
    expect(await Promise.all(queries.map((query) => beyond(query)))).toEqual(queries.map(() => undefined));
  });
});

describe('limits', () => {
  it('are what the settings say, and introspection can be switched off', async () => {
    const strict = await startTestService({
      limits: { maxQueryDepth: 3, maxQueryFields: 12, maxQueryCost: 21, introspection: false },
    });
    try {
      const codes = async (query: string) =>
        (await strict.graphql(query)).errors.map(({ extensions }) => [extensions.code, extensions['limit']]);

      expect(await codes('{ clients { nodes { code } } }')).toEqual([]);
      expect(await codes('{ clients(first: 21) { nodes { code } } }')).toEqual([['TOO_COMPLEX', 'cost']]);
      expect(await codes('{ clients { nodes { cardType { key } } } }')).toEqual([['TOO_COMPLEX', 'depth']]);
      expect(await codes(`{ ${'__typename '.repeat(13)} }`)).toEqual([['TOO_COMPLEX', 'fields']]);
      expect(await codes('{ __schema { queryType { name } } }')).toEqual([['BAD_USER_INPUT', undefined]]);
      expect(await codes('{ __typename }')).toEqual([]);
      const told = [
        await strict.graphql('{ __schema { description } }'),
        await strict.graphql('{ clinets { x } }'),
      ];
      expect(JSON.stringify(told)).not.toMatch(/Apollo|Did you mean/);
    } finally {
      await strict.close();
    }
  });
});
