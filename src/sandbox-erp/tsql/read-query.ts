import { SqlServerError } from '../engine.ts';
import { readOrdering } from './read-call.ts';
import { readExpression } from './read-expression.ts';
import { Node } from './reader.ts';
import type { Reader } from './reader.ts';
import { readFrom } from './read-source.ts';
import type { Combination, Query, Select, SelectItem } from './syntax.ts';
import { refuse } from './types.ts';

/** A SELECT with all that may stand around it: common table expressions, UNION, ORDER BY, OFFSET. */
export function readQuery(reader: Reader, value: unknown): Query {
  const node = Node.open(value);
  const query = queryOf(reader, node);
  node.done();
  return query;
}

function queryOf(reader: Reader, node: Node): Query {
  switch (node.kind) {
    case 'subquery':
    case 'paren':
      return readQuery(reader, node.take('this'));
    case 'select':
      return { ...readTail(reader, node), body: readSelect(reader, node) };
    case 'union':
    case 'except':
    case 'intersect':
      return readCombination(reader, node);
    default:
      throw refuse(`${node.kind.replaceAll('_', ' ')} in the place of a query`);
  }
}

function readTail(reader: Reader, node: Node): Omit<Query, 'body'> {
  const order = node.take('order_by');
  return {
    common: readCommon(reader, node.take('with')),
    order: order === null ? [] : readOrderBy(reader, order),
    offset: readOffset(reader, node.take('offset')),
    fetch: readFetch(reader, node.take('fetch')),
  };
}

function readOrderBy(reader: Reader, value: unknown): Query['order'] {
  const node = Node.plain('ORDER BY', value);
  const order = readOrdering(reader, node.list('expressions'), readExpression);
  node.done();
  return order;
}

/** Under a SELECT the parser wraps the expression, under a UNION it does not. */
function readOffset(reader: Reader, value: unknown): Query['offset'] {
  if (value === null) return null;
  reader.saw('OFFSET');
  const wrapped = typeof value === 'object' && 'this' in value ? value.this : value;
  return readExpression(reader, wrapped);
}

function readFetch(reader: Reader, value: unknown): Query['fetch'] {
  if (value === null) return null;
  const node = Node.plain('FETCH', value);
  reader.saw('FETCH');
  node.take('direction');
  const count = readExpression(reader, node.take('count'));
  node.done();
  return count;
}

function readCommon(reader: Reader, value: unknown): Query['common'] {
  if (value === null) return [];
  reader.saw('WITH');
  const node = Node.plain('WITH', value);
  const common = node.list('ctes').map((item) => {
    const one = Node.plain('WITH', item);
    const name = reader.sawName(one.name('alias') ?? '');
    const columns = one.names('columns').map((column) => reader.sawName(column));
    const query = readQuery(reader, one.take('this'));
    one.done();
    return { name, columns, query };
  });
  node.done();
  return common;
}

function readCombination(reader: Reader, node: Node): Query {
  const all = node.flag('all');
  const name = node.kind.toUpperCase();
  reader.saw(all ? `${name} ALL` : name);
  if (all && name !== 'UNION') throw refuse(`${name} ALL`);
  const tail = readTail(reader, node);
  const left = readQuery(reader, node.take('left'));
  const right = readQuery(reader, node.take('right'));
  // The parser hangs the FETCH of the whole on the last SELECT, which in T-SQL cannot have one of its own.
  const operator = combining(name, all);
  const body: Combination = { kind: 'combination', operator, left, right: { ...right, fetch: null } };
  return { ...tail, fetch: tail.fetch ?? right.fetch, body };
}

function combining(name: string, all: boolean): Combination['operator'] {
  if (name === 'UNION') return all ? 'UNION ALL' : 'UNION';
  return name === 'EXCEPT' ? 'EXCEPT' : 'INTERSECT';
}

function readSelect(reader: Reader, node: Node): Select {
  reader.saw('SELECT');
  const distinct = node.flag('distinct');
  if (distinct) reader.saw('DISTINCT');
  const top = node.take('top');
  const items = node.list('expressions').map((item) => readItem(reader, item));
  if (items.length === 0) throw new SqlServerError(102, "Incorrect syntax near 'SELECT'.", 15);
  return {
    kind: 'select',
    distinct,
    top: top === null ? null : readTop(reader, top),
    items,
    from: readFrom(reader, node.take('from'), node.list('joins')),
    where: readClause(reader, 'WHERE', node.take('where_clause')),
    group: readGroup(reader, node.take('group_by')),
    having: readClause(reader, 'HAVING', node.take('having')),
  };
}

function readTop(reader: Reader, value: unknown): Select['top'] {
  const node = Node.plain('TOP', value);
  reader.saw('TOP');
  const count = readExpression(reader, node.take('this'));
  node.done();
  return count;
}

export function readClause(reader: Reader, word: string, value: unknown): Select['where'] {
  if (value === null) return null;
  reader.saw(word);
  const node = Node.plain(word, value);
  const condition = readExpression(reader, node.take('this'));
  node.done();
  return condition;
}

function readGroup(reader: Reader, value: unknown): Select['group'] {
  if (value === null) return [];
  reader.saw('GROUP BY');
  const node = Node.plain('GROUP BY', value);
  const group = node.list('expressions').map((item) => readExpression(reader, item));
  node.done();
  return group;
}

function readItem(reader: Reader, value: unknown): SelectItem {
  const node = Node.open(value);
  if (node.kind === 'star') {
    reader.saw('*');
    const source = node.name('table');
    node.done();
    return { kind: 'star', source: source === null ? null : reader.sawName(source) };
  }
  if (node.kind === 'alias') {
    const item = readExpression(reader, node.take('this'));
    const name = reader.sawName(node.name('alias') ?? '');
    node.done();
    return { kind: 'item', value: item, name, aliased: true };
  }
  return unaliased(readExpression(reader, value));
}

/** `name = expression` is T-SQL's older way to name a column, and to set a variable. */
function unaliased(value: ReturnType<typeof readExpression>): SelectItem {
  if (value.kind === 'compare' && value.operator === '=') {
    if (value.left.kind === 'variable')
      return { kind: 'assign', variable: value.left.name, value: value.right };
    const [name, ...more] = value.left.kind === 'column' ? value.left.path : [];
    if (name !== undefined && more.length === 0)
      return { kind: 'item', value: value.right, name, aliased: true };
  }
  const name = value.kind === 'column' ? (value.path.at(-1) ?? null) : null;
  return { kind: 'item', value, name, aliased: false };
}
