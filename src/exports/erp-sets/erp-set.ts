/** How the sets of the ERP are declared: what a row is read from, and of each column its type and its value. */
import type { Permission } from '../../access/permission.ts';
import type { Company } from '../../erp/companies.ts';
import { erpId, type ErpKind } from '../../erp/record-key.ts';
import type { Cell, Row } from '../cells.ts';
import { writeErpCursor } from '../erp-cursor.ts';
import type {
  ColumnType,
  ErpQuestion,
  ErpSet,
  LinkedCustomer,
  SetColumn,
  SetParameter,
} from '../export-set.ts';

/** What a row is of, and its key among its customer's. */
export interface OfCustomer {
  readonly customer: LinkedCustomer;
  readonly key: readonly string[];
}

/** Its type, its value, and what it needs beside what the set does. */
export type ErpColumn<Read> = readonly [
  type: ColumnType,
  cell: (read: Read, company: Company) => Cell,
  need?: Permission,
];

type ErpColumns<Read> = Readonly<Record<string, ErpColumn<Read>>>;

/** Of a record that has one, by its key. */
export const recordId =
  (kind: ErpKind) =>
  ({ key }: OfCustomer, company: Company): string =>
    erpId(kind, company.key, key);

/** Of what belongs to a record: that one's id, and the last part of the key. */
export const idWithin =
  (kind: ErpKind) =>
  ({ key }: OfCustomer, company: Company): string =>
    `${erpId(kind, company.key, key.slice(0, -1))}:${key.at(-1) ?? ''}`;

interface ErpSetParts<Read extends OfCustomer> {
  readonly name: string;
  readonly need: Permission;
  readonly parameters: readonly SetParameter[];
  readonly id: (read: Read, company: Company) => string;
  /** Between what all sets have first and the cursor. */
  readonly columns: ErpColumns<Read>;
  readonly check: ErpSet['check'];
  readonly read: (question: ErpQuestion) => AsyncIterable<readonly Read[]>;
}

export function erpSet<Read extends OfCustomer>(parts: ErpSetParts<Read>): ErpSet {
  const { name } = parts;
  const all: ErpColumns<Read> = {
    id: ['text', parts.id],
    company: ['text', (_, company) => company.key],
    customerId: ['text', ({ customer }) => customer.customerId],
    clientId: ['text', ({ customer }) => customer.clientId],
    ...parts.columns,
    cursor: [
      'text',
      ({ customer, key }, company) =>
        writeErpCursor(name, { company: company.key, customerId: customer.customerId, key }),
    ],
  };
  return {
    source: 'erp',
    name,
    need: parts.need,
    columns: Object.entries(all).map(([column, [type, , need]]): SetColumn => ({
      name: column,
      type,
      ...(need && { need }),
    })),
    cursor: 'cursor',
    parameters: ['client', 'cardType', 'company', 'after', ...parts.parameters],
    check: parts.check,
    rows: (question) => rowsOf(question, all, parts.read(question)),
  };
}

async function* rowsOf<Read>(
  { columns, company }: ErpQuestion,
  all: ErpColumns<Read>,
  batches: AsyncIterable<readonly Read[]>,
): AsyncGenerator<readonly Row[]> {
  const cells = columns.flatMap((name) => (Object.hasOwn(all, name) ? (all[name]?.[1] ?? []) : []));
  for await (const batch of batches) yield batch.map((read) => cells.map((cell) => cell(read, company)));
}
