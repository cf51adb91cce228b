import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { clientInput, makeCardTypes, makeClient, makeContact, mutations, write } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

const fields = `id version createdAt createdBy updatedAt updatedBy deletedAt code active cardType { key } shortName fullName
  taxId regon address { street postalCode city country } primaryContact { id } phone mobile fax email website
  accountManager { id name } mergedInto { id }`;
const create = `mutation ($input: CreateClientInput!) { card: createClient(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateClientInput!) { card: updateClient(input: $input) { ${fields} } }`;
const read = `query ($id: ID!) { card: client(id: $id) { ${fields} } }`;

interface Card {
  readonly card: Readonly<Record<string, unknown>> & { readonly id: string; readonly updatedAt: string };
}
const manager = `user_${developmentUser.id}`;

/** Of a type whose cards may share a tax id, so that every test can have one. */
const whole = {
  code: '  KROKUS ',
  cardType: 'chain',
  shortName: ' Krokus\u00a0',
  fullName: 'Krokus Obuwie sp. z o.o.',
  taxId: 'PL 526-10-40-828',
  regon: '123 456 785',
  address: { street: 'ul. Żurawia 3/5', postalCode: ' 00-503 ', city: 'Warszawa', country: 'PL' },
  phone: '22 620 10 00',
  mobile: '0048 601 200 300',
  fax: '+48 22 620 10 01',
  email: ' biuro@krokus.pl ',
  website: 'www.krokus.pl',
  accountManagerId: manager,
};
const kept = {
  version: 1,
  createdBy: developmentUser.name,
  updatedBy: developmentUser.name,
  deletedAt: null,
  code: 'KROKUS',
  active: true,
  cardType: { key: 'chain' },
  shortName: 'Krokus',
  fullName: 'Krokus Obuwie sp. z o.o.',
  taxId: '5261040828',
  regon: '123456785',
  address: { street: 'ul. Żurawia 3/5', postalCode: '00-503', city: 'Warszawa', country: 'PL' },
  primaryContact: null,
  phone: '+48226201000',
  mobile: '+48601200300',
  fax: '+48226201001',
  email: 'biuro@krokus.pl',
  website: 'www.krokus.pl',
  accountManager: { id: manager, name: developmentUser.name },
  mergedInto: null,
};

