/** Readers of live updates who sign in, are shut out, or do not read. */
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { makeCardTypes, makeClient, makeNote, type Written } from '../arrange/cards.ts';
import { endOfFeed, liveUrl, readLive, type Reader } from '../arrange/live.ts';
import { callerOf, type Caller } from '../arrange/service.ts';
import { askWith, bearer, startSigningIn, until, type SigningIn } from '../arrange/signing-in.ts';

let at: SigningIn;
let admin: Caller;
let card: Written;
const tokenOf = (role: string) => at.issuer.token({ claims: { sub: role, name: role, roles: [role] } });
const readers: Reader[] = [];
const read = (...asked: Parameters<typeof readLive>): Reader => {
  const reader = readLive(...asked);
  readers.push(reader);
  return reader;
};

beforeAll(async () => {
  at = await startSigningIn({ livePatience: { recheckMs: 50, sendMs: 500 } });
  admin = callerOf(at.service.url, bearer(await tokenOf('ADMIN')));
  const asAdmin = { ...at.service, ...admin };
  await makeCardTypes(asAdmin);
  card = await makeClient(asAdmin);
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.end();
});
afterAll(() => at.close());

const note = () => makeNote({ ...at.service, ...admin }, card);
const after = () => endOfFeed(at.service);
const closedBy = (reader: Reader) => until(() => reader.closed[0]);

describe('whoever reads', () => {
  it('shows who they are in the header, or in the first message where none can be set', async () => {
    const start = await after();
    const shown = bearer(await tokenOf('VIEWER'));
    const [byHeader, byMessage] = [
      read(at.service, { after: start }, shown),
      read(at.service, { after: start }, {}, { authorization: shown.authorization }),
    ];
    const { id } = await note();
    for (const reader of [byHeader, byMessage])
      expect((await reader.meets(1)).map(({ recordId }) => recordId)).toEqual([id]);
  });

  it.each([
    ['nothing', {}, undefined],
    ['a token that is none', bearer('x.y.z'), undefined],
    ['a token that is none in the first message', {}, { authorization: 'Bearer x.y.z' }],
    ['what is no text', {}, { authorization: 7 }],
  ])('and shows %s is turned away', async (_, headers, parameters) => {
    const reader = read(at.service, {}, headers, parameters);
    expect(await closedBy(reader)).toMatchObject({ code: 4401, reason: expect.stringContaining('Sign in') });
  });

  it('and shows a token twice is turned away', async () => {
    const shown = bearer(await tokenOf('VIEWER'));
    const reader = read(at.service, {}, shown, { authorization: shown.authorization });
    expect(await closedBy(reader)).toMatchObject({ code: 4401 });
  });

  it('and may do nothing here is told that', async () => {
    const token = await at.issuer.token({ claims: { sub: 'none', name: 'none', roles: [] } });
    expect(await closedBy(read(at.service, {}, bearer(token)))).toMatchObject({ code: 4403 });
  });
});

describe('whoever reads and', () => {
  it('is shut out is told no more', async () => {
    const shown = bearer(await tokenOf('MANAGER'));
    const reader = read(at.service, { after: await after() }, shown);
    await note();
    await reader.meets(1);
    const { body } = await askWith(at.service, shown, { query: '{ viewer { user { id } } }' });
    const { id } = (body.data as { viewer: { user: { id: string } } }).viewer.user;
    await admin.ask('mutation ($input: SetUserActiveInput!) { setUserActive(input: $input) { id } }', {
      input: { id, active: false },
    });
    expect(await closedBy(reader)).toMatchObject({ code: 4401 });
  });

  it('has a key that is revoked is told no more', async () => {
    const { made } = await admin.ask<{ made: { secret: string; apiKey: { id: string; version: number } } }>(
      'mutation { made: createApiKey(input: { name: "live", permissions: ["clients.read"] }) { secret apiKey { id version } } }',
    );
    const reader = read(at.service, { after: await after() }, bearer(made.secret));
    await note();
    await reader.meets(1);
    await admin.ask('mutation ($input: VersionedId!) { revokeApiKey(input: $input) { id } }', {
      input: made.apiKey,
    });
    expect(await closedBy(reader)).toMatchObject({ code: 4401 });
  });
});

it('a reader who does not read is dropped with a reason, and the others go on', async () => {
  const start = await after();
  const shown = bearer(await tokenOf('ADMIN'));
  const brisk = read(at.service, { after: start }, shown);
  await note();
  await brisk.meets(1);
  let line: Socket | undefined;
  const slow = new WebSocket(liveUrl(at.service), 'graphql-transport-ws', {
    headers: shown,
    createConnection: ((options: { port: number; host: string }) =>
      (line = connect({ ...options, highWaterMark: 1024 } as never))) as never,
  });
  const closed = new Promise<{ code: number; reason: string }>((done) =>
    slow.once('close', (code, reason) => done({ code, reason: String(reason) })),
  );
  slow.on('error', () => undefined);
  await new Promise((done) => slow.once('open', done));
  slow.send('{"type":"connection_init"}');
  await new Promise((done) => slow.once('message', done));
  // More than the buffers of the line hold.
  await at.service.dataSource.query(
    `INSERT INTO change (at, actor_id, actor, record_type, record_id, client_id, action, version, fields)
     SELECT now(), gen_random_uuid(), 'Jan', 'CLIENT', gen_random_uuid(), NULL, 'CREATED', 1,
       jsonb_build_array(jsonb_build_object('name', 'fullName', 'before', NULL, 'after', repeat('x', 50000))) FROM generate_series(1, 600)`,
  );
  line?.pause();
  slow.send(
    JSON.stringify({
      type: 'subscribe',
      id: '1',
      payload: {
        query: 'subscription ($after: String) { changed(after: $after) { position fields { after } } }',
        variables: { after: start },
      },
    }),
  );
  const figures = async () => (await fetch(new URL('metrics', at.service.url))).text();
  await until(async () =>
    (await figures()).includes('kartoteka_live_dropped_total{reason="slow"} 1') ? true : undefined,
  );
  line?.resume();
  expect(await closed).toMatchObject({ code: 1013, reason: expect.stringContaining('too slowly') });
  await brisk.meets(601);
  expect(new Set(brisk.met.map(({ position }) => position)).size).toBe(brisk.met.length);
});
