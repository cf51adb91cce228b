import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
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
import { define } from '../arrange/features.ts';
import { attach, reviseAttachment, sendFile, somePdf } from '../arrange/uploads.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { countStatements, type WireCounter } from '../arrange/wire-counter.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
let counter: WireCounter;
const ids: string[] = [];
const colleague = randomUUID();

beforeAll(async () => {
  service = await startTestService({
    through: async (url) => {
      counter = await countStatements(url);
      return counter.url;
    },
  });
  await makeCardTypes(service);
  await define(service, 'klasa', { cardTypes: ['shop'] });
  for (const recordType of ['EVENT', 'ATTACHMENT'])
    await define(service, 'ile', { recordType, kind: 'DECIMAL' });
  await service.dataSource.query(
    "INSERT INTO user_account (id, name, active) VALUES ($1, 'Agata Żurek', true)",
    [colleague],
  );
  // Behind the first fifty by name, and not even the next one: that is read along to tell whether a page follows.
  await makeClient(service, { shortName: 'Ząb' });
  const mergedInto = await makeClient(service, { shortName: 'Żaba' });
  const member = await makeClient(service, { shortName: 'Żuraw' });
  const makeCard = async (): Promise<void> => {
    const card = await makeClient(service, { accountManagerId: `user_${developmentUser.id}` });
    await makeContact(service, card, { primary: true });
    const contact = await makeContact(service, card, { lastName: 'Zimny' });
    const place = await makeDeliveryPlace(service, card);
    await makeRecipient(service, card, { memberCardId: member.id, deliveryPlaceId: place.id });
    await makeNote(service, card);
    await makeEvent(service, card, {
      participantIds: [contact.id],
      attendeeIds: [`user_${colleague}`],
    });
    const attachment = await attach(service, card);
    await sendFile(service, reviseAttachment, { id: attachment.id, version: attachment.version }, somePdf());
    ids.push(card.id);
  };
  const five = Array.from({ length: 5 });
  await Promise.all(
    five.map(async () => {
      for (let made = 0; made < 10; made += 1) await makeCard();
    }),
  );
  await service.dataSource.query('UPDATE client SET merged_into_id = $1', [bare(mergedInto.id)]);
});
afterAll(async () => {
  await service.close();
  await counter.close();
});
beforeEach(() => counter.reset());

const everything = `
  id version createdAt createdBy updatedAt updatedBy deletedAt code active shortName fullName taxId regon
  phone mobile fax email website address { street postalCode city country }
  cardType { key name } accountManager { name } mergedInto { code }
  primaryContact { lastName client { code } }
  contacts { nodes { id lastName primary client { code } } pageInfo { endCursor } }
  deliveryPlaces { edges { cursor node { code address { city } client { code } } } }
  recipients { nodes { code memberCard { code } deliveryPlace { code } client { code } } }
  notes { nodes { text pinned client { code } } }
  events { nodes { subject startsAt participants { lastName position } attendees { name } client { code } features { isSet } } }
  attachments { nodes { fileName revisions { number createdBy } client { code } features { isSet decimal } } }
  features { isSet text definition { key cardTypes { key } } }
`;
/**
 * The card; its type, manager, merged-into card, primary contact; contacts, places, recipients, notes, events, attachments; a member's card and
 * place; an event's two lists; an attachment's revisions; definitions of features, and the values of cards, events and attachments.
 */
const relations = 20;

const one = (selection: string): string => `query ($id: ID!) { client(id: $id) { ${selection} } }`;
const all = (selection: string): string => `{ clients(first: 50) { nodes { ${selection} } } }`;

it('reads a whole card with at most one statement per relation', async () => {
  await service.ask(one(everything), { id: ids[7] });
  expect(counter.statements().length).toBeLessThanOrEqual(relations);
});

it('reads fifty whole cards with the very number of statements that one takes', async () => {
  await service.ask(one(everything), { id: ids[7] });
  const forOne = counter.statements().length;
  counter.reset();
  const { clients } = await service.ask<{ clients: { nodes: unknown[] } }>(all(everything));
  expect(clients.nodes.length).toBe(50);
  expect(counter.statements().length).toBe(forOne);
});

it('reads the contacts of fifty clients with one query', async () => {
  await service.ask(all('contacts { nodes { lastName } }'));
  expect(counter.statements().length).toBe(2);
});

it.each(['contacts', 'deliveryPlaces', 'recipients', 'notes', 'events', 'attachments'])(
  'counts the %s of fifty clients with one statement more, and only when asked',
  async (list) => {
    await service.ask(all(`${list} { totalCount nodes { id } }`));
    expect(counter.statements().length).toBe(3);
    counter.reset();
    await service.ask(all(`${list} { nodes { id } }`));
    expect(counter.statements().length).toBe(2);
  },
);

it('counts all cards with one statement, and only when asked', async () => {
  await service.ask('{ clients { totalCount nodes { id } } }');
  expect(counter.statements().length).toBe(2);
  counter.reset();
  await service.ask('{ clients { nodes { id } } }');
  expect(counter.statements().length).toBe(1);
});

it('asks once for one relation under two names with the same arguments', async () => {
  await service.ask(all('a: contacts(first: 3) { totalCount } b: contacts(first: 3) { totalCount }'));
  expect(counter.statements().length).toBe(3);
});

it('reads a calendar of fifty events, their cards and who takes part with one statement each', async () => {
  await service.ask(`{ events(first: 50) { nodes {
    subject client { code contacts { totalCount } } participants { lastName client { code } } attendees { name } } } }`);
  // Events, their cards, participants and attendees; and each card's contacts, counted.
  expect(counter.statements().length).toBe(6);
});

it('finds fifty nodes of one kind with one statement', async () => {
  await service.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect(counter.statements().length).toBe(1);
});

it('reads the histories of fifty clients with one statement for each kind, their ERP accounts, and the cards', async () => {
  const entries = 'nodes { kind title at actor change { fields { name } } } missing';
  await service.ask(all(`history(first: 5) { ${entries} }`));
  expect(counter.statements().length).toBe(6);
  counter.reset();
  await service.ask(all(`history(kinds: [NOTE, CHANGE]) { ${entries} totalCount }`));
  expect(counter.statements().length).toBe(5);
});

it('reads the records of histories with one statement for each kind of record that was changed', async () => {
  await service.ask(all('history(kinds: [NOTE, EVENT, ATTACHMENT]) { nodes { record { id } } }'));
  expect(counter.statements().length).toBe(4);
  counter.reset();
  // Cards are at hand; contacts, places, recipients, attachments.
  await service.ask(all('history(kinds: [CHANGE]) { nodes { record { id } } }'));
  expect(counter.statements().length).toBe(6);
});

it('reads one card at any number of instants with two statements', async () => {
  const asked = Array.from(
    { length: 9 },
    (_, n) => `a${n}: clientAsOf(id: "${ids[0]}", at: "2026-01-0${n + 1}T00:00:00Z") { version }`,
  );
  await service.ask(
    `{ ${asked.join(' ')} now: clientAsOf(id: "${ids[0]}", at: "${new Date().toISOString()}") { version } }`,
  );
  expect(counter.statements().length).toBe(2);
});
