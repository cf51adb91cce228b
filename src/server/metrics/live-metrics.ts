/** Live updates in figures. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface LiveMeter {
  connections(open: number): void;
  subscribed(): void;
  completed(): void;
  dropped(reason: 'slow' | 'silent'): void;
}

export function createLiveMeter(registry: Registry): LiveMeter {
  const registers = [registry];
  const open = new Gauge({
    name: 'kartoteka_live_connections',
    help: 'WebSockets that are open.',
    registers,
  });
  const running = new Gauge({
    name: 'kartoteka_live_subscriptions',
    help: 'Subscriptions that run.',
    registers,
  });
  const dropped = new Counter({
    name: 'kartoteka_live_dropped_total',
    help: 'Readers dropped: slow ones took no message in time, silent ones answered no ping.',
    labelNames: ['reason'],
    registers,
  });
  return {
    connections: (count) => open.set(count),
    subscribed: () => running.inc(),
    completed: () => running.dec(),
    dropped: (reason) => dropped.inc({ reason }),
  };
}
