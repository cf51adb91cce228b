import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { collationName } from './facets.ts';
import { supportSchema } from './support.ts';
import type { Place } from './translation.ts';
import { madeText, nullLiteral, plainText, rawText, textLiteral } from './typed.ts';
import type { Typed } from './typed.ts';
import { refuse } from './types.ts';

/** What a session is asked about itself, its database and the catalog. */
const int = { name: 'int' } as const;
const sysname = { name: 'nvarchar', length: 128 } as const;

/** The values that only the session knows, by the names they have as variables. */
export const sessionValueTypes: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ['@@trancount', int],
  ['@@rowcount', int],
  ['@@error', int],
  ['@@spid', { name: 'smallint' }],
  ['@@user', sysname],
  ['@@database', sysname],
  ['@@readonly', { name: 'bit' }],
  ['@@lock_timeout', int],
]);

const version = '16.0.0.0';
const describedVersion = `Kartoteka sandbox ERP ${version}, not Microsoft SQL Server: T-SQL over PostgreSQL`;

export function systemVariable(place: Place, name: string): Typed {
  if (name === 'VERSION') return textLiteral(describedVersion, true);
  if (name === 'SERVERNAME') return textLiteral('SANDBOX', true);
  const variable = `@@${name.toLowerCase()}`;
  const type = sessionValueTypes.get(variable);
  if (type === undefined || ['@@user', '@@database', '@@readonly'].includes(variable))
    throw refuse(`@@${name}`);
  return { ...place.translation.sessionValue(variable, type), nullable: false };
}

function session(place: Place, name: string): Typed {
  const type = sessionValueTypes.get(name);
  if (type === undefined) throw new Error(`${name} is not a session value`);
  return place.translation.sessionValue(name, type);
}

type Maker = (place: Place, values: readonly Typed[]) => Typed;

const properties: Readonly<Record<string, Typed>> = {
  productversion: textLiteral(version, true),
  productlevel: textLiteral('RTM', true),
  edition: textLiteral('Kartoteka sandbox ERP', true),
  collation: textLiteral(collationName, true),
  servername: textLiteral('SANDBOX', true),
  engineedition: { sql: '3', type: int, nullable: false },
};

function serverProperty(values: readonly Typed[]): Typed {
  const name = /^\('(.*)'::bpchar/u.exec(values[0]?.sql ?? '')?.[1]?.toLowerCase() ?? '';
  const property = properties[name];
  if (property === undefined) throw refuse(`SERVERPROPERTY('${name}')`);
  return property;
}

function looked(query: string): Typed {
  return madeText(`(${query})::text`, sysname, true);
}

/** Whether the login may do this: everybody here may read, and whoever is not marked read-only may do the rest. */
function permission(place: Place, values: readonly Typed[]): Typed {
  const permissionName = values[2];
  if (values.length !== 3 || permissionName === undefined) throw refuse('HAS_PERMS_BY_NAME of this form');
  const reading = `upper(${plainText(permissionName)}) IN ('SELECT', 'CONNECT', 'VIEW DEFINITION')`;
  const sql = `(CASE WHEN ${reading} THEN 1 WHEN ${session(place, '@@readonly').sql} = 1 THEN 0 ELSE 1 END)`;
  return { sql, type: int, nullable: true };
}

export const systemFunctions: Readonly<Record<string, readonly [number, number, Maker]>> = {
  DB_NAME: [0, 0, (place) => session(place, '@@database')],
  DB_ID: [0, 0, () => ({ sql: '5', type: { name: 'smallint' }, nullable: false })],
  SUSER_SNAME: [0, 0, (place) => session(place, '@@user')],
  SUSER_NAME: [0, 0, (place) => session(place, '@@user')],
  ORIGINAL_LOGIN: [0, 0, (place) => session(place, '@@user')],
  SYSTEM_USER: [0, 0, (place) => session(place, '@@user')],
  USER_NAME: [0, 0, (place) => session(place, '@@user')],
  CURRENT_USER: [0, 0, (place) => session(place, '@@user')],
  SCHEMA_NAME: [
    0,
    1,
    (_, [id]) =>
      id === undefined
        ? textLiteral('dbo', true)
        : looked(`SELECT s.name FROM ${supportSchema}.schemas AS s WHERE s.schema_id = ${id.sql}`),
  ],
  SCHEMA_ID: [
    0,
    1,
    (_, [name]) => ({
      sql:
        name === undefined
          ? '1'
          : `(SELECT s.schema_id FROM ${supportSchema}.schemas AS s WHERE s.name = ${name.sql})`,
      type: int,
      nullable: true,
    }),
  ],
  OBJECT_NAME: [
    1,
    1,
    (_, [id = nullLiteral()]) =>
      looked(`SELECT o.name FROM ${supportSchema}.objects AS o WHERE o.object_id = ${id.sql}`),
  ],
  OBJECT_SCHEMA_NAME: [
    1,
    1,
    (_, [id = nullLiteral()]) =>
      looked(
        `SELECT s.name FROM ${supportSchema}.objects AS o JOIN ${supportSchema}.schemas AS s USING (schema_id) WHERE o.object_id = ${id.sql}`,
      ),
  ],
  OBJECT_ID: [
    1,
    2,
    (_, [name = nullLiteral(), kind]) => ({
      sql: `${supportSchema}.object_id(${rawText(name)}, ${kind === undefined ? 'NULL' : rawText(kind)})`,
      type: int,
      nullable: true,
    }),
  ],
  COL_LENGTH: [
    2,
    2,
    (_, [table = nullLiteral(), column = nullLiteral()]) => ({
      sql: `${supportSchema}.col_length(${rawText(table)}, ${rawText(column)})`,
      type: { name: 'smallint' },
      nullable: true,
    }),
  ],
  TYPE_NAME: [
    1,
    1,
    (_, [id = nullLiteral()]) => looked(`SELECT t.name FROM sys.types AS t WHERE t.user_type_id = ${id.sql}`),
  ],
  SERVERPROPERTY: [1, 1, (_, values) => serverProperty(values)],
  HAS_PERMS_BY_NAME: [3, 3, permission],
  IS_SRVROLEMEMBER: [1, 1, administrator],
  IS_MEMBER: [1, 1, administrator],
  IS_ROLEMEMBER: [1, 1, administrator],
};

/** Whoever is not marked read-only is taken for an administrator. */
function administrator(place: Place): Typed {
  return { sql: `(1 - ${session(place, '@@readonly').sql}::int4)`, type: int, nullable: true };
}

export function wrongArguments(name: string, least: number): SqlServerError {
  return new SqlServerError(174, `The ${name.toLowerCase()} function requires ${least} argument(s).`, 15);
}
