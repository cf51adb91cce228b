import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, makeContact } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

it('answers each of several writes in one request with what is there after it', async () => {
  const card = await makeClient(service, { shortName: 'Zero' });
  const contact = await makeContact(service, card);
  const answer = await service.ask(
    `mutation ($card: ID!, $contact: ID!) {
      one: updateClient(input: { id: $card, version: 1, shortName: "Jeden" }) { ...whole }
      two: updateClient(input: { id: $card, version: 2, shortName: "Dwa" }) { ...whole }
      three: updateContact(input: { id: $contact, version: 1, lastName: "Nowa", primary: true }) { client { ...whole } }
    }
    fragment whole on Client { primaryContact { lastName } contacts { nodes { lastName client { shortName } } } }`,
    { card: card.id, contact: contact.id },
  );
  const people = (lastName: string, shortName: string) => ({
    nodes: [{ lastName, client: { shortName } }],
  });
  expect(answer).toEqual({
    one: { primaryContact: null, contacts: people('Wójcik', 'Jeden') },
    two: { primaryContact: null, contacts: people('Wójcik', 'Dwa') },
    three: {
      client: {
        primaryContact: { lastName: 'Nowa' },
        contacts: people('Nowa', 'Dwa'),
      },
    },
  });
});
