/**
 * Figures per key, made by the server: counts and sums. Like related reads, one statement for all keys, keys in their own
 * types; the figures of keys that are not of this ERP's type do not exist.
 */
import type { View } from './catalogue.ts';
import type { Company } from './companies.ts';
import { leastFresh, type Freshness } from './freshness.ts';
import { keyTable, type Key } from './key-list.ts';
import { fromParents, parentChunks, parentOf } from './parents.ts';
import type { Declaration, RelatedQuestion } from './related-read.ts';
import { Parameters, type RawRow } from './statement.ts';

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
  readonly freshness: Freshness;
  readonly rows: readonly SumRow[];
  readonly foreign: ReadonlySet<number>;
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
      const answer = await company.ask({ shape: question.shape, text, parameters: parameters.list }, signal);
      return { ...answer, rows: answer.rows.map((row) => ({ parent: parentOf(row, chunk), row })) };
    }),
  );
  return {
    // Without a WHERE on keys, as a count is, the padding is answered, too.
    rows: answers.flatMap((answer) => answer.rows).filter(({ parent }) => parent >= 0),
    foreign,
    freshness: leastFresh(answers),
  };
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
