/** The COPY that makes an export, with its values as literals. */
import { instantText } from '../reads/instant-text.ts';
import { amongOwn, sightOf } from '../reads/own-cards.ts';
import type { Actor } from '../request.ts';
import { literal } from './copy-literal.ts';
import { ofCardType } from './linked-customers.ts';
import type { CopySet, CrmColumn } from './export-set.ts';
import { byteOrderMark, type TextFormat } from './export-format.ts';
import type { ExportRequest } from './export-request.ts';

const words = (sql: string): string => `CASE WHEN ${sql} THEN 'true' WHEN NOT ${sql} THEN 'false' END`;

const joined = (sql: string): string => `nullif(array_to_string(${sql}, ' '), '')`;

/** What a spreadsheet would reckon as a formula it is to show: all that begins as one, but for a number, or a telephone's, by itself. */
const shown = (sql: string): string =>
  String.raw`CASE WHEN (${sql})::text ~ '^[=@\t\r＝＠＋－]|^[+-](?!\s*[0-9][0-9 ]*([.,][0-9]+)?$)' THEN '''' || (${sql})::text ELSE (${sql})::text END`;

type Expression = (column: CrmColumn) => string;

const inCsv: Expression = ({ type, sql }) => {
  if (type === 'instant') return instantText(sql);
  if (type === 'boolean') return words(`(${sql})`);
  if (type === 'json') return `(${sql})::text`;
  return type === 'list' ? joined(sql) : sql;
};

/** A value in the form that JSON has of it. A decimal is text, or whoever reads it would round it. */
export const jsonExpression: Expression = ({ type, sql }) => {
  if (type === 'instant') return instantText(sql);
  if (type === 'decimal') return `(${sql})::text`;
  return type === 'list' ? `to_json(${sql})` : sql;
};

const expressions: Readonly<Record<TextFormat, Expression>> = {
  ndjson: jsonExpression,
  csv: inCsv,
  'csv-excel-pl': (column) => {
    const { type, sql } = column;
    if (type === 'instant') return `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;
    if (type === 'decimal') return `replace((${sql})::text, '.', ',')`;
    return type === 'text' ? shown(sql) : inCsv(column);
  },
};

/** JSON escapes control signs, so neither of these is ever in it: what COPY writes is the text itself. */
const oneColumn = String.raw`FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02'`;

const options: Readonly<Record<TextFormat, string>> = {
  ndjson: oneColumn,
  csv: 'FORMAT csv, HEADER',
  'csv-excel-pl': "FORMAT csv, HEADER, DELIMITER ';'",
};

/** `(a, b) > ('…', '…')`: what comes behind the row that was told last. */
function behind({ key, keyOf }: CopySet, after: string | undefined): string[] {
  const values = after === undefined ? undefined : keyOf(after);
  if (!values) return [];
  const literals = key.map(([, type], place) => literal(values[place], type));
  return [`(${key.map(([sql]) => sql).join(', ')}) > (${literals.join(', ')})`];
}

/** `FROM … WHERE …`: the rows that are asked for and seen. */
function rowsOf(set: CopySet, request: ExportRequest, { access, id }: Caller): string {
  const { client, cardType, after, updatedSince, from, to } = request;
  const conditions = [
    ...(client === undefined ? [] : [`${set.card} = ${literal(client, 'uuid')}`]),
    ...(cardType === undefined ? [] : [ofCardType(set.card, literal(cardType, 'uuid'))]),
    ...behind(set, after),
    ...(updatedSince === undefined || set.changed === undefined
      ? []
      : [`${set.changed} >= ${literal(updatedSince, 'timestamptz')}`]),
    ...(from === undefined ? [] : [`${set.made} >= ${literal(from, 'timestamptz')}`]),
    ...(to === undefined ? [] : [`${set.made} < ${literal(to, 'timestamptz')}`]),
    ...amongOwn(set.card, sightOf({ actor: { access, id } }), literal, set.cardless),
    ...(set.conditions?.(access) ?? []),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `FROM ${set.table} t${where}`;
}

type Caller = Pick<Actor, 'access' | 'id'>;

/** Workbooks are made of JSON lines. */
export function copyStatement(set: CopySet, request: ExportRequest, caller: Caller): string {
  const format = request.format === 'xlsx' ? 'ndjson' : request.format;
  const columns = set.columns.filter(({ name }) => request.columns.some((column) => column.name === name));
  // The names of the columns are the first that COPY writes.
  const start = format === 'csv-excel-pl' ? byteOrderMark : '';
  const selected = columns
    .map((column, place) => `${expressions[format](column)} AS "${place === 0 ? start : ''}${column.name}"`)
    .join(', ');
  const rows = `SELECT ${selected} ${rowsOf(set, request, caller)} ORDER BY ${set.key.map(([sql]) => sql).join(', ')}`;
  const copied = format === 'ndjson' ? `SELECT row_to_json(r) FROM (${rows}) r` : rows;
  return `COPY (${copied}) TO STDOUT WITH (${options[format]}, ENCODING 'UTF8')`;
}

export const countStatement = (set: CopySet, request: ExportRequest, caller: Caller): string =>
  `SELECT count(*)::int AS rows ${rowsOf(set, request, caller)}`;
