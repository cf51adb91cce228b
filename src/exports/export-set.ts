/**
 * Exports: whole sets of records for tools that keep copies. A set is declared by its columns, each with its type; rows come in one order
 * for good, so that an export that broke off goes on after the last row that arrived. The sets of the CRM are declared over the
 * same expressions by which the API reads the records, and told by COPY; those of the ERP are read through its door.
 */
import type { Access } from '../access/access.ts';
import type { Permission } from '../access/permission.ts';
import type { Company } from '../erp/companies.ts';
import type { ReadDeclaration } from '../reads/declaration.ts';
import { parsePublicId, type RecordKind } from '../values/record-id.ts';
import type { Rows } from './cells.ts';

export type ColumnType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'instant' | 'list' | 'json';

export interface SetColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Beside what the set needs; without it the column is not there. */
  readonly need?: Permission;
}

/** What a set can be asked for, beside columns and dialect. */
export type SetParameter =
  'client' | 'cardType' | 'company' | 'recordType' | 'after' | 'updatedSince' | 'from' | 'to' | 'asOf';

interface DeclaredSet<Column extends SetColumn> {
  readonly name: string;
  /** Beside `exports.run`. */
  readonly need: Permission;
  /** The first one always comes. */
  readonly columns: readonly Column[];
  /** The column after whose value an export goes on; it always comes. */
  readonly cursor: string;
  readonly parameters: readonly SetParameter[];
}

export interface CrmColumn extends SetColumn {
  /** Sees the table's row as `t`. */
  readonly sql: string;
}

/** What COPY tells. */
export interface CopySet extends DeclaredSet<CrmColumn> {
  /** A table, or a select in brackets; its row is `t`. */
  readonly table: string;
  /** Expression of the key of the card that a row belongs to. */
  readonly card: string;
  /** Whether rows that belong to no card are told, too. */
  readonly cardless?: true;
  /** What rows are sorted by: expressions, each with PostgreSQL's name of its type. */
  readonly key: readonly (readonly [sql: string, type: 'uuid' | 'bigint'])[];
  /** The key after which an export goes on, from what its rows tell; undefined for what is none. */
  readonly keyOf: (cursor: string) => readonly string[] | undefined;
  /** The instants that `from`, `to` and `updatedSince` are about. */
  readonly made: string;
  readonly changed?: string;
  /** Statement for the last key there is, as `last`; behind it no copy can be. */
  readonly end?: string;
  /** Which rows there are for whom, beside those of cards that they see. */
  readonly conditions?: (access: Access) => readonly string[];
}

/** Records of one kind. */
export interface CrmSet extends CopySet {
  readonly source: 'crm';
  readonly kind: RecordKind;
}

/** What is told of records, and is none. */
export interface AboutRecordsSet extends CopySet {
  readonly source: 'about';
}

/** A customer of an ERP, and the card that it is linked to. */
export interface LinkedCustomer {
  readonly customerId: string;
  readonly clientId: string;
  /** Whether it has come to the card since the time that is asked about, so that to a copy all of its rows are new. */
  readonly anew: boolean;
}

export interface ErpQuestion {
  readonly company: Company;
  readonly customers: readonly LinkedCustomer[];
  /** The key of the row after which to begin, of the first customer; as the set's cursors have it. */
  readonly after: readonly string[] | undefined;
  /** Days, half-open. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** RFC 3339 in UTC. */
  readonly updatedSince: string | undefined;
  /** Without the rows of which the ERP does not say when they were changed. */
  readonly datedOnly: boolean;
  /** A day. */
  readonly asOf: string | undefined;
  /** Names, in the order of the cells. */
  readonly columns: readonly string[];
  readonly signal: AbortSignal;
}

export interface ErpSet extends DeclaredSet<SetColumn> {
  readonly source: 'erp';
  /** Throws NotOffered where the company's ERP has nothing of the kind, or why it gave no answer. */
  check(company: Company, asOf: string | undefined, signal: AbortSignal): Promise<void>;
  /** The rows of these customers, in their order. Throws InputRejected, or why the company gave no answer. */
  rows(question: ErpQuestion): Rows;
}

export type ExportSet = CrmSet | AboutRecordsSet | ErpSet;

export const copyParameters: readonly SetParameter[] = [
  'client',
  'cardType',
  'after',
  'updatedSince',
  'from',
  'to',
];

/** Of an id that is one of this kind. */
export const keyOfId =
  (kind: RecordKind): CopySet['keyOf'] =>
  (cursor) => {
    const parsed = parsePublicId(cursor);
    return parsed?.kind === kind ? [parsed.key] : undefined;
  };

const addressColumns: readonly CrmColumn[] = [
  { name: 'street', type: 'text', sql: 't.street' },
  { name: 'postalCode', type: 'text', sql: 't.postal_code' },
  { name: 'city', type: 'text', sql: 't.city' },
  { name: 'country', type: 'text', sql: 't.country' },
];

/** Copies are kept in step by it: what was deleted is told, and told as such. */
export const deleted: CrmColumn = { name: 'deleted', type: 'boolean', sql: 't.deleted_at IS NOT NULL' };

/** What every record has, first and last in its row. */
const first = { id: 'text', version: 'integer' } as const;
const last = {
  createdAt: 'instant',
  createdBy: 'text',
  updatedAt: 'instant',
  updatedBy: 'text',
  deletedAt: 'instant',
} as const;

type OwnField<Row> = Exclude<keyof Row & string, keyof typeof first | keyof typeof last>;

/** `fields`: every field of the row but those that all records have, in the order of the columns. */
export function crmSet<Row extends object>(
  name: string,
  read: Pick<ReadDeclaration<Row, never, never, string>, 'kind' | 'table' | 'card' | 'columns'>,
  fields: Readonly<Record<OwnField<Row>, ColumnType | 'address'>>,
  need: Permission = 'clients.read',
): CrmSet {
  const sqlOf: Readonly<Record<string, string>> = read.columns;
  const types: Readonly<Record<string, ColumnType | 'address'>> = { ...first, ...fields, ...last };
  const columns = Object.entries(types).flatMap(([field, type]): readonly CrmColumn[] => {
    if (type === 'address') return addressColumns;
    const sql = sqlOf[field];
    if (sql === undefined) throw new Error(`${read.table} reads no ${field}`);
    return [{ name: field, type, sql }];
  });
  return {
    source: 'crm',
    name,
    kind: read.kind,
    table: read.table,
    card: read.card,
    need,
    columns: [...columns, deleted],
    cursor: 'id',
    parameters: copyParameters,
    key: [['t.id', 'uuid']],
    keyOf: keyOfId(read.kind),
    made: 't.created_at',
    changed: 't.updated_at',
  };
}
