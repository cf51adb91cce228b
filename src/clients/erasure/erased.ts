/** What takes the place of a person's data, record by record. */
import { erasedText, type Erasure } from '../../changes/erasing.ts';
import { noAddress } from '../../values/address.ts';
import type { ClientEntity } from '../client.entity.ts';
import type { SubRecordEntity } from '../sub-record.ts';
import { noPerson, type CardRecord } from '../whole-card/card-records.ts';

/** What every kind's lines in the change log have. */
const ofEveryKind = ['clientId', 'deletedAt'];

const butFor = (impersonal: readonly string[]) => (field: string) =>
  ![...ofEveryKind, ...impersonal].includes(field);

/** A whole record of a card; one that was live is removed. */
export const wholeRecord = (
  { erased, impersonal }: CardRecord,
  deletedAt: Date,
): Erasure<SubRecordEntity> => ({
  values: { ...erased, deletedAt },
  isPersonal: butFor(impersonal),
});

/** Each card has a code, unlike every other: this one tells nothing. */
const neutralCode = (key: string): string => `ERASED-${key}`;

export const wholeCard = ({ id }: ClientEntity, deletedAt: Date): Erasure<ClientEntity> => ({
  values: {
    code: neutralCode(id),
    active: false,
    shortName: erasedText,
    fullName: erasedText,
    taxId: null,
    regon: null,
    ...noAddress,
    primaryContactKey: null,
    phone: null,
    mobile: null,
    fax: null,
    email: null,
    website: null,
    deletedAt,
  },
  isPersonal: butFor([
    'active',
    'cardType',
    'primaryContactId',
    'accountManagerId',
    'sharedWithIds',
    'mergedIntoId',
    'mergedFrom',
  ]),
});

/** The person alone whom a delivery place or a recipient names: the record itself stays as it is. */
export const namedPerson = {
  values: noPerson,
  isPersonal: (field: string): boolean => Object.hasOwn(noPerson, field),
};
