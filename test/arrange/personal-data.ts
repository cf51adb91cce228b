/** Cards of which every text is a person's and stands nowhere else; and looking for such texts in the whole database. */
import { randomBytes, randomInt } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cardRecords } from '../../src/clients/whole-card/card-records.ts';
import { featuredRecords } from '../../src/features/featured-records.ts';
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
import { define, setFeatures } from './features.ts';
import type { TestService } from './service.ts';
import { attach, reviseAttachment, sendFile, type SentFile } from './uploads.ts';

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
    attachment: await attach(service, card, personalFile(), { description: word() }),
    account: await service.crm.erpAccounts.link(developmentUser, {
      clientId: card.id,
      companyKey: 'main',
      customerId: word(),
    }),
  };
}

/** Its name, and what stands in it, are a person's. */
export const personalFile = (): SentFile => ({
  name: `${word()}.pdf`,
  bytes: Buffer.from(`%PDF-1.7\n${word()}\n`),
});

/** A second file, so that the first one is a revision of before. Answers what tells of the person in both. */
export async function reviseWithPersonal(
  service: TestService,
  { id, version }: Written,
): Promise<readonly string[]> {
  const file = personalFile();
  const { errors } = await sendFile(service, reviseAttachment, { id, version }, file);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const rows = await service.dataSource.query<{ id: string; file_name: string; sha256: string }[]>(
    'SELECT id, file_name, sha256 FROM attachment_revision WHERE attachment_id = $1 ORDER BY number',
    [bare(id)],
  );
  const stored = await Promise.all(
    rows.map(async (row) => {
      const bytes = await readFile(join(service.storageFolder, 'files', row.id.slice(-2), row.id), 'utf8');
      return [row.file_name, row.sha256, bytes.split('\n')[1] ?? ''];
    }),
  );
  return stored.flat();
}

const featureKey = (recordType: string, kind: string): string => `osoba-${recordType}-${kind}`;
const featureKinds = ['TEXT', 'LONG_TEXT'];

/** For each type of record that has features: a short text and a long one. */
export async function definePersonalFeatures(service: TestService): Promise<void> {
  for (const { recordType } of featuredRecords)
    for (const kind of featureKinds)
      await define(service, featureKey(recordType, kind), { recordType, kind });
}

/** Sets them twice on each of these records that has features. Answers all texts, those of now and of before. */
export async function setPersonalFeatures(
  service: TestService,
  records: readonly { readonly id: string }[],
): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const { id } of records) {
    const featured = featuredRecords.find(({ kind }) => id.startsWith(`${kind}_`));
    if (!featured) continue;
    const query = 'query ($id: ID!) { node(id: $id) { ... on Record { id version } } }';
    for (let turn = 0; turn < 2; turn += 1) {
      const { node } = await service.ask<{ node: Written }>(query, { id });
      const values = featureKinds.map((kind) => ({
        key: featureKey(featured.recordType, kind),
        text: word(),
      }));
      await setFeatures(service, node, values);
      texts.push(...values.map(({ text }) => text));
    }
  }
  return texts;
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
  'firm_full_name',
  'firm_short_name',
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
    `SELECT format('%I.%I', table_schema, table_name)::regclass::text AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' ORDER BY 1`,
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

/** What is stored, by the place in the folder, where one of the texts stands in its name or its bytes. */
export async function filesWith(
  { storageFolder }: Pick<TestService, 'storageFolder'>,
  texts: readonly string[],
): Promise<string[]> {
  const entries = await readdir(storageFolder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const place = join(entry.parentPath, entry.name);
    const bytes = await readFile(place);
    if (texts.some((text) => entry.name.includes(text) || bytes.includes(text))) found.push(place);
  }
  return found;
}
