/** Callers who leave, callers who ask the same, and what is kept for a while. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { startSsrs, type SsrsDouble } from '../../arrange/ssrs/double.ts';
import { large, sha256 } from '../../arrange/ssrs/reports.ts';
import { holdTimers, passLimit } from '../../arrange/ssrs/time-limit.ts';
import { expectedSha, serverOver, shaOf, wish } from '../../arrange/ssrs/server.ts';
import type { SsrsServer } from '../../../src/reports/ssrs/ssrs-server.ts';

let double: SsrsDouble;
let server: SsrsServer;
beforeEach(async () => {
  double = await startSsrs();
  server = serverOver(double);
});
afterEach(async () => {
  jest.useRealTimers();
  server.close();
  await double.close();
});

const seven = expectedSha([
  ['KlientId', '7'],
  ['NIP', null],
]);
const wholeLarge = (signal = wish().signal) => wish({ path: large, parameters: new Map(), signal });
const gone = new Error('the caller has gone');
const renderedOnce = (times: number) => double.until(({ renders }) => renders.length === times);

describe('a caller who leaves', () => {
  it('before the report is there has it cancelled at the server', async () => {
    double.hold();
    const caller = new AbortController();
    const left = server.render(wish({ signal: caller.signal }));
    await renderedOnce(1);
    caller.abort(gone);
    await expect(left).rejects.toBe(gone);
    await double.until(({ cancelled }) => cancelled === 1);
  });

  it.each(['by their signal', 'by destroying the stream'])('in its middle, %s, too', async (way) => {
    await server.catalogue(wish().signal);
    double.misbehave('STALL_MIDWAY');
    const caller = new AbortController();
    const { body } = await server.render(wholeLarge(caller.signal));
    const closed = once(body, 'close').catch((error: unknown) => error);
    body.resume();
    await once(body, 'data');
    if (way === 'by their signal') caller.abort(gone);
    else body.destroy();
    await closed;
    await double.until(({ cancelled }) => cancelled === 1);
    expect(body.errored).toBe(way === 'by their signal' ? gone : null);
  });

  it('while they wait in line asks nothing', async () => {
    server.close();
    server = serverOver(double, { connections: 1 });
    await server.parameters(wish().path, wish().signal);
    double.hold();
    const first = shaOf(server, wish());
    await renderedOnce(1);
    const caller = new AbortController();
    const parameters = new Map([['KlientId', ['8']]]);
    const second = server.render(wish({ parameters, signal: caller.signal }));
    caller.abort(gone);
    await expect(second).rejects.toBe(gone);
    double.release();
    expect(await first).toBe(seven);
    expect(double.seen.renders).toHaveLength(1);
  });

  it('leaves to the others what they asked for together, and the last one has it cancelled', async () => {
    double.hold();
    const callers = [1, 2, 3].map(() => new AbortController());
    const renders = callers.map(({ signal }) =>
      shaOf(server, wish({ signal })).catch((error: unknown) => error),
    );
    await renderedOnce(1);
    callers[0]?.abort(gone);
    callers[1]?.abort(gone);
    expect(await Promise.all(renders.slice(0, 2))).toEqual([gone, gone]);
    expect(double.seen.cancelled).toBe(0);
    callers[2]?.abort(gone);
    expect(await renders[2]).toBe(gone);
    await double.until(({ cancelled }) => cancelled === 1);
  });

  it('before asking is not asked for', async () => {
    await expect(server.render(wish({ signal: AbortSignal.abort(gone) }))).rejects.toBe(gone);
    expect(double.seen.requests).toEqual([]);
  });
});

describe('the same report asked for by many at once', () => {
  it('is rendered once while it is small, and each gets the whole', async () => {
    double.hold();
    const renders = Array.from({ length: 20 }, () => shaOf(server, wish()));
    await renderedOnce(1);
    double.release();
    expect(new Set(await Promise.all(renders))).toEqual(new Set([seven]));
    expect(double.seen.renders).toHaveLength(1);
  });

  it('comes whole to each where it is large', async () => {
    const shas = await Promise.all([1, 2, 3].map(() => shaOf(server, wholeLarge())));
    expect(new Set(shas)).toEqual(new Set([expectedSha([], { path: large })]));
    expect(double.seen.renders).toHaveLength(3);
  });

  it('is not taken from the server faster than it is taken from us', async () => {
    const { body } = await server.render(wholeLarge());
    await once(body, 'readable');
    expect(body.readableLength).toBeLessThan(2_000_000);
    expect(double.seen.cancelled).toBe(0);
    expect(sha256(await buffer(body))).toBe(expectedSha([], { path: large }));
  });
});

it('who reads slowly keeps their line, and who waits for it no longer than the time limit is told so', async () => {
  server.close();
  server = serverOver(double, { connections: 1, timeoutMs: 60_000 });
  await server.parameters(wish().path, wish().signal);
  const { body } = await server.render(wholeLarge());
  holdTimers();
  const late = server.render(wish()).catch((error: unknown) => error);
  await passLimit(60_000);
  expect(await late).toMatchObject({ code: 'ERP_TIMEOUT' });
  expect(double.seen.renders).toHaveLength(1);
  expect(sha256(await buffer(body))).toBe(expectedSha([], { path: large }));
});

describe('what was rendered', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('serves again for the time that the settings say, to the same question only', async () => {
    server.close();
    server = serverOver(double, { cacheMs: 5_000 });
    const now = jest.spyOn(performance, 'now');
    const start = performance.now();
    now.mockImplementation(() => start);
    expect([await shaOf(server, wish()), await shaOf(server, wish())]).toEqual([seven, seven]);
    expect(double.seen.renders).toHaveLength(1);
    await shaOf(server, wish({ format: 'csv' }));
    await shaOf(server, wish({ parameters: new Map([['KlientId', ['8']]]) }));
    expect(double.seen.renders).toHaveLength(3);
    now.mockImplementation(() => start + 5_100);
    expect(await shaOf(server, wish())).toBe(seven);
    expect(double.seen.renders).toHaveLength(4);
  });

  it('is not kept when it failed, nor when it is large', async () => {
    server.close();
    server = serverOver(double, { cacheMs: 60_000 });
    await server.parameters(wish().path, wish().signal);
    double.misbehave('FAILED');
    await expect(shaOf(server, wish())).rejects.toMatchObject({ reason: 'REPORT_FAILED' });
    double.misbehave(undefined);
    expect(await shaOf(server, wish())).toBe(seven);
    await shaOf(server, wholeLarge());
    await shaOf(server, wholeLarge());
    expect(double.seen.renders).toHaveLength(4);
  });
});
