/**
 * One render for all who ask the same at the same time, and for a short while after. What is small is held whole: it goes to each of them, is kept,
 * and breaks before anything was sent if it breaks. What is large goes to one of them as it comes; the others have it rendered for themselves.
 * Whoever leaves does not disturb the others; when the last one has left, the line to the server is cut.
 */
import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { Answer } from './server-line.ts';

/** Begins a render; its signal cuts it. */
export type Ask = (signal: AbortSignal) => Promise<Answer>;

interface Waiter {
  readonly signal: AbortSignal;
  readonly take: (body: Readable | 'ALONE') => void;
  readonly fail: (error: Error) => void;
}

interface Flight {
  readonly landing: AbortController;
  readonly waiting: Set<Waiter>;
}

const mostKept = 33_554_432;
const mostHeld = 1_048_576;

export class SharedRenders {
  private readonly flights = new Map<string, Flight>();
  private readonly kept = new LRUCache<string, Buffer>({
    maxSize: mostKept,
    maxEntrySize: mostHeld,
    sizeCalculation: ({ length }, key) => length + key.length * 2 + 200,
  });

  /** `keepMs`: how long small ones serve again; 0: not at all. */
  constructor(private readonly keepMs: number) {}

  async render(key: string, signal: AbortSignal, ask: Ask): Promise<Readable> {
    signal.throwIfAborted();
    const kept = this.kept.get(key);
    if (kept) return wholeOf(kept);
    const flight = this.flights.get(key) ?? this.begin(key, ask);
    const body = await this.join(key, flight, signal);
    return body === 'ALONE' ? alone(signal, ask) : body;
  }

  private begin(key: string, ask: Ask): Flight {
    const flight: Flight = { landing: new AbortController(), waiting: new Set() };
    this.flights.set(key, flight);
    void this.fly(key, flight, ask).catch((error: Error) => {
      for (const waiter of [...flight.waiting]) waiter.fail(error);
    });
    return flight;
  }

  private join(key: string, flight: Flight, signal: AbortSignal): Promise<Readable | 'ALONE'> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        flight.waiting.delete(waiter);
        signal.removeEventListener('abort', giveUp);
      };
      const waiter: Waiter = {
        signal,
        take: (body) => {
          leave();
          resolve(body);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      const giveUp = () => {
        waiter.fail(signal.reason as Error);
        if (flight.waiting.size > 0) return;
        this.forget(key, flight);
        flight.landing.abort(new Error('nobody waits for it any more'));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      flight.waiting.add(waiter);
    });
  }

  private async fly(key: string, flight: Flight, ask: Ask): Promise<void> {
    try {
      const answer = await ask(flight.landing.signal);
      const pieces = answer.pieces[Symbol.asyncIterator]();
      const head = await headOf(pieces);
      this.forget(key, flight);
      if (head.isWhole) this.land(key, flight, head.bytes);
      else hand(flight, answer, head.bytes, pieces);
    } finally {
      this.forget(key, flight);
    }
  }

  private land(key: string, { waiting }: Flight, bytes: Buffer): void {
    if (this.keepMs > 0) this.kept.set(key, bytes, { ttl: this.keepMs });
    for (const waiter of [...waiting]) waiter.take(wholeOf(bytes));
  }

  private forget(key: string, flight: Flight): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }
}

/** What has begun goes to one who waits; who is left asks anew. */
function hand({ waiting, landing }: Flight, answer: Answer, head: Buffer, rest: AsyncIterator<Buffer>): void {
  const [first, ...others] = waiting;
  if (first === undefined) return answer.destroy();
  const body = streamOf(answer, head, rest);
  const cut = () => landing.abort(first.signal.reason);
  first.signal.addEventListener('abort', cut, { once: true });
  body.once('close', () => first.signal.removeEventListener('abort', cut));
  first.take(body);
  for (const other of others) other.take('ALONE');
}

async function alone(signal: AbortSignal, ask: Ask): Promise<Readable> {
  const answer = await ask(signal);
  return streamOf(answer, Buffer.alloc(0), answer.pieces[Symbol.asyncIterator]());
}

const wholeOf = (bytes: Buffer): Readable => Readable.from([bytes], { objectMode: false });

/** As fast as it is taken. Destroying it cuts the line at once, also while the server is silent. */
function streamOf(answer: Answer, head: Buffer, rest: AsyncIterator<Buffer>): Readable {
  const pieces = (async function* () {
    if (head.length > 0) yield head;
    for (let piece = await rest.next(); piece.done !== true; piece = await rest.next()) yield piece.value;
  })();
  return (
    Readable.from(pieces, { objectMode: false })
      .once('close', () => answer.destroy())
      // What stays unheard would end the process; whoever reads is told by the stream.
      .on('error', () => undefined)
  );
}

async function headOf(
  pieces: AsyncIterator<Buffer>,
): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const taken: Buffer[] = [];
  let length = 0;
  while (length <= mostHeld) {
    const piece = await pieces.next();
    if (piece.done === true) return { bytes: Buffer.concat(taken), isWhole: true };
    taken.push(piece.value);
    length += piece.value.length;
  }
  return { bytes: Buffer.concat(taken), isWhole: false };
}
