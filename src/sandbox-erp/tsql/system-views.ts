import { collationName, facetsOf, knownTypes } from './facets.ts';
import { supportSchema } from './support.ts';
import { isText, readType } from './types.ts';
import type { CatalogColumn, CatalogObject } from './relation.ts';

/**
 * sys.* and INFORMATION_SCHEMA as views of PostgreSQL over the engine's catalog, each column with the type SQL Server
 * gives it. A column that would have to lie is left out: asking for it is error 207.
 */
interface SystemView {
  readonly schema: 'sys' | 'INFORMATION_SCHEMA';
  readonly name: string;
  /** 'name type', with a question mark where NULL may stand. */
  readonly columns: readonly string[];
  readonly query: string;
}

const engine = supportSchema;
const kinds = `CASE o.kind WHEN 'U' THEN 'USER_TABLE' ELSE 'VIEW' END`;
const objectColumns = [
  'name sysname',
  'object_id int',
  'principal_id int?',
  'schema_id int',
  'parent_object_id int',
  'type char(2)?',
  'type_desc nvarchar(60)?',
  'create_date datetime',
  'modify_date datetime',
  'is_ms_shipped bit',
];

function objectsQuery(condition: string): string {
  return `SELECT o.name, o.object_id, NULL::int4, o.schema_id, 0, rpad(o.kind, 2), ${kinds}, o.created, o.modified, 0::int2
    FROM ${engine}.objects AS o WHERE ${condition}`;
}

function typesQuery(): string {
  const rows = knownTypes.map((type) => {
    const { id, maxLength, precision, scale } = facetsOf(type);
    const collation = isText(type) ? `'${collationName}'` : 'NULL';
    return `('${type.name}', ${id}, ${id}, ${maxLength}, ${precision}, ${scale}, ${collation}, 1)`;
  });
  rows.push(`('sysname', 231, 256, 256, 0, 0, '${collationName}', 0)`);
  return `SELECT t.name, t.id::int2, t.user_id, 4, NULL::int4, t.size::int2, t.p::int2, t.s::int2, t.coll, t.nullable::int2,
      0::int2, 0::int2, 0, 0, 0::int2
    FROM (VALUES ${rows.join(', ')}) AS t(name, id, user_id, size, p, s, coll, nullable)`;
}

/**
 * A table's indexes with PostgreSQL's own word on them; its primary key is the clustered one, and where there is none there is
 * the heap.
 */
const indexes = `SELECT k.object_id, k.name, k.kind, x.indrelid AS relation, x.indisunique AS is_unique, x.indpred IS NOT NULL AS filtered,
      x.indkey::int2[] AS attributes, x.indoption::int2[] AS options, x.indnkeyatts AS keys,
      CASE WHEN k.kind = 'PRIMARY KEY' THEN 1
        ELSE 1 + row_number() OVER (PARTITION BY k.object_id, k.kind = 'PRIMARY KEY' ORDER BY k.index_name) END::int4 AS index_id
    FROM ${engine}.keys AS k JOIN pg_catalog.pg_class AS r ON r.relname = k.index_name
    JOIN pg_catalog.pg_index AS x ON x.indexrelid = r.oid
  UNION ALL
  SELECT o.object_id, NULL, 'HEAP', NULL::oid, false, false, '{}', '{}', 0, 0
    FROM ${engine}.objects AS o WHERE o.kind = 'U' AND NOT EXISTS (
      SELECT FROM ${engine}.keys AS k WHERE k.object_id = o.object_id AND k.kind = 'PRIMARY KEY')`;

const databaseName = `(SELECT value FROM ${engine}.settings WHERE name = 'database')`;
const isTextColumn = `c.type_id IN (167, 175, 231, 239)`;
const isMomentColumn = `c.type_id IN (40, 41, 42, 58, 61)`;

