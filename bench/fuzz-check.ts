/**
 * Operations made at random from the schema, over the sample's cards and ERP: whatever is asked, the service answers in its own words.
 * No 5xx, no INTERNAL_SERVER_ERROR, nothing of the inside in any answer.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildSchema } from 'graphql';
import { operationOf, type FuzzOperation } from './fuzz-operations.ts';
import type { Known } from './fuzz-values.ts';
import { makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';

export interface FuzzFinding {
  readonly asked: number;
  /** How many answers held data. */
  readonly withData: number;
  /** How often each code was answered. */
  readonly codes: Readonly<Record<string, number>>;
  /** Fields of the roots that were asked. */
  readonly roots: ReadonlySet<string>;
  /** What is not as promised, with what was asked. */
  readonly faults: readonly string[];
}

const atOnce = 8;
const patienceMs = 30_000;

const leaks: readonly RegExp[] = [
  /\n\s*at .*\d+:\d+|stacktrace|node_modules|\.[jt]s:\d+/,
  /\bSELECT\b.*\bFROM\b|\bUPDATE\b.*\bSET\b|\bINSERT INTO\b|\bDELETE FROM\b/,
  /syntax error at|violates .*constraint|invalid input syntax|invalid byte sequence|out of range for type|relation "|column "/,
  /QueryFailedError|TypeORM|RequestError|TypeError|RangeError|is not a function|Cannot read prop|\[object Object\]/,
];

/** A value that is a query from its first sign to its last. */
const reportSql = /"(?:\s|\\n)*(?:SELECT|WITH)\b(?:[^"\\]|\\.)*"/g;

/** Of an answer to `sent`; undefined where all is well. */
export function leakIn(answer: string, sent: string): string | undefined {
  // Of reports it may be asked for.
  const told = /\bsql\b/.test(sent) ? answer.replaceAll(reportSql, '""') : answer;
  for (const leak of leaks) {
    const found = leak.exec(told)?.[0];
    // What the caller said may be said back.
    if (found !== undefined && !sent.includes(found)) return found.slice(0, 100);
  }
  return undefined;
}

interface Told {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

type Headers = Readonly<Record<string, string>>;

async function post(
  url: string,
  body: string,
  headers: Headers = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(patienceMs),
  });
  return { status: response.status, text: await response.text() };
}

const something = `{
  clients(first: 30) { edges { cursor node {
    id contacts(first: 3) { edges { cursor node { id } } } deliveryPlaces(first: 2) { nodes { id } } recipients(first: 2) { nodes { id } }
    notes(first: 2) { nodes { id } } events(first: 2) { nodes { id } } erpAccounts { id }
    invoices(first: 2) { edges { cursor node { id } } } orders(first: 2) { nodes { id } }
  } } }
  changes(first: 2) { pageInfo { endCursor } }
  cardTypes { id }
  users(first: 2) { nodes { id } }
}`;

/** What the service holds before it is fuzzed. */
async function knownOf(url: string): Promise<Known> {
  const { text } = await post(url, JSON.stringify({ query: something }));
  const found = (pattern: RegExp): string[] => [
    ...new Set([...text.matchAll(pattern)].map(([, one = '']) => one)),
  ];
  const ids = found(/"id":"([^"]+)"/g);
  if (ids.length < 10) throw new Error(`the service holds too little to be fuzzed: ${text.slice(0, 300)}`);
  return {
    ids,
    cursors: found(/"(?:cursor|endCursor)":"([^"]+)"/g),
    texts: {
      company: ['main', 'export'],
      companies: ['main', 'export'],
      currency: ['PLN', 'EUR'],
      cardType: ['detal', 'siec', 'grupa'],
      country: ['PL', 'DE'],
      customerId: ['1090', '1001'],
      code: ['OBUWNIK-LDZ', 'NOWY-1'],
      key: ['segment', 'colour'],
      taxId: ['7741665239', 'PL 526-000-12-46'],
      email: ['biuro@firma.example'],
      phone: ['601 602 603'],
      timeZone: ['Europe/Warsaw'],
    },
  };
}

interface Judged {
  readonly codes: readonly string[];
  readonly hasData: boolean;
  readonly fault: string | undefined;
}

async function judge(url: string, { query, variables }: FuzzOperation, headers: Headers): Promise<Judged> {
  const sent = JSON.stringify({ query, variables });
  try {
    const { status, text } = await post(url, sent, headers);
    const { data, errors = [] } = JSON.parse(text) as Told;
    const codes = errors.map(({ extensions }) => extensions?.code ?? 'NO_CODE');
    const leak = leakIn(text, sent);
    const bad = codes.find((code) => code === 'INTERNAL_SERVER_ERROR' || code === 'NO_CODE');
    const fault =
      status >= 500 ? `status ${status}` : (bad ?? (leak === undefined ? undefined : `leak ${leak}`));
    return { codes, hasData: data != null, fault: fault && `${fault}: ${text.slice(0, 500)}` };
  } catch (fault) {
    return { codes: [], hasData: false, fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** The same operations for the same seed, on a service with the same cards. `headers`: of whoever asks. */
export async function fuzz(
  url: string,
  count: number,
  seed: number,
  headers: Headers = {},
): Promise<FuzzFinding> {
  const text = await readFile(join(resolve(import.meta.dirname, '..'), 'schema', 'schema.graphql'), 'utf8');
  const schema = buildSchema(text);
  const known = await knownOf(url);
  const codes: Record<string, number> = {};
  const roots = new Set<string>();
  const faults: string[] = [];
  let withData = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let number = next; number < count; number = next) {
      next += 1;
      const operation = operationOf(schema, known, seed, number);
      for (const root of operation.roots) roots.add(root);
      const judged = await judge(url, operation, headers);
      for (const code of judged.codes) codes[code] = (codes[code] ?? 0) + 1;
      if (judged.hasData) withData += 1;
      if (judged.fault !== undefined)
        faults.push(
          `operation ${number} of seed ${seed}: ${judged.fault}\n${operation.query}\n${JSON.stringify(operation.variables)}`,
        );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { asked: count, withData, codes, roots, faults };
}

export const fuzzCheck: SoakCheck = {
  name: 'fuzz',
  what: 'operations made at random from the schema: no 5xx, no INTERNAL_SERVER_ERROR, no stack and no SQL in an answer',
  unit: 'operations',
  count: 20_000,
  run: async (count, workplace) => {
    const service = await startService(workplace, { dataDir: await makeDataDir(workplace) });
    const seed = Date.now() % 1_000_000_007;
    const { withData, codes, faults } = await fuzz(service.url, count, seed);
    await service.stop();
    const told = Object.entries(codes).map(([code, times]) => `${times} ${code}`);
    const found = `seed ${seed}: ${withData} with data; ${told.join(', ')}`;
    return {
      passed: faults.length === 0,
      found: [found, `${faults.length} faults`, ...faults.slice(0, 3)].join('; '),
    };
  },
};
