/** The subscription `changed`, by a real client over a real WebSocket. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { callersByHeader, headerOf, roleNames } from '../arrange/callers.ts';
import { makeCardTypes, makeClient, makeContact, makeNote, write, type Written } from '../arrange/cards.ts';
import { endOfFeed, readLive, type Reader } from '../arrange/live.ts';
import { mayTouch } from '../arrange/policy-table.ts';
import { insertChange } from '../arrange/raw-changes.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { until } from '../arrange/signing-in.ts';

const userKey = '01a00000-0000-7000-8000-00000000e007';

let service: TestService;
let replica: TestService;
let card: Written;
let own: Written;
const readers: Reader[] = [];
const read = (...asked: Parameters<typeof readLive>): Reader => {
  const reader = readLive(...asked);
  readers.push(reader);
  return reader;
};
beforeAll(async () => {
  service = await startTestService({ callers: callersByHeader });
  replica = await startTestService({ callers: callersByHeader, beside: service });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  await makeCardTypes(service);
  card = await makeClient(service);
  own = await makeClient(service, { accountManagerId: `user_${userKey}` });
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.end();
});
afterAll(async () => {
  await replica.close();
  await service.close();
});

const after = () => endOfFeed(service);
const idsOf = (changes: readonly { readonly recordId: string }[]) => changes.map(({ recordId }) => recordId);

describe('a change', () => {
  it('arrives as the feed tells it, in its order, at every service of the database', async () => {
    const start = await after();
    const [here, there] = [read(service, { after: start }), read(replica, { after: start })];
    const made: Written[] = [];
    for (let turn = 0; turn < 5; turn += 1) made.push(await makeNote(turn % 2 ? service : replica, card));
    await makeContact(service, card);

    const met = [...(await here.meets(6))];
    expect([...(await there.meets(6))]).toEqual(met);
    expect(idsOf(met).slice(0, 5)).toEqual(made.map(({ id }) => id));
    expect(met.map(({ recordType, action, clientId }) => [recordType, action, clientId])).toEqual([
      ...Array<unknown>(5).fill(['NOTE', 'CREATED', card.id]),
      ['CONTACT', 'CREATED', card.id],
    ]);
    const { changes } = await service.ask<{ changes: { nodes: unknown[] } }>(
      'query ($after: String) { changes(after: $after, first: 50) { nodes { position recordType recordId clientId action version } } }',
      { after: start },
    );
    expect(changes.nodes).toEqual(met);
  });

  it('arrives without a cursor once the subscription runs', async () => {
    const reader = read(service);
    let notes = 0;
    const first = await until(async () => {
      await makeNote(service, card);
      notes += 1;
      return reader.met[0];
    });
    expect(first.recordType).toBe('NOTE');
    await makeNote(service, card);
    await until(() => (reader.met.length >= 2 ? true : undefined));
    expect(reader.met.length).toBeLessThanOrEqual(notes + 1);
  });

  it('of a transaction that commits late arrives after what was told before', async () => {
    const session = new pg.Client({ connectionString: service.databaseUrl });
    await session.connect();
    const reader = read(replica, { after: await after() });
    await session.query('BEGIN');
    const late = await insertChange(session);
    const note = await makeNote(service, card);
    await reader.meets(1);
    await session.query('COMMIT');
    expect(idsOf(await reader.meets(2))).toEqual([note.id, `client_${late}`]);
    await session.end();
  });

  it('is one of those asked for: of records of a kind, of a card', async () => {
    const start = await after();
    const [contacts, ofOwn, both] = [
      read(service, { after: start, recordTypes: ['CONTACT'] }),
      read(service, { after: start, clientId: own.id }),
      read(service, { after: start, clientId: own.id, recordTypes: ['NOTE'] }),
    ];
    await makeNote(service, card);
    const contact = await makeContact(service, card);
    const theirs = await makeContact(service, own);
    const note = await makeNote(service, own);
    const changed = await write(service, 'updateClient', { ...own, phone: '601602603' });
    own = changed;

    expect(idsOf(await contacts.meets(2))).toEqual([contact.id, theirs.id]);
    expect(idsOf(await ofOwn.meets(3))).toEqual([theirs.id, note.id, own.id]);
    expect(idsOf(await both.meets(1))).toEqual([note.id]);
  });

  it('arrives once, however often the line breaks and is taken up again at another service', async () => {
    let position = await after();
    const start = position;
    const met: string[] = [];
    const made: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const reader = read(turn % 2 ? service : replica, { after: position });
      for (let note = 0; note < 3; note += 1) made.push((await makeNote(service, card)).id);
      await reader.meets(1 + (turn % 3));
      reader.end();
      const taken = reader.met.slice(0, 1 + (turn % 3));
      met.push(...idsOf(taken));
      position = taken.at(-1)?.position ?? position;
    }
    const rest = read(service, { after: position });
    await rest.meets(made.length - met.length);
    expect([...met, ...idsOf(rest.met)]).toEqual(made);
    expect(idsOf([...(await read(replica, { after: start }).meets(made.length))])).toEqual(made);
  });
});

describe('who reads', () => {
  it.each([...roleNames, 'KEEPER'] as const)(
    'as %s may do so if the table of who may what says it',
    async (role) => {
      const reader = read(service, { after: await after() }, headerOf(role, userKey));
      const allowed = role !== 'KEEPER' && (mayTouch('Subscription', 'changed') ?? []).includes(role);
      if (allowed) {
        await makeNote(service, own);
        await reader.meets(1);
      }
      const fault = allowed ? undefined : await until(() => reader.faults[0]);
      expect(fault).toEqual(
        allowed
          ? undefined
          : expect.objectContaining({
              extensions: expect.objectContaining({
                code: 'FORBIDDEN',
                problems: expect.arrayContaining([
                  expect.objectContaining({ path: 'changed', code: 'PERMISSION' }),
                ]) as unknown,
              }) as unknown,
            }),
      );
    },
  );

  it('is told of own cards alone, where that is their scope, as these are at the time', async () => {
    const start = await after();
    const reader = read(service, { after: start }, headerOf('SALES', userKey));
    await makeNote(service, card);
    const mine = await makeNote(service, own);
    expect(idsOf(await reader.meets(1))).toEqual([mine.id]);
    const shared = await write(service, 'updateClient', { ...card, accountManagerId: `user_${userKey}` });
    card = shared;
    const note = await makeNote(service, card);
    expect(idsOf(await reader.meets(3)).slice(1)).toEqual([card.id, note.id]);
  });

  it.each([
    ['VIEWER', ['ERP_ACCOUNT', 'API_KEY', 'EXPORT']],
    ['SALES', ['API_KEY', 'SIGN_IN', 'USER', 'EXPORT']],
  ] as const)('as %s is told nothing of what they may not read: %j', async (role, recordTypes) => {
    const session = new pg.Client({ connectionString: service.databaseUrl });
    await session.connect();
    const start = await after();
    const hidden = read(service, { after: start, recordTypes: [...recordTypes] }, headerOf(role, userKey));
    const everything = read(service, { after: start });
    await insertChange(session, 'ERP_ACCOUNT');
    await insertChange(session, 'EXPORT');
    await insertChange(session, 'API_KEY');
    await everything.meets(3);
    const seen = read(service, { after: start }, headerOf(role, userKey));
    const note = await makeNote(service, own);
    expect(idsOf(await seen.meets(1)).at(-1)).toBe(note.id);
    expect(hidden.met).toEqual([]);
    await session.end();
  });
});

it('ends with a word when the service stops, and keeps it from stopping no longer', async () => {
  const other = await startTestService({ callers: callersByHeader, beside: service });
  const reader = readLive(other, { after: await after() });
  await makeNote(service, card);
  await reader.meets(1);
  await other.close();
  await until(() => (reader.closed.length > 0 ? true : undefined));
  expect(reader.closed[0]).toMatchObject({ code: 1001, reason: expect.stringContaining('stops') });
});

it('is told in figures', async () => {
  const reader = read(service, { after: await after() });
  await makeNote(service, card);
  await reader.meets(1);
  const figures = async () => (await fetch(new URL('metrics', service.url))).text();
  expect(await figures()).toMatch(/^kartoteka_live_subscriptions [1-9]/m);
  for (const one of readers.splice(0)) one.end();
  await until(async () => (/^kartoteka_live_subscriptions 0$/m.test(await figures()) ? true : undefined));
});
