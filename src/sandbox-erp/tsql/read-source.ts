import { readExpression } from './read-expression.ts';
import { Node } from './reader.ts';
import type { Reader } from './reader.ts';
import type { Expression, Join, ObjectName, Source } from './syntax.ts';
import { refuse } from './types.ts';

/** FROM and its joins, with the table hints that cannot change an answer. */
export function readFrom(reader: Reader, value: unknown, joins: readonly unknown[]): Source | null {
  if (value === null) return null;
  reader.saw('FROM');
  const node = Node.plain('FROM', value);
  const [first, ...more] = node.list('expressions').map((item) => readSource(reader, item));
  node.done();
  refuseCommaBeforeOuter(more.length > 0, joins);
  if (first === undefined) throw refuse('an empty FROM');
  const crossed = more.map((source): Join => ({ how: 'CROSS', source, on: null }));
  const joined = [...crossed, ...joins.map((join) => readJoin(reader, join))];
  return joined.length === 0 ? first : { kind: 'joined', first, joins: joined };
}

/** A comma binds looser than JOIN, which only a RIGHT or FULL JOIN after it can tell. */
function refuseCommaBeforeOuter(startsWithComma: boolean, joins: readonly unknown[]): void {
  const kinds = joins.map((join) => Node.plain('JOIN', join).text('kind'));
  const comma = startsWithComma ? 0 : kinds.indexOf('Implicit');
  if (comma >= 0 && kinds.slice(comma).some((kind) => kind === 'Right' || kind === 'Full'))
    throw refuse('a comma before RIGHT or FULL JOIN');
}

const joinKinds: Readonly<Record<string, readonly [Join['how'], string]>> = {
  Inner: ['INNER', 'JOIN'],
  Left: ['LEFT', 'LEFT JOIN'],
  Right: ['RIGHT', 'RIGHT JOIN'],
  Full: ['FULL', 'FULL JOIN'],
  Cross: ['CROSS', 'CROSS JOIN'],
  Implicit: ['CROSS', ''],
  CrossApply: ['CROSS APPLY', 'CROSS APPLY'],
  OuterApply: ['OUTER APPLY', 'APPLY'],
};

function readJoin(reader: Reader, value: unknown): Join {
  const node = Node.plain('JOIN', value);
  const kind = node.text('kind');
  const [how, words] = joinKinds[kind] ?? [];
  if (how === undefined || words === undefined) throw refuse(`the join ${kind}`);
  if (words !== '') reader.saw(words);
  const source = readSource(reader, node.take('this'));
  const on = node.take('on');
  if (on !== null) reader.saw('ON');
  const join = { how, source, on: on === null ? null : readExpression(reader, on) };
  node.done();
  return join;
}

function readSource(reader: Reader, value: unknown): Source {
  const node = Node.open(value);
  const source = sourceOf(reader, node);
  node.done();
  return source;
}

function sourceOf(reader: Reader, node: Node): Source {
  switch (node.kind) {
    case 'table': {
      const alias = node.name('alias');
      readHints(reader, node.list('hints'));
      const name = objectName(reader, node);
      return { kind: 'object', name, alias: alias === null ? null : reader.sawName(alias) };
    }
    case 'subquery':
      return derived(reader, node);
    case 'joined_table': {
      const first = readSource(reader, node.take('left'));
      return { kind: 'joined', first, joins: node.list('joins').map((join) => readJoin(reader, join)) };
    }
    case 'paren':
      return readSource(reader, node.take('this'));
    case 'alias':
      return described(reader, node);
    default:
      throw refuse(`${node.kind.replaceAll('_', ' ')} in FROM`);
  }
}

/** The one function that stands for a table, and the ways to call it whose answers the engine knows. */
const describing = 'sys.dm_exec_describe_first_result_set';

function described(reader: Reader, node: Node): Source {
  const inner = Node.open(node.take('this'));
  if (inner.kind !== 'function') throw refuse(`${inner.kind.replaceAll('_', ' ')} in FROM`);
  const name = inner.text('name');
  if (name.toLowerCase() !== describing) throw refuse(`the function ${name} in FROM`);
  reader.sawWritten(name);
  const [batch, parameters, browse, ...more] = inner.list('args').map((item) => readExpression(reader, item));
  inner.done();
  const alias = reader.sawName(node.name('alias') ?? '');
  if (batch?.kind !== 'text') throw refuse(`${describing} of what is not written out`);
  const declared = parameters?.kind === 'text' ? parameters.value : null;
  const mode = browse?.kind === 'number' ? browse.text : '';
  const isKnown = mode === '0' || (mode === '1' && declared === null);
  if (!isKnown || (declared === null && parameters?.kind !== 'null') || more.length > 0)
    throw refuse(`${describing} with other arguments than NULL, 1 or parameters, 0`);
  return { kind: 'described', batch: batch.value, declared, browse: mode === '1', alias };
}

/** Hints that cannot change what a query answers here; whatever locks or forces is refused. */
const harmlessHints = new Set(['NOLOCK', 'READUNCOMMITTED', 'READCOMMITTED']);

function readHints(reader: Reader, hints: readonly unknown[]): void {
  for (const item of hints) {
    const node = Node.open(item);
    if (node.kind !== 'with_table_hint') throw refuse('a table hint of this form');
    reader.saw('WITH');
    for (const one of node.list('expressions')) {
      const hint = Node.open(one);
      const name = hint.kind === 'var' ? hint.text('this').toUpperCase() : hint.kind;
      if (!harmlessHints.has(name)) throw refuse(`the table hint ${name}`);
      reader.saw(name);
    }
    node.done();
  }
}

function derived(reader: Reader, node: Node): Source {
  const alias = node.name('alias');
  const columns = node.names('column_aliases');
  const content = node.take('this');
  const inner = Node.open(content);
  if (alias === null) {
    if (inner.kind === 'joined_table' || inner.kind === 'table') return readSource(reader, content);
    throw refuse('a derived table without a name');
  }
  const names = { alias: reader.sawName(alias), columns: columns.map((name) => reader.sawName(name)) };
  if (inner.kind !== 'values') return { kind: 'derived', query: reader.query(reader, content), ...names };
  const rows = inner.list('expressions').map((row) => readRow(reader, row));
  inner.done();
  reader.saw('VALUES');
  return { kind: 'values', rows, ...names };
}

function readRow(reader: Reader, value: unknown): Expression[] {
  const node = Node.plain('row of VALUES', value);
  const row = node.list('expressions').map((item) => readExpression(reader, item));
  node.done();
  return row;
}

/** `name`, `schema.name` or `database.schema.name`, outermost first. */
export function objectName(reader: Reader, node: Node): ObjectName {
  const parts = [node.name('catalog'), node.name('schema'), node.name('name')];
  return parts.filter((part) => part !== null).map((part) => reader.sawName(part));
}
