/** Cards of which every text is a person's and stands nowhere else; and looking for such texts in the whole database. */
import { randomBytes, randomInt } from 'node:crypto';
import { cardRecords } from '../../src/clients/whole-card/card-records.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import {
  bare,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeEvent,
  makeNote,
  makeRecipient,
  type Written,
} from './cards.ts';
import { setFeatures } from './features.ts';
import type { TestService } from './service.ts';
import { attach, reviseAttachment, sendFile, somePdf } from './uploads.ts';

/** Letters only: words with digits are no words to the search. */
export const word = (): string =>
  `żq${[...randomBytes(5).toString('hex')].map((sign) => 'abcdefghijklmnop'[parseInt(sign, 16)]).join('')}`;

const digits = (length: number): string => Array.from({ length }, () => String(randomInt(1, 10))).join('');
const phone = (): string => `+48601${digits(6)}`;
const email = (): string => `q${randomBytes(5).toString('hex')}@example.pl`;

function nip(): string {
  const start = digits(9);
  const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce(
    (total, weight, at) => total + weight * Number(start[at]),
    0,
  );
  return sum % 11 === 10 ? nip() : `${start}${sum % 11}`;
}

function regon(): string {
  const start = digits(8);
  const sum = [8, 9, 2, 3, 4, 5, 6, 7].reduce((total, weight, at) => total + weight * Number(start[at]), 0);
  return `${start}${(sum % 11) % 10}`;
}

// A country whose postal codes have no known form.
const address = () => ({ street: word(), postalCode: word(), city: word(), country: 'AE' });
const person = () => ({ contactName: word(), phone: phone(), email: email() });

export const personalClient = () => ({
  code: word(),
  shortName: word(),
  fullName: word(),
  taxId: nip(),
  regon: regon(),
  address: address(),
  phone: phone(),
  mobile: phone(),
  fax: phone(),
  email: email(),
  website: `https://q${randomBytes(5).toString('hex')}.pl`,
});
export const personalContact = () => ({
  lastName: word(),
  firstName: word(),
  email: email(),
  phone: phone(),
  mobile: phone(),
  position: word(),
  department: word(),
});
export const personalPlace = () => ({
  code: word(),
  name: word(),
  address: address(),
  ...person(),
  openingHours: word(),
  instructions: word(),
});
export const personalRecipient = () => ({
  code: word(),
  name: word(),
  taxId: nip(),
  address: address(),
  ...person(),
});

export type Filled = Readonly<
  Record<'contact' | 'place' | 'recipient' | 'note' | 'event' | 'attachment' | 'account', Written>
>;

/** Of two revisions, whose names and bytes are a person's. */
async function attachPersonal(service: TestService, card: Written): Promise<Written> {
  const file = () => somePdf({ name: `${word()}.pdf` });
  const attachment = await attach(service, card, file(), { description: word() });
  const { id, version } = attachment;
  await sendFile(service, reviseAttachment, { id, version }, file());
  return attachment;
}

/** Gives the record a text of the feature `personal`, which must be defined. */
export const givePersonalFeature = async (service: TestService, record: Written): Promise<string> => {
  const text = word();
  await setFeatures(service, record, [{ key: 'personal', text }]);
  return text;
};

/** A record of every kind on the card, every text in it a person's. */
export async function fillWithPersonal(service: TestService, card: Written): Promise<Filled> {
  return {
    contact: await makeContact(service, card, { ...personalContact(), primary: true }),
    place: await makeDeliveryPlace(service, card, personalPlace()),
    recipient: await makeRecipient(service, card, personalRecipient()),
    note: await makeNote(service, card, { text: word() }),
    event: await makeEvent(service, card, {
      subject: word(),
      description: word(),
      location: word(),
      outcome: word(),
    }),
    attachment: await attachPersonal(service, card),
    account: await service.crm.erpAccounts.link(developmentUser, {
      clientId: card.id,
      companyKey: 'main',
      customerId: word(),
    }),
  };
}

export const makePersonalClient = (service: TestService): Promise<Written> =>
  makeClient(service, personalClient());

/** Texts that are nobody's: users', and those of which there are few. */
const impersonal = [
  'created_by',
  'updated_by',
  'country',
  'company_key',
  'kind',
  'status',
  'category',
  'media_type',
  'shared_with',
];

export interface TextColumn {
  readonly table: string;
  readonly column: string;
  readonly value: string | null;
}

/** What stands in every text column of these records. */
export async function textsOf(
  { dataSource }: Pick<TestService, 'dataSource'>,
  ...records: readonly Written[]
): Promise<TextColumn[]> {
  const tables = ['client', ...cardRecords.map(({ kind }) => kind.read.table)];
  const columns = await dataSource.query<{ table: string; column: string }[]>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ANY($1) AND data_type IN ('text', 'character', 'character varying', 'json', 'jsonb', 'ARRAY')
       AND column_name <> ALL($2)`,
    [tables, impersonal],
  );
  const found: TextColumn[] = [];
  for (const { table, column } of columns) {
    const rows = await dataSource.query<{ value: string | null }[]>(
      `SELECT ${column}::text AS value FROM ${table} WHERE id = ANY($1)`,
      [records.map(({ id }) => bare(id))],
    );
    found.push(...rows.map(({ value }) => ({ table, column, value })));
  }
  return found;
}

export const values = (texts: readonly TextColumn[]): string[] =>
  texts.flatMap(({ value }) => (value === null ? [] : [value]));

/** The tables in which one of the texts stands, in whatever column, letter case and accents aside. */
export async function tablesWith(
  { dataSource }: Pick<TestService, 'dataSource'>,
  texts: readonly string[],
): Promise<string[]> {
  const tables = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const looked = texts.map((text) => text.replace(/^\+/, ''));
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await dataSource.query<unknown[]>(
      `SELECT FROM ${name} AS whole WHERE EXISTS (
         SELECT FROM unnest($1::text[]) AS text WHERE strpos(folded(whole::text), folded(text)) > 0) LIMIT 1`,
      [looked],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
