import { SqlServerError } from '../engine.ts';
import { textOf } from './lexer.ts';
import type { Token } from './lexer.ts';
import { Dialect, parse } from './parser.ts';
import { hiddenFunctions } from './read-call.ts';
import { readExpression } from './read-expression.ts';
import { readClause, readQuery } from './read-query.ts';
import { readCreateTable, readTableName } from './read-table.ts';
import { Node, Reader } from './reader.ts';
import type { Expression, Statement } from './syntax.ts';
import { refuse } from './types.ts';

/**
 * One statement of T-SQL, told by its tokens, as the engine's own tree. The library parses; what its tree says is read
 * against the allow-list of the read-*.ts files. Throws 102 for what cannot be parsed, 40000 for what is not on the list.
 */
export function readStatement(source: string, tokens: readonly Token[]): Statement {
  const plain = withoutSpelling(tokens);
  const text = textOf(source, plain, spellings(plain));
  const result = parse(text, Dialect.TSQL);
  if (!result.success) throw syntaxError(text, result);
  const statements: unknown = result.ast;
  if (!Array.isArray(statements) || statements.length !== 1) throw refuse('this statement');
  const reader = new Reader(plain, readQuery);
  const node = Node.open(statements[0]);
  const read = readers[node.kind];
  const statement: Statement =
    read === undefined ? { kind: 'query', query: readQuery(reader, statements[0]) } : read(reader, node);
  if (read !== undefined) node.done();
  reader.settle();
  return statement;
}

/** A condition or a value by itself, as IF, SET and DECLARE have them. */
export function readAlone(source: string, tokens: readonly Token[], asCondition: boolean): Expression {
  const text = textOf(source, tokens, hiddenFunctions);
  const result = parse(asCondition ? `SELECT 1 WHERE ${text}` : `SELECT ${text}`, Dialect.TSQL);
  if (!result.success) throw syntaxError(text, result);
  const reader = new Reader(tokens, readQuery);
  for (const word of asCondition ? ['SELECT', '1', 'WHERE'] : ['SELECT']) reader.owe(word);
  const statements: unknown = result.ast;
  const query = readQuery(
    reader,
    Array.isArray(statements) && statements.length === 1 ? statements[0] : null,
  );
  reader.settle();
  const [item, ...more] = query.body.kind === 'select' ? query.body.items : [];
  const condition = query.body.kind === 'select' ? query.body.where : null;
  if (asCondition && condition !== null) return condition;
  if (item?.kind !== 'item' || more.length > 0) throw refuse('this expression');
  return item.value;
}

function syntaxError(
  text: string,
  failure: { readonly error?: string; readonly errorStart?: number },
): Error {
  const at = failure.errorStart ?? 0;
  const near = /^\S+/u.exec(text.slice(at))?.[0] ?? text.trim().split(/\s+/u).at(-1) ?? '';
  return new SqlServerError(102, `Incorrect syntax near '${near.slice(0, 40)}'.`, 15);
}

/** The parser asks for the INTO that INSERT may lack. */
function spellings([first, second]: readonly Token[]): Readonly<Record<string, string>> {
  const lacksInto = first?.value === 'INSERT' && second?.value !== 'INTO';
  return lacksInto ? { ...hiddenFunctions, INSERT: 'INSERT INTO' } : hiddenFunctions;
}

/**
 * Leaves out what means nothing here and what the parser trips over or swallows: CLUSTERED, the names and collations of
 * a column's own constraints.
 */
function withoutSpelling(tokens: readonly Token[]): readonly Token[] {
  const [first, second] = tokens;
  const isTable = first?.value === 'CREATE' && second?.value === 'TABLE';
  if (first?.value !== 'CREATE' || second?.value === 'VIEW') return tokens;
  return tokens.filter((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    if (token.kind === 'word' && /^(?:NON)?CLUSTERED$/u.test(token.value)) return false;
    if (!isTable) return true;
    if (isCollate(token, after) || isCollate(before, token)) return false;
    return !isInlineName(tokens, index) && !(index > 0 && isInlineName(tokens, index - 1));
  });
}

function isCollate(token: Token | undefined, name: Token | undefined): boolean {
  if (token?.kind !== 'word' || token.value !== 'COLLATE' || name === undefined) return false;
  if (!/_CI_AS$|^DATABASE_DEFAULT$/iu.test(name.value)) throw refuse(`the collation ${name.value}`);
  return true;
}

/** CONSTRAINT before a constraint of a column, whose name the parser drops. */
function isInlineName(tokens: readonly Token[], index: number): boolean {
  const [before, token] = [tokens[index - 1], tokens[index]];
  return (
    token?.kind === 'word' && token.value === 'CONSTRAINT' && before?.value !== ',' && before?.value !== '('
  );
}

