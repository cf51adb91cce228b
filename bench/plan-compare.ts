/** Asks two services over one database the same generated queries: the one answers by plans, the other by resolvers alone. Their answers must be the same. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildSchema } from 'graphql';
import type { KnownRecords } from './plan-known.ts';
import { planQuery, type PlanQuery } from './plan-queries.ts';

type Headers = Readonly<Record<string, string>>;

export interface PlanFinding {
  /** How often each way was gone, as the answers' header tells. */
  readonly ways: Readonly<Record<string, number>>;
  /** How often each code was answered. */
  readonly codes: Readonly<Record<string, number>>;
  readonly withData: number;
  /** Fields that were asked, as type and field. */
  readonly met: ReadonlySet<string>;
  /** What was answered in two ways, with what was asked. */
  readonly partings: readonly string[];
}

interface Asked {
  /** As GraphQL's addresses. */
  readonly planned: string;
  readonly ordinary: string;
  readonly known: KnownRecords;
  readonly count: number;
  readonly seed: number;
  readonly headers?: Headers;
}

const atOnce = 4;

interface Told {
  readonly status: number;
  readonly way: string;
  readonly body: string;
}

async function post(url: string, sent: string, headers: Headers): Promise<Told> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: sent,
    signal: AbortSignal.timeout(60_000),
  });
  return {
    status: response.status,
    way: response.headers.get('x-kartoteka-plan') ?? 'none',
    body: await response.text(),
  };
}

interface Fault {
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly Fault[];
  readonly extensions?: unknown;
}

/** What differs between any two answers: links are signed for their minute, requests have numbers of their own, faults come as they happen. */
function comparable(body: string): string {
  const { errors, ...told } = JSON.parse(body) as Body;
  const inOrder = errors?.map((one) => JSON.stringify(one)).sort();
  return JSON.stringify({ ...(inOrder ? { errors: inOrder } : {}), ...told })
    .replaceAll(/http[^"?]*(\/attachments\/[^"?]*)\?[^"]*/g, '$1')
    .replaceAll(/request(?:Id)?[ :\\"]+[0-9a-f-]{36}/gi, 'request');
}

const codesOf = (body: string): readonly string[] =>
  ((JSON.parse(body) as Body).errors ?? []).map(({ extensions }) => extensions?.code ?? 'NO_CODE');

/** The root field whose fault has taken all data with it, where an answer tells of that alone. */
function fatalField(body: string): string | number | undefined {
  const { data, errors = [] } = JSON.parse(body) as Body;
  return data === null && errors.length === 1 ? errors[0]?.path?.[0] : undefined;
}

/**
 * Of several root fields that must not be null and fail side by side, GraphQL tells of whichever fails first. Where resolvers have answered
 * both times, that may have been another; two faults of one field are a difference as ever.
 */
function mayRace(one: Told, other: Told): boolean {
  const [mine, theirs] = [fatalField(one.body), fatalField(other.body)];
  return one.way.startsWith('ordinary') && mine !== undefined && theirs !== undefined && mine !== theirs;
}

const counted = (counts: Record<string, number>, one: string): void => {
  counts[one] = (counts[one] ?? 0) + 1;
};

function firstDifference(one: string, other: string): string {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 120);
  return `${one.slice(from, at + 120)}\n  instead of\n${other.slice(from, at + 120)}`;
}

/** The same queries for the same seed, on services with the same cards. */
export async function comparePlans(asked: Asked): Promise<PlanFinding> {
  const { planned, ordinary, known, count, seed, headers = {} } = asked;
  const text = await readFile(join(resolve(import.meta.dirname, '..'), 'schema', 'schema.graphql'), 'utf8');
  const schema = buildSchema(text);
  const [ways, codes]: Record<string, number>[] = [{}, {}];
  const met = new Set<string>();
  const partings: string[] = [];
  let [next, withData] = [0, 0];
  const compare = async ({ query, variables, operationName }: PlanQuery, number: number): Promise<void> => {
    const sent = JSON.stringify({ query, variables, operationName });
    const [one, other] = await Promise.all([post(planned, sent, headers), post(ordinary, sent, headers)]);
    counted(ways ?? {}, one.way);
    for (const code of codesOf(other.body)) counted(codes ?? {}, code);
    if ((JSON.parse(other.body) as Body).data != null) withData += 1;
    const [found, expected] = [comparable(one.body), comparable(other.body)];
    if (one.status === other.status && (found === expected || mayRace(one, other))) return;
    partings.push(
      `query ${number} of seed ${seed} (${one.way}): ${firstDifference(found, expected)}\n${query}\n${JSON.stringify(variables)}`,
    );
  };
  const work = async (): Promise<void> => {
    for (let number = next; number < count; number = next) {
      next += 1;
      const made = planQuery(schema, known, seed, number);
      for (const field of made.met) met.add(field);
      await compare(made, number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { ways: ways ?? {}, codes: codes ?? {}, withData, met, partings };
}
