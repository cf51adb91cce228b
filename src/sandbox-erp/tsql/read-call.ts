import { Node } from './reader.ts';
import type { Reader } from './reader.ts';
import type { Call, Expression, Ordering } from './syntax.ts';
import type { SqlType } from '../engine.ts';
import { readType, refuse } from './types.ts';

/** Function calls: the parser gives some of them kinds of their own, and CONVERT as a call with a type among its arguments. */
export type ReadExpression = (reader: Reader, value: unknown) => Expression;

const dataTypes: Readonly<Record<string, string>> = {
  var_char: 'varchar',
  char: 'char',
  big_int: 'bigint',
  small_int: 'smallint',
  tiny_int: 'tinyint',
  int: 'int',
  bit: 'bit',
  date: 'date',
  decimal: 'decimal',
  var_binary: 'varbinary',
  time: 'time',
};

export function readDataType(reader: Reader, value: unknown, unsaid: 1 | 30): SqlType {
  const node = Node.plain('type', value);
  const written = writtenType(node);
  node.done();
  if (written === 'double precision') throw refuse('the type double precision');
  reader.sawWritten(written);
  return readType(written, unsaid);
}

function writtenType(node: Node): string {
  const kind = node.text('data_type');
  if (kind === 'custom') return node.text('name');
  const facets = [node.take('length'), node.take('precision'), node.take('scale')].filter(
    (facet) => typeof facet === 'number',
  );
  const name = kind === 'float' ? (node.flag('real_spelling') ? 'real' : 'float') : dataTypes[kind];
  if (name === undefined) throw refuse(`the type ${kind}`);
  return facets.length === 0 ? name : `${name}(${facets.join(',')})`;
}

function call(name: string, values: readonly Expression[], more: Partial<Call> = {}): Call {
  return { kind: 'call', name, arguments: values, star: false, distinct: false, part: null, ...more };
}

/** Kinds of node that stand for a function of fixed fields. */
const known: Readonly<Record<string, readonly [string, ...string[]]>> = {
  length: ['LEN', 'this'],
  upper: ['UPPER', 'this'],
  lower: ['LOWER', 'this'],
  abs: ['ABS', 'this'],
  floor: ['FLOOR', 'this'],
  ceil: ['CEILING', 'this'],
  year: ['YEAR', 'this'],
  month: ['MONTH', 'this'],
  day: ['DAY', 'this'],
  if_func: ['IIF', 'condition', 'true_value', 'false_value'],
  substring: ['SUBSTRING', 'this', 'start', 'length'],
};

const aggregates = new Set(['sum', 'min', 'max', 'avg']);

export function readAggregate(reader: Reader, node: Node, read: ReadExpression): Call | null {
  if (aggregates.has(node.kind)) {
    node.take('name');
    reader.saw(node.kind.toUpperCase());
    const distinct = distinctIn(reader, node);
    return call(node.kind.toUpperCase(), [read(reader, node.take('this'))], { distinct });
  }
  if (node.kind !== 'count') return null;
  reader.saw('COUNT');
  const star = node.flag('star');
  if (star) {
    reader.saw('*');
    return call('COUNT', [], { star });
  }
  const distinct = distinctIn(reader, node);
  return call('COUNT', [read(reader, node.take('this'))], { distinct });
}

function distinctIn(reader: Reader, node: Node): boolean {
  const distinct = node.flag('distinct');
  if (distinct) reader.saw('DISTINCT');
  return distinct;
}

export function readFunction(reader: Reader, node: Node, read: ReadExpression): Expression | null {
  const form = known[node.kind];
  if (form !== undefined) {
    const [name, ...fields] = form;
    reader.saw(name);
    return call(
      name,
      fields.map((field) => read(reader, node.take(field))),
    );
  }
  switch (node.kind) {
    case 'function':
      return plainFunction(reader, node, read);
    case 'coalesce':
      reader.saw('COALESCE');
      return call(
        'COALESCE',
        node.list('expressions').map((item) => read(reader, item)),
      );
    case 'trim':
      reader.saw('TRIM');
      if (node.text('position') !== 'Both') throw refuse('TRIM of one side');
      return call('TRIM', [read(reader, node.take('this'))]);
    case 'row_number':
    case 'rank':
    case 'dense_rank':
      reader.saw(node.kind.toUpperCase());
      node.take('');
      return call(node.kind.toUpperCase(), []);
    default:
      return null;
  }
}

/**
 * The parser renames the parts of DATEPART, and one of them wrongly (w is not week): under another name it leaves them be.
 */
export const hiddenFunctions: Readonly<Record<string, string>> = { DATEPART: 'PART_OF_DATE' };

