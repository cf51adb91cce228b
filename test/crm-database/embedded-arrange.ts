/** What the tests of the embedded PostgreSQL share: one statement on a connection of its own, and shoes to be kept. */
import pg from 'pg';
import type { Answer } from '../arrange/embedded-service.ts';

export async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

export const storeShoe = (url: string) =>
  query(url, "CREATE TABLE shoe (name text); INSERT INTO shoe VALUES ('Kłos')");

export async function storedShoes(url: string): Promise<unknown[]> {
  return (await query(url, 'SELECT name FROM shoe')).map(({ name }) => name);
}

export async function startedAt(answer: Promise<Answer>): Promise<string> {
  const said = await answer;
  if ('started' in said) return said.started;
  throw new Error(`the service did not start: ${said.message}`);
}
