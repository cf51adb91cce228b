/** What a row of a file is as a card: the inputs of the API, checked as the API checks them. */
import { v5 as uuidV5 } from 'uuid';
import type { Problem } from '../../errors.ts';
import { AddressInput } from '../../values/address.ts';
import type { FeatureValueInput } from '../../values/feature-value.ts';
import { formOf } from '../../values/form-problems.ts';
import { publicId } from '../../values/record-id.ts';
import { CreateClientInput } from '../client.inputs.ts';
import { AddContactInput } from '../contacts/contact.inputs.ts';
import type { Column } from './columns.ts';
import type { CsvRow } from './csv-file.ts';

/** What cells say of records that rows only name. */
export interface Known {
  readonly cardType: string | undefined;
  /** Key of the user by e-mail or name, in small letters. */
  readonly users: ReadonlyMap<string, string>;
  /** The value of a feature that is written so. */
  readonly feature: (key: string, text: string) => FeatureValueInput | Pick<Problem, 'code' | 'message'>;
}

export interface NewCard {
  readonly line: number;
  /** The same for a row that says the same: a row that was imported is known again. */
  readonly key: string;
  readonly client: CreateClientInput;
  readonly contact: AddContactInput | undefined;
}

export interface RefusedRow {
  readonly line: number;
  /** Paths are names of columns. */
  readonly problems: readonly Problem[];
}

/** Made up once. */
const rowsOfFiles = 'b0a4c2a6-5d0e-4a55-9a3b-0d7c6b8f4e11';

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['tak', 'true', '1', 'yes', 't', 'y'].map((word) => [word, true] as const),
  ...['nie', 'false', '0', 'no', 'n'].map((word) => [word, false] as const),
]);

type Cells = ReadonlyMap<string, string>;

function cellsOf({ cells }: CsvRow, columns: readonly Column[]): Cells {
  return new Map(
    columns.flatMap(({ member }, place) => {
      const text = cells[place]?.trim() ?? '';
      return member === undefined || text === '' ? [] : [[member, text] as const];
    }),
  );
}

function withPrefix(cells: Cells, prefix: string): Record<string, string> {
  return Object.fromEntries(
    [...cells].flatMap(([member, text]) =>
      member.startsWith(prefix) ? [[member.slice(prefix.length), text]] : [],
    ),
  );
}

const plainMembers = ['taxId', 'regon', 'phone', 'mobile', 'fax', 'email', 'website'];

function clientOf(
  cells: Cells,
  known: Known,
  refuse: (member: string, code: string, message: string) => void,
) {
  const active = cells.get('active');
  const flag = active === undefined ? undefined : flags.get(active.toLowerCase());
  if (active !== undefined && flag === undefined) refuse('active', 'FLAG', 'is neither tak nor nie');
  const manager = cells.get('accountManager');
  const userKey = manager === undefined ? undefined : known.users.get(manager.toLowerCase());
  if (manager !== undefined && userKey === undefined)
    refuse('accountManager', 'NOT_FOUND', 'is neither the e-mail nor the name of a user');
  const features = Object.entries(withPrefix(cells, 'feature.')).flatMap(([key, text]) => {
    const value = known.feature(key, text);
    if (!('code' in value)) return [value];
    refuse(`feature.${key}`, value.code, value.message);
    return [];
  });
  const address = withPrefix(cells, 'address.');
  const name = cells.get('fullName') ?? cells.get('shortName') ?? '';
  return Object.assign(new CreateClientInput(), {
    code: cells.get('code') ?? '',
    cardType: cells.get('cardType') ?? known.cardType ?? '',
    // A long name is cut: the whole of it is the full name.
    shortName: cells.get('shortName') ?? name.slice(0, 100).toWellFormed().trim(),
    fullName: name,
    ...Object.fromEntries(plainMembers.map((member) => [member, cells.get(member)])),
    ...(flag === undefined ? {} : { active: flag }),
    ...(userKey === undefined ? {} : { accountManagerId: publicId('user', userKey) }),
    ...(Object.keys(address).length === 0 ? {} : { address: Object.assign(new AddressInput(), address) }),
    ...(features.length === 0 ? {} : { features }),
  });
}

/** Names the columns that hold what the paths of problems lead to. */
export const atColumns = (
  problems: readonly Problem[],
  columns: readonly Column[],
  features: readonly FeatureValueInput[],
): Problem[] =>
  problems.map((problem) => {
    const path = problem.path.replace(/^input\./, '');
    const [, place] = /^features\.(\d+)/.exec(path) ?? [];
    const member =
      place === undefined
        ? path.replace(/^accountManagerId$/, 'accountManager')
        : `feature.${features[Number(place)]?.key}`;
    const column = columns.find((one) => one.member === member);
    return { ...problem, path: column?.name ?? member };
  });

export async function cardOfRow(
  row: CsvRow,
  columns: readonly Column[],
  known: Known,
): Promise<NewCard | RefusedRow> {
  const cells = cellsOf(row, columns);
  const problems: Problem[] = [];
  const refuse = (member: string, code: string, message: string): void => {
    problems.push({ path: `input.${member}`, code, message });
  };
  const { line } = row;
  if (row.cells.length > columns.length)
    refuse('row', 'COLUMNS', `has ${row.cells.length} cells, the header ${columns.length}`);
  const client = clientOf(cells, known, refuse);
  problems.push(...(await formOf(client, 'input')).problems);
  const person = withPrefix(cells, 'contact.');
  const contact =
    Object.keys(person).length === 0
      ? undefined
      : Object.assign(new AddContactInput(), { lastName: '', ...person, primary: true });
  if (contact) problems.push(...(await formOf(contact, 'input.contact')).problems);
  if (problems.length > 0) return { line, problems: atColumns(problems, columns, client.features ?? []) };
  const said = [...cells, ['cardType', client.cardType]].map(([member, text]) => `${member}=${text}`).sort();
  const key = uuidV5(JSON.stringify(said), rowsOfFiles);
  client.id = key;
  return { line, key, client, contact };
}
