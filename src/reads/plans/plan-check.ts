/** Compares what a plan reads with what resolvers have answered to the same operation. Open fields are taken as the resolvers had them. */
import type { ExecutionResult } from 'graphql';
import { merged } from './fetched.ts';
import type { PlannedRead } from './planned-reads.ts';

/** The path at which the two first part, in value or in the order of keys; undefined where they agree. */
export function firstParting(
  { plan: { rest }, body }: PlannedRead,
  { data }: ExecutionResult,
): string | undefined {
  if (data === null || data === undefined) return undefined;
  // What resolvers answer has no prototype, and may hold what JSON writes in its own way.
  const answered = JSON.parse(JSON.stringify(data)) as unknown;
  const read = JSON.parse(Buffer.concat(body).toString()) as unknown;
  return parting(rest ? merged(rest.place, read, answered) : read, answered, 'data');
}

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

function parting(read: unknown, answered: unknown, path: string): string | undefined {
  if (!isContainer(read) || !isContainer(answered)) return read === answered ? undefined : path;
  const keys = Object.keys(answered);
  if (Array.isArray(read) !== Array.isArray(answered) || Object.keys(read).join(' ') !== keys.join(' '))
    return path;
  for (const key of keys) {
    const found = parting(read[key], answered[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