const systemViews: readonly SystemView[] = [
  {
    schema: 'sys',
    name: 'schemas',
    columns: ['name sysname', 'schema_id int', 'principal_id int?'],
    query: `SELECT name, schema_id, 1 FROM ${engine}.schemas`,
  },
  { schema: 'sys', name: 'objects', columns: objectColumns, query: objectsQuery('true') },
  { schema: 'sys', name: 'all_objects', columns: objectColumns, query: objectsQuery('true') },
  { schema: 'sys', name: 'tables', columns: objectColumns, query: objectsQuery(`o.kind = 'U'`) },
  { schema: 'sys', name: 'views', columns: objectColumns, query: objectsQuery(`o.kind = 'V'`) },
  {
    schema: 'sys',
    name: 'columns',
    columns: [
      'object_id int',
      'name sysname?',
      'column_id int',
      'system_type_id tinyint',
      'user_type_id int',
      'max_length smallint',
      'precision tinyint',
      'scale tinyint',
      'collation_name sysname?',
      'is_nullable bit?',
      'is_identity bit',
      'is_computed bit',
    ],
    query: `SELECT c.object_id, c.name, c.column_id, c.type_id::int2, c.type_id, c.max_length::int2, c.precision::int2,
        c.scale::int2, CASE WHEN ${isTextColumn} THEN '${collationName}' END, c.nullable::int4::int2,
        c.is_identity::int4::int2, 0::int2
      FROM ${engine}.columns AS c`,
  },
  {
    schema: 'sys',
    name: 'types',
    columns: [
      'name sysname',
      'system_type_id tinyint',
      'user_type_id int',
      'schema_id int',
      'principal_id int?',
      'max_length smallint',
      'precision tinyint',
      'scale tinyint',
      'collation_name sysname?',
      'is_nullable bit?',
      'is_user_defined bit',
      'is_assembly_type bit',
      'default_object_id int',
      'rule_object_id int',
      'is_table_type bit',
    ],
    query: typesQuery(),
  },
  {
    schema: 'sys',
    name: 'indexes',
    columns: [
      'object_id int',
      'name sysname?',
      'index_id int',
      'type tinyint',
      'type_desc nvarchar(60)?',
      'is_unique bit?',
      'is_primary_key bit?',
      'is_unique_constraint bit?',
      'is_disabled bit?',
      'has_filter bit?',
    ],
    query: `SELECT object_id, name, index_id, CASE index_id WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 2 END::int2,
        CASE index_id WHEN 0 THEN 'HEAP' WHEN 1 THEN 'CLUSTERED' ELSE 'NONCLUSTERED' END, is_unique::int4::int2,
        (kind = 'PRIMARY KEY')::int4::int2, (kind = 'UNIQUE KEY')::int4::int2, 0::int2, filtered::int4::int2
      FROM (${indexes}) AS i`,
  },
  {
    schema: 'sys',
    name: 'index_columns',
    columns: [
      'object_id int',
      'index_id int',
      'index_column_id int',
      'column_id int',
      'key_ordinal tinyint',
      'is_descending_key bit?',
      'is_included_column bit?',
    ],
    query: `SELECT i.object_id, i.index_id, a.place::int4, c.column_id, CASE WHEN a.place <= i.keys THEN a.place ELSE 0 END::int2,
        CASE WHEN a.place <= i.keys THEN i.options[a.place - 1] & 1 ELSE 0 END::int2, (a.place > i.keys)::int4::int2
      FROM (${indexes}) AS i CROSS JOIN LATERAL unnest(i.attributes) WITH ORDINALITY AS a(attribute, place)
      JOIN pg_catalog.pg_attribute AS p ON p.attrelid = i.relation AND p.attnum = a.attribute
      JOIN ${engine}.columns AS c ON c.object_id = i.object_id AND c.name = p.attname::text::bpchar COLLATE ${engine}.ci`,
  },
  {
    schema: 'sys',
    name: 'databases',
    columns: [
      'name sysname',
      'database_id int',
      'compatibility_level tinyint',
      'collation_name sysname?',
      'is_read_only bit?',
      'state tinyint?',
      'state_desc nvarchar(60)?',
      'snapshot_isolation_state tinyint?',
      'snapshot_isolation_state_desc nvarchar(60)?',
      'is_read_committed_snapshot_on bit?',
    ],
    query: `SELECT ${databaseName}, 5, 150::int2, '${collationName}', 0::int2, 0::int2, 'ONLINE', 1::int2, 'ON', 1::int2`,
  },
  {
    schema: 'INFORMATION_SCHEMA',
    name: 'TABLES',
    columns: [
      'TABLE_CATALOG nvarchar(128)?',
      'TABLE_SCHEMA nvarchar(128)?',
      'TABLE_NAME sysname',
      'TABLE_TYPE varchar(10)?',
    ],
    query: `SELECT ${databaseName}, s.name, o.name, CASE o.kind WHEN 'U' THEN 'BASE TABLE' ELSE 'VIEW' END
      FROM ${engine}.objects AS o JOIN ${engine}.schemas AS s USING (schema_id)`,
  },
  {
    schema: 'INFORMATION_SCHEMA',
    name: 'COLUMNS',
    columns: [
      'TABLE_CATALOG nvarchar(128)?',
      'TABLE_SCHEMA nvarchar(128)?',
      'TABLE_NAME sysname',
      'COLUMN_NAME sysname?',
      'ORDINAL_POSITION int?',
      'IS_NULLABLE varchar(3)?',
      'DATA_TYPE nvarchar(128)?',
      'CHARACTER_MAXIMUM_LENGTH int?',
      'CHARACTER_OCTET_LENGTH int?',
      'NUMERIC_PRECISION tinyint?',
      'NUMERIC_PRECISION_RADIX smallint?',
      'NUMERIC_SCALE int?',
      'DATETIME_PRECISION smallint?',
      'COLLATION_NAME sysname?',
    ],
    query: `SELECT ${databaseName}, s.name, o.name, c.name, c.column_id, CASE WHEN c.nullable THEN 'YES' ELSE 'NO' END,
        split_part(c.type, '(', 1),
        CASE WHEN c.type_id IN (231, 239) AND c.max_length > 0 THEN c.max_length / 2
          WHEN ${isTextColumn} OR c.type_id = 165 THEN c.max_length END,
        CASE WHEN ${isTextColumn} OR c.type_id = 165 THEN c.max_length END,
        CASE WHEN NOT ${isMomentColumn} AND c.type_id <> 104 AND c.precision > 0 THEN c.precision END::int2,
        CASE WHEN c.type_id IN (59, 62) THEN 2 WHEN c.type_id <> 104 AND NOT ${isMomentColumn} AND c.precision > 0 THEN 10 END::int2,
        CASE WHEN NOT ${isMomentColumn} AND c.type_id NOT IN (59, 62, 104) AND c.precision > 0 THEN c.scale END,
        CASE WHEN ${isMomentColumn} THEN c.scale END::int2,
        CASE WHEN ${isTextColumn} THEN '${collationName}' END
      FROM ${engine}.columns AS c JOIN ${engine}.objects AS o USING (object_id) JOIN ${engine}.schemas AS s USING (schema_id)`,
  },
];

