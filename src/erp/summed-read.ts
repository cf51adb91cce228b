/**
 * Figures per key, made by the server: counts and sums. Like related reads, one statement for all keys, keys in their own
 * types; the figures of keys that are not of this ERP's type do not exist.
 */
import { bracketed, Parameters, type RawRow } from './statement.ts';
import type { Company } from './companies.ts';
import type { View } from './catalogue.ts';
import {
  chunked,
  keyColumn,
  keysPerStatement,
  keyTable,
  typedKeys,
  type Key,
  type TypedKey,
} from './key-list.ts';
import type { Declaration, RelatedQuestion } from './related-read.ts';

export interface SumQuestion {
  /** For logs. */
  readonly shape: string;
  /** The view whose columns give the keys their types. */
  readonly view: View;
  readonly by: readonly string[];
  readonly groups: readonly (readonly Key[])[];
  /** What is selected, besides k.ordinal, and where it comes from: CROSS APPLY (…) AS x. */
  select(parameters: Parameters): { readonly outputs: readonly string[]; readonly apply: string };
}

interface SumRow {
  /** Place of the key among all keys of the question, group by group. */
  readonly parent: number;
  readonly row: RawRow;
}

export interface SumAnswer {
  readonly rows: readonly SumRow[];
  readonly foreign: ReadonlySet<number>;
  readonly asOf: string;
}

export async function readSums(
  company: Company,
  question: SumQuestion,
  signal: AbortSignal,
): Promise<SumAnswer> {
  const { types, chunks, foreign } = parentChunks(question.view, question);
  const answers = await Promise.all(
    chunks.map(async (chunk) => {
      const parameters = new Parameters();
      const table = keyTable(types, chunk, parameters);
      const { outputs, apply } = question.select(parameters);
      const text = `SELECT ${['k.ordinal', ...outputs].join(', ')}\nFROM ${table}\n${apply}`;
      const { rows, asOf } = await company.ask(
        { shape: question.shape, text, parameters: parameters.list },
        signal,
      );
      return { asOf, rows: rows.map((row) => ({ parent: parentOf(row, chunk), row })) };
    }),
  );
  return {
    // Without a WHERE on keys, as a count is, the padding is answered, too.
    rows: answers.flatMap((answer) => answer.rows).filter(({ parent }) => parent >= 0),
    foreign,
    asOf: earliest(answers),
  };
}

export const earliest = (answers: readonly { readonly asOf: string }[]): string =>
  answers.map(({ asOf }) => asOf).toSorted()[0] ?? new Date().toISOString();

/** Typed keys in statements' portions, numbered over all groups. */
export function parentChunks(view: View, { by, groups }: Pick<RelatedQuestion, 'by' | 'groups'>) {
  const { types, typed, foreign } = typedKeys(view, by, groups.flat());
  const byOrdinal = new Map(typed.map((one) => [one.ordinal, one]));
  let place = 0;
  const typedGroups = groups.map((group) => group.flatMap(() => byOrdinal.get(place++) ?? []));
  return { types, foreign, chunks: chunked(typedGroups, keysPerStatement(by.length)) };
}

/** -1 for a row of the padding. */
export function parentOf(row: RawRow, chunk: readonly TypedKey[]): number {
  return chunk[Number(row['ordinal'])]?.ordinal ?? -1;
}

/** `FROM view AS v … WHERE v.column = k.k0 AND …`: the rows of each key, narrowed. */
export function fromParents(
  { schema }: Company,
  view: View,
  { by, narrow }: Pick<RelatedQuestion, 'by' | 'narrow'>,
  parameters: Parameters,
): string {
  const { joins, conditions } = narrow?.(parameters, view) ?? { joins: '', conditions: [] };
  const links = by.map((column, index) => `v.${bracketed(column)} = ${keyColumn(index)}`);
  const table = `${bracketed(schema)}.${bracketed(view.name)} AS v`;
  return ` FROM ${table}${joins && ` ${joins}`} WHERE ${[...links, ...conditions].join(' AND ')}`;
}

/** How many rows each key has, in the order of the keys; undefined for keys foreign to this ERP. */
export async function countRelated(
  company: Company,
  declaration: Declaration<unknown>,
  question: Omit<RelatedQuestion, 'order' | 'limit'>,
  signal: AbortSignal,
): Promise<readonly (number | undefined)[]> {
  const { by, groups, needs = [] } = question;
  const view = await company.catalogue.view(declaration.view, [...by, ...needs], signal);
  const answer = await readSums(
    company,
    {
      shape: `${view.name} counted by ${by.join(', ')}`,
      view,
      by,
      groups,
      select: (parameters) => ({
        outputs: ['x.total'],
        apply: `CROSS APPLY (SELECT COUNT_BIG(*) AS total${fromParents(company, view, question, parameters)}) AS x`,
      }),
    },
    signal,
  );
  const counts: (number | undefined)[] = groups
    .flat()
    .map((_, place) => (answer.foreign.has(place) ? undefined : 0));
  for (const { parent, row } of answer.rows) counts[parent] = Number(row['total']);
  return counts;
}
