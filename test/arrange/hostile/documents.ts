/** Documents that ask for too much, or never end. */
import { asking, row, times, type HostileRow } from './row.ts';

/** A fragment that spreads two of the next, so many levels down. */
const doubling = (levels: number): string =>
  times(
    levels,
    (level) => `fragment F${level} on Query { a: __typename ...F${level + 1} ...F${level + 1} }`,
  ) + ` fragment F${levels} on Query { __typename }`;
const contactsOf = (levels: number): string =>
  levels === 0 ? 'id' : `contacts(first: 1) { nodes { client { ${contactsOf(levels - 1)} } } }`;
const introspection = (levels: number): string =>
  `{ __type(name: "Query") { fields { type { ${times(levels, () => 'ofType {')} name ${'}'.repeat(levels)} } } } }`;
const tokens = 'TOO_COMPLEX tokens';
const syntax = 'BAD_USER_INPUT GRAPHQL_PARSE_FAILED';
const invalid = 'BAD_USER_INPUT GRAPHQL_VALIDATION_FAILED';
const nesting = 'BAD_USER_INPUT NESTING';
const page = '{ nodes { id contacts(first: 200) { nodes { id } } } }';

export const documentRows: readonly HostileRow[] = [
  row('2,000 aliases', 400, 'TOO_COMPLEX fields', asking(`{ ${times(2_000, (n) => `a${n}: __typename`)} }`)),
  row('3,000 aliases', 400, 'TOO_COMPLEX fields', asking(`{ ${times(3_000, (n) => `a${n}: __typename`)} }`)),
  row('aliases beyond all tokens', 400, tokens, asking(`{ ${times(9_000, (n) => `a${n}: __typename`)} }`)),
  row(
    'aliases of a dear list',
    400,
    'TOO_COMPLEX cost',
    asking(`{ ${times(30, (n) => `a${n}: clients(first: 200) ${page}`)} }`),
  ),
  row(
    'aliases of searches',
    400,
    'TOO_COMPLEX cost',
    asking(`{ ${times(500, (n) => `a${n}: clients(search: "a${n}", first: 200) { nodes { id } }`)} }`),
  ),
  row(
    'aliases of mutations',
    400,
    'TOO_COMPLEX fields',
    asking(
      `mutation ($i: VersionedId!) { ${times(700, (n) => `a${n}: removeNote(input: $i) { id version deletedAt }`)} }`,
    ),
  ),
  row('a field 9,000 times', 400, 'TOO_COMPLEX fields', asking(`{ ${'__typename '.repeat(9_000)} }`)),
  row('a field 20,000 times', 400, tokens, asking(`{ ${'__typename '.repeat(20_000)} }`)),
  row(
    'a list 600 times under one name',
    400,
    'TOO_COMPLEX fields',
    asking(`{ ${'clients { nodes { id } } '.repeat(600)} }`),
  ),
  row(
    'fields of one name that are compared with each other',
    400,
    'TOO_COMPLEX fields',
    asking(`{ ${times(700, () => 'clients { nodes { id code } }')} }`),
  ),
  row('a fragment within itself', 400, invalid, asking('{ ...A } fragment A on Query { ...A }')),
  row(
    'two fragments within each other',
    400,
    invalid,
    asking('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
  ),
  row(
    'a ring of 100 fragments',
    400,
    invalid,
    asking(`{ ...F0 } ${times(100, (n) => `fragment F${n} on Query { ...F${(n + 1) % 100} }`)}`),
  ),
  row(
    'a fragment within itself by way of a field',
    400,
    invalid,
    asking('{ clients { nodes { ...A } } } fragment A on Client { contacts { nodes { client { ...A } } } }'),
  ),
  row('fragments that double 12 times', 400, 'TOO_COMPLEX fields', asking(`{ ...F0 } ${doubling(12)}`)),
  row('fragments that double 30 times', 400, 'TOO_COMPLEX fields', asking(`{ ...F0 } ${doubling(30)}`)),
  row('fragments that double 500 times', 400, 'TOO_COMPLEX fields', asking(`{ ...F0 } ${doubling(500)}`)),
  row(
    'a fragment that nobody spreads, and that is too deep',
    400,
    'TOO_COMPLEX depth',
    asking(`{ __typename } fragment A on Client { ${contactsOf(6)} }`),
  ),
  row(
    '1,600 fragments that nobody spreads',
    400,
    tokens,
    asking(`{ __typename } ${times(1_600, (n) => `fragment F${n} on Query { __typename }`)}`),
  ),
  row('a fragment that is not there', 400, invalid, asking('{ ...A }')),
  row(
    'a fragment twice',
    400,
    invalid,
    asking('{ ...A } fragment A on Query { __typename } fragment A on Query { __typename }'),
  ),
  row('a fragment of a type that is not there', 400, invalid, asking('{ ...A } fragment A on Nobody { id }')),
  row(
    'cards within their contacts, 6 times',
    400,
    'TOO_COMPLEX depth',
    asking(`{ clients { nodes { ${contactsOf(6)} } } }`),
  ),
  row(
    'cards within their contacts, 30 times',
    400,
    'TOO_COMPLEX depth',
    asking(`{ clients { nodes { ${contactsOf(30)} } } }`),
  ),
  row('brackets 300 deep', 400, nesting, asking(`{ ${'a {'.repeat(300)} b ${'}'.repeat(300)} }`)),
  row('brackets 100,000 deep', 400, nesting, asking('{ a '.repeat(100_000))),
  row('lists 5,000 deep in an argument', 400, nesting, asking(`{ clients(filter: ${'['.repeat(5_000)}`)),
  row(
    'objects 150 deep in an argument',
    200,
    'BAD_USER_INPUT TOO_DEEP',
    asking(`{ clients(filter: ${'{not: '.repeat(150)} {} ${'}'.repeat(150)}) { nodes { id } } }`),
  ),
  row(
    'inline fragments 150 deep',
    200,
    '',
    asking(`${'{ ... '.repeat(150)} { __typename } ${'}'.repeat(150)}`),
  ),
  row(
    'a type of lists 190 deep',
    400,
    invalid,
    asking(`query ($a: ${'['.repeat(190)}Int${']'.repeat(190)}) { __typename }`),
  ),
  row(
    '250 directives on a field',
    400,
    'TOO_COMPLEX directives',
    asking(`{ __typename ${'@include(if: true) '.repeat(250)} }`),
  ),
  row(
    '2,000 directives on a field',
    400,
    'TOO_COMPLEX directives',
    asking(`{ __typename ${'@include(if: true) '.repeat(1_400)} }`),
  ),
  row(
    '300 directives that are not there',
    400,
    'TOO_COMPLEX directives',
    asking(`{ __typename ${times(300, (n) => `@a${n}`)} }`),
  ),
  row('a directive that is not there', 400, invalid, asking('{ __typename @nobody }')),
  row('a directive twice', 400, invalid, asking('{ __typename @skip(if: false) @skip(if: false) }')),
  row(
    '300 directives on fragments',
    400,
    'TOO_COMPLEX directives',
    asking(`{ ${'... @include(if: true) { __typename } '.repeat(300)} }`),
  ),
  row(
    'pages of 200 within pages of 200',
    400,
    'TOO_COMPLEX cost',
    asking('{ clients(first: 200) { nodes { contacts(first: 200) { nodes { features { isSet } } } } } }'),
  ),
  row(
    'the same by variables',
    400,
    'TOO_COMPLEX cost',
    asking(
      'query ($n: Int) { clients(first: $n) { nodes { contacts(first: $n) { nodes { features { isSet } } } } } }',
      { n: 200 },
    ),
  ),
  row(
    'the same by a default',
    400,
    'TOO_COMPLEX cost',
    asking(
      'query ($n: Int = 200) { clients(first: $n) { nodes { contacts(first: $n) { nodes { features { isSet } } } } } }',
    ),
  ),
  row(
    'a page of a thousand million',
    200,
    'BAD_USER_INPUT PAGE_SIZE',
    asking('{ clients(first: 1000000000) { nodes { id } } }'),
  ),
  row(
    'a page of less than nothing',
    200,
    'BAD_USER_INPUT PAGE_SIZE',
    asking('{ clients(first: -1) { nodes { id } } }'),
  ),
  row(
    'a number that no Int holds',
    400,
    invalid,
    asking('{ clients(first: 99999999999999999999) { nodes { id } } }'),
  ),
  row('introspection 30 levels down', 400, 'TOO_COMPLEX introspectionDepth', asking(introspection(30))),
  row(
    'introspection in rings',
    400,
    'TOO_COMPLEX introspectionDepth',
    asking(`{ __schema { types { ${times(14, () => 'fields { type {')} name ${'} }'.repeat(14)} } } }`),
  ),
  row(
    'introspection 200 times over',
    400,
    'TOO_COMPLEX introspection',
    asking(`{ ${times(200, (n) => `a${n}: __schema { types { name fields { name type { name } } } }`)} }`),
  ),
  row(
    'introspection 200 times over, by a fragment',
    400,
    'TOO_COMPLEX introspection',
    asking(
      `{ __schema { types { ${times(200, () => '...A')} } } } fragment A on __Type { fields { type { fields { name } } } }`,
    ),
  ),
  row('no document', 400, 'BAD_USER_INPUT BAD_REQUEST', asking('')),
  row('a comment alone', 400, syntax, asking('# nothing')),
  row('a document of control signs', 400, syntax, asking('\u0000\u0001\u0002')),
  row('a text that never ends', 400, syntax, asking('{ client(code: "')),
  row('a block that never ends', 400, syntax, asking('{ client(code: """')),
  row('half a surrogate in a text', 400, syntax, asking('{ client(code: "\\ud800") { id } }')),
  row('a subscription', 400, 'BAD_USER_INPUT OPERATION', asking('subscription { changed { position } }')),
  row('types of its own', 400, invalid, asking('{ __typename } type Query { secret: String }')),
  row(
    'an extension of the schema',
    400,
    invalid,
    asking('{ __typename } extend type Client { secret: String }'),
  ),
  row(
    'two operations and no name',
    400,
    'BAD_USER_INPUT OPERATION_RESOLUTION_FAILURE',
    asking('query A { __typename } query B { __typename }'),
  ),
  row(
    'an operation that is not there',
    400,
    'BAD_USER_INPUT OPERATION_RESOLUTION_FAILURE',
    asking('query A { __typename }', {}, { operationName: 'B' }),
  ),
  row(
    'an operation named like all objects have',
    400,
    'BAD_USER_INPUT OPERATION_RESOLUTION_FAILURE',
    asking('query A { __typename }', {}, { operationName: 'constructor' }),
  ),
  row('a field that all objects have', 400, invalid, asking('{ constructor }')),
  row('a field named __proto__', 400, invalid, asking('{ __proto__ }')),
  row('an alias named __proto__', 200, '', asking('{ __proto__: __typename }')),
  row(
    '1,000 variables that nobody uses',
    400,
    invalid,
    asking(`query (${times(1_000, (n) => `$v${n}: Int`)}) { __typename }`),
  ),
  row(
    '1,000 arguments that are not there',
    400,
    invalid,
    asking(`{ client(${times(1_000, (n) => `a${n}: 1`)}) { id } }`),
  ),
  row('1,000 fields that are not there', 400, invalid, asking(`{ ${times(1_000, (n) => `nothing${n}`)} }`)),
  row('a name of 100,000 letters', 400, invalid, asking(`{ ${'a'.repeat(100_000)} }`)),
  row('@defer, which is not offered', 400, invalid, asking('{ ... @defer { __typename } }')),
];