const withPart = new Set(['DATEADD', 'DATEDIFF', 'DATEDIFF_BIG', 'DATEPART', 'DATENAME']);

function plainFunction(reader: Reader, node: Node, read: ReadExpression): Expression {
  const written = node.text('name').toUpperCase();
  const name = Object.keys(hiddenFunctions).find((one) => hiddenFunctions[one] === written) ?? written;
  reader.sawWritten(name);
  const values = [...node.list('args')];
  if (name === 'CONVERT' || name === 'TRY_CONVERT') return conversion(reader, name, values, read);
  if (name === 'COUNT_BIG') return countBig(reader, node, values, read);
  const part = withPart.has(name) ? datePart(reader, values.shift()) : null;
  return call(
    name,
    values.map((item) => read(reader, item)),
    { part },
  );
}

function datePart(reader: Reader, value: unknown): string {
  const node = Node.open(value);
  const part = node.kind === 'var' ? node.text('this') : node.kind === 'column' ? node.name('name') : null;
  node.done();
  if (part === null) throw refuse('a date part of this form');
  reader.saw(part.toUpperCase());
  return part.toLowerCase();
}

function countBig(reader: Reader, node: Node, values: readonly unknown[], read: ReadExpression): Call {
  const [value] = values;
  if (values.length !== 1) throw refuse('COUNT_BIG of several values');
  if (Node.open(value).kind === 'star') {
    reader.saw('*');
    return call('COUNT_BIG', [], { star: true });
  }
  return call('COUNT_BIG', [read(reader, value)], { distinct: distinctIn(reader, node) });
}

function conversion(
  reader: Reader,
  name: string,
  values: readonly unknown[],
  read: ReadExpression,
): Expression {
  const [type, value, style] = values;
  if (values.length < 2 || values.length > 3) throw refuse(`${name} with ${values.length} arguments`);
  const node = Node.open(type);
  if (node.kind !== 'data_type') throw refuse(`${name} to a type of this form`);
  const target = Node.plain('type', typeFields(type));
  const written = writtenType(target);
  target.done();
  reader.sawWritten(written);
  return {
    kind: 'cast',
    type: readType(written, 30),
    value: read(reader, value),
    style: style === undefined ? null : read(reader, style),
    attempt: name === 'TRY_CONVERT',
  };
}

function typeFields(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'data_type' in value ? value.data_type : null;
}

export function readOrdering(reader: Reader, items: readonly unknown[], read: ReadExpression): Ordering[] {
  if (items.length > 0) reader.saw('ORDER BY');
  return items.map((item) => {
    const node = Node.plain('ORDER BY', item);
    const descending = node.flag('desc');
    if (descending) reader.saw('DESC');
    const by = read(reader, node.take('this'));
    node.done();
    return { by, descending };
  });
}

export function readWindow(reader: Reader, node: Node, read: ReadExpression): Expression {
  const inner = read(reader, node.take('this'));
  if (inner.kind !== 'call') throw refuse('OVER after this');
  reader.saw('OVER');
  const over = Node.plain('OVER', node.take('over'));
  const partition = over.list('partition_by').map((item) => read(reader, item));
  if (partition.length > 0) reader.saw('PARTITION BY');
  const order = readOrdering(reader, over.list('order_by'), read);
  const frame = over.take('frame');
  const window = { partition, order, frame: frame === null ? null : readFrame(reader, frame) };
  over.done();
  return { kind: 'window', call: inner, over: window };
}

const bounds: Readonly<Record<string, string>> = {
  UnboundedPreceding: 'UNBOUNDED PRECEDING',
  UnboundedFollowing: 'UNBOUNDED FOLLOWING',
  CurrentRow: 'CURRENT ROW',
};

function readFrame(reader: Reader, value: unknown): string {
  const node = Node.plain('window frame', value);
  const kind = node.text('kind').toUpperCase();
  if (kind !== 'ROWS' && kind !== 'RANGE') throw refuse(`the window frame ${kind}`);
  if (kind === 'RANGE') reader.saw('RANGE');
  const start = bounds[node.text('start')];
  const endField = node.take('end');
  const end = endField === null ? null : typeof endField === 'string' ? bounds[endField] : undefined;
  node.done();
  if (start === undefined || end === undefined) throw refuse('a window frame with counted rows');
  for (const bound of [start, end]) if (bound !== null) reader.saw(bound.replace(' ROW', ''));
  if (end === null) return `${kind} ${start}`;
  reader.saw('BETWEEN AND');
  return `${kind} BETWEEN ${start} AND ${end}`;
}
