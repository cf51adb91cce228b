import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  clientInput,
  contactInput,
  deliveryPlaceInput,
  makeCardTypes,
  makeClient,
  makeContact,
  mutations,
  recipientInput,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let card: Written;
let contact: Written;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service);
  contact = await makeContact(service, card);
});
afterAll(() => service.close());

type Given = Readonly<Record<string, unknown>>;

/** The problems of a refused write, as `path CODE`, in alphabetical order. */
async function problems(name: keyof typeof mutations, input: Given): Promise<unknown> {
  const { extensions } = await service.refusal(mutations[name], { input });
  expect(extensions.code).toBe('BAD_USER_INPUT');
  return extensions.problems?.map(({ path, code }) => `${path} ${code}`).sort();
}

const wrong = {
  taxId: '5261040827',
  regon: '123456789',
  address: { postalCode: '00503', street: 'x'.repeat(201) },
  phone: '12',
  mobile: 'x',
  fax: '+48 1',
  email: 'biuro',
  website: 'krokus',
  accountManagerId: 'Jan',
};
const wrongPaths = [
  'input.accountManagerId ID',
  'input.address.postalCode POSTAL_CODE',
  'input.address.street TOO_LONG',
  'input.email EMAIL',
  'input.fax PHONE',
  'input.mobile PHONE',
  'input.phone PHONE',
  'input.regon REGON',
  'input.taxId TAX_ID',
  'input.website WEBSITE',
];

describe('everything that is wrong is told at once', () => {
  it('of a new card', async () => {
    const input = { ...wrong, id: 'x', code: ' ', cardType: '', shortName: '', fullName: 'x'.repeat(401) };
    expect(await problems('createClient', input)).toEqual(
      [
        ...wrongPaths,
        'input.cardType REQUIRED',
        'input.code REQUIRED',
        'input.fullName TOO_LONG',
        'input.id ID',
        'input.shortName REQUIRED',
      ].sort(),
    );
  });

  it('of a change to a card', async () => {
    const input = {
      ...wrong,
      id: contact.id,
      version: 0,
      address: { ...wrong.address, country: null },
      code: null,
      cardType: null,
      shortName: null,
      fullName: null,
      active: null,
      primaryContactId: card.id,
    };
    expect(await problems('updateClient', input)).toEqual(
      [
        ...wrongPaths,
        'input.active REQUIRED',
        'input.cardType REQUIRED',
        'input.code REQUIRED',
        'input.fullName REQUIRED',
        'input.id ID',
        'input.primaryContactId ID',
        'input.shortName REQUIRED',
        'input.version VERSION',
      ].sort(),
    );
  });

  it('of a new contact', async () => {
    const input = { id: card.id, clientId: contact.id, lastName: '\t', email: '@', phone: '1', active: null };
    expect(await problems('addContact', input)).toEqual([
      'input.clientId ID',
      'input.email EMAIL',
      'input.id ID',
      'input.lastName CHARACTERS',
      'input.phone PHONE',
    ]);
  });

  it('of a change to a contact', async () => {
    const input = { id: 'x', version: -1, lastName: null, primary: null };
    expect(await problems('updateContact', input)).toEqual([
      'input.id ID',
      'input.lastName REQUIRED',
      'input.primary REQUIRED',
      'input.version VERSION',
    ]);
  });

  it('of a new delivery place', async () => {
    const input = {
      clientId: 'x',
      code: '',
      name: '',
      address: { country: 'Polska', postalCode: '1' },
      instructions: 'x'.repeat(2001),
    };
    expect(await problems('addDeliveryPlace', input)).toEqual([
      'input.address.country COUNTRY',
      'input.clientId ID',
      'input.code REQUIRED',
      'input.instructions TOO_LONG',
      'input.name REQUIRED',
    ]);
  });

  it('of a new recipient', async () => {
    const input = {
      ...recipientInput(card),
      taxId: '1',
      address: { postalCode: 'x' },
      memberCardId: contact.id,
      deliveryPlaceId: card.id,
    };
    expect(await problems('addRecipient', input)).toEqual([
      'input.address.postalCode POSTAL_CODE',
      'input.deliveryPlaceId ID',
      'input.memberCardId ID',
      'input.taxId TAX_ID',
    ]);
  });

  it('of a card type', async () => {
    const input = { key: 'Sieć', name: '', branchesShareTaxId: null };
    expect(await problems('defineCardType', input)).toEqual(['input.key KEY', 'input.name REQUIRED']);
    expect(await problems('updateCardType', { id: card.id, version: 0, name: null })).toEqual([
      'input.id ID',
      'input.name REQUIRED',
      'input.version VERSION',
    ]);
  });
});

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

describe('a text of a million letters is refused', () => {
  const long = 'x'.repeat(1_000_000);
  it.each(['code', 'shortName', 'fullName', 'email', 'website', 'phone', 'taxId', 'regon'])(
    'as %s, without being sent back',
    async (member) => {
      const input = clientInput({ [member]: long });
      const error = await service.refusal(mutations.createClient, { input });
      expect(error.extensions.problems).toMatchObject([{ path: `input.${member}`, code: 'TOO_LONG' }]);
      expect(JSON.stringify(error).length).toBeLessThan(2_000);
    },
  );

  it('as an id', async () => {
    const { extensions } = await service.refusal(mutations.createClient, {
      input: clientInput({ id: long }),
    });
    expect(extensions.problems).toMatchObject([{ path: 'input.id', code: 'ID' }]);
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
