import { SqlServerError } from '../engine.ts';
import { sortable } from './comparison.ts';
import { convert } from './conversion.ts';
import { placeIn } from './expressions.ts';
import { quoted } from './relation.ts';
import type { GivenColumn, Scope } from './scope.ts';
import type { BoundSource, CommonTable } from './scope.ts';
import { bindSource, commonTables } from './sources.ts';
import type { Combination, Expression, Ordering, Query, Select } from './syntax.ts';
import type { Place, QueryUse, TranslatedQuery, Translation } from './translation.ts';
import { nullLiteral } from './typed.ts';
import type { Typed } from './typed.ts';
import { refuse, sameType, unify } from './types.ts';
import { orderText } from './windows.ts';

/** A whole query: common tables first, then the SELECT or the UNION, then order and how much of it. */
export function translateQuery(
  translation: Translation,
  query: Query,
  outer: Scope | null,
  use: QueryUse,
): TranslatedQuery {
  const { scope, prefix } = bindCommon(translation, query, outer);
  const { body } = query;
  const translated =
    body.kind === 'select'
      ? translateSelect(translation, body, query, scope, use)
      : translateCombination(translation, body, query, scope);
  return { ...translated, sql: `${prefix}${translated.sql}` };
}

function bindCommon(
  translation: Translation,
  query: Query,
  outer: Scope | null,
): { scope: Scope; prefix: string } {
  const tables = new Map<string, CommonTable>();
  const texts: string[] = [];
  for (const { name, columns, query: inner } of query.common) {
    const named = translation.query(inner, commonTables(new Map(tables), outer), 'bare');
    if (columns.length > 0 && columns.length !== named.columns.length)
      throw new SqlServerError(
        8158,
        `'${name}' has another number of columns than were specified in the column list.`,
      );
    const alias = translation.alias();
    const given = named.columns.map((column, at) => ({ ...column, name: columns[at] ?? column.name }));
    const list = given.map((column, at) => {
      if (column.name === null)
        throw new SqlServerError(8155, `No column name was specified for column ${at + 1} of '${name}'.`);
      return quoted(column.name);
    });
    texts.push(`${alias}(${list.join(', ')}) AS NOT MATERIALIZED (${named.sql})`);
    tables.set(name.toLowerCase(), { alias, columns: given });
  }
  const prefix = texts.length === 0 ? '' : `WITH ${texts.join(', ')} `;
  return { scope: commonTables(tables, outer), prefix };
}

interface Output extends Typed {
  readonly name: string | null;
}

function translateSelect(
  translation: Translation,
  select: Select,
  query: Query,
  scope: Scope,
  use: QueryUse,
): TranslatedQuery {
  const from = select.from === null ? null : bindSource(translation, select.from, scope);
  const place = placeIn(translation, scope.with(from?.sources ?? []));
  const outputs = outputsOf(place, select, from?.sources ?? []);
  const list = outputs.map(({ sql, name }) =>
    use === 'named' && name !== null ? `${sql} AS ${quoted(name)}` : sql,
  );
  const parts = [`SELECT ${select.distinct ? 'DISTINCT ' : ''}${list.join(', ')}`];
  if (from !== null) parts.push(`FROM ${from.sql}`);
  if (select.where !== null) parts.push(`WHERE ${place.condition(select.where)}`);
  if (select.group.length > 0) parts.push(`GROUP BY ${grouped(place, select.group).join(', ')}`);
  if (select.having !== null) parts.push(`HAVING ${place.condition(select.having)}`);
  if (query.order.length > 0) {
    const order = query.order.map((one) => orderOf(place, one, outputs, select.distinct));
    parts.push(`ORDER BY ${order.join(', ')}`);
  }
  parts.push(...limits(place, query, select));
  return { sql: parts.join(' '), columns: outputs.map(given) };
}

function given({ name, type, nullable, literal }: Output): GivenColumn {
  return { name, type, nullable, isNullLiteral: literal === 'null' };
}

function outputsOf(place: Place, select: Select, sources: readonly BoundSource[]): Output[] {
  return select.items.flatMap((item): Output[] => {
    if (item.kind === 'assign') {
      const { type } = place.translation.declared(item.variable);
      return [{ ...convert(place.value(item.value), type), name: null }];
    }
    if (item.kind === 'star') {
      if (sources.length === 0) throw new SqlServerError(263, 'Must specify table to select from.');
      const chosen = item.source === null ? sources : [place.scope.starOf(item.source)];
      return chosen.flatMap((source) => source.columns);
    }
    const value = place.value(item.value);
    return [{ ...value, name: item.aliased ? item.name : nameOf(item.name, value) }];
  });
}

/** A bare column goes by the name it was declared with, however it is spelt here. */
function nameOf(written: string | null, value: Typed): string | null {
  if (written === null || !('name' in value) || typeof value.name !== 'string') return written;
  return value.name.toLowerCase() === written.toLowerCase() ? value.name : written;
}

function grouped(place: Place, group: readonly Expression[]): string[] {
  return group.map((one) => {
    if (one.kind === 'number')
      throw new SqlServerError(164, 'GROUP BY expressions must refer to columns.', 15);
    return place.value(one).sql;
  });
}

