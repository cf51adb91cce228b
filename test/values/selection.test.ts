import { describe, expect, it } from '@jest/globals';
import { buildSchema, execute, parse, validate, type GraphQLResolveInfo } from 'graphql';
import { selectionOf } from '../../src/values/selection.ts';

const schema = buildSchema(`
  interface Node { id: ID }
  type Invoice implements Node { id: ID paid: Int number: Int }
  type Payment implements Node { id: ID paid: Int }
  type Edge { node: Invoice }
  type Page { nodes: [Invoice] edges: [Edge] paid: Int }
  union Any = Page | Invoice
  type Query { page(first: Int): Page any: Any node: Node }
`);

/** What is said of each field of Query as it is resolved. */
function ask(
  document: ReturnType<typeof parse>,
  says: (info: GraphQLResolveInfo) => boolean,
  variables = {},
) {
  expect(validate(schema, document)).toEqual([]);
  const said: boolean[] = [];
  const note = (_arguments: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    said.push(says(info));
    return null;
  };
  const answer = execute({
    schema,
    document,
    rootValue: { page: note, any: note, node: note },
    variableValues: variables,
  });
  expect(answer).not.toHaveProperty('errors');
  return said;
}

const paid = () => selectionOf({ nodes: { paid: true }, edges: { node: { paid: true } } });

describe('a selection', () => {
  it.each([
    '{ page { nodes { paid } } }',
    '{ page { other: nodes { under: paid } } }',
    '{ page { edges { node { id paid } } } }',
    '{ page { ...a } } fragment a on Page { nodes { ...b } } fragment b on Invoice { paid }',
    '{ page { nodes { ... on Node { ... on Invoice { paid } } } } }',
    '{ page { nodes { ... { paid } } } }',
    '{ page { nodes { id } nodes { paid } } }',
    '{ page(first: 1) { nodes { id } } page(first: 1) { nodes { paid } } }',
    '{ page { nodes { paid @skip(if: false) @include(if: true) } } }',
  ])('has what is selected anyhow: %s', (query) => {
    expect(ask(parse(query), paid())).toEqual([true]);
  });

  it.each([
    '{ page { nodes { id } } }',
    '{ page { paid } }',
    '{ page { nodes { paid: number } } }',
    '{ page { nodes { ... on Node { ... on Payment { paid } } } } }',
    '{ page { nodes { paid @skip(if: true) } } }',
    '{ page { nodes @include(if: false) { paid } } }',
    '{ page { ...a @skip(if: true) } } fragment a on Page { nodes { paid } }',
    '{ page { ... @include(if: false) { nodes { paid } } } }',
    '{ any { ... on Page { nodes { paid } } } }',
  ])('has not what is not, or not for sure: %s', (query) => {
    expect(ask(parse(query), paid())).toEqual([false]);
  });

  it('is as the variables of each request have it, of one document', () => {
    const document = parse('query ($with: Boolean!) { page { nodes { id paid @include(if: $with) } } }');
    const says = paid();

    expect([true, false, true].flatMap((value) => ask(document, says, { with: value }))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is told apart by field', () => {
    const document = parse('{ a: page { nodes { paid } } b: page { nodes { id } } }');
    const says = paid();

    expect([...ask(document, says), ...ask(document, says)]).toEqual([true, false, true, false]);
  });
});
