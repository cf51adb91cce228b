import { randomUUID } from 'node:crypto';
import { clientInput } from '../cards.ts';
import { client, wrongVersioned, wrongVersionedProblems, type RecordRow } from './record-row.ts';

const wrongFirm = {
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
const wrongFirmProblems = [
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
export const Client: RecordRow = {
  table: 'client',
  recordType: 'CLIENT',
  make: {
    mutation: 'createClient',
    input: () => clientInput({ id: randomUUID() }),
    wrong: {
      input: { ...wrongFirm, id: 'x', code: ' ', cardType: '', shortName: '', fullName: 'x'.repeat(401) },
      problems: [
        ...wrongFirmProblems,
        'input.cardType REQUIRED',
        'input.code REQUIRED',
        'input.fullName TOO_LONG',
        'input.id ID',
        'input.shortName REQUIRED',
      ],
    },
  },
  change: {
    mutation: 'updateClient',
    member: 'shortName',
    values: ['Półbut', 'Sandał'],
    wrong: {
      input: {
        ...wrongFirm,
        ...wrongVersioned,
        address: { ...wrongFirm.address, country: null },
        code: null,
        cardType: null,
        shortName: null,
        fullName: null,
        active: null,
        primaryContactId: client,
      },
      problems: [
        ...wrongFirmProblems,
        ...wrongVersionedProblems,
        'input.active REQUIRED',
        'input.cardType REQUIRED',
        'input.code REQUIRED',
        'input.fullName REQUIRED',
        'input.primaryContactId ID',
        'input.shortName REQUIRED',
      ],
    },
  },
  remove: 'deleteClient',
  restore: 'restoreClient',
  erase: 'eraseClient',
};
