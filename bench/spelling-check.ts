/** How much of what is mistyped is found, and how much else is shown: known words with a mistake in them, searched for over HTTP. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { databaseUrl, makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { ask } from './uploads.ts';
import type { Workplace } from './workplace.ts';

const clients = 20_000;
const letters = 'abcdefghijklmnoprstuwyz';

type Mistake = (word: string, place: number) => string;

const oneMistake: Readonly<Record<string, Mistake>> = {
  'left out': (word, place) => word.slice(0, place) + word.slice(place + 1),
  added: (word, place) => word.slice(0, place) + letters[(place * 7) % letters.length] + word.slice(place),
  changed: (word, place) =>
    word.slice(0, place) + letters[(place * 5 + 3) % letters.length] + word.slice(place + 1),
  swapped: (word, place) =>
    word.slice(0, place) + (word[place + 1] ?? '') + (word[place] ?? '') + word.slice(place + 2),
};
const promisedOfOne = 0.99;

export const spellingCheck: SoakCheck = {
  name: 'spelling',
  what: `known words of five letters and more with one mistake are found in ${promisedOfOne * 100} of 100 cases, among ${clients} clients`,
  unit: 'words',
  count: 300,
  run: async (count, workplace) => {
    const { shares, twice, others } = await misspell(count, workplace);
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    const kinds = Object.entries(shares).map(([kind, share]) => `${kind} ${percent(share)}`);
    const found = `found with one letter ${kinds.join(', ')}; with two mistakes in eight letters and more ${percent(twice)}; of the cards shown ${percent(others)} have another word instead`;
    return { passed: Object.values(shares).every((share) => share >= promisedOfOne), found };
  },
};

async function misspell(count: number, workplace: Workplace) {
  const service = await startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings: { ERP_COMPANIES: '[]' },
  });
  const url = await databaseUrl(service);
  await promisify(execFile)(
    process.execPath,
    [resolve(import.meta.dirname, '../dist/seed/seed.js'), '--clients', String(clients)],
    {
      env: { PATH: process.env['PATH'], TZ: 'UTC', DATABASE_URL: url },
    },
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ word: string }>(
    `SELECT DISTINCT word FROM search_word WHERE length(word) BETWEEN 5 AND 14 AND word ~ '^[a-z]+$' ORDER BY word`,
  );
  const step = Math.max(1, Math.floor(rows.length / count));
  const words = rows
    .filter((_, place) => place % step === 0)
    .slice(0, count)
    .map(({ word }) => word);
  let [shown, others] = [0, 0];
  const isKnown = new Set(rows.map(({ word }) => word));

  /** Undefined where what was typed is a word itself, or too short to be forgiven anything. */
  const search = async (typed: string, meant: string): Promise<boolean | undefined> => {
    if (isKnown.has(typed) || typed === meant || typed.length < 5) return undefined;
    const { clients: found } = await ask<{ clients: { nodes: { id: string }[] } }>(
      service.url,
      'query ($search: String) { clients(search: $search, first: 200) { nodes { id } } }',
      { search: typed },
    );
    const keys = found.nodes.map(({ id }) => id.slice(id.indexOf('_') + 1));
    const { rows: having } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM client_search WHERE client_id = ANY($1) AND (document LIKE $2 OR document LIKE $3)`,
      [keys, `% ${meant} %`, `%${typed}%`],
    );
    const hits = having[0]?.count ?? 0;
    shown += keys.length;
    others += keys.length - hits;
    return hits > 0;
  };
  const shareOf = async (of: readonly string[], make: Mistake): Promise<number> => {
    const outcomes: boolean[] = [];
    for (const [number, word] of of.entries()) {
      const found = await search(make(word, 1 + (number % (word.length - 2))), word);
      if (found !== undefined) outcomes.push(found);
    }
    return outcomes.filter(Boolean).length / Math.max(1, outcomes.length);
  };
  const shares: Record<string, number> = {};
  for (const [kind, make] of Object.entries(oneMistake)) shares[kind] = await shareOf(words, make);
  const long = words.filter((word) => word.length >= 8);
  const { changed, swapped } = oneMistake;
  const twice = await shareOf(long, (word, place) => {
    const once = changed?.(word, place) ?? word;
    return swapped?.(once, (place + 3) % (once.length - 2)) ?? once;
  });
  await client.end();
  await service.stop();
  return { shares, twice, others: shown === 0 ? 0 : others / shown };
}
