import { Node } from './reader.ts';
import type { Reader } from './reader.ts';
import { readAggregate, readDataType, readFunction, readWindow } from './read-call.ts';
import type { ReadExpression } from './read-call.ts';
import type { Arithmetic, Comparison, Expression } from './syntax.ts';
import { refuse } from './types.ts';

const arithmetic: Readonly<Record<string, Arithmetic>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  bitwise_and: '&',
  bitwise_or: '|',
  bitwise_xor: '^',
};

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
};

/** One expression or condition of the parser's tree, as the engine's own. */
export function readExpression(reader: Reader, value: unknown): Expression {
  const node = Node.open(value);
  const read = binaryExpression(reader, node) ?? plainExpression(reader, node) ?? predicate(reader, node);
  const expression = read ?? readAggregate(reader, node, readExpression) ?? callOrRefuse(reader, node);
  node.done();
  return expression;
}

function callOrRefuse(reader: Reader, node: Node): Expression {
  const call = readFunction(reader, node, readExpression);
  if (call === null) throw refuse(node.kind.replaceAll('_', ' '));
  return call;
}

function binaryExpression(reader: Reader, node: Node): Expression | null {
  const operator = arithmetic[node.kind] ?? comparisons[node.kind] ?? null;
  if (operator === null && node.kind !== 'and' && node.kind !== 'or') return null;
  const left = readExpression(reader, node.take('left'));
  const right = readExpression(reader, node.take('right'));
  const calculation = arithmetic[node.kind];
  const comparison = comparisons[node.kind];
  reader.saw(calculation ?? comparison ?? node.kind.toUpperCase());
  if (calculation !== undefined)
    return flatBitwise({ kind: 'arithmetic', operator: calculation, left, right });
  if (comparison !== undefined) return { kind: 'compare', operator: comparison, left, right };
  return { kind: 'logic', operator: node.kind === 'and' ? 'AND' : 'OR', left, right };
}

/** The parser binds & | ^ looser than + and -, SQL Server alike: mixed without brackets they would be wrong. */
function flatBitwise(expression: Extract<Expression, { kind: 'arithmetic' }>): Expression {
  const isBitwise = (operator: Arithmetic): boolean => '&|^'.includes(operator);
  for (const side of [expression.left, expression.right]) {
    if (side.kind !== 'arithmetic' || side.bracketed === true || side.operator === expression.operator)
      continue;
    if (isBitwise(expression.operator) || isBitwise(side.operator))
      throw refuse(`${expression.operator} mixed with ${side.operator} without brackets`);
  }
  return expression;
}

function plainExpression(reader: Reader, node: Node): Expression | null {
  switch (node.kind) {
    case 'paren': {
      const inner = readExpression(reader, node.take('this'));
      return inner.kind === 'arithmetic' ? { ...inner, bracketed: true } : inner;
    }
    case 'column':
    case 'dot':
      return columnOrVariable(reader, node);
    case 'literal':
      return literal(reader, node);
    case 'null':
      node.take('');
      reader.saw('NULL');
      return { kind: 'null' };
    case 'default':
      reader.saw('DEFAULT');
      return { kind: 'default' };
    case 'parameter':
      return systemVariable(reader, node);
    case 'neg':
      reader.saw('-');
      return { kind: 'negate', operand: readExpression(reader, node.take('this')) };
    case 'subquery':
      return { kind: 'scalar', query: reader.query(reader, { subquery: subqueryFields(node) }) };
    case 'case':
      return caseExpression(reader, node);
    case 'collation':
      return collated(reader, node);
    case 'cast':
    case 'try_cast':
      return castExpression(reader, node);
    case 'window_function':
      return readWindow(reader, node, readExpression);
    default:
      return null;
  }
}

function subqueryFields(node: Node): unknown {
  return { this: node.take('this') };
}

function columnOrVariable(reader: Reader, node: Node): Expression {
  const path = columnPath(reader, node);
  const [first] = path;
  if (path.length === 1 && first?.startsWith('@') === true)
    return { kind: 'variable', name: first.toLowerCase() };
  if (path.length === 1 && first?.toUpperCase() === 'DEFAULT') return { kind: 'default' };
  return { kind: 'column', path };
}

