import { SqlServerError } from '../engine.ts';
import { assign } from './conversion.ts';
import { placeIn } from './expressions.ts';
import { quoted, storedName } from './relation.ts';
import type { CatalogColumn, CatalogObject } from './relation.ts';
import { Scope } from './scope.ts';
import type { BoundSource } from './scope.ts';
import type { Expression, ObjectName, Query, Statement } from './syntax.ts';
import type { Place, Translation } from './translation.ts';
import { nullLiteral, quotedText } from './typed.ts';
import { isText, refuse } from './types.ts';

/** INSERT, UPDATE and DELETE: every value is converted to its column's type as assignment does it. */
type Writing = Extract<Statement, { kind: 'insert' | 'update' | 'delete' | 'truncate' }>;

export function translateWriting(translation: Translation, statement: Writing): string {
  switch (statement.kind) {
    case 'insert':
      return translateInsert(translation, statement);
    case 'update':
      return translateUpdate(translation, statement);
    case 'delete': {
      const { target, place, alias } = targetOf(translation, statement.table);
      const where = statement.where === null ? '' : ` WHERE ${place.condition(statement.where)}`;
      return `DELETE FROM ${storedName(target)} AS ${alias}${where}`;
    }
    case 'truncate':
      return `TRUNCATE TABLE ${storedName(writable(translation, statement.table))}`;
  }
}

function writable(translation: Translation, name: ObjectName): CatalogObject {
  const target = translation.catalog.object(name);
  if (target.kind !== 'table') throw refuse(`writing through the view ${name.join('.')}`);
  return target;
}

function targetOf(
  translation: Translation,
  name: ObjectName,
): { target: CatalogObject; place: Place; alias: string } {
  const target = writable(translation, name);
  const alias = translation.alias();
  const source = sourceUnder(target, `${alias}.`);
  return { target, alias, place: placeIn(translation, new Scope([source], null)) };
}

/** A table as a source of its own; `prefix` goes before each column. */
export function sourceUnder(
  table: { readonly schema: string; readonly name: string; readonly columns: readonly CatalogColumn[] },
  prefix: string,
): BoundSource {
  const columns = table.columns.map(({ name, type, nullable }) => ({
    name,
    type,
    nullable,
    sql: `${prefix}${quoted(name)}`,
  }));
  return { path: [table.schema, table.name], columns };
}

function translateUpdate(
  translation: Translation,
  statement: Extract<Statement, { kind: 'update' }>,
): string {
  const { target, place, alias } = targetOf(translation, statement.table);
  const changes = statement.changes.map(({ column: name, value }) => {
    const column = translation.catalog.column(target, name);
    if (column.identity) throw new SqlServerError(8102, `Cannot update identity column '${column.name}'.`);
    return `${quoted(column.name)} = ${assigned(place, value, column)}`;
  });
  const where = statement.where === null ? '' : ` WHERE ${place.condition(statement.where)}`;
  return `UPDATE ${storedName(target)} AS ${alias} SET ${changes.join(', ')}${where}`;
}

function assigned(place: Place, value: Expression, column: CatalogColumn): string {
  if (value.kind === 'default') return 'DEFAULT';
  return literalFor(value, column) ?? assign(place.value(value), column.type).sql;
}

function isQuery(rows: readonly (readonly Expression[])[] | Query): rows is Query {
  return 'body' in rows;
}

const mostRows = 1000;

function translateInsert(
  translation: Translation,
  statement: Extract<Statement, { kind: 'insert' }>,
): string {
  const target = writable(translation, statement.table);
  const columns = insertedColumns(translation, target, statement.columns);
  const into = `INSERT INTO ${storedName(target)} (${columns.map((column) => quoted(column.name)).join(', ')})`;
  if (isQuery(statement.rows)) return `${into} ${selected(translation, statement.rows, columns)}`;
  if (statement.rows.length > mostRows)
    throw new SqlServerError(
      10738,
      `The number of row value expressions in the INSERT statement exceeds the maximum allowed number of ${mostRows} row values.`,
      15,
    );
  const place = placeIn(translation, new Scope([], null));
  const rows = statement.rows.map((row) => {
    checkWidth(row.length, columns.length);
    return `(${columns.map((column, at) => assigned(place, row[at] ?? { kind: 'null' }, column)).join(',')})`;
  });
  return `${into} VALUES ${rows.join(',')}`;
}

