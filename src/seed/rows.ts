/**
 * Rows of made-up clients, made by the database itself from their numbers: the same number is the same client at every run.
 * Few names and towns are common and many are rare, as in life; tax ids are valid and no two alike.
 */
import { seedWords } from './words.ts';

type List = keyof typeof seedWords;
const lists = Object.keys(seedWords) as List[];

/** The statements' parameters: numbers from $1 to $2, then the lists of words. */
export const rowParameters = (first: number, last: number): unknown[] => [
  first,
  last,
  ...lists.map((name) => [...seedWords[name]]),
];

/** From 0 to 1, the same for the same number. */
const share = (number: string, salt: number): string =>
  `((hashint8extended(${number}, ${salt}) & 1048575)::float8 / 1048576)`;

/** The higher the power the more often one of the first. */
const oneOf = (list: List, by: string, power = 1): string => {
  const parameter = `$${lists.indexOf(list) + 3}::text[]`;
  return `(${parameter})[1 + floor(power(${by}, ${power}) * ${seedWords[list].length})::int]`;
};

const key = (kind: number, number: string): string =>
  `('0198000${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

const record = 'id, version, created_at, created_by, updated_at, updated_by';
const madeAt = `timestamptz '2016-01-01T00:00:00Z' + ${share('n', 1)} * interval '3600 days'`;
const recordValues = (id: string): string =>
  `${id}, 1, date_trunc('milliseconds', at), 'seed', date_trunc('milliseconds', at), 'seed'`;
const digits = (number: string, length: number, salt: number): string =>
  `lpad(floor(${share(number, salt)} * ${10 ** length})::bigint::text, ${length}, '0')`;

/** Eight digits that no other number has, a ninth, and the check digit; a ninth that leaves no check digit is the next one. */
const taxIds = `SELECT n, base || ninth || (weighed + 7 * ninth) % 11 AS tax_id FROM (
    SELECT n, base, weighed, CASE WHEN (weighed + 7 * given) % 11 = 10 THEN (given + 1) % 10 ELSE given END AS ninth FROM (
      SELECT n, base, (n % 10)::int AS given, (
        SELECT sum(substr(base, place, 1)::int * ('{6,5,7,2,3,4,5,6}'::int[])[place])::int FROM generate_series(1, 8) AS place) AS weighed
      FROM (SELECT n, (10000000 + n * 48271 % 89999999)::text AS base FROM generate_series($1::bigint, $2::bigint) AS n) AS bases
    ) AS weights
  ) AS ninths`;

const cards = `INSERT INTO client (${record}, code, active, card_type_id, short_name, full_name, tax_id, shares_tax_id,
    street, postal_code, city, country, phone, mobile, email, account_manager_id)
  SELECT ${recordValues(key(0, 'n'))}, upper(left(folded(name), 5)) || '-' || n, ${share('n', 2)} < 0.9,
    (SELECT id FROM card_type WHERE key = (ARRAY['seed-sklep', 'seed-hurt', 'seed-internet'])[1 + floor(power(${share('n', 3)}, 2) * 3)::int]),
    name, trim(kind || ' ' || name || CASE WHEN owner IS NULL THEN '' ELSE ' ' || owner END || ' ' || form),
    CASE WHEN ${share('n', 4)} < 0.96 THEN tax_id END, false,
    'ul. ' || ${oneOf('streets', share('n', 5))} || ' ' || 1 + n % 150, ${digits('n', 2, 6)} || '-' || ${digits('n', 3, 7)},
    town, CASE WHEN ${share('n', 8)} < 0.97 THEN 'PL' ELSE ${oneOf('countries', share('n', 9), 3)} END,
    '+48' || ${digits('n', 9, 10)}, CASE WHEN ${share('n', 11)} < 0.5 THEN '+486' || ${digits('n', 8, 12)} END,
    'biuro' || n || '@klient.example',
    (SELECT id FROM user_account ORDER BY id OFFSET floor(${share('n', 13)} * least(20, (SELECT count(*) FROM user_account)))::int LIMIT 1)
  FROM (
    SELECT taxes.n, tax_id, ${madeAt} AS at, ${oneOf('kinds', share('n', 14), 1.5)} AS kind, ${oneOf('forms', share('n', 15))} AS form,
      ${oneOf('towns', share('n', 16), 2.2)} AS town,
      CASE WHEN ${share('n', 17)} < 0.45 THEN ${oneOf('surnames', share('n', 18), 3)}
        ELSE ${oneOf('brands', share('n', 19))} || CASE WHEN ${share('n', 20)} < 0.5 THEN ' ' || ${oneOf('towns', share('n', 21), 2)} ELSE '' END END AS name,
      CASE WHEN ${share('n', 22)} < 0.3 THEN ${oneOf('firstNames', share('n', 23), 2)} || ' ' || ${oneOf('surnames', share('n', 24), 3)} END AS owner
    FROM (${taxIds}) AS taxes
  ) AS made
  ON CONFLICT DO NOTHING`;

/** Only cards that were made now: one whose code or tax id was taken is left out. */
const madeCards = `(SELECT n, created_at AS at FROM generate_series($1::bigint, $2::bigint) AS n JOIN client ON client.id = ${key(0, 'n')}) AS made`;

const contacts = `INSERT INTO contact (${record}, client_id, active, last_name, first_name, email, phone, mobile, position)
  SELECT ${recordValues(key(1, 'n * 16 + i'))}, ${key(0, 'n')}, true, ${oneOf('surnames', share('n * 16 + i', 30), 3)},
    ${oneOf('firstNames', share('n * 16 + i', 31), 2)}, 'osoba' || i || '.' || n || '@klient.example',
    CASE WHEN i = 1 THEN '+48' || ${digits('n * 16 + i', 9, 32)} END, '+485' || ${digits('n * 16 + i', 8, 33)},
    ${oneOf('positions', share('n * 16 + i', 34))}
  FROM ${madeCards}, generate_series(1, 3) AS i`;

/** Most have none, a few have many. */
const places = `INSERT INTO delivery_place (${record}, client_id, active, code, name, street, postal_code, city, country)
  SELECT ${recordValues(key(2, 'n * 256 + i'))}, ${key(0, 'n')}, true, 'M' || i, 'Magazyn ' || i, 'ul. Składowa ' || i,
    ${digits('n * 256 + i', 2, 40)} || '-' || ${digits('n * 256 + i', 3, 41)}, ${oneOf('towns', share('n * 256 + i', 42), 1.5)}, 'PL'
  FROM ${madeCards}, generate_series(1, floor(power(${share('n', 43)}, 12) * 30)::int) AS i`;

const allWords = lists.map((_, index) => `cardinality($${index + 3}::text[])`).join(' + ');

/** Their order is that of the foreign keys. All take the same parameters, and each must mention all of them. */
export const rowStatements = [cards, contacts, places].map(
  (text) => `WITH given AS (SELECT ${allWords} + $1::bigint + $2::bigint) ${text}`,
);

export const documentStatement = `SELECT fill_client_search(${key(0, '$1::bigint')}, ${key(0, '$2::bigint')})`;

export const seededCards = `SELECT count(*)::int AS count FROM client WHERE id BETWEEN ${key(0, '1')} AND ${key(0, '16777216')}`;

const person = (number: number, name: string): string =>
  `('01980003-0000-7000-8000-00000000000${number}', '${name}', NULL, true)`;

export const preparation = [
  `INSERT INTO user_account (id, name, email, active) VALUES ${['Alicja Żurek', 'Bogdan Ćwik', 'Celina Łoś', 'Dawid Śmiałek'].map((name, index) => person(index, name)).join(', ')}
    ON CONFLICT DO NOTHING`,
  `INSERT INTO card_type (${record}, key, name, active, branches_share_tax_id)
    SELECT gen_random_uuid(), 1, now(), 'seed', now(), 'seed', key, name, true, false
    FROM (VALUES ('seed-sklep', 'Sklep'), ('seed-hurt', 'Hurtownia'), ('seed-internet', 'Sklep internetowy')) AS given (key, name)
    ON CONFLICT (key) DO NOTHING`,
];