/** `a`, `t.a`, `s.t.a` … : the parser nests what has more than two parts. */
function columnPath(reader: Reader, node: Node): string[] {
  if (node.kind === 'dot') {
    const inner = Node.open(node.take('this'));
    const path = columnPath(reader, inner);
    inner.done();
    return [...path, reader.sawName(node.name('field') ?? '')];
  }
  if (node.kind !== 'column') throw refuse(`a dot after ${node.kind}`);
  const table = node.name('table');
  const name = reader.sawName(node.name('name') ?? '');
  return table === null ? [name] : [reader.sawName(table), name];
}

function literal(reader: Reader, node: Node): Expression {
  const value = node.text('value');
  switch (node.text('literal_type')) {
    case 'number':
      reader.saw(value.toLowerCase());
      return { kind: 'number', text: value };
    case 'string':
      reader.sawText(value, false);
      return { kind: 'text', value, national: false };
    case 'national_string':
      reader.sawText(value, true);
      return { kind: 'text', value, national: true };
    case 'hex_string':
      reader.saw(`0x${value.toLowerCase()}`);
      return { kind: 'binary', hex: value.toLowerCase() };
    default:
      throw refuse('a literal of this kind');
  }
}

function systemVariable(reader: Reader, node: Node): Expression {
  const name = node.text('name').toUpperCase();
  if (node.text('style') !== 'DoubleAt') throw refuse(`the parameter ${name}`);
  reader.saw(`@@${name}`);
  return { kind: 'system', name };
}

function caseExpression(reader: Reader, node: Node): Expression {
  reader.saw('CASE END');
  const operand = node.take('operand');
  const branches = node.list('whens').map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw refuse('this CASE');
    reader.saw('WHEN THEN');
    return { when: readExpression(reader, pair[0]), then: readExpression(reader, pair[1]) };
  });
  const otherwise = node.take('else_');
  if (otherwise !== null) reader.saw('ELSE');
  return {
    kind: 'case',
    operand: operand === null ? null : readExpression(reader, operand),
    branches,
    otherwise: otherwise === null ? null : readExpression(reader, otherwise),
  };
}

function collated(reader: Reader, node: Node): Expression {
  const collation = reader.sawName(node.text('collation'));
  reader.saw('COLLATE');
  if (!/_CI_AS$|^DATABASE_DEFAULT$/iu.test(collation)) throw refuse(`the collation ${collation}`);
  return readExpression(reader, node.take('this'));
}

function castExpression(reader: Reader, node: Node): Expression {
  const attempt = node.kind === 'try_cast';
  reader.saw(attempt ? 'TRY_CAST' : 'CAST');
  const value = readExpression(reader, node.take('this'));
  return { kind: 'cast', value, type: readDataType(reader, node.take('to'), 30), style: null, attempt };
}

function predicate(reader: Reader, node: Node): Expression | null {
  const expression = (name: string): Expression => readExpression(reader, node.take(name));
  const negated = (): boolean => {
    const not = node.flag('not');
    if (not) reader.saw('NOT');
    return not;
  };
  switch (node.kind) {
    case 'not':
      reader.saw('NOT');
      return { kind: 'not', operand: expression('this') };
    case 'between':
      reader.saw('BETWEEN AND');
      return {
        kind: 'between',
        value: expression('this'),
        low: expression('low'),
        high: expression('high'),
        not: negated(),
      };
    case 'in':
      return membership(reader, node, negated());
    case 'like':
      return like(reader, node);
    case 'is_null':
      reader.saw('IS NULL');
      return { kind: 'isNull', value: expression('this'), not: negated() };
    case 'exists':
      reader.saw('EXISTS');
      return { kind: 'exists', query: reader.query(reader, node.take('this')) };
    default:
      return null;
  }
}

function membership(reader: Reader, node: Node, not: boolean): Expression {
  reader.saw('IN');
  const value = readExpression(reader, node.take('this'));
  const query = node.take('query');
  const among =
    query === null
      ? node.list('expressions').map((item) => readExpression(reader, item))
      : reader.query(reader, query);
  return { kind: 'in', value, among, not };
}

function like(reader: Reader, node: Node): Expression {
  reader.saw('LIKE');
  const escape = node.take('escape');
  if (escape !== null) reader.saw('ESCAPE');
  return {
    kind: 'like',
    value: readExpression(reader, node.take('left')),
    pattern: readExpression(reader, node.take('right')),
    escape: escape === null ? null : readExpression(reader, escape),
  };
}

readExpression satisfies ReadExpression;
