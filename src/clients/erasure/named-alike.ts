/** Delivery places and recipients of a card that name one of its contacts as the person to ask for, now or before. */
import type { Writing } from '../../changes/writing.ts';
import type { ContactEntity } from '../contacts/contact.entity.ts';

/** Every name that the contact has or had: first and last names that belonged together at some version. */
const namesOf = `WITH steps AS (
    SELECT version, step->>'name' AS name, step->>'after' AS value
    FROM change, jsonb_array_elements(fields) AS step WHERE record_id = $2 AND step->>'name' IN ('firstName', 'lastName')
  ), versions AS (
    SELECT DISTINCT v.version,
      (SELECT value FROM steps s WHERE s.name = 'firstName' AND s.version <= v.version ORDER BY s.version DESC LIMIT 1) AS first,
      (SELECT value FROM steps s WHERE s.name = 'lastName' AND s.version <= v.version ORDER BY s.version DESC LIMIT 1) AS last
    FROM steps v
    UNION ALL SELECT 0, first_name, last_name FROM contact WHERE id = $2
  ), names AS (
    SELECT DISTINCT folded(name) AS name
    FROM versions, LATERAL (VALUES (concat_ws(' ', first, last)), (concat_ws(' ', last, first))) AS way(name)
    WHERE last IS NOT NULL
  )`;

const plain = (sql: string): string => `folded(regexp_replace(btrim(${sql}), '\\s+', ' ', 'g'))`;

interface NamedAlike {
  readonly key: string;
  readonly isNow: boolean;
}

/** To be asked before the contact itself is erased. */
export async function namedAlike(
  { run }: Writing,
  { table }: { readonly table: string },
  { id, clientKey }: ContactEntity,
): Promise<readonly NamedAlike[]> {
  return run<NamedAlike>({
    name: '',
    text: `${namesOf}
      SELECT key, is_now AS "isNow" FROM (
        SELECT t.id AS key, coalesce(${plain('t.contact_name')} IN (SELECT name FROM names), false) AS is_now,
          EXISTS (SELECT FROM change, jsonb_array_elements(fields) AS step
            WHERE record_id = t.id AND step->>'name' = 'contactName'
              AND (${plain("step->>'after'")} IN (SELECT name FROM names))) AS was_once
        FROM ${table} t WHERE t.client_id = $1) AS found
      WHERE is_now OR was_once ORDER BY key`,
    values: [clientKey, id],
  });
}
