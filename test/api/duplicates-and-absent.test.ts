import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  bare,
  clientInput,
  contactInput,
  deliveryPlaceInput,
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

let service: TestService;
let types: { shop: Written; chain: Written };
let card: Written;
let other: Written;

beforeAll(async () => {
  service = await startTestService();
  types = await makeCardTypes(service);
  card = await makeClient(service);
  other = await makeClient(service);
});
afterAll(() => service.close());

type Given = Readonly<Record<string, unknown>>;
const extensions = async (name: keyof typeof mutations, input: Given): Promise<Given> =>
  (await service.refusal(mutations[name], { input })).extensions;
const duplicate = (path: string, existingId?: string): Given => ({ code: 'DUPLICATE', path, existingId });
const absent = (path: string, id: string): Given => ({ code: 'NOT_FOUND', path, id });

describe('a code is one card’s alone', () => {
  it('letter case aside, on creating and on changing', async () => {
    const { id } = await makeClient(service, { code: 'Łódź-1' });
    const input = clientInput({ code: ' ŁÓDŹ-1' });
    expect(await extensions('createClient', input)).toEqual(duplicate('input.code', id));
    const change = { ...other, code: 'łódź-1' };
    expect(await extensions('updateClient', change)).toEqual(duplicate('input.code', id));
  });

  it('also when the other card is deleted', async () => {
    const { id } = await makeClient(service, { code: 'DAWNY' });
    await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(id)]);
    const input = clientInput({ code: 'dawny' });
    expect(await extensions('createClient', input)).toEqual(duplicate('input.code', id));
  });

  it('and can be written in another letter case on its own card', async () => {
    const made = await makeClient(service, { code: 'wielkie' });
    expect((await write(service, 'updateClient', { ...made, code: 'WIELKIE' })).version).toBe(2);
  });

  it.each([
    ['addDeliveryPlace', makeDeliveryPlace, deliveryPlaceInput],
    ['addRecipient', makeRecipient, recipientInput],
  ] as const)('for %s within the card only, letter case aside', async (name, make, input) => {
    const { id } = await make(service, card, { code: 'Ś-1' });
    expect(await extensions(name, input(card, { code: 'ś-1' }))).toEqual(duplicate('input.code', id));
    await make(service, other, { code: 'Ś-1' });
  });
});

describe('a tax id', () => {
  it('is one card’s alone, deleted and inactive ones counted', async () => {
    const taxId = '5261040828';
    const { id } = await makeClient(service, { taxId, active: false });
    await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(id)]);
    const input = clientInput({ taxId: '526-104-08-28' });
    expect(await extensions('createClient', input)).toEqual(duplicate('input.taxId', id));
    expect(await extensions('updateClient', { ...other, taxId })).toEqual(duplicate('input.taxId', id));
  });

  it('is shared by cards of a type for branches, but not with cards of another type', async () => {
    const taxId = '7740001454';
    await makeClient(service, { taxId, cardType: 'chain' });
    await makeClient(service, { taxId, cardType: 'chain' });
    const { id } = await makeClient(service, { taxId });
    expect(await extensions('createClient', clientInput({ taxId }))).toEqual(duplicate('input.taxId', id));
  });

  it('keeps a card that shares it from going to a type that does not let it', async () => {
    const taxId = '5213017228';
    const first = await makeClient(service, { taxId });
    const second = await makeClient(service, { taxId, cardType: 'chain' });
    const change = { ...second, cardType: 'shop' };
    expect(await extensions('updateClient', change)).toEqual(duplicate('input.taxId', first.id));
  });

  it('that cards share keeps their type from no longer letting them', async () => {
    const taxId = '5250007738';
    for (const code of ['ODDZIAŁ-1', 'ODDZIAŁ-2'])
      await makeClient(service, { code, taxId, cardType: 'chain' });
    const change = { ...types.chain, branchesShareTaxId: false };
    expect(await extensions('updateCardType', change)).toEqual(duplicate('input.branchesShareTaxId'));
  });

  it('may be shared as soon as the type lets it, and not any more once it does not', async () => {
    const type = await write(service, 'defineCardType', { key: 'turning', name: 'Zmienny' });
    const taxId = '6340125442';
    const input = () => clientInput({ taxId, cardType: 'turning' });
    const first = await write(service, 'createClient', input());
    expect(await extensions('createClient', input())).toMatchObject({ code: 'DUPLICATE' });
    const shared = await write(service, 'updateCardType', { ...type, branchesShareTaxId: true });
    const second = await write(service, 'createClient', input());
    await write(service, 'updateClient', { ...second, taxId: null });
    await write(service, 'updateCardType', { ...shared, branchesShareTaxId: false });
    expect(await extensions('createClient', input())).toEqual(duplicate('input.taxId', first.id));
  });
});

describe('what is referred to must be there', () => {
  const nobody = randomUUID();
  it('as an account manager', async () => {
    const accountManagerId = `user_${nobody}`;
    const expected = absent('input.accountManagerId', accountManagerId);
    expect(await extensions('createClient', clientInput({ accountManagerId }))).toEqual(expected);
    expect(await extensions('updateClient', { ...card, accountManagerId })).toEqual(expected);
  });

  it('as a primary contact, of the card itself', async () => {
    const theirs = await makeContact(service, other);
    for (const primaryContactId of [`contact_${nobody}`, theirs.id])
      expect(await extensions('updateClient', { ...card, primaryContactId })).toEqual(
        absent('input.primaryContactId', primaryContactId),
      );
  });

  it('as the card of a new record', async () => {
    const of = { id: `client_${nobody}`, version: 1 };
    const expected = absent('input.clientId', of.id);
    expect(await extensions('addContact', contactInput(of))).toEqual(expected);
    expect(await extensions('addDeliveryPlace', deliveryPlaceInput(of))).toEqual(expected);
    expect(await extensions('addRecipient', recipientInput(of))).toEqual(expected);
  });

  it('as a recipient’s own card and delivery place', async () => {
    const place = await makeDeliveryPlace(service, other);
    const memberCardId = `client_${nobody}`;
    expect(await extensions('addRecipient', recipientInput(card, { memberCardId }))).toEqual(
      absent('input.memberCardId', memberCardId),
    );
    for (const deliveryPlaceId of [`place_${nobody}`, place.id])
      expect(await extensions('addRecipient', recipientInput(card, { deliveryPlaceId }))).toEqual(
        absent('input.deliveryPlaceId', deliveryPlaceId),
      );
  });
});
