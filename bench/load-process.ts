/**
 * The load, in a process of its own: on the machine's few processors it must not run in the one it measures. It takes one
 * job at a time and answers what came back.
 */
import autocannon from 'autocannon';
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
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Broken connections, time-outs, other states than 200, GraphQL errors. */
  readonly failures: number;
}

const json = { 'content-type': 'application/json', accept: 'application/json' };

const rotated = <Item>(items: readonly Item[], by: number): Item[] => [
  ...items.slice(by % items.length),
  ...items.slice(0, by % items.length),
];

async function load({ url, bodies, connections, seconds, headers: given }: LoadJob): Promise<LoadResult> {
  const headers = { ...json, ...given };
  const requests = bodies.map((body) => ({ method: 'POST' as const, body, headers }));
  const latencies: number[] = [];
  let client = 0;
  const began = performance.now();
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const options: autocannon.Options = {
      url,
      connections,
      duration: seconds,
      sampleInt: 50,
      requests,
      setupClient: (one) => {
        one.setRequests(rotated(requests, Math.floor((client++ * bodies.length) / connections)));
      },
      verifyBody: (body) => typeof body === 'string' && !body.includes('"errors":['),
    };
    const running = autocannon(options, (fault: unknown, finished) =>
      fault instanceof Error ? fail(fault) : done(finished),
    );
    running.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  });
  const elapsed = (performance.now() - began) / 1_000;
  latencies.sort((left, right) => left - right);
  const share = (part: number) => (latencies.length > 0 ? quantile(latencies, part) : 0);
  return {
    requests: latencies.length,
    seconds: elapsed,
    p50Ms: share(0.5),
    p99Ms: share(0.99),
    failures: result.errors + result.timeouts + result.mismatches + result.non2xx,
  };
}

answerMessages(load);