/** Names in ORDER BY mean the columns of the result first, a bare number the column at that place. */
function orderOf(place: Place, ordering: Ordering, outputs: readonly Output[], distinct: boolean): string {
  const { by } = ordering;
  if (by.kind === 'number') return orderText(byPlace(by.text, outputs), ordering);
  const [alias, ...more] = by.kind === 'column' ? by.path : [];
  const named =
    alias === undefined || more.length > 0
      ? []
      : outputs.filter((output) => output.name?.toLowerCase() === alias.toLowerCase());
  const [first, ...others] = named;
  if (first !== undefined) {
    if (others.some((output) => output.sql !== first.sql))
      throw new SqlServerError(209, `Ambiguous column name '${alias ?? ''}'.`);
    return orderText(placed(first, outputs), ordering);
  }
  const value = place.value(by);
  const same = distinct ? outputs.find((output) => output.sql === value.sql) : undefined;
  return orderText(same === undefined ? sortable(value) : placed(same, outputs), ordering);
}

function byPlace(text: string, outputs: readonly Output[]): string {
  const output = outputs[Number(text) - 1];
  if (output === undefined)
    throw new SqlServerError(
      108,
      `The ORDER BY position number ${text} is out of range of the number of items in the select list.`,
      15,
    );
  return placed(output, outputs);
}

function placed(output: Output, outputs: readonly Output[]): string {
  const sort = sortable(output);
  return sort === output.sql ? String(outputs.indexOf(output) + 1) : sort;
}

function limits(place: Place, query: Query, select: Select | null): string[] {
  const top = select?.top ?? null;
  if (query.offset === null && query.fetch !== null) throw refuse('FETCH without OFFSET');
  if (query.offset !== null && query.order.length === 0)
    throw new SqlServerError(102, "Incorrect syntax near 'OFFSET': it needs an ORDER BY.", 15);
  if (query.offset !== null && top !== null)
    throw new SqlServerError(10741, 'A TOP can not be used in the same query or sub-query as an OFFSET.');
  const count = (expression: Expression): string =>
    `coalesce(${convert(place.value(expression), { name: 'bigint' }).sql}, -1)`;
  const parts: string[] = [];
  if (top !== null) parts.push(`LIMIT ${count(top)}`);
  if (query.fetch !== null) parts.push(`LIMIT ${count(query.fetch)}`);
  if (query.offset !== null) parts.push(`OFFSET ${count(query.offset)}`);
  return parts;
}

/** UNION and its kin: both sides in the types they share, the names of the left. */
function translateCombination(
  translation: Translation,
  body: Combination,
  query: Query,
  scope: Scope,
): TranslatedQuery {
  const left = side(translation, body.left, scope);
  const right = side(translation, body.right, scope);
  if (left.columns.length !== right.columns.length)
    throw new SqlServerError(
      205,
      'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.',
    );
  const columns = left.columns.map((column, at) => combined(column, right.columns[at] ?? column));
  const names = columns.map((column, at) => quoted(column.name ?? `column ${at + 1}`)).join(', ');
  const sql = `(${inTypes(translation, left, columns)}) ${body.operator} (${inTypes(translation, right, columns)})`;
  const alias = translation.alias();
  const place = placeIn(translation, scope);
  const parts = [`SELECT * FROM (${sql}) AS ${alias}(${names})`];
  if (query.order.length > 0)
    parts.push(`ORDER BY ${query.order.map((one) => combinedOrder(one, columns)).join(', ')}`);
  parts.push(...limits(place, query, null));
  return { sql: parts.join(' '), columns };
}

function side(translation: Translation, query: Query, scope: Scope): TranslatedQuery {
  if (query.order.length > 0 && (query.body.kind !== 'select' || query.body.top === null))
    throw new SqlServerError(
      1033,
      'The ORDER BY clause is invalid in a part of a UNION unless TOP is also specified.',
      15,
    );
  return translateQuery(translation, query, scope, 'bare');
}

function combined(left: GivenColumn, right: GivenColumn): GivenColumn {
  const nullable = left.nullable || right.nullable;
  if (left.isNullLiteral) return { ...right, name: left.name, nullable };
  return { ...left, type: right.isNullLiteral ? left.type : unify(left.type, right.type), nullable };
}

/** One side with its columns converted, where they are not of the shared type already. */
function inTypes(translation: Translation, query: TranslatedQuery, columns: readonly GivenColumn[]): string {
  const unchanged = query.columns.every((column, at) => {
    const wanted = columns[at];
    return (
      wanted !== undefined &&
      sameType(column.type, wanted.type) &&
      column.isNullLiteral === wanted.isNullLiteral
    );
  });
  if (unchanged) return query.sql;
  const alias = translation.alias();
  const list = query.columns.map((column, at) => {
    const type = columns[at]?.type ?? column.type;
    if (column.isNullLiteral) return nullLiteral(type).sql;
    return convert({ sql: `${alias}.c${at + 1}`, type: column.type, nullable: column.nullable }, type).sql;
  });
  const names = query.columns.map((_, at) => `c${at + 1}`).join(', ');
  return `SELECT ${list.join(', ')} FROM (${query.sql}) AS ${alias}(${names})`;
}

function combinedOrder(ordering: Ordering, columns: readonly GivenColumn[]): string {
  const { by } = ordering;
  const name = by.kind === 'column' && by.path.length === 1 ? by.path[0]?.toLowerCase() : undefined;
  const index =
    by.kind === 'number'
      ? Number(by.text) - 1
      : columns.findIndex((column) => column.name?.toLowerCase() === name);
  const column = columns[index];
  if (column === undefined)
    throw new SqlServerError(
      104,
      'ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.',
      15,
    );
  if (column.type.name === 'uniqueidentifier') throw refuse('ORDER BY a uniqueidentifier of a UNION');
  return orderText(String(index + 1), ordering);
}
