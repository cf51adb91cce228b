import { describe, expect, it } from '@jest/globals';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { sampleCardTypes } from '../../src/sample/card-types.ts';
import { sampleCards } from '../../src/sample/cards.ts';
import { sampleUsers } from '../../src/sample/users.ts';
import { customersIn } from './inserted-rows.ts';
import { validNumber } from './valid-number.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const polish = sampleCards.filter((card) => card.address.country === 'PL');

function named(code: string) {
  const found = sampleCards.find((card) => card.code === code);
  if (found === undefined) throw new Error(`No card ${code}`);
  return found;
}

/** The number of a NIP or VAT id, whatever it was written with; Polish ones without their prefix. */
function bare(taxId: string | null): string {
  return (taxId ?? '').replaceAll(/[\s-]/g, '').replace(/^PL/, '');
}

describe('the sample cards', () => {
  it('are sixty, each with a code of its own', () => {
    expect(sampleCards).toHaveLength(60);
    expect(new Set(sampleCards.map((card) => card.code)).size).toBe(60);
  });

  it('give every record an id of its own in the form of a UUIDv7', () => {
    const ids = [
      ...sampleCards.flatMap((card) => [card, ...card.contacts, ...card.deliveryPlaces, ...card.recipients]),
      ...sampleCardTypes,
      ...sampleUsers,
    ].map((record) => record.id);
    for (const id of ids) expect(id).toMatch(uuid);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keep their ids from one release to the next', () => {
    expect(named('OBUWNIK-LDZ').id).toBe('018cc907-f436-7e42-ab04-f3c8497f9155');
  });

  it('have valid tax numbers', () => {
    for (const card of polish) {
      expect(card.taxId).toMatch(/^\d{10}$/);
      expect([card.code, validNumber('PL', 'nip', card.taxId)]).toEqual([card.code, true]);
      if (card.regon !== null)
        expect([card.code, validNumber('PL', 'regon', card.regon)]).toEqual([card.code, true]);
    }
    const abroad = { DE: 'vat', CZ: 'dic', SK: 'dph', LT: 'pvm' };
    for (const [country, kind] of Object.entries(abroad)) {
      const cards = sampleCards.filter((card) => card.address.country === country);
      expect(cards.length).toBeGreaterThan(0);
      for (const card of cards)
        expect([card.code, validNumber(country, kind, card.taxId.slice(2))]).toEqual([card.code, true]);
    }
  });

  it('share a tax number only where the card type lets branches do so', () => {
    const shared = sampleCards.filter((card) =>
      sampleCards.some((other) => other !== card && other.taxId === card.taxId),
    );
    expect(shared.map((card) => card.code)).toEqual(['SIEC-KROKUS', 'KROKUS-ONLINE']);
    const branching = sampleCardTypes.filter((type) => type.branchesShareTaxId).map((type) => type.key);
    for (const card of shared) expect(branching).toContain(card.cardType);
  });

  it('have one to six contacts, of which the first alone is primary', () => {
    for (const { contacts } of sampleCards) {
      expect(contacts.length).toBeGreaterThanOrEqual(1);
      expect(contacts.length).toBeLessThanOrEqual(6);
      expect(contacts.map((contact) => contact.primary)).toEqual(contacts.map((_, index) => index === 0));
    }
  });

  it('have Polish postal codes, telephone numbers that exist, and addresses nobody can write to', () => {
    for (const card of sampleCards) {
      const parts = [...card.deliveryPlaces, ...card.recipients];
      for (const { address } of [card, ...parts]) {
        if (address.country === 'PL') expect(address.postalCode).toMatch(/^\d\d-\d{3}$/);
      }
      const numbers = [card.phone, card.mobile, card.fax, ...parts.map((part) => part.phone)];
      const people = card.contacts.flatMap((contact) => [contact.phone, contact.mobile]);
      const wrong = [...numbers, ...people].filter(
        (number) => number !== null && !isValidPhoneNumber(number),
      );
      expect(wrong).toEqual([]);
      for (const { email } of [card, ...card.contacts, ...parts]) {
        if (email !== null) expect(email).toMatch(/^[a-z0-9.-]+@[a-z-]+\.example$/);
      }
    }
  });

  it('name card types and account managers that are in the sample', () => {
    const keys = sampleCardTypes.map((type) => type.key);
    const users = sampleUsers.map((user) => user.id);
    for (const card of sampleCards) {
      expect(keys).toContain(card.cardType);
      if (card.accountManagerId !== null) expect(users).toContain(card.accountManagerId);
    }
  });

  it('have a chain of shops with exactly forty delivery places', () => {
    const { deliveryPlaces } = named('SIEC-KROKUS');
    expect(deliveryPlaces).toHaveLength(40);
    expect(new Set(deliveryPlaces.map((place) => place.code)).size).toBe(40);
  });

  it('have a buying group whose recipients point at cards and delivery places of the sample', () => {
    const group = named('GRUPA-RAZEM');
    expect(group.recipients.length).toBeGreaterThanOrEqual(12);
    for (const card of sampleCards) {
      const places = card.deliveryPlaces.map((place) => place.id);
      for (const recipient of card.recipients) {
        const member = sampleCards.find((other) => other.id === recipient.memberCardId);
        if (recipient.memberCardId !== null) expect(member?.taxId).toBe(recipient.taxId);
        if (recipient.deliveryPlaceId !== null) expect(places).toContain(recipient.deliveryPlaceId);
      }
    }
    expect(group.recipients.filter((recipient) => recipient.memberCardId !== null).length).toBeGreaterThan(4);
    expect(group.recipients.filter((recipient) => recipient.deliveryPlaceId !== null).length).toBeGreaterThan(
      4,
    );
  });

  it('have a few inactive ones', () => {
    expect(sampleCards.filter((card) => !card.active)).toHaveLength(4);
  });
});

describe('the ERP accounts of the sample cards', () => {
  const customers = { main: customersIn('main'), export: customersIn('export') };

  it('are customers of the sandbox with the same tax number', () => {
    for (const card of sampleCards) {
      expect(card.erpAccounts.length).toBeGreaterThan(0);
      for (const { company, customerId } of card.erpAccounts) {
        const customer = customers[company].get(customerId);
        expect([card.code, bare(customer?.taxId ?? null)]).toEqual([card.code, bare(card.taxId)]);
      }
    }
  });

  it('are linked once each, eight cards having some in both companies', () => {
    const accounts = sampleCards.flatMap((card) =>
      card.erpAccounts.map((one) => `${one.company}/${one.customerId}`),
    );
    expect(new Set(accounts).size).toBe(accounts.length);
    const both = sampleCards.filter((card) => new Set(card.erpAccounts.map((one) => one.company)).size === 2);
    expect(both).toHaveLength(8);
  });

  it('leave some of the seventy and the twenty-five customers unlinked', () => {
    expect([customers.main.size, customers.export.size]).toEqual([70, 25]);
    expect(sampleCards.flatMap((card) => card.erpAccounts).length).toBeLessThan(95);
  });
});
