/** How operations were answered, in figures. */
import { Counter, type Registry } from 'prom-client';
import type { PlanMeter } from '../planned-execution.ts';

export function createPlanMeter(registry: Registry): PlanMeter {
  const operations = new Counter({
    name: 'kartoteka_operations_total',
    help: 'Operations by the way they were answered: text and rows by a plan, ordinary by resolvers alone, for the reason told.',
    labelNames: ['way', 'reason'],
    registers: [registry],
  });
  return {
    answered: (way) => operations.inc({ way: way.way, reason: way.way === 'ordinary' ? way.reason : '' }),
  };
}
