/** A figure that cannot be had is not left out: it stands in its place with the reason, and the others are still measured. */
import type { Figure } from './figures.ts';
import type { Workplace } from './workplace.ts';

export async function figureOrReason(
  workplace: Workplace,
  name: string,
  measure: () => Promise<Figure[]>,
): Promise<Figure[]> {
  try {
    return await measure();
  } catch (fault) {
    if (workplace.interrupted.aborted) throw fault;
    return [{ kind: 'not measured', name, reason: fault instanceof Error ? fault.message : String(fault) }];
  }
}
