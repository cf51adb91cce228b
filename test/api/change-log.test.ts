import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  bare,
  clientInput,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
  mutations,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
let types: { shop: Written; chain: Written };
beforeAll(async () => {
  service = await startTestService();
  types = await makeCardTypes(service);
});
afterAll(() => service.close());

const step = (name: string, before: string | null, after: string | null) => ({ name, before, after });

it('tells of a new card every field that has a value, who, when, and which card', async () => {
  const input = clientInput({
    code: 'KROKUS',
    taxId: '526-104-08-28',
    address: { city: 'Łódź', country: 'PL' },
    phone: '22 620 10 00',
    accountManagerId: `user_${developmentUser.id}`,
  });
  const before = Date.now();
  const { id } = await write(service, 'createClient', input);
  const [change, ...more] = await changesOf(service, id);
  expect(more).toEqual([]);
  expect(change).toMatchObject({
    actor_id: developmentUser.id,
    actor: developmentUser.name,
    record_type: 'CLIENT',
    client_id: bare(id),
    action: 'CREATED',
    version: 1,
    fields: [
      step('code', null, 'KROKUS'),
      step('active', null, 'true'),
      step('cardType', null, types.shop.id),
      step('shortName', null, 'Trzewik'),
      step('fullName', null, 'Trzewik sp. z o.o.'),
      step('taxId', null, '5261040828'),
      step('address.city', null, 'Łódź'),
      step('address.country', null, 'PL'),
      step('phone', null, '+48226201000'),
      step('accountManagerId', null, `user_${developmentUser.id}`),
    ],
  });
  const { client } = await service.ask<{ client: { createdAt: string } }>(
    'query ($id: ID!) { client(id: $id) { createdAt } }',
    { id },
  );
  const at = Date.parse(client.createdAt);
  expect(change?.at).toEqual(client.createdAt);
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
});

it('tells of a change exactly the fields that changed, from what to what', async () => {
  const card = await makeClient(service, { email: 'a@krokus.pl', active: true });
  const contact = await makeContact(service, card);
  await write(service, 'updateClient', {
    ...card,
    fullName: 'Trzewik sp. z o.o. ',
    shortName: 'Półbut',
    email: null,
    active: false,
    cardType: 'chain',
    primaryContactId: contact.id,
    address: { postalCode: '00-503' },
  });
  const [, change, ...more] = await changesOf(service, card.id);
  expect(more).toEqual([]);
  expect(change).toMatchObject({ action: 'UPDATED', version: 2, client_id: bare(card.id) });
  expect(change?.fields).toEqual([
    step('active', 'true', 'false'),
    step('cardType', types.shop.id, types.chain.id),
    step('shortName', 'Trzewik', 'Półbut'),
    step('address.postalCode', null, '00-503'),
    step('primaryContactId', null, contact.id),
    step('email', 'a@krokus.pl', null),
  ]);
});

it.each([
  ['CONTACT', makeContact],
  ['DELIVERY_PLACE', makeDeliveryPlace],
  ['RECIPIENT', makeRecipient],
] as const)('tells which card a %s belongs to', async (record_type, make) => {
  const card = await makeClient(service);
  const { id } = await make(service, card);
  expect(await changesOf(service, id)).toMatchObject([
    { record_type, action: 'CREATED', version: 1, client_id: bare(card.id), record_id: bare(id) },
  ]);
});

it('tells of card types, which belong to no card', async () => {
  const made = await write(service, 'defineCardType', { key: 'hurt', name: 'Hurt' });
  await write(service, 'updateCardType', { ...made, name: 'Hurtownia', active: false });
  expect(await changesOf(service, made.id)).toMatchObject([
    { record_type: 'CARD_TYPE', action: 'CREATED', client_id: null },
    {
      action: 'UPDATED',
      version: 2,
      fields: [step('name', 'Hurt', 'Hurtownia'), step('active', 'true', 'false')],
    },
  ]);
});

it('tells of both records when a contact becomes the primary one', async () => {
  const card = await makeClient(service);
  const { id } = await makeContact(service, card, { primary: true });
  expect((await changesOf(service, card.id)).at(-1)).toMatchObject({
    version: 2,
    fields: [step('primaryContactId', null, id)],
  });
});

it('tells nothing where nothing changed, or was refused', async () => {
  const card = await makeClient(service);
  await write(service, 'updateClient', { ...card, shortName: 'Trzewik ' });
  await service.refusal(mutations.updateClient, { input: { ...card, code: ' ' } });
  await service.refusal(mutations.updateClient, { input: { ...card, version: 9, code: 'X' } });
  await service.refusal(mutations.updateClient, { input: { ...card, cardType: 'none' } });
  expect(await changesOf(service, card.id)).toHaveLength(1);
});

describe('when the change cannot be put down', () => {
  beforeAll(() =>
    service.dataSource.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room for %', NEW.fields; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON change FOR EACH ROW WHEN (NEW.actor <> '') EXECUTE FUNCTION refuse()`),
  );
  afterAll(() => service.dataSource.query('DROP TRIGGER refuse ON change'));

  it('the write does not happen either, and the caller is told only the request’s id', async () => {
    const count = async (table: string): Promise<unknown> =>
      service.dataSource.query(`SELECT count(*) FROM ${table}`);
    const before = [await count('client'), await count('change')];
    const answer = await service.graphql(mutations.createClient, { input: clientInput({ code: 'TAJNE' }) });
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(JSON.stringify(answer)).not.toMatch(/TAJNE|room|change/);
    expect([await count('client'), await count('change')]).toEqual(before);
  });
});
