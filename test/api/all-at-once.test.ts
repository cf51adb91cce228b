import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  clientInput,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
  mutations,
  recipientInput,
  write,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { UserEntity } from '../../src/users/user.entity.ts';

let service: TestService;
let taken: Written;
const former = randomUUID();
const nobody = `user_${randomUUID()}`;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  taken = await makeClient(service, { code: 'ZAJĘTY', taxId: '5261040828' });
  const user = { id: former, name: 'Edward Cichoń', email: null, active: false };
  await service.dataSource.manager.insert(UserEntity, user);
});
afterAll(() => service.close());

const refused = async (name: keyof typeof mutations, input: object) =>
  (await service.refusal(mutations[name], { input })).extensions;
const told = async (name: keyof typeof mutations, input: object): Promise<unknown> => {
  const { code, problems } = await refused(name, input);
  return code === 'BAD_USER_INPUT' ? problems?.map((one) => `${one.path} ${one.code}`).sort() : code;
};

const untrue = { cardType: 'none', accountManagerId: nobody, code: 'zajęty', taxId: 'PL5261040828' };
const untruths = [
  'input.accountManagerId NOT_FOUND',
  'input.cardType CARD_TYPE',
  'input.code DUPLICATE',
  'input.taxId DUPLICATE',
];

describe('what is not so is told all at once', () => {
  it('of a new card', async () => {
    expect(await told('createClient', clientInput(untrue))).toEqual(untruths);
  });

  it('of a changed card', async () => {
    const card = await makeClient(service);
    const contact = await makeContact(service, taken);
    expect(await told('updateClient', { ...card, ...untrue, primaryContactId: contact.id })).toEqual(
      [...untruths, 'input.primaryContactId NOT_FOUND'].sort(),
    );
  });

  it('together with what has not even the right form', async () => {
    const wrong = { email: 'biuro', shortName: ' ' };
    const wrongs = ['input.email EMAIL', 'input.shortName REQUIRED'];
    expect(await told('createClient', clientInput({ ...untrue, ...wrong }))).toEqual(
      [...untruths, ...wrongs].sort(),
    );
    const card = await makeClient(service);
    expect(await told('updateClient', { ...card, ...untrue, ...wrong, taxId: '1' })).toEqual(
      [...untruths.slice(0, 3), 'input.taxId TAX_ID', ...wrongs].sort(),
    );
    expect(await told('updateClient', { ...taken, code: 'Zajęty', email: 'biuro' })).toEqual([
      'input.email EMAIL',
    ]);
  });

  it('where the database refuses both code and tax id, with who has them', async () => {
    const { code, problems } = await refused(
      'createClient',
      clientInput({ ...untrue, cardType: 'shop', accountManagerId: null }),
    );
    expect(code).toBe('BAD_USER_INPUT');
    expect(problems).toMatchObject([
      { path: 'input.code', code: 'DUPLICATE', existingId: taken.id },
      { path: 'input.taxId', code: 'DUPLICATE', existingId: taken.id },
    ]);
  });

  it('of a recipient', async () => {
    const card = await makeClient(service);
    await makeRecipient(service, card, { code: 'R1' });
    const place = await makeDeliveryPlace(service, card);
    await write(service, 'removeDeliveryPlace', place);
    const input = recipientInput(card, { code: 'r1', memberCardId: card.id, deliveryPlaceId: place.id });
    expect(await told('addRecipient', input)).toEqual([
      'input.code DUPLICATE',
      'input.deliveryPlaceId NOT_FOUND',
      'input.memberCardId OWN_CARD',
    ]);
  });
});

describe('who is newly named must be usable, and who was named already may stay:', () => {
  it('an account manager who has left', async () => {
    const accountManagerId = `user_${former}`;
    expect(await told('createClient', clientInput({ accountManagerId }))).toEqual([
      'input.accountManagerId INACTIVE',
    ]);
    const card = await makeClient(service);
    expect(await told('updateClient', { ...card, accountManagerId })).toEqual([
      'input.accountManagerId INACTIVE',
    ]);
    await service.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE id = $2', [
      former,
      card.id.slice('client_'.length),
    ]);
    await write(service, 'updateClient', { ...card, accountManagerId, shortName: 'Inny' });
  });

  it('a removed contact as the primary one', async () => {
    const card = await makeClient(service);
    const contact = await makeContact(service, card);
    await write(service, 'removeContact', contact);
    expect(await told('updateClient', { ...card, primaryContactId: contact.id })).toBe('NOT_FOUND');
  });

  it('a member’s card that is deleted, and a delivery place that is removed', async () => {
    const card = await makeClient(service);
    const member = await makeClient(service);
    const place = await makeDeliveryPlace(service, card);
    const references = { memberCardId: member.id, deliveryPlaceId: place.id };
    const recipient = await makeRecipient(service, card, references);
    await write(service, 'deleteClient', member);
    await write(service, 'removeDeliveryPlace', place);
    expect(await told('addRecipient', recipientInput(card, references))).toEqual([
      'input.deliveryPlaceId NOT_FOUND',
      'input.memberCardId NOT_FOUND',
    ]);
    await write(service, 'updateRecipient', { ...recipient, ...references, name: 'Inny' });
  });
});

describe('a postal code is checked by its country', () => {
  it.each([
    ['DE', '10115', '1011'],
    ['CZ', '110 00', '11'],
    ['LT', 'LT-01100', '1100'],
    ['LT', '01100', 'LV-01100'],
    ['GB', 'SW1A 1AA', '12345'],
    ['UA', '01001', 'Kijów'],
    ['CY', '1010', 'x'.repeat(21)],
  ])('as in %s %s is right and %s is not', async (country, right, wrong) => {
    await makeClient(service, { address: { country, postalCode: right } });
    expect(await told('createClient', clientInput({ address: { country, postalCode: wrong } }))).toEqual([
      'input.address.postalCode POSTAL_CODE',
    ]);
  });
});
