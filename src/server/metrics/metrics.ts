/**
 * What the service tells of itself to those who watch over it, in Prometheus' format at /metrics: the process, and for each
 * company the statements sent to its ERP, their rows and time, where answers came from, and how its door stands. Names of
 * companies and of kinds of statement are labels; no value of a question ever is.
 */
import { Registry, collectDefaultMetrics } from 'prom-client';
import type { DoorMeter, DoorStatus } from '../../erp/guard/meter.ts';
import { answer } from '../http/exchange.ts';
import type { Handler, Routes } from '../http/http-server.ts';
import { createDoorMeter, watchDoors } from './erp-metrics.ts';
import type { PlanMeter } from '../planned-execution.ts';
import { createLiveMeter, type LiveMeter } from './live-metrics.ts';
import { createPlanMeter } from './plan-metrics.ts';

export interface Metrics {
  readonly doorMeter: DoorMeter;
  readonly liveMeter: LiveMeter;
  readonly planMeter: PlanMeter;
  /** The doors are asked how they stand whenever somebody looks. */
  watchDoors(status: () => readonly DoorStatus[]): void;
  readonly routes: Routes;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const show: Handler = async (exchange) => {
    const text = await registry.metrics();
    answer(exchange, 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }, text);
  };
  return {
    doorMeter: createDoorMeter(registry),
    liveMeter: createLiveMeter(registry),
    planMeter: createPlanMeter(registry),
    watchDoors: (status) => watchDoors(registry, status),
    routes: { '/metrics': { GET: show, HEAD: show } },
  };
}
