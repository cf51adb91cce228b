import type { ClientBase } from 'pg';
import { facetsOf } from './facets.ts';
import type { CatalogColumn, CatalogObject } from './relation.ts';
import type { CatalogKey } from './catalog.ts';
import { supportSchema } from './support.ts';
import { typeText } from './types.ts';

/** Writes what was declared into the engine's catalog. */
export interface NewObject {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'U' | 'V';
  readonly columns: readonly CatalogColumn[];
  readonly definition: string | null;
  /** Kept when a view is altered. */
  readonly id?: number | undefined;
}

export async function storeObject(client: ClientBase, object: NewObject): Promise<number> {
  const { rows } = await client.query<{ object_id: number }>(
    `INSERT INTO ${supportSchema}.objects (object_id, schema_id, name, kind, definition)
     SELECT coalesce($1::int, nextval('${supportSchema}.next_object')), s.schema_id, $3, $4, $5
     FROM ${supportSchema}.schemas AS s WHERE s.name = $2 RETURNING object_id`,
    [object.id ?? null, object.schema, object.name, object.kind, object.definition],
  );
  const id = rows[0]?.object_id;
  if (id === undefined) throw new Error(`no schema ${object.schema}`);
  const columns = object.columns.map((column, at) => {
    const facets = facetsOf(column.type);
    return {
      column_id: at + 1,
      name: column.name,
      type: typeText(column.type),
      nullable: column.nullable,
      is_identity: column.identity,
      has_default: column.hasDefault,
      type_id: facets.id,
      max_length: facets.maxLength,
      precision: facets.precision,
      scale: facets.scale,
    };
  });
  await client.query(
    `INSERT INTO ${supportSchema}.columns
     SELECT $1::int, c.* FROM json_to_recordset($2) AS c(column_id int, name text, type text, nullable boolean,
       is_identity boolean, has_default boolean, type_id int, max_length int, precision int, scale int)`,
    [id, JSON.stringify(columns)],
  );
  return id;
}

/** Gives the name that the PostgreSQL index is to have: T-SQL's own are unique only within their table. */
export async function storeKey(
  client: ClientBase,
  table: CatalogObject,
  key: Pick<CatalogKey, 'name' | 'kind' | 'columns'>,
): Promise<string> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM ${supportSchema}.keys WHERE object_id = $1`,
    [table.id],
  );
  const index = `index_${table.id}_${Number(rows[0]?.count ?? 0) + 1}`;
  await client.query(
    `INSERT INTO ${supportSchema}.keys (index_name, object_id, name, kind, column_list) VALUES ($1, $2, $3, $4, $5)`,
    [index, table.id, key.name, key.kind, key.columns],
  );
  return index;
}
