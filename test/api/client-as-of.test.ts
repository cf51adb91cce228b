/** A card as it was: rebuilt from the change log, and compared with what was written. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { callersByHeader, callerWith } from '../arrange/callers.ts';
import { bare, makeCardTypes, makeClient, makeContact, write, type Written } from '../arrange/cards.ts';
import { define, setFeatures } from '../arrange/features.ts';
import { asIs, merge } from '../arrange/merging.ts';
import { startTestService, type Caller, type TestService } from '../arrange/service.ts';

interface Snapshot {
  readonly id: string;
  readonly at: string;
  readonly version: number;
  readonly fields: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly erased: boolean;
  }[];
}

const query = `query ($id: ID!, $at: DateTime!) {
  clientAsOf(id: $id, at: $at) { id at version fields { name value erased } } }`;

const userKey = randomUUID();
let service: TestService;

async function asOf(card: { id: string }, at: string, caller: Caller = service): Promise<Snapshot | null> {
  return (await caller.ask<{ clientAsOf: Snapshot | null }>(query, { id: card.id, at })).clientAsOf;
}

const valuesOf = (snapshot: Snapshot | null) =>
  Object.fromEntries((snapshot?.fields ?? []).map(({ name, value }) => [name, value]));

/** Puts the lines of a card at one instant after another, a day apart. */
async function spread(card: { id: string }): Promise<void> {
  await service.dataSource.query(
    "UPDATE change SET at = timestamptz '2026-01-01T12:00:00Z' + version * interval '1 day' WHERE record_id = $1",
    [bare(card.id)],
  );
  await service.dataSource.query("UPDATE client SET created_at = '2026-01-02T12:00:00Z' WHERE id = $1", [
    bare(card.id),
  ]);
}
const instantOf = (version: number): string =>
  new Date(Date.parse('2026-01-01T12:00:00Z') + version * 86_400_000).toISOString();

beforeAll(async () => {
  service = await startTestService({ callers: callersByHeader });
  await makeCardTypes(service);
  await define(service, 'klasa', { cardTypes: ['shop'] });
});
afterAll(() => service.close());

const texts = {
  code: ['A', 'B', 'C'],
  shortName: ['But', 'Trzewik'],
  fullName: ['But sp. z o.o.', 'Trzewik S.A.'],
  email: ['a@example.pl', 'b@example.pl', null],
  website: ['https://a.example', null],
  phone: ['22 620 10 00', '22 620 10 01', null],
  active: [true, false],
  address: [{ city: 'Łódź' }, { city: 'Kraków', street: 'Prosta 1' }, { city: null }],
  accountManagerId: [`user_${userKey}`, null],
} as const;
const step: fc.Arbitrary<{ readonly code?: string }> = fc.record(
  Object.fromEntries(Object.entries(texts).map(([name, values]) => [name, fc.constantFrom(...values)])),
  { requiredKeys: [] },
);

const cardFields = `code active shortName fullName email website phone address { street postalCode city country }
  accountManager { id } deletedAt version`;

interface Card {
  readonly [field: string]: unknown;
  readonly version: number;
  readonly address: Readonly<Record<string, string | null>>;
  readonly accountManager: { readonly id: string } | null;
}

/** The card of now, as the change log would write it. */
async function modelOf(card: { id: string }): Promise<{ version: number; values: object }> {
  const ask = `query ($id: ID!) { client(id: $id) { ${cardFields} } }`;
  const { client } = await service.ask<{ client: Card }>(ask, { id: card.id });
  const { version, address, accountManager, ...fields } = client;
  const places = Object.entries(address).map(([name, value]): [string, string | null] => [
    `address.${name}`,
    value,
  ]);
  const plain = Object.entries(fields).map(([name, value]): [string, string | null] => [
    name,
    value === null ? null : String(value as string),
  ]);
  return {
    version,
    values: Object.fromEntries([...plain, ...places, ['accountManagerId', accountManager?.id ?? null]]),
  };
}

