import type { ClientBase } from 'pg';
import { SqlServerError } from '../engine.ts';
import { storeObject } from './catalog-writing.ts';
import type { CatalogColumn, CatalogObject } from './relation.ts';
import { supportSchema } from './support.ts';
import type { ObjectName, Statement } from './syntax.ts';
import type { Translation } from './translation.ts';
import { refuse } from './types.ts';

/** CREATE and ALTER VIEW, and what they share with tables: where a new object may go. */
export function taken(name: string): SqlServerError {
  return new SqlServerError(2714, `There is already an object named '${name}' in the database.`);
}

/** Where a new object goes. Throws 2760 for no such schema, 2714 when the name is taken. */
export function newPlace(translation: Translation, name: ObjectName): { schema: string; name: string } {
  const [schema, last] = translation.catalog.place(name);
  if (translation.catalog.schema(schema) === undefined)
    throw new SqlServerError(
      2760,
      `The specified schema name "${schema}" either does not exist or you do not have permission to use it.`,
    );
  if (['sys', 'information_schema'].includes(schema.toLowerCase())) throw refuse(`new objects in ${schema}`);
  if (translation.catalog.find(name) !== undefined) throw taken(last);
  return { schema, name: last };
}

export async function createView(
  client: ClientBase,
  translation: Translation,
  statement: Extract<Statement, { kind: 'createView' }>,
  definition: string,
): Promise<void> {
  const query = translation.query(statement.query, null, 'bare');
  const existing = translation.catalog.find(statement.name);
  const replaces = existing?.kind === 'view' && statement.mode !== 'create';
  if (statement.mode === 'alter' && existing === undefined) translation.catalog.object(statement.name);
  const place = replaces ? existing : newPlace(translation, statement.name);
  if (statement.columns.length > 0 && statement.columns.length !== query.columns.length)
    throw new SqlServerError(8158, `'${place.name}' has another number of columns than were specified.`);
  const columns = query.columns.map((column, at): CatalogColumn => {
    const name = statement.columns[at] ?? column.name;
    if (name === null)
      throw new SqlServerError(
        4511,
        `Create View or Function failed because no column name was specified for column ${at + 1}.`,
      );
    return { name, type: column.type, nullable: column.nullable, identity: false, hasDefault: false };
  });
  refuseTwice(columns, place.name);
  if (replaces) await forget(client, existing);
  await storeObject(client, {
    schema: place.schema,
    name: place.name,
    kind: 'V',
    columns,
    definition,
    id: replaces ? existing.id : undefined,
  });
}

function refuseTwice(columns: readonly CatalogColumn[], view: string): void {
  const names = columns.map((column) => column.name.toLowerCase());
  const twice = columns.find((_, at) => names.indexOf(names[at] ?? '') !== at);
  if (twice !== undefined)
    throw new SqlServerError(
      4506,
      `Column names in each view or function must be unique. Column name '${twice.name}' in view or function '${view}' is specified more than once.`,
    );
}

export async function forget(client: ClientBase, object: CatalogObject): Promise<void> {
  await client.query(`DELETE FROM ${supportSchema}.objects WHERE object_id = $1`, [object.id]);
}
