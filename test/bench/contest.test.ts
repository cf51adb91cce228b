import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  firstDifference,
  runContest,
  type Contest,
  type Contestant,
  type LoadProcess,
} from '../../bench/contest.ts';
import type { LoadJob, LoadResult } from '../../bench/load-process.ts';
import type { BenchOptions } from '../../bench/options.ts';

const options: BenchOptions = {
  measures: ['card'],
  sides: ['service', 'limit'],
  rounds: 2,
  seconds: 1,
  connections: 4,
  json: false,
  clients: [],
  named: true,
};

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that answers everything so. */
async function answering(text: string, name = 'service'): Promise<Contestant> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(200).end(text));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { name, url: `http://127.0.0.1:${address.port}/`, pid: process.pid, bodies: ['{}'] };
}

/** A load process that answers these rounds in turn and remembers whom it was sent to. */
function roundsOf(results: readonly Partial<LoadResult>[]): LoadProcess & { readonly asked: LoadJob[] } {
  const asked: LoadJob[] = [];
  return {
    pid: process.pid,
    asked,
    ask: (job) => {
      const result = results[asked.length] ?? results.at(-1);
      asked.push(job);
      const usual = { requests: 100, seconds: 1, p50Ms: 1, p99Ms: 2, failures: 0 };
      return Promise.resolve({ ...usual, answered: result?.requests ?? usual.requests, ...result });
    },
  };
}

const contest = (...sides: readonly Contestant[]): Contest => ({
  name: 'card',
  what: 'a card',
  sides,
  ratios: [{ of: 'service', to: 'limit', measure: 'requests', aim: 0.6 }],
});

describe('a contest', () => {
  it('measures nothing when the two answer differently, and says where', async () => {
    const service = await answering('{"data":{"client":{"code":"A","city":"Łódź"}}}');
    const limit = await answering('{"data":{"client":{"code":"A","city":"Lodz"}}}', 'limit');
    const load = roundsOf([{}]);

    const running = runContest(contest(service, limit), options, load);

    await expect(running).rejects.toThrow(
      'service and limit answer question 1 differently at answer.data.client.city: "Łódź" and "Lodz"',
    );
    expect(load.asked).toEqual([]);
  });

  it('measures nothing when an answer carries errors, the same on both sides or not', async () => {
    const broken = '{"data":{"client":{"code":"A"}},"errors":[{"message":"no"}]}';
    const load = roundsOf([{}]);

    const running = runContest(
      contest(await answering(broken), await answering(broken, 'limit')),
      options,
      load,
    );

    await expect(running).rejects.toThrow('answered with errors');
    expect(load.asked).toEqual([]);
  });

  it('measures nothing when both agree that there is nothing', async () => {
    const nothing = '{"data":{"client":null}}';
    const load = roundsOf([{}]);

    const running = runContest(
      contest(await answering(nothing), await answering(nothing, 'limit')),
      options,
      load,
    );

    await expect(running).rejects.toThrow('question 1 finds nothing');
    expect(load.asked).toEqual([]);
  });

  it('compares answers of another shape by what they say', async () => {
    const service = await answering('{"data":{"client":{"id":"client_1"}}}');
    const says = (answer: unknown) =>
      JSON.stringify(answer)
        .replace(/client_|row/g, '')
        .toLowerCase();
    const same = { ...(await answering('{"data":{"client":{"rowId":"1"}}}', 'peer')), compared: says };
    const other = { ...(await answering('{"data":{"client":{"rowId":"2"}}}', 'peer')), compared: says };
    const withoutRatios = (...sides: readonly Contestant[]) => ({ ...contest(...sides), ratios: [] });

    await runContest(withoutRatios(service, same), options, roundsOf([{}]));
    const differing = runContest(withoutRatios(service, other), options, roundsOf([{}]));

    await expect(differing).rejects.toThrow('service and peer answer question 1 differently');
  });

  it('warms all of them up and then loads them in turn', async () => {
    const service = await answering('{"data":{"client":1}}');
    const limit = await answering('{"data":{"client":1}}', 'limit');
    const peer = await answering('{"data":{"client":1}}', 'peer');
    const load = roundsOf([{}]);

    await runContest(contest(service, limit, peer), options, load);

    const turn = [service, limit, peer].map(({ url }) => url);
    expect(load.asked.map(({ url }) => url)).toEqual([...turn, ...turn, ...turn]);
  });

  it('takes the rounds, not the warming up, into the figure', async () => {
    const service = await answering('{"data":{"client":1}}');
    const limit = await answering('{"data":{"client":1}}', 'limit');
    const load = roundsOf([
      { requests: 1 },
      { requests: 1 },
      { requests: 50 },
      { requests: 200, seconds: 2 },
      { requests: 150 },
      { requests: 400, seconds: 2 },
    ]);

    const figure = await runContest(contest(service, limit), options, load);

    expect(figure.sides).toMatchObject([
      { name: 'service', requests: 200, requestsPerSecond: { median: 100, min: 50, max: 150 } },
      { name: 'limit', requests: 600, requestsPerSecond: { median: 150, min: 100, max: 200 } },
    ]);
    expect(figure.ratios).toMatchObject([
      { of: 'service', to: 'limit', ratio: { median: 0.625, min: 0.5, max: 0.75 }, aim: 0.6, met: true },
    ]);
  });

  it.each([
    ['requests', 0.7, false],
    ['requests', 0.5, true],
    // Nobody tells what a process that is not there has used, and what is not known is not met.
    ['processor', 1.1, false],
    // Of what nothing is promised there is nothing to say.
    ['processor', null, null],
    ['requests', null, null],
  ] as const)('says whether the aim for %s, %s, is met', async (measure, aim, met) => {
    const service = { ...(await answering('{"data":{"client":1}}')), pid: 2 ** 30 };
    const limit = await answering('{"data":{"client":1}}', 'limit');
    const plan = { of: 'service', to: 'limit', measure, aim };
    const load = roundsOf([{}, {}, { requests: 60 }, { requests: 100 }]);

    const { ratios } = await runContest(
      { ...contest(service, limit), ratios: [plan] },
      { ...options, rounds: 1 },
      load,
    );

    expect(ratios).toMatchObject([{ aim, met }]);
  });

  it('gives no figure when answers fail under load', async () => {
    const service = await answering('{"data":{"client":1}}');
    const load = roundsOf([{}, {}, {}, { failures: 3 }]);

    await expect(
      runContest(contest(service, await answering('{"data":{"client":1}}', 'limit')), options, load),
    ).rejects.toThrow('3 failures in 100 requests under load');
  });
});

describe('the first difference of two answers', () => {
  it('is none where only the order of members differs', () => {
    expect(firstDifference({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBeUndefined();
  });

  it.each([
    [{ a: [1, 2] }, { a: [1, 3] }, 'answer.a.1: 2 and 3'],
    [{ a: [1] }, { a: [1, 2] }, 'answer.a.1: nothing and 2'],
    [{ a: null }, {}, 'answer.a: null and nothing'],
    [{ a: '1' }, { a: 1 }, 'answer.a: "1" and 1'],
    [{ a: [] }, { a: {} }, 'answer.a: [] and {}'],
  ])('between %j and %j is %s', (ours, theirs, place) => {
    expect(firstDifference(ours, theirs)).toBe(place);
  });
});
