/** Cards as they were: every state that one has had is told again, at any time at which it was so. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callersByHeader, callerWith } from '../arrange/callers.ts';
import { makeCardTypes, makeClient, makeContact, write, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { until } from '../arrange/signing-in.ts';

const userKey = '01a00000-0000-7000-8000-00000000e009';

interface Snapshot {
  readonly id: string;
  readonly at: string;
  readonly version: number;
  readonly fields: readonly { readonly name: string; readonly value: string | null }[];
}
interface State {
  readonly at: string;
  readonly version: number;
  readonly fields: Readonly<Record<string, string | null>>;
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ callers: callersByHeader });
  await makeCardTypes(service);
});
afterAll(() => service.close());

const query =
  'query ($id: ID!, $at: DateTime!) { clientAsOf(id: $id, at: $at) { id at version fields { name value } } }';
const asOf = async (id: string, at: string, caller: Pick<TestService, 'ask'> = service) =>
  (await caller.ask<{ clientAsOf: Snapshot | null }>(query, { id, at })).clientAsOf;

const now = `query ($id: ID!) { client(id: $id) { version updatedAt deletedAt code active cardType { id } shortName fullName taxId regon
  address { street postalCode city country } primaryContact { id } phone mobile fax email website accountManager { id } sharedWith { id } mergedInto { id } } }`;

interface Card extends Readonly<Record<string, unknown>> {
  readonly version: number;
  readonly updatedAt: string;
}
const idOf = (record: unknown): string | null => (record as Written | null)?.id ?? null;

/** What the API tells now, in the log's own words. */
async function stateOf(id: string): Promise<State> {
  const { client } = await service.ask<{ client: Card }>(now, { id });
  const address = client['address'] as Record<string, string | null>;
  const plain = [
    'code',
    'shortName',
    'fullName',
    'taxId',
    'regon',
    'phone',
    'mobile',
    'fax',
    'email',
    'website',
  ];
  const shared = (client['sharedWith'] as Written[]).map((user) => user.id).join(', ');
  return {
    at: client.updatedAt,
    version: client.version,
    fields: {
      ...Object.fromEntries(plain.map((name) => [name, client[name] as string | null])),
      active: String(client['active']),
      cardType: idOf(client['cardType']),
      ...Object.fromEntries(
        ['street', 'postalCode', 'city', 'country'].map((name) => [`address.${name}`, address[name] ?? null]),
      ),
      primaryContactId: idOf(client['primaryContact']),
      accountManagerId: idOf(client['accountManager']),
      sharedWithIds: shared === '' ? null : shared,
      mergedIntoId: idOf(client['mergedInto']),
      deletedAt: client['deletedAt'] as string | null,
    },
  };
}

const toldFields = ({ fields }: Snapshot) =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value]));

/** The next write is of a later millisecond. */
const tick = (at: string) => until(() => (Date.now() > Date.parse(at) + 1 ? true : undefined));

const earlier = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

const anyChange = fc.record(
  {
    phone: fc.constantFrom('601602603', '601602604', null),
    email: fc.constantFrom('biuro@but.example', null),
    shortName: fc.constantFrom('But', 'Trzewik', 'Łapeć'),
    active: fc.boolean(),
    cardType: fc.constantFrom('shop', 'chain'),
    address: fc.constantFrom(
      { city: 'Łódź' },
      { street: 'Długa 1', postalCode: '30-001', country: 'PL' },
      null,
    ),
  },
  { requiredKeys: [] },
);

it('tells every state that the card has had, from the time it began to the last millisecond of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 6 }), async (changes) => {
      let card = await makeClient(service);
      const { id } = card;
      const states = [await stateOf(id)];
      for (const change of changes) {
        await tick(states.at(-1)?.at ?? '');
        card = await write(service, 'updateClient', { ...card, ...change });
        states.push(await stateOf(id));
      }
      await tick(states.at(-1)?.at ?? '');
      await write(service, 'deleteClient', card);
      states.push(await stateOf(id));
      for (const [place, state] of states.entries()) {
        const next = states[place + 1];
        for (const at of next && next.at > state.at ? [state.at, earlier(next.at)] : [state.at]) {
          const told = await asOf(id, at);
          expect(told && { at: told.at, version: told.version, fields: toldFields(told) }).toEqual({
            ...state,
            at,
          });
        }
      }
      expect(await asOf(id, earlier(states[0]?.at ?? ''))).toBeNull();
    }),
    { numRuns: 6 },
  );
}, 30_000);

it('knows who looked after it, with whom it was shared, and its primary contact', async () => {
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  const user = `user_${userKey}`;
  let card = await makeClient(service, { accountManagerId: user, sharedWithIds: [user] });
  const contact = await makeContact(service, card, { primary: true });
  const { client } = await service.ask<{ client: Written }>(
    'query ($id: ID!) { client(id: $id) { id version } }',
    {
      id: card.id,
    },
  );
  const before = await stateOf(card.id);
  await tick(before.at);
  card = await write(service, 'updateClient', { ...client, accountManagerId: null, sharedWithIds: [] });
  const told = await asOf(card.id, before.at);
  expect(told && toldFields(told)).toMatchObject({
    accountManagerId: user,
    sharedWithIds: user,
    primaryContactId: contact.id,
  });
});

describe('it', () => {
  it('is nothing of a card that there is not, or that is not theirs who ask', async () => {
    const card = await makeClient(service);
    const { at } = await stateOf(card.id);
    expect(await asOf('client_00000000-0000-7000-8000-000000000000', at)).toBeNull();
    expect(await asOf(card.id, at, callerWith(service, 'SALES', userKey))).toBeNull();
    expect(await asOf(card.id, at, callerWith(service, 'VIEWER', userKey))).toMatchObject({ id: card.id });
  });

  it.each([
    ['at a time to come', { at: '2999-01-01T00:00:00Z' }, 'at FUTURE'],
    ['for an id that is none', { id: 'x' }, 'id ID'],
    ['for an id of something else', { id: 'note_00000000-0000-7000-8000-000000000000' }, 'id ID'],
  ])('is refused %s', async (_, wish, problem) => {
    const card = await makeClient(service);
    const { extensions } = await service.refusal(query, { id: card.id, at: '2026-01-01T00:00:00Z', ...wish });
    expect([extensions.code, extensions.problems?.map(({ path, code }) => `${path} ${code}`)]).toEqual([
      'BAD_USER_INPUT',
      [problem],
    ]);
  });

  it('has nothing of what was erased since', async () => {
    const card = await makeClient(service, { email: 'jan@but.example', phone: '601602603' });
    const { at } = await stateOf(card.id);
    await tick(at);
    const removed = await write(service, 'deleteClient', card);
    await service.ask('mutation ($input: VersionedId!) { eraseClient(input: $input) }', { input: removed });
    const told = await asOf(card.id, at);
    expect(JSON.stringify(told)).not.toContain('but.example');
    expect(JSON.stringify(told)).not.toContain('601602603');
  });
});
