/**
 * Rows of made-up clients, made of their numbers: the same number is the same client at every run. Few names and towns are
 * common and many are rare, as in life; tax ids are valid and no two alike.
 */
import { seedWords } from './words.ts';

/** What rows refer to, and what they may not take. */
export interface Surroundings {
  /** Keys of the card types that `preparation` makes, in its order. */
  readonly cardTypes: readonly string[];
  readonly users: readonly string[];
  /** Of cards that are nobody's making: codes in small letters, and tax ids. */
  readonly taken: ReadonlySet<string>;
}

type Value = string | number | boolean | null;
type Row = readonly Value[];

export interface ClientRows {
  readonly card: Row;
  readonly contacts: readonly Row[];
  readonly places: readonly Row[];
}

const record = 'id, version, created_at, created_by, updated_at, updated_by';

/** Tables in the order of their foreign keys, with the columns that rows have. */
export const tables = {
  card: `client (${record}, code, active, card_type_id, short_name, full_name, tax_id, shares_tax_id, street, postal_code, city, country,
    phone, mobile, email, account_manager_id)`,
  contacts: `contact (${record}, client_id, active, last_name, first_name, email, phone, mobile, position)`,
  places: `delivery_place (${record}, client_id, active, code, name, street, postal_code, city, country)`,
} as const satisfies Record<keyof ClientRows, string>;

