/**
 * Patterns of features are asked of PostgreSQL, whose engine is an automaton: without back references, which are refused, a
 * text takes time in proportion to its length, and no pattern makes it go back and forth. What is slow to prepare is cut off.
 */
import { QueryFailedError } from 'typeorm';
import type { RunQuery } from '../crm-database/run-query.ts';

export interface PatternQuestion {
  readonly pattern: string;
  readonly text: string;
}

export type PatternAnswer = 'matches' | 'differs' | 'invalid' | 'too slow';

const longestMs = 500;
const invalidPattern = '2201B';
const cutOff = '57014';

const hasBackReference = (pattern: string): boolean => /(^|[^\\])(\\\\)*\\[1-9]/.test(pattern);

/** Asked inside a transaction, which goes on whatever the answer. */
export async function askPattern(run: RunQuery, { pattern, text }: PatternQuestion): Promise<PatternAnswer> {
  if (hasBackReference(pattern)) return 'invalid';
  const command = (words: string) => run({ name: '', text: words, values: [] });
  await command('SAVEPOINT pattern');
  try {
    await command(`SET LOCAL statement_timeout = ${longestMs}`);
    const [row] = await run<{ matches: boolean }>({
      name: '',
      text: 'SELECT $1::text ~ $2::text AS matches',
      values: [text, `^(?:${pattern})$`],
    });
    return row?.matches ? 'matches' : 'differs';
  } catch (fault) {
    const { code } = (fault instanceof QueryFailedError ? fault.driverError : {}) as { code?: string };
    if (code === invalidPattern) return 'invalid';
    if (code === cutOff) return 'too slow';
    throw fault;
  } finally {
    // Takes back the time limit too.
    await command('ROLLBACK TO SAVEPOINT pattern');
  }
}
