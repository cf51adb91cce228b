import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  contactInput,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeEvent,
  makeNote,
  makeRecipient,
  mutations,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

type Given = Readonly<Record<string, unknown>>;
const refused = async (name: keyof typeof mutations, input: Given): Promise<Given> =>
  (await service.refusal(mutations[name], { input })).extensions;

describe('a deleted card', () => {
  const listed = 'query { clients(first: 200) { nodes { id } } }';
  const isListed = async ({ id }: Written): Promise<boolean> => {
    const { clients } = await service.ask<{ clients: { nodes: { id: string }[] } }>(listed);
    return clients.nodes.some((node) => node.id === id);
  };

  it('is answered by its id with deletedAt, its records as they were, and is in no list', async () => {
    const card = await makeClient(service);
    const contact = await makeContact(service, card, { primary: true });
    await write(service, 'deleteClient', { id: card.id, version: 2 });
    const { client } = await service.ask<{ client: Given }>(
      `query ($id: ID!) { client(id: $id) {
        version deletedAt updatedAt primaryContact { id } contacts { nodes { id version deletedAt } } } }`,
      { id: card.id },
    );
    expect(client).toEqual({
      version: 3,
      deletedAt: expect.stringMatching(/Z$/),
      updatedAt: client['deletedAt'],
      primaryContact: { id: contact.id },
      contacts: { nodes: [{ id: contact.id, version: 1, deletedAt: null }] },
    });
    expect(await isListed(card)).toBe(false);
    await write(service, 'restoreClient', { id: card.id, version: 3 });
    expect(await isListed(card)).toBe(true);
  });

  it('lets none of its records be added, changed, removed or restored, and says so', async () => {
    const card = await makeClient(service);
    const [live, removed] = [await makeContact(service, card), await makeContact(service, card)];
    await write(service, 'removeContact', removed);
    await write(service, 'deleteClient', card);
    const problems = (path: string) => ({
      code: 'BAD_USER_INPUT',
      problems: [{ path, code: 'CARD_DELETED' }],
    });
    expect(await refused('addContact', contactInput(card))).toMatchObject(problems('input.clientId'));
    expect(await refused('updateContact', { ...live, lastName: 'X' })).toMatchObject(problems('input.id'));
    expect(await refused('removeContact', { ...live })).toMatchObject(problems('input.id'));
    expect(await refused('restoreRecord', { id: removed.id, version: 2 })).toMatchObject(
      problems('input.id'),
    );
  });
});

describe('a removed record', () => {
  it.each([
    ['contacts', makeContact, 'removeContact'],
    ['deliveryPlaces', makeDeliveryPlace, 'removeDeliveryPlace'],
    ['recipients', makeRecipient, 'removeRecipient'],
    ['notes', makeNote, 'removeNote'],
    ['events', makeEvent, 'removeEvent'],
  ] as const)('is among the card’s %s only where deleted ones are asked for', async (list, make, remove) => {
    const card = await makeClient(service);
    const [stays, goes] = [await make(service, card), await make(service, card)];
    await write(service, remove, goes);
    const { client } = await service.ask<{ client: unknown }>(
      `query ($id: ID!) { client(id: $id) {
        live: ${list} { nodes { id } totalCount } deleted: ${list}(filter: { deleted: true }) { nodes { id } totalCount } } }`,
      { id: card.id },
    );
    expect(client).toEqual({
      live: { nodes: [{ id: stays.id }], totalCount: 1 },
      deleted: { nodes: [{ id: goes.id }], totalCount: 1 },
    });
  });

  it.each([
    ['delivery place', makeDeliveryPlace, 'removeDeliveryPlace'],
    ['recipient', makeRecipient, 'removeRecipient'],
  ] as const)(
    'that is a %s gives its code free, and cannot come back once it is taken',
    async (_, make, remove) => {
      const card = await makeClient(service);
      const first = await make(service, card, { code: 'M1' });
      await write(service, remove, first);
      const second = await make(service, card, { code: 'm1' });
      const again = { id: first.id, version: 2 };
      expect(await refused('restoreRecord', again)).toEqual({
        code: 'DUPLICATE',
        path: 'input.id',
        existingId: second.id,
      });
      await write(service, remove, second);
      expect(await write(service, 'restoreRecord', again)).toEqual({ id: first.id, version: 3 });
    },
  );
});

describe('the primary contact', () => {
  it('when removed, is no longer the card’s, which is told of both in one moment, and does not come back as one', async () => {
    const card = await makeClient(service);
    const contact = await makeContact(service, card, { primary: true });
    await write(service, 'removeContact', contact);
    const { client } = await service.ask<{ client: unknown }>(
      'query ($id: ID!) { client(id: $id) { version primaryContact { id } } }',
      card,
    );
    expect(client).toEqual({ version: 3, primaryContact: null });
    const [ofCard, ofContact] = [await changesOf(service, card.id), await changesOf(service, contact.id)];
    expect(ofCard.at(-1)).toMatchObject({
      action: 'UPDATED',
      fields: [{ name: 'primaryContactId', before: contact.id, after: null }],
      at: ofContact.at(-1)?.at,
    });
    expect(await write(service, 'restoreRecord', { id: contact.id, version: 2 })).toEqual({
      id: contact.id,
      version: 3,
    });
    expect(await changesOf(service, card.id)).toHaveLength(3);
  });
});

it('restores by restoreRecord nothing that belongs to no card', async () => {
  const card = await makeClient(service);
  await write(service, 'deleteClient', card);
  expect(await refused('restoreRecord', { id: card.id, version: 2 })).toMatchObject({
    problems: [{ path: 'input.id', code: 'ID' }],
  });
});
