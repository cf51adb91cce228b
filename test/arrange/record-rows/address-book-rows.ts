import { randomUUID } from 'node:crypto';
import { contactInput, deliveryPlaceInput, recipientInput } from '../cards.ts';
import { client, user, wrongVersioned, wrongVersionedProblems, type RecordRow } from './record-row.ts';

export const Contact: RecordRow = {
  table: 'contact',
  recordType: 'CONTACT',
  make: {
    mutation: 'addContact',
    input: ({ card }) => contactInput(card, { id: randomUUID() }),
    wrong: {
      input: { id: client, clientId: user, lastName: '\t', email: '@', phone: '1', active: null },
      problems: [
        'input.clientId ID',
        'input.email EMAIL',
        'input.id ID',
        'input.lastName CHARACTERS',
        'input.phone PHONE',
      ],
    },
  },
  change: {
    mutation: 'updateContact',
    member: 'lastName',
    values: ['Druga', 'Trzecia'],
    wrong: {
      input: { ...wrongVersioned, lastName: null, primary: null, mobile: 'x' },
      problems: [
        ...wrongVersionedProblems,
        'input.lastName REQUIRED',
        'input.mobile PHONE',
        'input.primary REQUIRED',
      ],
    },
  },
  remove: 'removeContact',
  restore: 'restoreRecord',
  erase: 'eraseContact',
};

export const DeliveryPlace: RecordRow = {
  table: 'delivery_place',
  recordType: 'DELIVERY_PLACE',
  make: {
    mutation: 'addDeliveryPlace',
    input: ({ card }) => deliveryPlaceInput(card, { id: randomUUID() }),
    wrong: {
      input: {
        clientId: 'x',
        code: '',
        name: '',
        address: { country: 'Polska', postalCode: '1' },
        instructions: 'x'.repeat(2001),
      },
      problems: [
        'input.address.country COUNTRY',
        'input.clientId ID',
        'input.code REQUIRED',
        'input.instructions TOO_LONG',
        'input.name REQUIRED',
      ],
    },
  },
  change: {
    mutation: 'updateDeliveryPlace',
    member: 'address',
    values: [{ city: 'Łódź' }, { city: 'Lublin' }],
    logged: 'address.city',
    wrong: {
      input: { ...wrongVersioned, code: null, name: ' ', openingHours: 'x'.repeat(501) },
      problems: [
        ...wrongVersionedProblems,
        'input.code REQUIRED',
        'input.name REQUIRED',
        'input.openingHours TOO_LONG',
      ],
    },
  },
  remove: 'removeDeliveryPlace',
  restore: 'restoreRecord',
  erase: 'eraseDeliveryPlaceContact',
};

const wrongMember = {
  taxId: '1',
  address: { postalCode: 'x', country: null },
  memberCardId: user,
  deliveryPlaceId: client,
};
const wrongMemberProblems = [
  'input.address.postalCode POSTAL_CODE',
  'input.deliveryPlaceId ID',
  'input.memberCardId ID',
  'input.taxId TAX_ID',
];

export const Recipient: RecordRow = {
  table: 'recipient',
  recordType: 'RECIPIENT',
  make: {
    mutation: 'addRecipient',
    input: ({ card }) => recipientInput(card, { id: randomUUID() }),
    wrong: {
      input: { ...wrongMember, clientId: user, code: ' ', name: 'But' },
      problems: [...wrongMemberProblems, 'input.clientId ID', 'input.code REQUIRED'],
    },
  },
  change: {
    mutation: 'updateRecipient',
    member: 'name',
    values: ['Jeden', 'Dwa'],
    wrong: {
      input: { ...wrongMember, ...wrongVersioned, active: null },
      problems: [...wrongMemberProblems, ...wrongVersionedProblems, 'input.active REQUIRED'],
    },
  },
  remove: 'removeRecipient',
  restore: 'restoreRecord',
  erase: 'eraseRecipientContact',
};