function checkWidth(given: number, wanted: number): void {
  if (given > wanted)
    throw new SqlServerError(
      110,
      'There are fewer columns in the INSERT statement than values specified in the VALUES clause.',
      15,
    );
  if (given < wanted)
    throw new SqlServerError(
      109,
      'There are more columns in the INSERT statement than values specified in the VALUES clause.',
      15,
    );
}

function insertedColumns(
  translation: Translation,
  target: CatalogObject,
  names: readonly string[],
): readonly CatalogColumn[] {
  if (names.length === 0) return target.columns.filter((column) => !column.identity);
  const columns = names.map((name) => translation.catalog.column(target, name));
  if (columns.some((column) => column.identity) && !translation.identityInsert)
    throw new SqlServerError(
      544,
      `Cannot insert explicit value for identity column in table '${target.name}' when IDENTITY_INSERT is set to OFF.`,
    );
  return columns;
}

function selected(translation: Translation, query: Query, columns: readonly CatalogColumn[]): string {
  const translated = translation.translators.query(translation, query, null, 'bare');
  if (translated.columns.length !== columns.length)
    checkWidthOfSelect(translated.columns.length, columns.length);
  const alias = translation.alias();
  const list = translated.columns.map((column, at) => {
    const type = columns[at]?.type ?? column.type;
    if (column.isNullLiteral) return nullLiteral(type).sql;
    const value = { sql: `${alias}.c${at + 1}`, type: column.type, nullable: column.nullable };
    return assign(value, type).sql;
  });
  const names = translated.columns.map((_, at) => `c${at + 1}`).join(', ');
  return `SELECT ${list.join(', ')} FROM (${translated.sql}) AS ${alias}(${names})`;
}

function checkWidthOfSelect(given: number, wanted: number): void {
  throw new SqlServerError(
    given > wanted ? 121 : 120,
    `The select list for the INSERT statement contains ${given > wanted ? 'more' : 'fewer'} items than the insert list.`,
    15,
  );
}

const wholeBounds: Readonly<Record<string, number>> = {
  bit: 1,
  tinyint: 255,
  smallint: 32_767,
  int: 2_147_483_647,
};

/** A literal that PostgreSQL's own reading of the column's type takes the same way: big scripts have little else. */
function literalFor(value: Expression, column: CatalogColumn): string | null {
  if (value.kind === 'null') return 'NULL';
  const negative = value.kind === 'negate' ? value.operand : null;
  const number = value.kind === 'number' ? value : negative?.kind === 'number' ? negative : null;
  if (number !== null) return numberFor(number.text, negative !== null, column);
  if (value.kind !== 'text') return null;
  const { type } = column;
  if (isText(type)) return quotedText(value.value);
  const isDay = type.name === 'date' && /^\d{4}-\d{2}-\d{2}$/u.test(value.value);
  return isDay && isRealDay(value.value) ? `'${value.value}'` : null;
}

function numberFor(text: string, negative: boolean, { type }: CatalogColumn): string | null {
  const written = negative ? `-${text}` : text;
  if (type.name === 'decimal' || type.name === 'money') return /^\d+(?:\.\d+)?$/u.test(text) ? written : null;
  const bound = wholeBounds[type.name];
  if (bound === undefined || !/^\d{1,10}$/u.test(text) || Number(text) > bound) return null;
  return negative && (type.name === 'tinyint' || type.name === 'bit') ? null : written;
}

function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && !day.startsWith('0000');
}
