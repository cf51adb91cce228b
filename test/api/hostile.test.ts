/**
 * Requests that no honest caller sends: each is told what is wrong, and the service goes on as if nothing had been.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSchema } from '../../src/server/schema.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { addressRows } from '../arrange/hostile/addresses.ts';
import { bodyRows } from '../arrange/hostile/bodies.ts';
import { credentialRows } from '../arrange/hostile/credentials.ts';
import { documentRows } from '../arrange/hostile/documents.ts';
import { formRows } from '../arrange/hostile/forms.ts';
import type { HostilePlace, HostileRow } from '../arrange/hostile/row.ts';
import { statementRows } from '../arrange/hostile/statements.ts';
import { wireRows } from '../arrange/hostile/wire.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { askWith, bearer, startSigningIn, type SigningIn } from '../arrange/signing-in.ts';
import { attach, somePdf } from '../arrange/uploads.ts';

let service: TestService;
let place: HostilePlace;
/** Another service, with a login: forged credentials mean nothing to one without. */
let at: SigningIn;
beforeAll(async () => {
  service = await startTestService({ patience: { headersTimeoutMs: 300, receiveTimeoutMs: 300 } });
  await makeCardTypes(service);
  const card = await makeClient(service);
  at = await startSigningIn();
  place = { url: service.url, card, file: await attach(service, card, somePdf()) };
});
afterAll(async () => {
  await at.close();
  await service.close();
});

const tables: readonly [string, readonly HostileRow[]][] = [
  ['documents', documentRows],
  ['bodies and variables', bodyRows],
  ['forms and files', formRows],
  ['bytes on the line', wireRows],
  ['addresses and links', addressRows],
  ['credentials', credentialRows(() => at)],
];
const statements = statementRows(createSchema());

async function expectToServe(): Promise<void> {
  const { client } = await service.ask<{ client: object }>('query ($id: ID!) { client(id: $id) { id } }', {
    id: place.card.id,
  });
  expect(client).toEqual({ id: place.card.id });
  expect((await askWith(at.service, bearer(await at.issuer.token()))).status).toBe(200);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

describe.each(tables)('among %s', (_kind, rows) => {
  afterEach(expectToServe);

  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, { status, code, send }) => {
    expect(await send(place)).toEqual({ status, code });
  });
});

describe('a text is never a statement:', () => {
  afterEach(expectToServe);

  it.each(statements.map((row) => [row.name, row] as const))('%s', async (_name, { send }) => {
    const { status, code } = await send(place);
    expect([200, 400, 404, 409]).toContain(status);
    // A text that is taken may be there already.
    expect(code).toMatch(/^$|^BAD_USER_INPUT |^NOT_FOUND$|^DUPLICATE$/);
  });
});

describe('all of them together', () => {
  it('are at least 150, no two of one name', () => {
    const names = [...tables.flatMap(([, rows]) => rows), ...statements].map(({ name }) => name);
    expect(names.length - statements.length).toBeGreaterThanOrEqual(150);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  it('are no fault of the service', () => {
    expect([...service.log, ...at.service.log].filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('leave no memory behind', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const sendAll = async (): Promise<void> => {
      // What is slow on purpose waits for nothing but time.
      for (const [, rows] of tables)
        for (const { status, send } of rows) if (status !== 408) await send(place);
      await expectToServe();
    };
    const usedAfter = async (): Promise<number> => {
      await sendAll();
      collect();
      return process.memoryUsage().heapUsed / 1_048_576;
    };
    const before = await usedAfter();
    const after = await usedAfter();
    expect(after - before).toBeLessThan(5);
  });
});
