/** Which sides of a contest are set beside which, and what is aimed at. */
import type { RatioPlan } from './contest.ts';
import { isStage, type SideName } from './sides.ts';

/** Requests per second of the one side to the other's, at the least. */
export type Aims = Partial<Record<SideName, Partial<Record<SideName, number>>>>;

/** Each way of the service's reading, to whoever is no service. */
export const ratiosOf = (sides: readonly SideName[], aims: Aims): RatioPlan[] =>
  sides
    .filter(isStage)
    .flatMap((of) =>
      sides
        .filter((to) => !isStage(to))
        .map((to): RatioPlan => ({ of, to, measure: 'requests', aim: aims[of]?.[to] ?? null })),
    );
