/**
 * Exports: whole sets of records for tools that keep copies. A set is declared by its columns, each with its type, over the same
 * expressions by which the API reads the records; rows come in the order of their keys, so that an export that broke off goes on after
 * the last row that arrived.
 */
import type { Permission } from '../access/permission.ts';
import type { ReadDeclaration } from '../reads/declaration.ts';
import type { RecordKind } from '../values/record-id.ts';

export type ColumnType = 'text' | 'integer' | 'boolean' | 'date' | 'instant' | 'list';

export interface ExportColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Sees the table's row as `t`. */
  readonly sql: string;
}

export interface ExportSet {
  readonly name: string;
  readonly kind: RecordKind;
  readonly table: string;
  /** Expression of the key of the card that a row belongs to. */
  readonly card: string;
  /** Beside `exports.run`. */
  readonly need: Permission;
  readonly columns: readonly ExportColumn[];
}

const addressColumns: readonly ExportColumn[] = [
  { name: 'street', type: 'text', sql: 't.street' },
  { name: 'postalCode', type: 'text', sql: 't.postal_code' },
  { name: 'city', type: 'text', sql: 't.city' },
  { name: 'country', type: 'text', sql: 't.country' },
];

/** Copies are kept in step by it: what was deleted is told, and told as such. */
const deleted: ExportColumn = { name: 'deleted', type: 'boolean', sql: 't.deleted_at IS NOT NULL' };

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
export function exportSet<Row extends object>(
  name: string,
  read: Pick<ReadDeclaration<Row, never, never, string>, 'kind' | 'table' | 'card' | 'columns'>,
  fields: Readonly<Record<OwnField<Row>, ColumnType | 'address'>>,
  need: Permission = 'clients.read',
): ExportSet {
  const sqlOf: Readonly<Record<string, string>> = read.columns;
  const types: Readonly<Record<string, ColumnType | 'address'>> = { ...first, ...fields, ...last };
  const columns = Object.entries(types).flatMap(([field, type]): readonly ExportColumn[] => {
    if (type === 'address') return addressColumns;
    const sql = sqlOf[field];
    if (sql === undefined) throw new Error(`${read.table} reads no ${field}`);
    return [{ name: field, type, sql }];
  });
  return {
    name,
    kind: read.kind,
    table: read.table,
    card: read.card,
    need,
    columns: [...columns, deleted],
  };
}
