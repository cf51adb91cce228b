/**
 * The load, in a process of its own: on the machine's few processors it must not run in the one it measures. It takes one
 * job at a time and answers what came back. What comes is looked at as bytes: to read it as text would cost more than many an answer
 * costs the side that is measured.
 */
import { Client, type Dispatcher } from 'undici';
import { answerMessages } from './helper-process.ts';
import { quantile } from './spreads.ts';

/** POSTs of these JSON bodies, each connection beginning at another of them. */
export interface LoadJob {
  readonly url: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Beside, or instead of, those of a JSON question. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadResult {
  /** Answered within the time. */
  readonly requests: number;
  /** With those that were under way at its end. */
  readonly answered: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Broken connections, time-outs, other states than 200, GraphQL errors. */
  readonly failures: number;
}

const json = { 'content-type': 'application/json', accept: 'application/json' };
const longestMs = 10_000;
/** How every right answer begins, and what none has in it. */
const [beginning, errors] = [Buffer.from('{"data":{'), Buffer.from('"errors":[')];

/** Takes one answer, in whatever pieces it comes. */
class Answer implements Dispatcher.DispatchHandler {
  private readonly over: (failed: boolean) => void;
  /** What may be the beginning of more. */
  private end = Buffer.alloc(0);
  private begun = false;
  private failed = false;

  constructor(over: (failed: boolean) => void) {
    this.over = over;
  }

  onRequestStart(): void {
    // Nothing to do before the answer comes.
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.failed = status !== 200;
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    const short = piece.length < errors.length || !this.begun;
    const seam = Buffer.concat([this.end, short ? piece : piece.subarray(0, errors.length)]);
    if (!this.begun && seam.length >= beginning.length) {
      this.begun = true;
      this.failed ||= !seam.subarray(0, beginning.length).equals(beginning);
    }
    this.failed ||= seam.includes(errors) || piece.includes(errors);
    // Copied: the piece is a view of a buffer that is used again.
    this.end = Buffer.from((short ? seam : piece).subarray(-errors.length + 1));
  }

  onResponseEnd(): void {
    this.over(this.failed || !this.begun);
  }

  onResponseError(): void {
    this.over(true);
  }
}

async function load({ url, bodies, connections, seconds, headers: given }: LoadJob): Promise<LoadResult> {
  const { origin, pathname, search } = new URL(url);
  const headers = { ...json, ...given };
  const latencies: number[] = [];
  let [answered, failures] = [0, 0];
  const end = performance.now() + seconds * 1_000;

  const askInTurn = async (number: number): Promise<void> => {
    const client = new Client(origin, { headersTimeout: longestMs, bodyTimeout: longestMs });
    const first = Math.floor((number * bodies.length) / connections);
    for (let asked = 0; performance.now() < end; asked += 1) {
      const body = bodies[(first + asked) % bodies.length] ?? '';
      const sent = performance.now();
      const failed = await new Promise<boolean>((over) => {
        client.dispatch({ path: pathname + search, method: 'POST', headers, body }, new Answer(over));
      });
      const came = performance.now();
      answered += 1;
      if (failed) failures += 1;
      else if (came <= end) latencies.push(came - sent);
    }
    await client.destroy();
  };
  await Promise.all(Array.from({ length: connections }, (_, number) => askInTurn(number)));

  latencies.sort((left, right) => left - right);
  const share = (part: number) => (latencies.length > 0 ? quantile(latencies, part) : 0);
  return { requests: latencies.length, answered, seconds, p50Ms: share(0.5), p99Ms: share(0.99), failures };
}

answerMessages(load);