describe('a new card', () => {
  it('is answered and kept in the forms that the firm keeps', async () => {
    const { card } = await service.ask<Card>(create, { input: whole });
    expect(card).toMatchObject(kept);
    expect(card.id).toMatch(/^client_[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(card['createdAt']).toBe(card.updatedAt);
    expect(await service.ask(read, { id: card.id })).toEqual({ card });
  });

  it('needs no more than code, type and names', async () => {
    const { card } = await service.ask<Card>(create, { input: clientInput({ code: 'MAŁO' }) });
    expect(card).toMatchObject({
      code: 'MAŁO',
      active: true,
      taxId: null,
      address: { street: null, postalCode: null, city: null, country: null },
      accountManager: null,
    });
  });

  it.each([
    ['a bare UUID', (key: string) => key],
    ['an id', (key: string) => `client_${key}`],
    ['a UUID in capitals', (key: string) => key.toUpperCase()],
  ])('takes the id its caller wishes, as %s', async (_case, formOf) => {
    const key = randomUUID();
    const { id } = await makeClient(service, { id: formOf(key) });
    expect(id).toBe(`client_${key}`);
  });

  it('can be switched off from the start', async () => {
    const { card } = await service.ask<Card>(create, { input: clientInput({ active: false }) });
    expect(card['active']).toBe(false);
  });
});

describe('a change', () => {
  it('changes what it names and leaves the rest', async () => {
    const { card } = await service.ask<Card>(create, { input: { ...whole, code: 'ZMIANA' } });
    const input = { id: card.id, version: 1, shortName: 'Krokus II', address: { city: 'Łódź' } };
    const { card: changed } = await service.ask<Card>(update, { input });
    expect(changed).toEqual({
      ...card,
      version: 2,
      updatedAt: changed.updatedAt,
      shortName: 'Krokus II',
      address: { ...kept.address, city: 'Łódź' },
    });
    expect(await service.ask(read, { id: card.id })).toEqual({ card: changed });
  });

  it('clears a whole address with null, and takes null in a new card for nothing said', async () => {
    const input = { ...clientInput(), address: null, active: null };
    const made = await write(service, 'createClient', input);
    const placed = await write(service, 'updateClient', { ...made, address: { city: 'Łódź' } });
    const { updateClient } = await service.ask<{ updateClient: unknown }>(
      'mutation ($input: UpdateClientInput!) { updateClient(input: $input) { active address { city } } }',
      { input: { ...placed, address: null } },
    );
    expect(updateClient).toEqual({ active: true, address: { city: null } });
  });

  it('clears with null and with blanks', async () => {
    const { card } = await service.ask<Card>(create, { input: { ...whole, code: 'CZYSZCZENIE' } });
    const input = {
      id: card.id,
      version: 1,
      taxId: null,
      regon: '  ',
      phone: null,
      mobile: '',
      fax: null,
      email: ' ',
      website: null,
      accountManagerId: null,
      address: { street: null, postalCode: '', city: ' ', country: null },
    };
    expect(await service.ask(update, { input })).toMatchObject({
      card: {
        version: 2,
        taxId: null,
        regon: null,
        phone: null,
        mobile: null,
        fax: null,
        email: null,
        website: null,
        accountManager: null,
        address: { street: null, postalCode: null, city: null, country: null },
      },
    });
  });

  it('makes no new version where nothing is other than before', async () => {
    const { card } = await service.ask<Card>(create, { input: { ...whole, code: 'BEZ-ZMIAN' } });
    const same = { ...whole, code: ' BEZ-ZMIAN', taxId: '526 104 08 28', id: card.id, version: 1 };
    expect(await service.ask(update, { input: same })).toEqual({ card });
    expect(await service.ask(update, { input: { id: card.id, version: 1 } })).toEqual({ card });
  });

  it('can move the card to another type, also away from one that is switched off, and leave it there', async () => {
    const made = await write(service, 'defineCardType', { key: 'old', name: 'Dawny' });
    const card = await makeClient(service, { cardType: 'old' });
    await write(service, 'updateCardType', { id: made.id, version: 1, active: false });
    const kept = { id: card.id, version: 1, cardType: 'old', fullName: 'Inna nazwa' };
    expect(await service.ask(update, { input: kept })).toMatchObject({ card: { cardType: { key: 'old' } } });
    const moved = { id: card.id, version: 2, cardType: 'chain' };
    expect(await service.ask(update, { input: moved })).toMatchObject({
      card: { cardType: { key: 'chain' } },
    });
    const back = { id: card.id, version: 3, cardType: 'old' };
    expect(await service.refusal(update, { input: back })).toMatchObject({
      extensions: { problems: [{ path: 'input.cardType', code: 'CARD_TYPE' }] },
    });
  });

  it('names the primary contact, and takes it away', async () => {
    const card = await makeClient(service);
    const contact = await makeContact(service, card);
    const named = { id: card.id, version: 1, primaryContactId: contact.id };
    expect(await service.ask(update, { input: named })).toMatchObject({
      card: { version: 2, primaryContact: { id: contact.id } },
    });
    const unnamed = { id: card.id, version: 2, primaryContactId: null };
    expect(await service.ask(update, { input: unnamed })).toMatchObject({
      card: { version: 3, primaryContact: null },
    });
  });

  it('leaves a foreign postal code be when the country is not named again', async () => {
    const address = { postalCode: '10115', city: 'Berlin', country: 'DE' };
    const card = await makeClient(service, { address });
    const input = { id: card.id, version: 1, address: { postalCode: '10117' } };
    expect(await service.ask(update, { input })).toMatchObject({
      card: { address: { ...address, postalCode: '10117' } },
    });
  });

  it.each(['[a-z', '(', '__proto__', 'any'])('is refused where there is no country %s', async (country) => {
    const card = await makeClient(service);
    const input = { id: card.id, version: 1, address: { postalCode: '00-001', country } };
    expect(await service.refusal(mutations.updateClient, { input })).toMatchObject({
      extensions: { problems: [{ path: 'input.address.country', code: 'COUNTRY' }] },
    });
  });

  it('is refused where it leaves a postal code that the country does not have', async () => {
    const card = await makeClient(service, { address: { postalCode: '10115', country: 'DE' } });
    const input = { id: card.id, version: 1, address: { country: 'PL' } };
    expect(await service.refusal(mutations.updateClient, { input })).toMatchObject({
      extensions: { problems: [{ path: 'input.address.postalCode', code: 'POSTAL_CODE' }] },
    });
  });
});
