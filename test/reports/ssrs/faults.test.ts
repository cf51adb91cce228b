/** Each way in which a report server fails has its code and words, and none of the server's own words come through. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { on } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { startSsrs, type Misbehaviour, type SsrsDouble } from '../../arrange/ssrs/double.ts';
import { large, turnover } from '../../arrange/ssrs/reports.ts';
import { holdTimers, passLimit } from '../../arrange/ssrs/time-limit.ts';
import { expectedSha, serverOver, shaOf, wish } from '../../arrange/ssrs/server.ts';
import { DomainError } from '../../../src/errors.ts';
import type { RenderWish, SsrsServer } from '../../../src/reports/ssrs/ssrs-server.ts';

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

interface Told {
  readonly code: string;
  readonly message: string;
  readonly details: unknown;
}

async function told(work: Promise<unknown>): Promise<Told> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError)) throw new Error('told of no fault in our words', { cause: error });
  return { code: error.code, message: error.message, details: error.details };
}

/** The lists are read while it still behaves: so it is the render that fails. */
async function renderToldWhile(misbehaviour: Misbehaviour, more: Partial<RenderWish> = {}): Promise<Told> {
  await server.parameters(turnover, wish().signal);
  double.misbehave(misbehaviour);
  return told(shaOf(server, wish(more)));
}

const source = 'SSRS';
const limitMs = 60_000;
const tooLate = {
  code: 'ERP_TIMEOUT',
  message: 'the report server did not answer in time',
  details: { source, reason: 'TIMEOUT' },
};
const parameterProblem = (code: string, message: string) => ({
  code: 'BAD_USER_INPUT',
  message: `parameters.KlientId: ${message}`,
  details: { problems: [{ path: 'parameters.KlientId', code, message }] },
});

describe('a render tells', () => {
  it.each<[Misbehaviour, Told]>([
    [
      'MISSING',
      {
        code: 'NOT_FOUND',
        message: `report: there is no record ${turnover}`,
        details: { path: 'report', id: turnover },
      },
    ],
    [
      'DENIED',
      {
        code: 'FORBIDDEN',
        message: 'the report server does not let this service run the report',
        details: { source, reason: 'ACCESS_DENIED' },
      },
    ],
    ['PARAMETER_MISSING', parameterProblem('REQUIRED', 'needs a value')],
    ['PARAMETER_WRONG', parameterProblem('VALUE', 'is not accepted by the report')],
    [
      'FAILED',
      {
        code: 'ERP_CONTRACT',
        message: 'the report server could not make the report (rsProcessingAborted)',
        details: { source, reason: 'REPORT_FAILED', errorCode: 'rsProcessingAborted' },
      },
    ],
    [
      'QUERY_TIMEOUT',
      {
        code: 'ERP_TIMEOUT',
        message: 'the report server did not answer in time',
        details: { source, reason: 'TIMEOUT' },
      },
    ],
    [
      'FORMAT_UNKNOWN',
      {
        code: 'NOT_OFFERED',
        message: 'the report server does not write pdf',
        details: { source, reason: 'FORMAT' },
      },
    ],
    [
      'STOPPED',
      {
        code: 'ERP_UNAVAILABLE',
        message: 'the report server does not serve reports just now',
        details: { source, reason: 'NOT_SERVING' },
      },
    ],
    [
      'BREAK',
      {
        code: 'ERP_UNAVAILABLE',
        message: 'the report server broke off in the middle of its answer',
        details: { source, reason: 'BROKEN_OFF' },
      },
    ],
    [
      'BREAK_AT_ONCE',
      {
        code: 'ERP_UNAVAILABLE',
        message: 'the report server broke off in the middle of its answer',
        details: { source, reason: 'BROKEN_OFF' },
      },
    ],
    [
      'OTHER_SERVER',
      {
        code: 'ERP_CONTRACT',
        message: 'what answers instead of the report server answers something else than the report',
        details: { source, reason: 'NOT_A_REPORT_SERVER' },
      },
    ],
  ])('%s', async (misbehaviour, expected) => {
    expect(await renderToldWhile(misbehaviour)).toEqual(expected);
  });

  it('that it does not begin in time, and cuts the line', async () => {
    await server.parameters(turnover, wish().signal);
    double.misbehave('STALL');
    holdTimers();
    const late = told(shaOf(server, wish()));
    await double.until(({ renders }) => renders.length === 1);
    await passLimit(limitMs);
    expect(await late).toEqual(tooLate);
    await double.until(({ cancelled }) => cancelled === 1);
  });

  it('that it falls silent in the middle, and cuts the line', async () => {
    await server.parameters(large, wish().signal);
    double.misbehave('STALL_MIDWAY');
    const { body } = await server.render(wish({ path: large, parameters: new Map() }));
    holdTimers();
    const late = told(buffer(body));
    let left = 3_000_000;
    for await (const [piece] of on(body, 'data') as AsyncIterable<[Buffer]>) {
      left -= piece.length;
      if (left === 0) break;
    }
    await passLimit(limitMs);
    expect(await late).toEqual(tooLate);
    await double.until(({ cancelled }) => cancelled === 1);
  });

  it('that what had begun well broke off', async () => {
    const broken = { path: large, parameters: new Map<string, string[]>() };
    await server.catalogue(wish().signal);
    double.misbehave('BREAK');
    const { body } = await server.render(wish(broken));
    expect(await told(buffer(body))).toMatchObject({
      code: 'ERP_UNAVAILABLE',
      details: { reason: 'BROKEN_OFF' },
    });
  });
});

const loginRefused = {
  code: 'ERP_UNAVAILABLE',
  message: 'the report server does not let this service log in',
  details: { source, reason: 'LOGIN_REFUSED' },
};

describe('whatever is asked tells', () => {
  it('that the login is refused', async () => {
    double.misbehave('REFUSE_LOGIN');
    expect(await told(shaOf(server, wish()))).toEqual(loginRefused);
    expect(double.seen.logins).toBe(0);
  });

  it('that nothing can be reached', async () => {
    await double.close();
    expect(await told(server.catalogue(wish().signal))).toEqual({
      code: 'ERP_UNAVAILABLE',
      message: 'the report server cannot be reached',
      details: { source, reason: 'UNREACHABLE' },
    });
    double = await startSsrs();
  });

  it('that another server answers', async () => {
    double.misbehave('OTHER_SERVER');
    expect(await told(server.catalogue(wish().signal))).toEqual({
      code: 'ERP_CONTRACT',
      message: 'what answers instead of the report server does not answer with JSON',
      details: { source, reason: 'NOT_A_REPORT_SERVER' },
    });
  });

  it('that none of the folders is there', async () => {
    server.close();
    server = serverOver(double, { folders: { '/Nie ma': ['SALES'] } });
    expect(await told(server.catalogue(wish().signal))).toMatchObject({
      code: 'ERP_CONTRACT',
      message:
        'what answers instead of the report server has none of the configured folders for this service',
    });
  });
});

it('once the trouble is over the same report is rendered', async () => {
  for (const misbehaviour of ['FAILED', 'BREAK', 'BREAK_AT_ONCE', 'STOPPED'] as const) {
    await renderToldWhile(misbehaviour);
    double.misbehave(undefined);
    expect(await shaOf(server, wish())).toBe(
      expectedSha([
        ['KlientId', '7'],
        ['NIP', null],
      ]),
    );
  }
});
