/** Cards with their sub-records, made through the API: the least that is valid, with whatever a test wants otherwise. */
import { randomUUID } from 'node:crypto';
import type { TestService } from './service.ts';

type Given = Readonly<Record<string, unknown>>;
type Caller = Pick<TestService, 'ask'>;

export interface Written {
  readonly id: string;
  readonly version: number;
}

const shop = 'shop';
const chain = 'chain';

/** Two card types: a plain one, and one whose branches share a tax id. */
export async function makeCardTypes(service: Caller): Promise<{ shop: Written; chain: Written }> {
  const define = async (input: Given): Promise<Written> => {
    const { made } = await service.ask<{ made: Written }>(
      'mutation ($input: DefineCardTypeInput!) { made: defineCardType(input: $input) { id version } }',
      { input },
    );
    return made;
  };
  return {
    shop: await define({ key: shop, name: 'Sklep' }),
    chain: await define({ key: chain, name: 'Sieć sklepów', branchesShareTaxId: true }),
  };
}

const someCode = (): string => randomUUID().slice(0, 8);

export const clientInput = (given: Given = {}): Given => ({
  code: someCode(),
  cardType: shop,
  shortName: 'Trzewik',
  fullName: 'Trzewik sp. z o.o.',
  ...given,
});

export const contactInput = (card: Written, given: Given = {}): Given => ({
  clientId: card.id,
  lastName: 'Wójcik',
  ...given,
});

export const deliveryPlaceInput = (card: Written, given: Given = {}): Given => ({
  clientId: card.id,
  code: someCode(),
  name: 'Magazyn',
  address: {},
  ...given,
});

export const recipientInput = (card: Written, given: Given = {}): Given => ({
  clientId: card.id,
  code: someCode(),
  name: 'But i Spółka',
  ...given,
});

export const noteInput = (card: Written, given: Given = {}): Given => ({
  clientId: card.id,
  text: 'Dzwonić po dziesiątej',
  ...given,
});

export const eventInput = (card: Written, given: Given = {}): Given => ({
  clientId: card.id,
  kind: 'MEETING',
  subject: 'Kolekcja na wiosnę',
  startsAt: '2026-02-03T10:00:00Z',
  ...given,
});

/** Mutations by name, selecting id and version; tests that look at more write their own. */
export const mutations = {
  createClient: mutation('createClient', 'CreateClientInput'),
  updateClient: mutation('updateClient', 'UpdateClientInput'),
  deleteClient: mutation('deleteClient', 'VersionedId'),
  restoreClient: mutation('restoreClient', 'VersionedId'),
  restoreRecord: mutation('restoreRecord', 'VersionedId'),
  addContact: mutation('addContact', 'AddContactInput'),
  updateContact: mutation('updateContact', 'UpdateContactInput'),
  removeContact: mutation('removeContact', 'VersionedId'),
  addDeliveryPlace: mutation('addDeliveryPlace', 'AddDeliveryPlaceInput'),
  updateDeliveryPlace: mutation('updateDeliveryPlace', 'UpdateDeliveryPlaceInput'),
  removeDeliveryPlace: mutation('removeDeliveryPlace', 'VersionedId'),
  addRecipient: mutation('addRecipient', 'AddRecipientInput'),
  updateRecipient: mutation('updateRecipient', 'UpdateRecipientInput'),
  removeRecipient: mutation('removeRecipient', 'VersionedId'),
  addNote: mutation('addNote', 'AddNoteInput'),
  updateNote: mutation('updateNote', 'UpdateNoteInput'),
  removeNote: mutation('removeNote', 'VersionedId'),
  addEvent: mutation('addEvent', 'AddEventInput'),
  updateEvent: mutation('updateEvent', 'UpdateEventInput'),
  removeEvent: mutation('removeEvent', 'VersionedId'),
  defineCardType: mutation('defineCardType', 'DefineCardTypeInput'),
  updateCardType: mutation('updateCardType', 'UpdateCardTypeInput'),
} as const;

function mutation(name: string, inputType: string): string {
  return `mutation ($input: ${inputType}!) { written: ${name}(input: $input) { id version } }`;
}

export async function write(service: Caller, name: keyof typeof mutations, input: object): Promise<Written> {
  return (await service.ask<{ written: Written }>(mutations[name], { input })).written;
}

export const makeClient = (service: Caller, given?: Given): Promise<Written> =>
  write(service, 'createClient', clientInput(given));
export const makeContact = (service: Caller, card: Written, given?: Given): Promise<Written> =>
  write(service, 'addContact', contactInput(card, given));
export const makeDeliveryPlace = (service: Caller, card: Written, given?: Given): Promise<Written> =>
  write(service, 'addDeliveryPlace', deliveryPlaceInput(card, given));
export const makeRecipient = (service: Caller, card: Written, given?: Given): Promise<Written> =>
  write(service, 'addRecipient', recipientInput(card, given));

export const makeNote = (service: Caller, card: Written, given?: Given): Promise<Written> =>
  write(service, 'addNote', noteInput(card, given));

export const makeEvent = (service: Caller, card: Written, given?: Given): Promise<Written> =>
  write(service, 'addEvent', eventInput(card, given));

/** The bare UUID in an id. */
export const bare = (id: string): string => id.slice(id.indexOf('_') + 1);