function columnsOf(view: SystemView): CatalogColumn[] {
  return view.columns.map((written) => {
    const [name = '', type = ''] = written.split(' ');
    const nullable = type.endsWith('?');
    return {
      name,
      type: readType(nullable ? type.slice(0, -1) : type, 1),
      nullable,
      identity: false,
      hasDefault: false,
    };
  });
}

export const systemObjects: readonly CatalogObject[] = systemViews.map((view, index) => ({
  id: -100 - index,
  schema: view.schema,
  name: view.name,
  kind: 'system',
  columns: columnsOf(view),
  definition: null,
}));

/** CREATE VIEW for each: texts are made bpchar in the one collation, so that they compare as every other text does. */
export function systemViewsSql(): string {
  return systemViews
    .map((view) => {
      const columns = columnsOf(view);
      const inner = columns.map((_, index) => `c${index + 1}`);
      const outer = columns.map((column, index) => {
        const value = `c${index + 1}`;
        const made = isText(column.type) ? `${value}::bpchar COLLATE ${engine}.ci` : value;
        return `${made} AS "${column.name}"`;
      });
      const name = view.schema === 'sys' ? view.name : `${view.schema}_${view.name}`.toLowerCase();
      return `CREATE VIEW sys."${name}" AS SELECT ${outer.join(', ')} FROM (${view.query}) AS q(${inner.join(', ')});`;
    })
    .join('\n');
}
