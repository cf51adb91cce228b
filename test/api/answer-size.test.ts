/** What an answer may hold, where nobody could know it before: lists without pages, within lists. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, makeContact, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const most = 1_000;
const contacts = 40;

let service: TestService;
let card: Written;
beforeAll(async () => {
  service = await startTestService({ limits: { maxQueryCost: most } });
  await makeCardTypes(service);
  card = await makeClient(service);
  const participantIds: string[] = [];
  for (let made = 0; made < contacts; made += 1) participantIds.push((await makeContact(service, card)).id);
  const input = {
    clientId: card.id,
    kind: 'MEETING',
    subject: 'Targi',
    startsAt: '2026-11-27T10:00:00Z',
    participantIds,
  };
  await service.ask('mutation ($input: AddEventInput!) { addEvent(input: $input) { id } }', { input });
});
afterAll(() => service.close());

/** So many times forty participants: the reckoning takes each list of them for five. */
const events = (levels: number): string =>
  levels === 0 ? 'id' : `events(first: 1) { nodes { participants { client { ${events(levels - 1)} } } } }`;
const ask = (levels: number) =>
  service.graphql(`query ($id: ID!) { client(id: $id) { ${events(levels)} } }`, { id: card.id });

it('is refused whole when it comes to hold more than the settings say, with the limit', async () => {
  const { status, data, errors } = await ask(2);

  expect([status, data]).toEqual([400, undefined]);
  expect(errors).toMatchObject([{ extensions: { code: 'TOO_COMPLEX', limit: 'answer', most } }]);
  // Once beyond, no list is begun any more.
  expect(errors[0]?.extensions['found']).toBeLessThanOrEqual(most + contacts);
});

it('is given where it holds less, each time anew', async () => {
  for (let time = 0; time < 30; time += 1) {
    const { data, errors } = await ask(1);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data).split('"client"')).toHaveLength(contacts + 2);
  }
});

it('keeps what a mutation has written', async () => {
  const query = `mutation ($input: UpdateClientInput!) { updateClient(input: $input) { version ${events(2)} } }`;
  const { errors } = await service.graphql(query, { input: { ...card, phone: '601602603' } });
  const { client } = await service.ask<{ client: { version: number } }>(
    'query ($id: ID!) { client(id: $id) { version } }',
    { id: card.id },
  );

  expect(errors[0]?.extensions).toMatchObject({ code: 'TOO_COMPLEX', limit: 'answer' });
  expect(client.version).toBe(card.version + 1);
});
