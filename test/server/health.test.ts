import { afterEach, describe, expect, it } from '@jest/globals';
import { healthRoutes } from '../../src/server/http/health.ts';
import type { HealthOptions } from '../../src/server/http/health.ts';
import { createHttpServer } from '../../src/server/http/http-server.ts';
import type { HttpServer } from '../../src/server/http/http-server.ts';
import { recordingLog } from './arrange-door.ts';
import type { LogEntry } from './arrange-door.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close(0));

const works = () => Promise.resolve({ ok: true });
const isDown = () => Promise.resolve({ ok: false, detail: 'not reachable' });

async function ask(address: string, checks: Partial<HealthOptions>, entries: LogEntry[] = []) {
  const log = recordingLog(entries);
  server = createHttpServer({ routes: healthRoutes({ required: {}, optional: {}, log, ...checks }), log });
  const { url } = await server.listen('127.0.0.1', 0);
  const response = await fetch(url + address);
  return { status: response.status, body: await response.json() };
}

describe('/health/live', () => {
  it('answers whatever the checks say', async () => {
    expect(await ask('health/live', { required: { crm: isDown } })).toEqual({
      status: 200,
      body: { status: 'live' },
    });
  });
});

describe('/health/ready', () => {
  it('is ready when every part works', async () => {
    expect(await ask('health/ready', { required: { crm: works }, optional: { 'erp:main': works } })).toEqual({
      status: 200,
      body: { status: 'ready', checks: { crm: { ok: true }, 'erp:main': { ok: true } } },
    });
  });

  it('is degraded, but ready, without an ERP company', async () => {
    expect(await ask('health/ready', { required: { crm: works }, optional: { 'erp:main': isDown } })).toEqual(
      {
        status: 200,
        body: {
          status: 'degraded',
          checks: { crm: { ok: true }, 'erp:main': { ok: false, detail: 'not reachable' } },
        },
      },
    );
  });

  it('is not ready without the CRM database', async () => {
    expect(await ask('health/ready', { required: { crm: isDown } })).toMatchObject({
      status: 503,
      body: { status: 'unavailable' },
    });
  });

  it('takes a check that throws for failed, and keeps the reason to the log', async () => {
    const entries: LogEntry[] = [];
    const crm = () => Promise.reject(new Error('password wrong for user kartoteka'));
    expect(await ask('health/ready', { required: { crm } }, entries)).toEqual({
      status: 503,
      body: { status: 'unavailable', checks: { crm: { ok: false } } },
    });
    expect(entries).toMatchObject([{ level: 'warn', fields: { check: 'crm' } }]);
  });

  it('does not wait for a check that hangs', async () => {
    const crm = () => new Promise<never>(() => undefined);
    expect(await ask('health/ready', { required: { crm }, checkTimeoutMs: 50 })).toMatchObject({
      status: 503,
    });
  });
});
