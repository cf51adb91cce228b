import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  clientInput,
  contactInput,
  deliveryPlaceInput,
  makeCardTypes,
  makeClient,
  mutations,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let card: Written;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service);
});
afterAll(() => service.close());

type Given = Readonly<Record<string, unknown>>;

/** The problems of a refused write, as `path CODE`, in alphabetical order. */
async function problems(name: keyof typeof mutations, input: Given): Promise<unknown> {
  const { extensions } = await service.refusal(mutations[name], { input });
  expect(extensions.code).toBe('BAD_USER_INPUT');
  return extensions.problems?.map(({ path, code }) => `${path} ${code}`).sort();
}

describe('text that no database and no screen can hold is refused', () => {
  it.each([
    ['NUL', 'a\u0000b'],
    ['a bell', 'a\u0007'],
    ['half a surrogate pair', 'a\ud83d'],
    ['the other half', '\ude00a'],
  ])('as with %s', async (_case, text) => {
    const texts = { shortName: text, fullName: text, code: text, email: text, address: { city: text } };
    expect(await problems('createClient', clientInput(texts))).toEqual([
      'input.address.city CHARACTERS',
      'input.code CHARACTERS',
      'input.email CHARACTERS',
      'input.fullName CHARACTERS',
      'input.shortName CHARACTERS',
    ]);
  });

  it('but an emoji is fine, and so are lines where there is room for them', async () => {
    await service.ask(mutations.createClient, { input: clientInput({ shortName: 'But 👞' }) });
    const input = deliveryPlaceInput(card, { instructions: 'Brama A\nRampa\t2\r\n' });
    await service.ask(mutations.addDeliveryPlace, { input });
  });

  it('as a line break in a name', async () => {
    expect(await problems('addContact', contactInput(card, { firstName: 'Jan\nMaria' }))).toEqual([
      'input.firstName CHARACTERS',
    ]);
  });
});

describe('a version is refused', () => {
  it.each([2_147_483_648, 1.5, '1', null])('as %p, before anything is looked at', async (version) => {
    const { extensions } = await service.refusal(mutations.updateClient, { input: { id: card.id, version } });
    expect(extensions.problems).toMatchObject([{ path: 'input.version', code: 'VARIABLE' }]);
  });
});

it('refuses a card type that is not there, or switched off', async () => {
  const { defined } = await service.ask<{ defined: Written }>(
    'mutation { defined: defineCardType(input: { key: "off", name: "Nie" }) { id version } }',
  );
  await service.ask(mutations.updateCardType, { input: { ...defined, active: false } });
  for (const cardType of ['none', 'off', 'Shop'])
    expect(await problems('createClient', clientInput({ cardType }))).toEqual(['input.cardType CARD_TYPE']);
});

it('writes nothing of what it refuses', async () => {
  const id = randomUUID();
  await problems('createClient', clientInput({ id, taxId: '1' }));
  const query = 'query ($id: ID!) { client(id: $id) { id } }';
  expect(await service.ask(query, { id: `client_${id}` })).toEqual({ client: null });
});
