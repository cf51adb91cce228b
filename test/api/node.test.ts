import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeEvent,
  makeNote,
  makeRecipient,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
let ids: Record<string, string>;

beforeAll(async () => {
  service = await startTestService();
  const { shop } = await makeCardTypes(service);
  const card = await makeClient(service);
  ids = {
    Client: card.id,
    Contact: (await makeContact(service, card)).id,
    DeliveryPlace: (await makeDeliveryPlace(service, card)).id,
    Recipient: (await makeRecipient(service, card)).id,
    Note: (await makeNote(service, card)).id,
    Event: (await makeEvent(service, card)).id,
    CardType: shop.id,
    User: `user_${developmentUser.id}`,
    ErpAccount: await linkedAccount(card.id),
  };
});
afterAll(() => service.close());

async function linkedAccount(clientId: string): Promise<string> {
  const link = { clientId, companyKey: 'main', customerId: '1' };
  return (await service.crm.erpAccounts.link(developmentUser, link)).id;
}

const one = 'query ($id: ID!) { node(id: $id) { __typename id ... on Record { version createdBy } } }';
const many = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

describe('node', () => {
  it.each(['Client', 'Contact', 'DeliveryPlace', 'Recipient', 'Note', 'Event'])(
    'finds a %s by its id',
    async (type) => {
      expect(await service.ask(one, { id: ids[type] })).toEqual({
        node: { __typename: type, id: ids[type], version: 1, createdBy: developmentUser.name },
      });
    },
  );

  it.each(['CardType', 'User', 'ErpAccount'])('finds a %s by its id', async (type) => {
    expect(await service.ask(one, { id: ids[type] })).toEqual({
      node: { __typename: type, id: ids[type] },
    });
  });

  it.each(['client', 'contact', 'place', 'recipient', 'cardtype', 'user', 'account'])(
    'answers null for a %s that is not there',
    async (kind) => {
      expect(await service.ask(one, { id: `${kind}_${randomUUID()}` })).toEqual({ node: null });
    },
  );

  it.each(['', 'client', 'dog_0190c000-0000-7000-8000-000000000001', '__proto___x', randomUUID()])(
    'refuses %j, which is no id',
    async (id) => {
      expect(await service.refusal(one, { id })).toMatchObject({
        path: ['node'],
        extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'id', code: 'ID' }] },
      });
    },
  );
});

describe('nodes', () => {
  it('answers in the order asked for, the same one twice, null where there is none', async () => {
    const missing = `contact_${randomUUID()}`;
    const asked = [ids['User'], ids['Client'], missing, ids['Recipient'], ids['Client'], ids['Contact']];
    const { nodes } = await service.ask<{ nodes: ({ id: string } | null)[] }>(many, { ids: asked });
    expect(nodes.map((node) => node?.id ?? null)).toEqual(asked.map((id) => (id === missing ? null : id)));
  });

  it('answers nothing for no ids', async () => {
    expect(await service.ask(many, { ids: [] })).toEqual({ nodes: [] });
  });

  it('tells of every id that is none, and nothing else', async () => {
    const asked = ['x', ids['Client'], `client_${bare(ids['Client'] ?? '').slice(1)}`];
    const { extensions } = await service.refusal(many, { ids: asked });
    expect(extensions.problems?.map(({ path, code }) => [path, code])).toEqual([
      ['ids.0', 'ID'],
      ['ids.2', 'ID'],
    ]);
  });

  it('takes two hundred ids', async () => {
    const asked = Array.from({ length: 200 }, () => `client_${randomUUID()}`);
    const { nodes } = await service.ask<{ nodes: unknown[] }>(many, { ids: asked });
    expect(nodes).toEqual(asked.map(() => null));
  });

  it('refuses two hundred and one', async () => {
    const asked = Array.from({ length: 201 }, () => ids['Client']);
    expect(await service.refusal(many, { ids: asked })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'ids', code: 'TOO_MANY' }] },
    });
  });
});
