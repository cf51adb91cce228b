import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
} from '../arrange/cards.ts';
import { define } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { countStatements, type WireCounter } from '../arrange/wire-counter.ts';

let service: TestService;
let counter: WireCounter;

beforeAll(async () => {
  service = await startTestService({
    through: async (url) => {
      counter = await countStatements(url);
      return counter.url;
    },
  });
  await makeCardTypes(service);
  await define(service, 'class', { cardTypes: ['shop'] });
  await define(service, 'size', { kind: 'DECIMAL' });
  for (const recordType of ['CONTACT', 'DELIVERY_PLACE', 'RECIPIENT'])
    await define(service, 'size', { recordType, kind: 'DECIMAL' });
  const features = [{ key: 'size', decimal: '1.5' }];
  for (let made = 0; made < 50; made += 1) {
    const card = await makeClient(service, { features: [...features, { key: 'class', text: 'A' }] });
    await makeContact(service, card, { features });
    await makeDeliveryPlace(service, card, { features });
    await makeRecipient(service, card, { features });
  }
});
afterAll(async () => {
  await service.close();
  await counter.close();
});
beforeEach(() => counter.reset());

const feature = 'features { isSet text decimal definition { key cardTypes { key } } }';
const lists = ['contacts', 'deliveryPlaces', 'recipients'];
const everything = `${feature} ${lists.map((list) => `${list} { nodes { ${feature} } }`).join(' ')}`;

it('reads the features of fifty cards with one statement for definitions, one for values, one for card types', async () => {
  const { clients } = await service.ask<{ clients: { nodes: { features: object[] }[] } }>(
    `{ clients(first: 50) { nodes { ${feature} } } }`,
  );
  expect(clients.nodes.map(({ features }) => features.length)).toEqual(Array.from({ length: 50 }, () => 2));
  expect(counter.statements().length).toBe(4);
});

it('reads fifty cards and their records, all with features, with at most one statement per relation', async () => {
  await service.ask(`{ clients(first: 1) { nodes { ${everything} } } }`);
  const forOne = counter.statements().length;
  counter.reset();
  await service.ask(`{ clients(first: 50) { nodes { ${everything} } } }`);
  expect(counter.statements().length).toBe(forOne);
  // Cards, three lists, definitions and their card types once, and the values of each of the four types of record.
  expect(forOne).toBeLessThanOrEqual(10);
});

it('asks for definitions only where a list speaks of features', async () => {
  await service.ask('{ clients(first: 50, filter: { active: true }) { nodes { code } } }');
  expect(counter.statements().length).toBe(1);
  counter.reset();
  await service.ask(
    `{ clients(first: 50, filter: { features: [{ key: "class", isSet: true }] }) { nodes { code } } }`,
  );
  expect(counter.statements().length).toBe(2);
});
