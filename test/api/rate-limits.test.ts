import { afterEach, describe, expect, it } from '@jest/globals';
import { knownByHeader } from '../arrange/known-by-header.ts';
import { startTestService, type TestService, type TestServiceOptions } from '../arrange/service.ts';

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0).toReversed()) await service.close();
});

async function start(
  rates: NonNullable<TestServiceOptions['rates']>,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const service = await startTestService({ callers: knownByHeader, rates, ...options });
  services.push(service);
  return service;
}

type Headers = Readonly<Record<string, string>>;
interface Told {
  readonly code: string;
  readonly [detail: string]: unknown;
}

async function ask({ url }: TestService, headers: Headers = {}, query = '{ __typename }') {
  const response = await fetch(new URL('graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { errors = [] } = (await response.json()) as { errors?: readonly { extensions: Told }[] };
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    told: errors[0]?.extensions,
  };
}

async function statuses(service: TestService, times: number, headers: Headers = {}): Promise<number[]> {
  const seen: number[] = [];
  for (let time = 0; time < times; time += 1) seen.push((await ask(service, headers)).status);
  return seen;
}

const as = (name: string): Headers => ({ authorization: `Bearer ${name}` });

describe('a caller who asks too often', () => {
  it('is refused with the limit and when to ask again, while others are not', async () => {
    const service = await start({ rateLimit: 3 });
    expect(await statuses(service, 3, as('anna'))).toEqual([200, 200, 200]);
    const { status, retryAfter, told } = await ask(service, as('anna'));
    expect({ status, told }).toEqual({
      status: 429,
      told: { code: 'RATE_LIMITED', limit: 'rate', most: 3, retryAfter: Number(retryAfter) },
    });
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    expect(await statuses(service, 1, as('bartek'))).toEqual([200]);
  });

  it('has fewer requests the more objects they could answer; what has no points left is not run', async () => {
    const service = await start({ rateLimit: 10 });
    const list = '{ clients(first: 200) { nodes { contacts(first: 1) { nodes { id } } } } }';
    expect((await ask(service, as('anna'), list)).status).toBe(200);
    const defining =
      'mutation { defineFeature(input: { key: "colour", name: "Colour", recordType: CLIENT, kind: TEXT }) { id } }';
    const { status, retryAfter, told } = await ask(service, as('anna'), list);
    expect({ status, told }).toMatchObject({ status: 429, told: { code: 'RATE_LIMITED', most: 10 } });
    expect(retryAfter).not.toBeNull();
    expect((await ask(service, as('anna'), defining)).status).toBe(429);
    const { featureDefinitions } = await service.ask<{ featureDefinitions: unknown[] }>(
      '{ featureDefinitions(recordType: CLIENT) { key } }',
    );
    expect(featureDefinitions).toEqual([]);
  });

  it('may spend a whole minute on one operation, however dear', async () => {
    const service = await start({ rateLimit: 5 });
    const dear = '{ clients(first: 200) { nodes { contacts(first: 200) { nodes { id } } } } }';
    expect((await ask(service, as('anna'), dear)).status).toBe(200);
    expect((await ask(service, as('anna'))).status).toBe(429);
  });

  it('is not counted where nothing is set', async () => {
    const service = await start({});
    expect(new Set(await statuses(service, 50))).toEqual(new Set([200]));
  });

  it('is counted at all services on one database, if that is asked for', async () => {
    const here = await start({ rateLimit: 4, rateStore: 'database' });
    const there = await start({ rateLimit: 4, rateStore: 'database' }, { beside: here });
    expect(await statuses(here, 2, as('anna'))).toEqual([200, 200]);
    expect(await statuses(there, 3, as('anna'))).toEqual([200, 200, 429]);
    expect(await statuses(here, 1, as('anna'))).toEqual([429]);
  });

  it('is counted by each service for itself while the database cannot count', async () => {
    const service = await start({ rateLimit: 2, rateStore: 'database' });
    await service.dataSource.query('DROP TABLE rate_limit');
    expect(await statuses(service, 3, as('anna'))).toEqual([200, 200, 429]);
  });

  it('is counted by address at the links of files, which need no caller', async () => {
    const service = await start({ rateLimit: 2 });
    const link = new URL('attachments/nothing', service.url);
    const seen: number[] = [];
    while (seen.length < 3) seen.push((await fetch(link)).status);
    expect(seen).toEqual([403, 403, 429]);
  });
});

describe('whoever shows credentials that will not do', () => {
  it('is not looked at any more after so many, from that address', async () => {
    const service = await start({ signInFailures: 2 });
    expect(await statuses(service, 3, as('nobody'))).toEqual([401, 401, 429]);
    const { told, retryAfter } = await ask(service, as('zofia'));
    expect(told).toMatchObject({ code: 'RATE_LIMITED', limit: 'signIns', most: 2 });
    expect(retryAfter).not.toBeNull();
  });

  it('shuts out nobody who has signed in from there before', async () => {
    const service = await start({ signInFailures: 2 });
    await ask(service, as('anna'));
    await statuses(service, 3, as('nobody'));
    expect(await statuses(service, 1, as('anna'))).toEqual([200]);
  });

  it('is counted with the rate of the address', async () => {
    const service = await start({ rateLimit: 2, signInFailures: 100 });
    expect(await statuses(service, 3, as('nobody'))).toEqual([401, 401, 429]);
  });
});

describe('the address of a caller', () => {
  const from = (forwarded: string): Headers => ({ ...as('nobody'), 'x-forwarded-for': forwarded });

  it('is what a trusted proxy tells', async () => {
    const service = await start({ signInFailures: 1, trustedProxies: ['127.0.0.0/8', '10.0.0.7'] });
    expect(await statuses(service, 2, from('203.0.113.5'))).toEqual([401, 429]);
    expect(await statuses(service, 1, from('203.0.113.6'))).toEqual([401]);
    expect(await statuses(service, 1, from('203.0.113.6, 10.0.0.7'))).toEqual([429]);
  });

  it('is never what the caller makes up', async () => {
    const open = await start({ signInFailures: 1 });
    expect(await statuses(open, 1, from('203.0.113.5'))).toEqual([401]);
    expect(await statuses(open, 1, from('203.0.113.6'))).toEqual([429]);
    const behind = await start({ signInFailures: 1, trustedProxies: ['127.0.0.1'] });
    expect(await statuses(behind, 1, from('198.51.100.1, 203.0.113.5'))).toEqual([401]);
    expect(await statuses(behind, 1, from('198.51.100.2, 203.0.113.5'))).toEqual([429]);
  });
});
