import type { SqlType } from '../engine.ts';

/** A table or view as the catalog knows it. */
export interface CatalogObject {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view' | 'system';
  readonly columns: readonly CatalogColumn[];
  /** The query of a view, as T-SQL. */
  readonly definition: string | null;
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly identity: boolean;
  readonly hasDefault: boolean;
}

/** A name as PostgreSQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The PostgreSQL table of a T-SQL table or system view. */
export function storedName(object: Pick<CatalogObject, 'schema' | 'name' | 'kind'>): string {
  if (object.kind === 'system' && object.schema !== 'sys')
    return `sys.${quoted(`${object.schema}_${object.name}`.toLowerCase())}`;
  return `${quoted(object.schema)}.${quoted(object.name)}`;
}
