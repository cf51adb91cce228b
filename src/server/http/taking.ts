/**
 * Readers that hold an answer without taking it: whoever has something waiting and takes less than a trickle of it for half a minute is cut off,
 * so that places are not kept by those who have gone, or would keep them. Whoever waits for us is not meant.
 */
import type { ServerResponse } from 'node:http';

export interface Taking {
  readonly everyMs: number;
  /** Bytes that must go in that time. */
  readonly least: number;
}

const usual: Taking = { everyMs: 30_000, least: 16_384 };

/** Returns what ends the watch, which ends by itself with the answer. */
export function watchTaking(response: ServerResponse, { everyMs, least }: Taking = usual): () => void {
  const { socket } = response;
  if (!socket) return () => undefined;
  const taken = (): number => socket.bytesWritten - socket.writableLength;
  let before = taken();
  let waited = false;
  const clock = setInterval(() => {
    const now = taken();
    const waits = response.writableNeedDrain || socket.writableLength > 0;
    // Waiting at both ends of the time, with less than the least gone in between.
    if (waits && waited && now - before < least) response.destroy();
    before = now;
    waited = waits;
  }, everyMs);
  const end = (): void => clearInterval(clock);
  response.once('close', end);
  return end;
}
