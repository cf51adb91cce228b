/** Time limits without waiting for them: what the service sets timers for happens when the test says so; sockets go on as ever. */
import { jest } from '@jest/globals';

export function holdTimers(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
}

/** Once all that can go on by itself has gone on. */
export async function passLimit(limitMs: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  jest.advanceTimersByTime(limitMs);
}
