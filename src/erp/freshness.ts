/**
 * How fresh what an ERP gave is. Whatever is put together from several answers is as fresh as the least fresh of them. What
 * was not asked just now is noted for the request that got it, so that its answer can say so even where the part itself has
 * no place for it, as the lines of an invoice have none.
 */

/** LIVE: asked just now. CACHED: a short, configured time ago. STALE: the ERP failed, and this is its last answer. */
export type Freshness = {
  readonly state: 'LIVE' | 'CACHED' | 'STALE';
  /** When the ERP answered, RFC 3339 in UTC. */
  readonly asOf: string;
};

const age = { LIVE: 0, CACHED: 1, STALE: 2 } as const satisfies Record<Freshness['state'], number>;

/** Without parts nothing needed asking: that is as fresh as can be. */
export function leastFresh(parts: readonly Freshness[]): Freshness {
  const [first, ...others] = parts;
  if (!first) return { state: 'LIVE', asOf: new Date().toISOString() };
  return others.reduce(
    (worst: Freshness, part) => ({
      state: age[part.state] > age[worst.state] ? part.state : worst.state,
      asOf: part.asOf < worst.asOf ? part.asOf : worst.asOf,
    }),
    { state: first.state, asOf: first.asOf },
  );
}

/** By the signal, which is what a request hands down to every statement asked for it. */
const notes = new WeakMap<AbortSignal, Map<string, Freshness>>();

export function noteFreshness(signal: AbortSignal, company: string, { state, asOf }: Freshness): void {
  if (state === 'LIVE') return;
  let companies = notes.get(signal);
  if (!companies) notes.set(signal, (companies = new Map<string, Freshness>()));
  const known = companies.get(company);
  companies.set(company, known ? leastFresh([known, { state, asOf }]) : { state, asOf });
}

/** What was noted for a part of a request, once that part is in its answer. */
export function passOnFreshness(part: AbortSignal, request: AbortSignal): void {
  for (const [company, freshness] of notes.get(part) ?? []) noteFreshness(request, company, freshness);
}

/** The companies of which something in the answer was not asked just now, with its least fresh part. */
export const notedFreshness = (signal: AbortSignal): readonly ({ readonly company: string } & Freshness)[] =>
  [...(notes.get(signal) ?? [])]
    .map(([company, freshness]) => ({ company, ...freshness }))
    .toSorted((left, right) => (left.company < right.company ? -1 : 1));
