/** Lists of other records' keys that belong to a record and are kept, in order, in tables of their own. */
import type { RunQuery } from '../crm-database/run-query.ts';

/** Its rows hold the record's key in `owner`, the other's in `member`, and `place`, from 0. */
interface LinkTable {
  readonly table: string;
  readonly owner: string;
  readonly member: string;
}

/** By the property of the record that has the list. */
export type Links = Readonly<Record<string, LinkTable>>;

type Lists = Readonly<Record<string, readonly string[]>>;

/** The lists of several records, by the record's key. */
export async function readLinksOf(
  run: RunQuery,
  links: Links,
  keys: readonly string[],
): Promise<(key: string) => Lists> {
  const found = new Map<string, Map<string, string[]>>();
  for (const [property, { table, owner, member }] of Object.entries(links)) {
    const text = `SELECT ${owner} AS owner, array_agg(${member} ORDER BY place)::text[] AS keys FROM ${table} WHERE ${owner} = ANY($1) GROUP BY ${owner}`;
    const rows = await run<{ owner: string; keys: string[] }>({ name: '', text, values: [keys] });
    found.set(property, new Map(rows.map((row) => [row.owner, row.keys])));
  }
  return (key) => Object.fromEntries([...found].map(([property, lists]) => [property, lists.get(key) ?? []]));
}

/** The lists of one record. */
export const readLinks = async (run: RunQuery, links: Links, key: string): Promise<Lists> =>
  (await readLinksOf(run, links, [key]))(key);

function listOf(record: object, property: string): readonly string[] {
  const list: unknown = new Map<string, unknown>(Object.entries(record)).get(property);
  return Array.isArray(list) ? list.map(String) : [];
}

/** Makes the tables hold the lists of `after`; lists that are as they were before are left alone. */
export async function writeLinks(
  run: RunQuery,
  links: Links,
  key: string,
  before: object,
  after: object,
): Promise<void> {
  for (const [property, { table, owner, member }] of Object.entries(links)) {
    const list = listOf(after, property);
    if (list.join() === listOf(before, property).join()) continue;
    await run({ name: '', text: `DELETE FROM ${table} WHERE ${owner} = $1`, values: [key] });
    const text = `INSERT INTO ${table} (${owner}, ${member}, place) SELECT $1, key, ord - 1 FROM unnest($2::uuid[]) WITH ORDINALITY AS k(key, ord)`;
    await run({ name: '', text, values: [key, list] });
  }
}

/** The record without its lists: the columns of its own table. */
export const withoutLinks = <Values extends object>(links: Links, values: Values): Partial<Values> =>
  Object.fromEntries(
    Object.entries(values).filter(([property]) => !Object.hasOwn(links, property)),
  ) as Partial<Values>;
