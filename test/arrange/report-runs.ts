/** Runs of SQL reports as tests ask for them, and what came of them. */
import type {
  RunQuestion,
  SqlReportRunner,
  SqlRun,
} from '../../src/reports/sql-reports/running/sql-runner.ts';

import type { RunParameter } from '../../src/reports/sql-reports/running/value-forms.ts';

export type Cells = readonly (string | null)[];

/** Limits that nothing of a test's own meets. */
export const asked = (question: Pick<RunQuestion, 'target' | 'sql'> & Partial<RunQuestion>): RunQuestion => ({
  parameters: [],
  values: new Map(),
  maxRows: 1_000_000,
  maxBytes: 1_000_000_000,
  timeoutMs: 20_000,
  callerId: 'caller',
  signal: new AbortController().signal,
  ...question,
});

export async function rowsOf({ rows }: SqlRun): Promise<readonly Cells[]> {
  const all: Cells[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

/** The rows of a report that is run to its end. */
export const answerOf = async (
  runner: SqlReportRunner,
  question: Parameters<typeof asked>[0],
): Promise<readonly Cells[]> => rowsOf(await runner.open(asked(question)));

export async function faultOf(work: Promise<unknown>): Promise<Error> {
  const fault: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (fault instanceof Error) return fault;
  throw new Error('it did not fail');
}

export const one = (name: string, type: RunParameter['type']): RunParameter => ({
  name,
  type,
  multiple: false,
});
