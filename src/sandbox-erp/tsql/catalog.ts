import type { ClientBase } from 'pg';
import { SqlServerError } from '../engine.ts';
import type { CatalogColumn, CatalogObject } from './relation.ts';
import { supportSchema } from './support.ts';
import type { ObjectName } from './syntax.ts';
import { systemObjects } from './system-views.ts';
import { readType, refuse } from './types.ts';

/**
 * What tables and views a database has, with the T-SQL types they were declared with: PostgreSQL has forgotten by then
 * what was nvarchar and what char. Kept in the database's own tables, held here as one snapshot that a change replaces.
 */
export class Catalog {
  private readonly objects: ReadonlyMap<string, CatalogObject>;

  private constructor(
    readonly database: string,
    private readonly schemas: readonly string[],
    objects: readonly CatalogObject[],
    private readonly keys: readonly CatalogKey[],
  ) {
    this.objects = new Map([...systemObjects, ...objects].map((object) => [keyOf(object), object]));
  }

  static async load(client: ClientBase, database: string): Promise<Catalog> {
    const schemas = await client.query<{ name: string }>(`SELECT name FROM ${supportSchema}.schemas`);
    const objects = await client.query<ObjectRow>(
      `SELECT o.object_id, s.name AS schema, o.name, o.kind, o.definition, c.columns
       FROM ${supportSchema}.objects AS o JOIN ${supportSchema}.schemas AS s USING (schema_id)
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_array(c.name, c.type, c.nullable, c.is_identity, c.has_default) ORDER BY c.column_id) AS columns
         FROM ${supportSchema}.columns AS c WHERE c.object_id = o.object_id) AS c ON true`,
    );
    const keys = await client.query<CatalogKey>(
      `SELECT index_name AS "index", object_id AS "objectId", name, kind, column_list AS columns FROM ${supportSchema}.keys`,
    );
    return new Catalog(
      database,
      schemas.rows.map((row) => row.name),
      objects.rows.map(objectOf),
      keys.rows,
    );
  }

  /** Throws 208 when there is no such table or view. */
  object(name: ObjectName): CatalogObject {
    const found = this.find(name);
    if (found === undefined) throw new SqlServerError(208, `Invalid object name '${name.join('.')}'.`);
    return found;
  }

  find(name: ObjectName): CatalogObject | undefined {
    return this.objects.get(this.place(name).join('.').toLowerCase());
  }

  /** Schema and name, the schema as it was declared. Throws for another database, and 2760 for no such schema. */
  place(name: ObjectName): readonly [string, string] {
    const [last = '', schema, database, ...more] = name.toReversed();
    if (last.startsWith('#')) throw refuse('temporary tables');
    if (more.length > 0) throw refuse('a name with a server in it');
    if (database !== undefined && database.toLowerCase() !== this.database.toLowerCase())
      throw refuse(`names in another database (${database})`);
    return [this.schema(schema ?? 'dbo') ?? schema ?? 'dbo', last];
  }

  /** The key that a PostgreSQL index stands for. */
  key(index: string): CatalogKey | undefined {
    return this.keys.find((key) => key.index === index);
  }

  primaryKey(object: CatalogObject): readonly string[] {
    return this.keys.find((key) => key.objectId === object.id && key.kind === 'PRIMARY KEY')?.columns ?? [];
  }

  tables(): readonly CatalogObject[] {
    return [...this.objects.values()].filter((object) => object.kind === 'table');
  }

  isUsed(schema: string): boolean {
    return [...this.objects.values()].some((object) => object.schema === schema);
  }

  schema(name: string): string | undefined {
    return this.schemas.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  }

  column(object: CatalogObject, name: string): CatalogColumn {
    const found = object.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new SqlServerError(207, `Invalid column name '${name}'.`);
    return found;
  }
}

export interface CatalogKey {
  readonly index: string;
  readonly objectId: number;
  readonly name: string;
  readonly kind: 'PRIMARY KEY' | 'UNIQUE KEY' | 'INDEX';
  readonly columns: readonly string[];
}

interface ObjectRow {
  readonly object_id: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly definition: string | null;
  readonly columns: readonly (readonly [string, string, boolean, boolean, boolean])[] | null;
}

function objectOf(row: ObjectRow): CatalogObject {
  return {
    id: row.object_id,
    schema: row.schema,
    name: row.name,
    kind: row.kind === 'V' ? 'view' : 'table',
    definition: row.definition,
    columns: (row.columns ?? []).map(([name, type, nullable, identity, hasDefault]) => ({
      name,
      type: readType(type, 1),
      nullable,
      identity,
      hasDefault,
    })),
  };
}

function keyOf(object: CatalogObject): string {
  return `${object.schema}.${object.name}`.toLowerCase();
}
