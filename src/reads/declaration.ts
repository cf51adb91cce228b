/**
 * Declared reads: what a type is read from, said once. A declaration names the table, an expression for each field, the
 * columns that lead to its parents, its filters and its sort orders; statement.ts turns a declaration and a request into
 * one SQL statement, and reads.ts batches and pages. Expressions see the table's row as `t`. They hold no values: those
 * come in only through `Bind`, as typed parameters, so a statement's text depends on the shape of a request alone.
 */
import type { RecordKind } from '../values/record-id.ts';

/** Adds a parameter and answers how the statement refers to it. `type` is PostgreSQL's name of its type. */
export type Bind = (value: unknown, type: string) => string;

/** The SQL condition for a filter member's value (undefined: not given), or undefined for none. */
export type FilterCondition<Value> = (value: Value | undefined, bind: Bind) => string | undefined;

/** What rows can be sorted by. `type` is the PostgreSQL type that a cursor's text is read back as. */
export interface Sort {
  readonly sql: string;
  readonly type: 'text' | 'uuid' | 'timestamptz' | 'date' | 'integer' | 'bigint' | 'numeric' | 'boolean';
  readonly nullable: boolean;
}

export type Direction = 'ASC' | 'DESC';

export interface OrderBy<Name extends string = string> {
  readonly sort: Name;
  readonly direction: Direction;
  /** Where rows without a value stand; as PostgreSQL's indexes have it when not given: last ascending, first descending. */
  readonly nulls?: 'FIRST' | 'LAST' | undefined;
}

/** A sort made for one request: a value from another table, of which each row has one or none. It sorts nulls last either way. */
export interface JoinedSort {
  /** Tells it from others in cursors. */
  readonly name: string;
  readonly type: Sort['type'];
  /** Joins the value to the table's row `r`, whatever there is under `alias`. */
  join(alias: string, bind: Bind): string;
  value(alias: string): string;
}

interface JoinedOrder {
  readonly by: JoinedSort;
  readonly direction: Direction;
}

export type AnyOrder<Name extends string = string> =
  (OrderBy<Name> & { readonly by?: undefined }) | JoinedOrder;

export interface ReadDeclaration<
  Row extends object,
  Filter extends object,
  SortName extends string,
  Card extends string | null = string | null,
> {
  readonly kind: RecordKind;
  readonly table: string;
  /** Expression of the key of the card it belongs to, by which a caller's row scope is asked; null for what belongs to none. */
  readonly card: Card;
  /** One SQL expression for each field of the row, in the shape that callers are promised. */
  readonly columns: { readonly [Field in keyof Row]-?: string };
  /** Parent relations: the column that holds the parent's key. */
  readonly parents: Readonly<Record<string, string>>;
  readonly filters: { readonly [Member in keyof Filter]-?: FilterCondition<NonNullable<Filter[Member]>> };
  readonly sorts: Readonly<Record<SortName, Sort>>;
  /** Used when none is asked for. The key always comes last, so that every order is total. */
  readonly defaultOrder: readonly OrderBy<SortName>[];
}

export const keySort: Sort = { sql: 't.id', type: 'uuid', nullable: false };

/** Expression of a public id made of the key in `column`; null stays null. */
export const idColumn = (kind: RecordKind, column: string): string => `'${kind}_' || ${column}`;

const idColumnForm = /^'([a-z]+)_' \|\| (t\.[a-z_]+)$/;

/** The kind and the key's column of such an expression, so that whoever looks for an id finds it by an index. */
export function keyBehindId(sql: string): { readonly kind: string; readonly column: string } | undefined {
  const [, kind, column] = idColumnForm.exec(sql) ?? [];
  return kind === undefined || column === undefined ? undefined : { kind, column };
}

/** The fields that every record of the CRM has. */
export const recordColumns = (kind: RecordKind) => ({
  id: idColumn(kind, 't.id'),
  version: 't.version',
  createdAt: 't.created_at',
  createdBy: 't.created_by',
  updatedAt: 't.updated_at',
  updatedBy: 't.updated_by',
  deletedAt: 't.deleted_at',
});

/** The four columns every table with an address has, by the members of an address. */
export const addressParts = {
  street: 't.street',
  postalCode: 't.postal_code',
  city: 't.city',
  country: 't.country',
};

/** The address as one value. */
export const addressColumn = `json_build_object(${Object.entries(addressParts)
  .map(([member, sql]) => `'${member}', ${sql}`)
  .join(', ')})`;
