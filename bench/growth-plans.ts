/** Why a question took long: the plans of the very statements that the service asks the database for it. */
import pg from 'pg';
import { built } from './built.ts';
import type * as Words from '../src/clients/search-words.ts';
import type * as Search from '../src/clients/client.search.ts';
import type * as Read from '../src/clients/client.read.ts';
import type * as Statements from '../src/reads/statement.ts';
import type { RunQuery } from '../src/crm-database/run-query.ts';
import type { ListQuestion } from './growth-questions.ts';

/** As the service's own reading connections are. */
const session = ['jit = off', 'max_parallel_workers_per_gather = 0', 'synchronize_seqscans = off'];

async function explaining<Result>(
  databaseUrl: string,
  ask: (run: RunQuery) => Promise<Result>,
): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const plans: string[] = [];
  const run: RunQuery = async <Row>({ text, values }: Parameters<RunQuery>[0]) => {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, [
      ...values,
    ]);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return (await client.query(text, [...values])).rows as Row[];
  };
  try {
    for (const setting of session) await client.query(`SET ${setting}`);
    await ask(run);
  } finally {
    await client.end();
  }
  return plans.join('\n\n');
}

export const searchPlans = (databaseUrl: string, search: string): Promise<string> =>
  explaining(databaseUrl, async (run) => {
    const { searchWords } = await built<typeof Words>('clients/search-words.js');
    const { ClientSearch } = await built<typeof Search>('clients/client.search.js');
    const words = searchWords(search);
    return words && new ClientSearch(run).find(words, { criteria: undefined, sight: undefined });
  });

/** Of the first page. */
export const listPlans = (databaseUrl: string, { filter, order, from }: ListQuestion): Promise<string> =>
  explaining(databaseUrl, async (run) => {
    const { clientRead } = await built<typeof Read>('clients/client.read.js');
    const { listStatement } = await built<typeof Statements>('reads/statement.js');
    const request = { order: order ?? clientRead.defaultOrder, backward: from === 'end', limit: 21 };
    const statement = listStatement(clientRead, { ...request, filter, cursor: undefined });
    return run({ name: '', ...statement });
  });
