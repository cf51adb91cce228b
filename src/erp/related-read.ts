/**
 * Declared reads of the ERP. A declaration names a view, the columns of its key and what a record is made of, once; this
 * room makes of it and a question (the keys of the parents, an order, a page, conditions) the one statement that reads
 * the records of all those parents, cut per parent on the server:
 *
 *   SELECT k.ordinal, … FROM (VALUES (0, @p0), (1, @p1), …) AS k (ordinal, k0)
 *   CROSS APPLY (SELECT TOP (@n) … FROM view AS v WHERE v.column = k.k0 AND … ORDER BY …) AS x ORDER BY …
 *
 * Key columns are compared bare, in their own types. The rows of an answer come in the server's own order over all parents, so
 * that nobody need know how its collation sorts.
 */
import type { View } from './catalogue.ts';
import {
  distinctColumns,
  key as keyShape,
  outputOf,
  record,
  type ColumnUse,
  type Place,
  type Shape,
} from './columns.ts';
import { keyTable, type Key, type TypedKey } from './key-list.ts';
import type { Company } from './companies.ts';
import { ErpContract } from './erp-errors.ts';
import { leastFresh, type Freshness } from './freshness.ts';
import { fromParents, parentChunks, parentOf, type ParentsQuestion } from './parents.ts';
import { bracketed, Parameters, type RawRow, type SqlType, type Statement } from './statement.ts';

export interface Declaration<Fields> {
  readonly view: string;
  readonly key: readonly string[];
  readonly fields: Shape<Fields>;
}

export interface OrderColumn {
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
}

export interface RelatedQuestion extends ParentsQuestion {
  readonly order: readonly OrderColumn[];
  /** Rows per parent; all of them when not given. */
  readonly limit?: number;
  /** Columns that `narrow` needs the view to have. */
  readonly needs?: readonly string[];
}

export interface RelatedRow<Fields> {
  /** Place of the parent among all keys of the question, group by group. */
  readonly parent: number;
  readonly key: Key;
  readonly fields: Fields;
}

export interface RelatedAnswer<Fields> {
  readonly freshness: Freshness;
  readonly rows: readonly RelatedRow<Fields>[];
  /** Parents whose key no row of this ERP can have: it is not of the key's type. */
  readonly foreign: ReadonlySet<number>;
  /** Parents of which a row breaks the contract. */
  readonly faults: ReadonlyMap<number, ErpContract>;
}

export async function readRelated<Fields>(
  company: Company,
  declaration: Declaration<Fields>,
  question: RelatedQuestion,
  signal: AbortSignal,
): Promise<RelatedAnswer<Fields>> {
  const columns = selectedColumns(declaration, question);
  const needed = [...columns.map((use) => use.column), ...question.by, ...(question.needs ?? [])];
  const view = await company.catalogue.view(declaration.view, needed, signal);
  const { types, chunks, foreign } = parentChunks(view, question);
  const readRow = rowReader(declaration, { company: company.key, view });
  const answers = await Promise.all(
    chunks.map(async (chunk) => {
      const statement = relatedStatement({ company, view, columns, question, types, chunk });
      const answer = await company.ask(statement, signal);
      return { ...answer, rows: answer.rows.map((row) => ({ parent: parentOf(row, chunk), row })) };
    }),
  );
  const rows: RelatedRow<Fields>[] = [];
  const faults = new Map<number, ErpContract>();
  for (const { parent, row } of answers.flatMap((answer) => answer.rows)) {
    try {
      rows.push({ parent, ...readRow(row) });
    } catch (error) {
      if (!(error instanceof ErpContract)) throw error;
      faults.set(parent, error);
    }
  }
  return { rows, foreign, faults, freshness: leastFresh(answers) };
}

function rowReader<Fields>(declaration: Declaration<Fields>, place: Place) {
  const readKey = record(Object.fromEntries(declaration.key.map((name) => [name, keyShape(name)]))).at(place);
  const readFields = declaration.fields.at(place);
  return (row: RawRow) => ({ key: Object.values(readKey(row)), fields: readFields(row) });
}

function selectedColumns(
  declaration: Declaration<unknown>,
  { order }: RelatedQuestion,
): readonly ColumnUse[] {
  const known = distinctColumns([
    ...declaration.fields.columns,
    ...declaration.key.map((column): ColumnUse => ({ column, kind: 'key' })),
  ]);
  const sorting = order.filter(({ column }) => !known.some((use) => use.column === column));
  return [...known, ...sorting.map(({ column }): ColumnUse => ({ column, kind: 'key' }))];
}

interface StatementParts {
  readonly company: Company;
  readonly view: View;
  readonly columns: readonly ColumnUse[];
  readonly question: RelatedQuestion;
  readonly types: readonly SqlType[];
  readonly chunk: readonly TypedKey[];
}

function relatedStatement({ company, view, columns, question, types, chunk }: StatementParts): Statement {
  const parameters = new Parameters();
  const table = keyTable(types, chunk, parameters);
  const outputs = columns.map((use) => outputOf(use, 'x', view));
  const inner = columns.map(({ column }) => `v.${bracketed(column)}`).join(', ');
  const top =
    question.limit === undefined ? '' : `TOP (${parameters.bind({ name: 'int' }, question.limit)}) `;
  const from = fromParents(company, view, question, parameters);
  const order = (alias: string) => orderBy(question.order, alias);
  const innerOrder = top === '' ? '' : order('v');
  const text = [
    `SELECT k.ordinal, ${outputs.join(', ')}`,
    `FROM ${table}`,
    `CROSS APPLY (SELECT ${top}${inner}${from}${innerOrder}) AS x${order('x')}`,
  ].join('\n');
  return { shape: `${view.name} by ${question.by.join(', ')}`, text, parameters: parameters.list };
}

/** ` ORDER BY …`, or nothing. */
export const orderBy = (order: readonly OrderColumn[], alias: string): string =>
  order.length === 0
    ? ''
    : ` ORDER BY ${order.map(({ column, direction }) => `${alias}.${bracketed(column)} ${direction}`).join(', ')}`;
