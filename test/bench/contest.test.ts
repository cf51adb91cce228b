import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { firstDifference, runContest, type Contestant, type LoadProcess } from '../../bench/contest.ts';
import type { LoadJob, LoadResult } from '../../bench/load-process.ts';
import type { BenchOptions } from '../../bench/options.ts';

const options: BenchOptions = {
  measures: ['card'],
  rounds: 2,
  seconds: 1,
  connections: 4,
  json: false,
  clients: [],
};

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that answers everything so. */
async function answering(text: string, status = 200): Promise<Contestant> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(status).end(text));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/`, pid: process.pid, bodies: ['{}'] };
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
      return Promise.resolve({ requests: 100, seconds: 1, p50Ms: 1, p99Ms: 2, failures: 0, ...result });
    },
  };
}

const contest = (service: Contestant, reference: Contestant) => ({
  name: 'card',
  what: 'a card',
  service,
  reference,
});

describe('a contest', () => {
  it('measures nothing when the two answer differently, and says where', async () => {
    const service = await answering('{"data":{"client":{"code":"A","city":"Łódź"}}}');
    const reference = await answering('{"data":{"client":{"code":"A","city":"Lodz"}}}');
    const load = roundsOf([{}]);

    const running = runContest(contest(service, reference), options, load);

    await expect(running).rejects.toThrow(
      'question 1 differently at answer.data.client.city: "Łódź" and "Lodz"',
    );
    expect(load.asked).toEqual([]);
  });

  it('measures nothing when an answer carries errors, the same on both sides or not', async () => {
    const broken = '{"data":{"client":{"code":"A"}},"errors":[{"message":"no"}]}';
    const load = roundsOf([{}]);

    const running = runContest(contest(await answering(broken), await answering(broken)), options, load);

    await expect(running).rejects.toThrow('answered with errors');
    expect(load.asked).toEqual([]);
  });

  it('measures nothing when both agree that there is nothing', async () => {
    const nothing = '{"data":{"client":null}}';
    const load = roundsOf([{}]);

    const running = runContest(contest(await answering(nothing), await answering(nothing)), options, load);

    await expect(running).rejects.toThrow('question 1 finds nothing');
    expect(load.asked).toEqual([]);
  });

  it('warms both up and then loads them in turn', async () => {
    const service = await answering('{"data":{"client":1}}');
    const reference = await answering('{"data":{"client":1}}');
    const load = roundsOf([{}]);

    await runContest(contest(service, reference), options, load);

    const turns = [reference, service, reference, service, reference, service].map(({ url }) => url);
    expect(load.asked.map(({ url }) => url)).toEqual(turns);
  });

  it('takes the rounds, not the warming up, into the figure', async () => {
    const service = await answering('{"data":{"client":1}}');
    const reference = await answering('{"data":{"client":1}}');
    const load = roundsOf([
      { requests: 1 },
      { requests: 1 },
      { requests: 200, seconds: 2 },
      { requests: 50 },
      { requests: 400, seconds: 2 },
      { requests: 150 },
    ]);

    const figure = await runContest(contest(service, reference), options, load);

    expect(figure.reference).toMatchObject({
      requests: 600,
      requestsPerSecond: { median: 150, min: 100, max: 200 },
    });
    expect(figure.service).toMatchObject({
      requests: 200,
      requestsPerSecond: { median: 100, min: 50, max: 150 },
    });
    expect(figure.ratio).toEqual({ median: 0.625, min: 0.5, max: 0.75 });
  });

  it('gives no figure when answers fail under load', async () => {
    const service = await answering('{"data":{"client":1}}');
    const load = roundsOf([{}, {}, {}, { failures: 3 }]);

    await expect(
      runContest(contest(service, await answering('{"data":{"client":1}}')), options, load),
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
