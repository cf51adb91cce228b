import { readDataType } from './read-call.ts';
import { readExpression } from './read-expression.ts';
import { objectName } from './read-source.ts';
import { Node } from './reader.ts';
import type { Reader } from './reader.ts';
import type { ColumnDefinition, IndexColumn, ObjectName, Statement, TableConstraint } from './syntax.ts';
import { refuse } from './types.ts';

/** CREATE TABLE: its columns, and the constraints of columns as constraints of the table. */
export function readCreateTable(reader: Reader, node: Node): Statement {
  reader.saw('CREATE TABLE');
  const name = readTableName(reader, node.take('name'));
  const constraints: TableConstraint[] = [];
  const columns = node.list('columns').map((item) => {
    const one = Node.plain('column', item);
    const column = readColumn(reader, one);
    constraints.push(...inlineConstraints(reader, one, column.name));
    one.done();
    return column;
  });
  for (const item of node.list('constraints')) constraints.push(readConstraint(reader, item));
  const primary = constraints.find((constraint) => constraint.kind === 'key' && constraint.primary);
  const inKey = primary?.kind === 'key' ? primary.columns.map((column) => column.name.toLowerCase()) : [];
  return {
    kind: 'createTable',
    name,
    columns: columns.map((column) =>
      inKey.includes(column.name.toLowerCase()) ? { ...column, nullable: false } : column,
    ),
    constraints,
  };
}

export function readTableName(reader: Reader, value: unknown): ObjectName {
  const node = Node.plain('name', value);
  const name = objectName(reader, node);
  node.done();
  return name;
}

function readColumn(reader: Reader, node: Node): ColumnDefinition {
  const name = reader.sawName(node.name('name') ?? '');
  const type = readDataType(reader, node.take('data_type'), 1);
  const nullable = node.take('nullable');
  if (nullable === true) reader.saw('NULL');
  if (nullable === false) reader.saw('NOT NULL');
  const byDefault = node.take('default');
  if (byDefault !== null) reader.saw('DEFAULT');
  const identity = readIdentity(reader, node);
  return {
    name,
    type,
    nullable: identity === null ? (typeof nullable === 'boolean' ? nullable : null) : false,
    identity,
    byDefault: byDefault === null ? null : readExpression(reader, byDefault),
  };
}

function readIdentity(reader: Reader, node: Node): ColumnDefinition['identity'] {
  if (!node.flag('auto_increment')) return null;
  reader.saw('IDENTITY');
  const [seed, step] = ['auto_increment_start', 'auto_increment_increment'].map((field) => {
    const value = node.take(field);
    if (value === null) return '1';
    const number = readExpression(reader, value);
    if (number.kind !== 'number') throw refuse('an IDENTITY that is not counted in literals');
    return number.text;
  });
  return { seed: seed ?? '1', step: step ?? '1' };
}

function inlineConstraints(reader: Reader, node: Node, column: string): TableConstraint[] {
  const constraints: TableConstraint[] = [];
  const columns = [{ name: column, descending: false }];
  if (node.flag('primary_key')) {
    reader.saw('PRIMARY KEY');
    constraints.push({ kind: 'key', primary: true, name: null, columns });
  }
  if (node.flag('unique')) {
    reader.saw('UNIQUE');
    constraints.push({ kind: 'key', primary: false, name: null, columns });
  }
  for (const item of node.list('constraints')) {
    const one = Node.open(item);
    if (one.kind === 'Check') {
      reader.saw('CHECK');
      const condition = readExpression(reader, checkCondition(item));
      constraints.push({ kind: 'check', name: null, condition });
    } else if (one.kind === 'References') {
      constraints.push({ kind: 'foreign', name: null, columns: [column], ...readReferences(reader, one) });
      one.done();
    } else throw refuse(`the column constraint ${one.kind}`);
  }
  return constraints;
}

function checkCondition(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'Check' in value ? value.Check : null;
}

function readConstraint(reader: Reader, value: unknown): TableConstraint {
  const node = Node.open(value);
  const name = node.name('name');
  if (name !== null) {
    reader.saw('CONSTRAINT');
    reader.sawName(name);
  }
  node.take('modifiers');
  const constraint = constraintOf(reader, node, name);
  node.done();
  return constraint;
}

function constraintOf(reader: Reader, node: Node, name: string | null): TableConstraint {
  switch (node.kind) {
    case 'PrimaryKey':
    case 'Unique': {
      const primary = node.kind === 'PrimaryKey';
      reader.saw(primary ? 'PRIMARY KEY' : 'UNIQUE');
      const columns = node.names('columns').map((column) => indexColumn(reader, column));
      return { kind: 'key', primary, name, columns };
    }
    case 'ForeignKey': {
      reader.saw('FOREIGN KEY');
      const columns = node.names('columns').map((column) => reader.sawName(column));
      const target = Node.plain('REFERENCES', node.take('references'));
      const references = readReferences(reader, target);
      target.done();
      return { kind: 'foreign', name, columns, ...references };
    }
    case 'Check':
      reader.saw('CHECK');
      return { kind: 'check', name, condition: readExpression(reader, node.take('expression')) };
    default:
      throw refuse(`the table constraint ${node.kind}`);
  }
}

/** The parser makes one name of a column and its direction. */
function indexColumn(reader: Reader, written: string): IndexColumn {
  const [, name = written, direction] = /^(.*) (ASC|DESC)$/u.exec(written) ?? [];
  if (direction === 'DESC') reader.saw('DESC');
  return { name: reader.sawName(name), descending: direction === 'DESC' };
}

function readReferences(
  reader: Reader,
  node: Node,
): Pick<Extract<TableConstraint, { kind: 'foreign' }>, 'table' | 'references' | 'onDelete'> {
  reader.saw('REFERENCES');
  const table = readTableName(reader, node.take('table'));
  const references = node.names('columns').map((column) => reader.sawName(column));
  const onDelete = node.take('on_delete');
  if (onDelete === 'Cascade') reader.saw('ON DELETE CASCADE');
  else if (onDelete === 'NoAction') reader.saw('ON DELETE NO ACTION');
  else if (onDelete !== null) throw refuse('ON DELETE of this kind');
  return { table, references, onDelete: onDelete === 'Cascade' ? 'CASCADE' : 'NO ACTION' };
}
