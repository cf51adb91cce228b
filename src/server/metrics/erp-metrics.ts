/** The door to the ERPs in figures, by company. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BreakerState, DoorMeter, DoorStatus } from '../../erp/guard/meter.ts';

/** Seconds. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createDoorMeter(registry: Registry): DoorMeter {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'kartoteka_erp_statement_seconds',
    help: 'Time of a statement from being asked to being answered, waiting for its turn included.',
    labelNames: ['company', 'outcome'],
    buckets,
    registers,
  });
  const statements = new Counter({
    name: 'kartoteka_erp_statements_total',
    help: 'Statements by what they ask and how they ended; shed ones were never sent.',
    labelNames: ['company', 'statement', 'outcome'],
    registers,
  });
  const rows = new Counter({
    name: 'kartoteka_erp_rows_total',
    help: 'Rows read.',
    labelNames: ['company', 'statement'],
    registers,
  });
  const lookups = new Counter({
    name: 'kartoteka_erp_lookups_total',
    help: 'Questions by where their answer came from: fresh and stale ones were kept, joined ones were just being asked.',
    labelNames: ['company', 'answer'],
    registers,
  });
  const retries = new Counter({
    name: 'kartoteka_erp_retries_total',
    help: 'Statements sent a second time after a deadlock or a broken line.',
    labelNames: ['company'],
    registers,
  });
  return {
    statement({ company, shape, outcome, rows: count, ms }) {
      seconds.observe({ company, outcome }, ms / 1_000);
      statements.inc({ company, statement: shape, outcome });
      rows.inc({ company, statement: shape }, count);
    },
    lookup: (company, from) => lookups.inc({ company, answer: from }),
    retried: (company) => retries.inc({ company }),
  };
}

const breakerStates: readonly BreakerState[] = ['CLOSED', 'OPEN', 'PROBING'];

export function watchDoors(registry: Registry, status: () => readonly DoorStatus[]): void {
  const gauge = (
    name: string,
    help: string,
    labels: readonly string[],
    show: (gauge: Gauge, door: DoorStatus) => void,
  ) =>
    new Gauge({
      name: `kartoteka_erp_${name}`,
      help,
      labelNames: ['company', ...labels],
      registers: [registry],
      collect() {
        for (const door of status()) show(this, door);
      },
    });
  gauge('connections', 'Connections to the server.', ['use'], (shown, door) => {
    shown.set({ company: door.company, use: 'idle' }, door.idleConnections);
    shown.set({ company: door.company, use: 'busy' }, door.openConnections - door.idleConnections);
  });
  gauge('running_statements', 'Statements at the server or on their way.', [], (shown, door) =>
    shown.set({ company: door.company }, door.running),
  );
  gauge('waiting_statements', 'Statements waiting for their turn.', [], (shown, door) =>
    shown.set({ company: door.company }, door.queued),
  );
  gauge(
    'breaker',
    '1 for the state the breaker is in: CLOSED lets statements through, OPEN none, PROBING one.',
    ['state'],
    (shown, door) => {
      for (const state of breakerStates)
        shown.set({ company: door.company, state }, Number(door.breaker === state));
    },
  );
}
