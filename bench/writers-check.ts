/** Many callers change one card at once, each until its change is in: one wins per version, and nobody's change vanishes. */
import pg from 'pg';
import { databaseUrl, makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { makeCard } from './uploads.ts';
import type { Workplace } from './workplace.ts';

export const writersCheck: SoakCheck = {
  name: 'writers',
  what: 'callers change one card at once, each until its change is in: one wins per version, and every change is in the log',
  unit: 'writers',
  count: 200,
  run: async (count, workplace) => {
    const { conflicts, faults } = await writeAtOnce(count, workplace);
    return { passed: faults.length === 0, found: [`${conflicts} conflicts`, ...faults].join('; ') };
  },
};

interface Answer {
  readonly data?: { readonly written: { readonly version: number } } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly current?: { readonly version: number } };
  }[];
}

const mutation = 'mutation ($input: UpdateClientInput!) { written: updateClient(input: $input) { version } }';

/** Answers the version that the change got, and how many came before it. */
async function insist(url: string, id: string, shortName: string): Promise<{ won: number; lost: number }> {
  for (let lost = 0, version = 1; ; lost += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: mutation, variables: { input: { id, version, shortName } } }),
    });
    const { data, errors = [] } = (await response.json()) as Answer;
    if (data) return { won: data.written.version, lost };
    const [error] = errors;
    const current = error?.extensions.current?.version;
    if (error?.extensions.code !== 'CONFLICT' || current === undefined)
      throw new Error(`refused: ${JSON.stringify(errors).slice(0, 500)}`);
    version = current;
  }
}

async function writeAtOnce(count: number, workplace: Workplace) {
  const dataDir = await makeDataDir(workplace);
  const service = await startService(workplace, { dataDir, settings: { ERP_COMPANIES: '[]' } });
  const id = await makeCard(service.url);
  const names = Array.from({ length: count }, (_, writer) => `Pisarz ${writer}`);
  const outcomes = await Promise.all(names.map((name) => insist(service.url, id, name)));
  const client = new pg.Client({ connectionString: await databaseUrl(service) });
  await client.connect();
  const { rows } = await client.query<{ version: number; before: string | null; after: string }>(
    `SELECT version, step->>'before' AS before, step->>'after' AS after FROM change, jsonb_array_elements(fields) AS step
     WHERE record_id = $1 AND step->>'name' = 'shortName' AND version > 1 ORDER BY version`,
    [id.slice(id.indexOf('_') + 1)],
  );
  await client.end();
  await service.stop();
  const versions = outcomes.map(({ won }) => won).toSorted((one, other) => one - other);
  const inLog = rows.map(({ after }) => after).toSorted();
  const chained = rows.slice(1).every(({ before }, place) => before === rows[place]?.after);
  return {
    conflicts: outcomes.reduce((sum, { lost }) => sum + lost, 0),
    faults: [
      ...(versions.every((version, place) => version === place + 2) ? [] : ['two won one version']),
      ...(inLog.join() === names.toSorted().join() ? [] : ['a change is not in the log']),
      ...(chained ? [] : ['a change did not see the one before it']),
    ],
  };
}
