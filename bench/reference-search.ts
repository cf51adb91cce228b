/**
 * The search as far as it is the database's: the very statements of the service, out of the built program, and one more that makes the JSON
 * text of the first page. What remains between this and the service is GraphQL, and not another way to search.
 */
import type pg from 'pg';
import type * as Search from '../src/clients/client.search.ts';
import type * as Words from '../src/clients/search-words.ts';
import type { RunQuery } from '../src/crm-database/run-query.ts';
import { built } from './built.ts';

const page = {
  name: 'search page',
  text: `SELECT coalesce(string_agg(row_to_json(r)::text, ','), '') AS nodes FROM (
    SELECT 'client_' || c.id AS id, c.code, c.short_name AS "shortName", c.tax_id AS "taxId",
      (SELECT row_to_json(a) FROM (SELECT c.city) a) AS address
    FROM unnest($1::uuid[], $2::int[]) AS f(key, relevance) JOIN client c ON c.id = f.key
    ORDER BY f.relevance, c.short_name, c.id LIMIT 20) r`,
};

export async function openReferenceSearch(pool: pg.Pool): Promise<(search: string) => Promise<string>> {
  const { searchWords } = await built<typeof Words>('clients/search-words.js');
  const { ClientSearch } = await built<typeof Search>('clients/client.search.js');
  const run: RunQuery = async <Row>({ name, text, values }: Parameters<RunQuery>[0]) =>
    (await pool.query({ name, text, values: [...values] })).rows as Row[];
  const clients = new ClientSearch(run);
  return async (search) => {
    const words = searchWords(search);
    if (!words) throw new Error('nothing to search for');
    const { keys, ranks, complete } = await clients.find(words, { criteria: undefined, sight: undefined });
    const { rows } = await pool.query<{ nodes: string }>({ ...page, values: [keys, ranks] });
    return `{"nodes":[${rows[0]?.nodes ?? ''}],"totalCount":${complete ? keys.length : null}}`;
  };
}