/** From 0 to 1, the same for the same number; different salts have nothing to do with each other. */
function share(number: number, salt: number): number {
  let mixed = Math.imul(number ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** The higher the power the more often one of the first. */
function oneOf(list: readonly string[], by: number, power = 1): string {
  return list[Math.floor(by ** power * list.length)] ?? '';
}

const digits = (length: number, by: number): string =>
  String(Math.floor(by * 10 ** length)).padStart(length, '0');

export const keyOf = (kind: number, number: number): string =>
  `0198000${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const began = Date.UTC(2016, 0, 1);
const dayMs = 86_400_000;
const recordOf = (key: string, at: string): Row => [key, 1, at, 'seed', at, 'seed'];

const weights = [6, 5, 7, 2, 3, 4, 5, 6];

/** Eight digits that no other number has, a ninth, and the check digit; a ninth that leaves no check digit is the next one. */
function taxIdOf(number: number): string {
  const base = String(10_000_000 + ((number * 48_271) % 89_999_999));
  const weighed = weights.reduce((sum, weight, place) => sum + weight * Number(base[place]), 0);
  const given = number % 10;
  const ninth = (weighed + 7 * given) % 11 === 10 ? (given + 1) % 10 : given;
  return `${base}${ninth}${(weighed + 7 * ninth) % 11}`;
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');

/** A surname, or a brand with or without a town. */
function nameOf(n: number): string {
  if (share(n, 17) < 0.45) return oneOf(seedWords.surnames, share(n, 18), 3);
  const town = share(n, 20) < 0.5 ? ` ${oneOf(seedWords.towns, share(n, 21), 2)}` : '';
  return `${oneOf(seedWords.brands, share(n, 19))}${town}`;
}

function fullNameOf(n: number, name: string): string {
  const owner =
    share(n, 22) < 0.3
      ? [oneOf(seedWords.firstNames, share(n, 23), 2), oneOf(seedWords.surnames, share(n, 24), 3)]
      : [];
  const words = [
    oneOf(seedWords.kinds, share(n, 14), 1.5),
    name,
    ...owner,
    oneOf(seedWords.forms, share(n, 15)),
  ];
  return words.join(' ').trim();
}

const postalCode = (n: number, salt: number): string =>
  `${digits(2, share(n, salt))}-${digits(3, share(n, salt + 1))}`;

function cardOf(n: number, at: string, { cardTypes, users }: Surroundings): Row {
  const name = nameOf(n);
  return [
    ...recordOf(keyOf(0, n), at),
    `${plain(name).slice(0, 5).toUpperCase()}-${n}`,
    share(n, 2) < 0.9,
    oneOf(cardTypes, share(n, 3), 2),
    name,
    fullNameOf(n, name),
    share(n, 4) < 0.96 ? taxIdOf(n) : null,
    false,
    `ul. ${oneOf(seedWords.streets, share(n, 5))} ${1 + (n % 150)}`,
    postalCode(n, 6),
    oneOf(seedWords.towns, share(n, 16), 2.2),
    share(n, 8) < 0.97 ? 'PL' : oneOf(seedWords.countries, share(n, 9), 3),
    `+48${digits(9, share(n, 10))}`,
    share(n, 11) < 0.5 ? `+486${digits(8, share(n, 12))}` : null,
    `biuro${n}@klient.example`,
    oneOf(users, share(n, 13)),
  ];
}

function contactOf(n: number, i: number, at: string): Row {
  const m = n * 16 + i;
  return [
    ...recordOf(keyOf(1, m), at),
    keyOf(0, n),
    true,
    oneOf(seedWords.surnames, share(m, 30), 3),
    oneOf(seedWords.firstNames, share(m, 31), 2),
    `osoba${i}.${n}@klient.example`,
    i === 1 ? `+48${digits(9, share(m, 32))}` : null,
    `+485${digits(8, share(m, 33))}`,
    oneOf(seedWords.positions, share(m, 34)),
  ];
}

function placeOf(n: number, i: number, at: string): Row {
  const m = n * 256 + i;
  return [
    ...recordOf(keyOf(2, m), at),
    keyOf(0, n),
    true,
    `M${i}`,
    `Magazyn ${i}`,
    `ul. Składowa ${i}`,
    postalCode(m, 40),
    oneOf(seedWords.towns, share(m, 42), 1.5),
    'PL',
  ];
}

const codePlace = 6;
const taxIdPlace = 11;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, place) => place + 1);

/** Three contacts each; most have no delivery place, a few have many. Undefined where somebody else's card has the code or tax id. */
export function clientRows(n: number, surroundings: Surroundings): ClientRows | undefined {
  const at = new Date(began + Math.floor(share(n, 1) * 3_600 * dayMs)).toISOString();
  const card = cardOf(n, at, surroundings);
  const { taken } = surroundings;
  if (
    taken.size > 0 &&
    (taken.has(String(card[codePlace]).toLowerCase()) || taken.has(String(card[taxIdPlace])))
  )
    return undefined;
  const places = Math.floor(share(n, 43) ** 12 * 30);
  return {
    card,
    contacts: upTo(3).map((i) => contactOf(n, i, at)),
    places: upTo(places).map((i) => placeOf(n, i, at)),
  };
}

/** As COPY reads it. Nothing made up here holds a tab or a backslash. */
export const copyLine = (row: Row): string =>
  `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`;

export const documentStatement = 'SELECT fill_client_search($1::uuid, $2::uuid)';

export const seededCards = `SELECT count(*)::int AS count FROM client WHERE id BETWEEN '${keyOf(0, 1)}' AND '${keyOf(0, 16_777_216)}'`;

/** What cards of others have, in one list. */
export const takenByOthers = `SELECT lower(code) AS value FROM client WHERE id NOT BETWEEN '${keyOf(0, 1)}' AND '${keyOf(0, 16_777_216)}'
  UNION ALL SELECT tax_id FROM client WHERE tax_id IS NOT NULL AND id NOT BETWEEN '${keyOf(0, 1)}' AND '${keyOf(0, 16_777_216)}'`;

const person = (number: number, name: string): string =>
  `('01980003-0000-7000-8000-00000000000${number}', '${name}', NULL, true)`;

export const cardTypeKeys = ['seed-sklep', 'seed-hurt', 'seed-internet'];

export const preparation = [
  `INSERT INTO user_account (id, name, email, active) VALUES ${['Alicja Żurek', 'Bogdan Ćwik', 'Celina Łoś', 'Dawid Śmiałek'].map((name, index) => person(index, name)).join(', ')}
    ON CONFLICT DO NOTHING`,
  `INSERT INTO card_type (${record}, key, name, active, branches_share_tax_id)
    SELECT gen_random_uuid(), 1, now(), 'seed', now(), 'seed', key, name, true, false
    FROM (VALUES ('seed-sklep', 'Sklep'), ('seed-hurt', 'Hurtownia'), ('seed-internet', 'Sklep internetowy')) AS given (key, name)
    ON CONFLICT (key) DO NOTHING`,
];
