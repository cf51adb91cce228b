/**
 * Cards beside the sample's sixty, so that a list is cut from many: 10,000, each with four contacts and three delivery places,
 * the same at every run. They go in by SQL, as the bench has minutes and not hours; nothing is read through it that the
 * service would not have written, but for the change log.
 */
import pg from 'pg';

export const bulkCards = 10_000;

/** Ids in the order in which they were made, as UUIDv7 has them. */
const key = (kind: number, number: string): string =>
  `('0199000${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

export const bulkCardId = (number: number): string =>
  `client_01990000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const oneOf = (words: readonly string[], by: string): string =>
  `(ARRAY[${words.map((word) => `'${word}'`).join(', ')}])[1 + (${by})::int % ${words.length}]`;

const recordColumns = 'id, version, created_at, created_by, updated_at, updated_by';
const record = (id: string): string => `${id}, 1, now(), 'bench', now(), 'bench'`;

const names = ['But', 'Łapeć', 'Sandał', 'Trzewik', 'Krok', 'Ścieżka', 'Obcas', 'Żwawa Stopa', 'Cholewka'];
const towns = [
  'Kraków',
  'Łódź',
  'Świdnica',
  'Gdańsk',
  'Żary',
  'Poznań',
  'Ćmielów',
  'Radom',
  'Lublin',
  'Opole',
];
const people = ['Nowak', 'Wiśniewska', 'Łukasik', 'Żuk', 'Ćwik', 'Zając', 'Śliwa', 'Kowalczyk', 'Ostrowska'];
const firstNames = ['Anna', 'Jan', 'Łucja', 'Michał', 'Żaneta', 'Paweł', 'Ewa'];

const statements = [
  `INSERT INTO client (${recordColumns}, code, active, card_type_id, short_name, full_name, tax_id, shares_tax_id, regon,
     street, postal_code, city, country, phone, mobile, email, website)
   SELECT ${record(key(0, 'n'))}, 'BENCH-' || lpad(n::text, 6, '0'), n % 10 <> 0,
     (SELECT id FROM card_type WHERE NOT branches_share_tax_id ORDER BY key LIMIT 1),
     ${oneOf(names, 'n * 7')} || ' ' || n, ${oneOf(names, 'n * 7')} || ' nr ' || n || ' Spółka z o.o.',
     lpad((9000000000 + n)::text, 10, '0'), false, lpad((100000000 + n)::text, 9, '0'),
     'ul. Długa ' || n % 200 + 1, lpad((n % 100)::text, 2, '0') || '-' || lpad((n % 1000)::text, 3, '0'),
     ${oneOf(towns, 'n * 3')}, 'PL', '+48122' || lpad(n::text, 6, '0'),
     CASE WHEN n % 3 = 0 THEN '+48600' || lpad(n::text, 6, '0') END, 'biuro' || n || '@bench.example',
     CASE WHEN n % 2 = 0 THEN 'https://bench' || n || '.example' END
   FROM generate_series(1, ${bulkCards}) AS n`,
  `INSERT INTO contact (${recordColumns}, client_id, active, last_name, first_name, email, phone, mobile, position, department)
   SELECT ${record(key(1, 'n * 16 + i'))}, ${key(0, 'n')}, true, ${oneOf(people, 'n * 5 + i * 2')},
     ${oneOf(firstNames, 'n + i')}, 'osoba' || i || '@bench' || n || '.example', '+48123' || lpad(n::text, 6, '0'),
     CASE WHEN i > 2 THEN '+48601' || lpad(n::text, 6, '0') END,
     ${oneOf(['kupiec', 'księgowa', 'właściciel', 'magazynier'], 'i')}, ${oneOf(['zakupy', 'finanse'], 'i')}
   FROM generate_series(1, ${bulkCards}) AS n, generate_series(1, 4) AS i`,
  `INSERT INTO delivery_place (${recordColumns}, client_id, active, code, name, street, postal_code, city, country,
     contact_name, phone, opening_hours)
   SELECT ${record(key(2, 'n * 16 + i'))}, ${key(0, 'n')}, true, 'M' || i, 'Magazyn ' || i, 'ul. Składowa ' || i, '30-00' || i,
     ${oneOf(towns, 'n + i')}, 'PL', ${oneOf(people, 'n + i')}, '+48124' || lpad(n::text, 6, '0'), 'pn-pt 7-15'
   FROM generate_series(1, ${bulkCards}) AS n, generate_series(1, 3) AS i`,
  `UPDATE client SET primary_contact_id = ${key(1, 'n * 16 + 1')} FROM generate_series(1, ${bulkCards}) AS n WHERE id = ${key(0, 'n')}`,
];

/** The plans of later rounds must not differ from those of the first because statistics came in between. */
const settle = 'VACUUM ANALYZE';

/** Answers the ids of all cards that have ERP accounts, the sample's. */
export async function addBulkCards(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of [...statements, settle]) await client.query(statement);
    const { rows } = await client.query<{ id: string }>(
      "SELECT DISTINCT 'client_' || client_id AS id FROM erp_account WHERE deleted_at IS NULL ORDER BY id",
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