describe('a card of the past', () => {
  it('is what it was at every instant of whatever sequence of changes', async () => {
    await service.dataSource.query(
      "INSERT INTO user_account (id, name, active) VALUES ($1, 'Agata Żurek', true) ON CONFLICT DO NOTHING",
      [userKey],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        let card = await makeClient(service);
        const model = [await modelOf(card)];
        for (const { code, ...given } of steps) {
          const input = {
            ...card,
            ...given,
            ...(code !== undefined && { code: `${code}${bare(card.id)}` }),
          };
          const written = await write(service, 'updateClient', input);
          if (written.version > card.version) model.push(await modelOf(written));
          card = written;
        }
        await spread(card);
        for (const { version, values } of model)
          for (const at of [
            instantOf(version),
            new Date(Date.parse(instantOf(version + 1)) - 1).toISOString(),
          ]) {
            const snapshot = await asOf(card, at);
            expect(snapshot).toMatchObject({ id: card.id, at, version });
            expect(valuesOf(snapshot)).toMatchObject(values);
          }
        expect(await asOf(card, new Date(Date.parse(instantOf(1)) - 1).toISOString())).toBeNull();
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('has the features that it had by then', async () => {
    const card = await makeClient(service);
    const set = await setFeatures(service, card, [{ key: 'klasa', text: 'A' }]);
    await setFeatures(service, set, [{ key: 'klasa', text: 'B' }]);
    await spread(card);
    const seen = await Promise.all(
      [1, 2, 3].map(async (version) => valuesOf(await asOf(card, instantOf(version)))),
    );

    expect(seen.map((values) => values['feature.klasa'])).toEqual([undefined, 'A', 'B']);
  });

  it('goes by the order of versions where the clocks of the writers did not', async () => {
    const card = await makeClient(service, { shortName: 'Jeden' });
    const two = await write(service, 'updateClient', { ...card, shortName: 'Dwa' });
    await write(service, 'updateClient', { ...two, fullName: 'Trzy' });
    await spread(card);
    // The second began late by its clock, and the third was written upon it.
    await service.dataSource.query('UPDATE change SET at = $2 WHERE record_id = $1 AND version = 2', [
      bare(card.id),
      '2026-02-01T00:00:00Z',
    ]);
    const snapshot = await asOf(card, instantOf(3));

    expect(snapshot?.version).toBe(3);
    expect(valuesOf(snapshot)).toMatchObject({ shortName: 'Dwa', fullName: 'Trzy' });
  });

  it('tells when it was deleted, and what it was merged into', async () => {
    const [winner, loser] = [await makeClient(service), await makeClient(service)];
    await merge(service, winner, [loser]);
    await spread(loser);
    const [before, after] = [await asOf(loser, instantOf(1)), await asOf(loser, instantOf(2))];

    expect(valuesOf(before)).toMatchObject({ mergedIntoId: null, deletedAt: null });
    expect(valuesOf(after)).toMatchObject({ mergedIntoId: winner.id });
    expect(valuesOf(after)['deletedAt']).toMatch(/^\d{4}-/);
  });

  it('does not tell what was erased, and says so', async () => {
    const card = await makeClient(service, { email: 'jan@example.pl' });
    await spread(card);
    await service.ask('mutation ($input: VersionedId!) { eraseClient(input: $input) }', {
      input: await asIs(service, card),
    });
    const snapshot = await asOf(card, instantOf(1));

    expect(JSON.stringify(snapshot)).not.toContain('jan@example.pl');
    expect(snapshot?.fields).toContainEqual({ name: 'email', value: null, erased: true });
    expect(snapshot?.fields).toContainEqual({ name: 'active', value: 'true', erased: false });
  });

  it('is as it is now where the log does not tell of its beginning', async () => {
    const card = await makeClient(service, { shortName: 'Cicha', website: 'https://a.example' });
    await service.dataSource.query('DELETE FROM change WHERE record_id = $1', [bare(card.id)]);
    const written = await write(service, 'updateClient', { ...card, shortName: 'Głośna' });
    await spread(card);
    const values = [await asOf(written, instantOf(1)), await asOf(written, instantOf(2))].map(valuesOf);

    expect(values).toMatchObject([
      { shortName: 'Cicha', website: 'https://a.example' },
      { shortName: 'Głośna', website: 'https://a.example' },
    ]);
  });

  it('does not come of the lines of its records', async () => {
    const card = await makeClient(service, { phone: '22 620 10 00' });
    await makeContact(service, card, { phone: '22 620 10 99' });

    expect(valuesOf(await asOf(card, new Date().toISOString()))).toMatchObject({ phone: '+48226201000' });
  });
});

describe('there is none', () => {
  const now = () => new Date().toISOString();

  it('of an instant that is still to come: refused, with the reason', async () => {
    const card = await makeClient(service);
    const { extensions } = await service.refusal(query, { id: card.id, at: '2999-01-01T00:00:00Z' });

    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path: 'at', code: 'FUTURE' }] });
  });

  it('of an id that no card has, or that is none of a card', async () => {
    expect(await asOf({ id: `client_${randomUUID()}` }, now())).toBeNull();
    const { extensions } = await service.refusal(query, { id: `note_${randomUUID()}`, at: now() });
    expect(extensions).toMatchObject({ problems: [{ path: 'id', code: 'ID' }] });
  });

  it('of a card that the caller does not see, and one of a card that was another’s', async () => {
    const sales = callerWith(service, 'SALES', userKey);
    const hidden: Written = await makeClient(service);
    const own = await makeClient(service);
    const given = await write(service, 'updateClient', { ...own, accountManagerId: `user_${userKey}` });
    await spread(given);

    expect(await asOf(hidden, now(), sales)).toBeNull();
    expect(await asOf(given, instantOf(1), sales)).toMatchObject({ version: 1 });
  });
});