const readers: Readonly<Record<string, (reader: Reader, node: Node) => Statement>> = {
  create_table: readCreateTable,
  create_schema: (reader, node) => {
    reader.saw('CREATE SCHEMA');
    const [name = '', ...more] = node.names('name');
    if (more.length > 0) throw refuse('a schema name of several parts');
    const owner = node.name('authorization');
    if (owner !== null) {
      reader.saw('AUTHORIZATION');
      reader.sawName(owner);
    }
    return { kind: 'createSchema', name: reader.sawName(name) };
  },
  create_index: (reader, node) => {
    reader.saw('CREATE INDEX');
    const unique = node.flag('unique');
    if (unique) reader.saw('UNIQUE');
    node.take('clustered');
    reader.saw('ON');
    const include = node.names('include_columns').map((name) => reader.sawName(name));
    if (include.length > 0) reader.saw('INCLUDE');
    return {
      kind: 'createIndex',
      unique,
      include,
      name: reader.sawName(node.name('name') ?? ''),
      table: readTableName(reader, node.take('table')),
      columns: node.list('columns').map((item) => {
        const one = Node.plain('index column', item);
        const descending = one.flag('desc');
        if (descending) reader.saw('DESC');
        one.take('asc');
        const name = reader.sawName(one.name('column') ?? '');
        one.done();
        return { name, descending };
      }),
      where: readBareWhere(reader, node.take('where_clause')),
    };
  },
  create_view: (reader, node) => {
    const orAlter = node.flag('or_alter');
    reader.saw(orAlter ? 'CREATE OR ALTER VIEW' : 'CREATE VIEW');
    return {
      kind: 'createView',
      mode: orAlter ? 'createOrAlter' : 'create',
      name: readTableName(reader, node.take('name')),
      columns: viewColumns(reader, node),
      query: readQuery(reader, node.take('query')),
    };
  },
  alter_view: (reader, node) => {
    reader.saw('ALTER VIEW');
    const [action, ...more] = node.list('actions');
    const body = Node.open(action);
    if (body.kind !== 'AsSelect' || more.length > 0) throw refuse('ALTER VIEW of this form');
    return {
      kind: 'createView',
      mode: 'alter',
      name: readTableName(reader, node.take('name')),
      columns: viewColumns(reader, node),
      query: readQuery(reader, contentOf(action, 'AsSelect')),
    };
  },
  drop_table: (reader, node) => {
    reader.saw('DROP TABLE');
    const names = node.list('names').map((name) => readTableName(reader, name));
    return { kind: 'drop', what: 'TABLE', names, ifExists: ifExists(reader, node) };
  },
  drop_view: (reader, node) => {
    reader.saw('DROP VIEW');
    const names = [readTableName(reader, node.take('name'))];
    return { kind: 'drop', what: 'VIEW', names, ifExists: ifExists(reader, node) };
  },
  drop_schema: (reader, node) => {
    reader.saw('DROP SCHEMA');
    return {
      kind: 'dropSchema',
      name: reader.sawName(node.name('name') ?? ''),
      ifExists: ifExists(reader, node),
    };
  },
  truncate: (reader, node) => {
    reader.saw('TRUNCATE TABLE');
    node.take('target');
    return { kind: 'truncate', table: readTableName(reader, node.take('table')) };
  },
  insert: readInsert,
  update: (reader, node) => {
    reader.saw('UPDATE SET');
    return {
      kind: 'update',
      table: readTableName(reader, node.take('table')),
      changes: node.list('set').map((pair) => readChange(reader, pair)),
      where: readClause(reader, 'WHERE', node.take('where_clause')),
    };
  },
  delete: (reader, node) => {
    reader.saw(node.flag('no_from') ? 'DELETE' : 'DELETE FROM');
    return {
      kind: 'delete',
      table: readTableName(reader, node.take('table')),
      where: readClause(reader, 'WHERE', node.take('where_clause')),
    };
  },
};

function readBareWhere(reader: Reader, value: unknown): Expression | null {
  if (value === null) return null;
  reader.saw('WHERE');
  return readExpression(reader, value);
}

function viewColumns(reader: Reader, node: Node): string[] {
  return node.list('columns').map((item) => {
    const one = Node.plain('view column', item);
    const name = reader.sawName(one.name('name') ?? '');
    one.done();
    return name;
  });
}

function ifExists(reader: Reader, node: Node): boolean {
  const flag = node.flag('if_exists');
  if (flag) reader.saw('IF EXISTS');
  return flag;
}

function contentOf(value: unknown, kind: string): unknown {
  return typeof value === 'object' && value !== null && kind in value
    ? Object.entries(value).find(([key]) => key === kind)?.[1]
    : null;
}

function readInsert(reader: Reader, node: Node): Statement {
  reader.saw('INSERT');
  const table = readTableName(reader, node.take('table'));
  const columns = node.names('columns').map((name) => reader.sawName(name));
  const query = node.take('query');
  if (query !== null) return { kind: 'insert', table, columns, rows: readQuery(reader, query) };
  const rows = node.list('values').map((row) => {
    return Node.items(row).map((item) => readInserted(reader, item));
  });
  if (rows.length === 0) throw refuse('INSERT without VALUES or SELECT');
  reader.saw('VALUES');
  return { kind: 'insert', table, columns, rows };
}

function readInserted(reader: Reader, value: unknown): Expression {
  const node = Node.open(value);
  if (node.kind !== 'var') return readExpression(reader, value);
  if (node.text('this').toUpperCase() !== 'DEFAULT') throw refuse('a bare word among VALUES');
  reader.saw('DEFAULT');
  return { kind: 'default' };
}

function readChange(reader: Reader, pair: unknown): { column: string; value: Expression } {
  const [target, value] = Node.items(pair);
  const named = Node.plain('SET', target);
  const written = named.text('name');
  named.done();
  reader.saw('=');
  return { column: reader.sawName(written), value: readExpression(reader, value) };
}
