import pg from 'pg';
import { SqlServerError } from '../engine.ts';
import type { Catalog } from './catalog.ts';

/** PostgreSQL's errors as SQL Server tells them. What has no counterpart is 40000 with PostgreSQL's own words. */
type Fault = pg.DatabaseError;

const raised: Readonly<Record<string, number>> = {
  MS241: 241,
  MS244: 244,
  MS245: 245,
  MS248: 248,
  MS289: 289,
  MS517: 517,
  MS537: 537,
  MS114: 8114,
  MS115: 8115,
  MS169: 8169,
  MS400: 40000,
};

/** `write` is the verb of the statement, where it writes. */
export function sqlServerError(fault: unknown, catalog: Catalog, write: string): unknown {
  if (!(fault instanceof pg.DatabaseError)) return fault;
  const own = raised[fault.code ?? ''];
  if (own !== undefined) return new SqlServerError(own, fault.message);
  return (
    translated(fault, catalog, write) ??
    new SqlServerError(40000, `The sandbox ERP could not do this: ${fault.message}.`)
  );
}

/** Number, message and, where it is not 16, severity of what needs no further words. */
const plain: Readonly<Record<string, readonly [number, string, number?, number?]>> = {
  '22012': [8134, 'Divide by zero error encountered.'],
  '22001': [2628, 'String or binary data would be truncated.'],
  '22008': [517, "Adding a value to a 'date' column caused an overflow."],
  '2201W': [
    1060,
    'The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.',
    15,
  ],
  '2201X': [10742, 'The offset specified in a OFFSET clause may not be negative.', 15],
  '21000': [512, 'Subquery returned more than 1 value.'],
  '2BP01': [3726, 'Could not drop the object because it is referenced by a FOREIGN KEY constraint.'],
  '42803': [
    8120,
    'A column is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.',
  ],
  '42P10': [145, 'ORDER BY items must appear in the select list if SELECT DISTINCT is specified.', 15],
  '40P01': [
    1205,
    'Transaction was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
    13,
    51,
  ],
  '40001': [3960, 'Snapshot isolation transaction aborted due to update conflict.', 16, 2],
  '55P03': [1222, 'Lock request time out period exceeded.', 16, 51],
};

function translated(fault: Fault, catalog: Catalog, write: string): SqlServerError | null {
  const known = plain[fault.code ?? ''];
  if (known !== undefined) return new SqlServerError(...known);
  const table = `${fault.schema ?? ''}.${fault.table ?? ''}`;
  if (fault.code === '22003')
    return new SqlServerError(
      8115,
      `Arithmetic overflow error converting expression to data type ${overflown(fault.message)}.`,
    );
  if (fault.code === '25006')
    return new SqlServerError(229, `The ${write || 'CREATE'} permission was denied on the object.`, 14, 5);
  if (fault.code === '42P01') return new SqlServerError(208, `Invalid object name: ${fault.message}.`);
  if (fault.code === '23502')
    return new SqlServerError(
      515,
      `Cannot insert the value NULL into column '${fault.column ?? ''}', table '${catalog.database}.${table}'; column does not allow nulls. ${write} fails.`,
      16,
      2,
    );
  if (fault.code === '23503') return referenceError(fault, catalog, table, write);
  if (fault.code === '23505') return duplicateKey(fault, catalog, table);
  return fault.code === '23514' ? checkError(fault, catalog, table, write) : null;
}

function referenceError(fault: Fault, catalog: Catalog, table: string, write: string): SqlServerError {
  const kind = write === 'DELETE' ? 'REFERENCE' : 'FOREIGN KEY';
  return new SqlServerError(
    547,
    `The ${write} statement conflicted with the ${kind} constraint "${fault.constraint ?? ''}". The conflict occurred in database "${catalog.database}", table "${table}".`,
  );
}

function overflown(message: string): string {
  const name = /^(bigint|integer|smallint)/u.exec(message)?.[1];
  if (name === undefined) return message.includes('precision') ? 'float' : 'numeric';
  return name === 'integer' ? 'int' : name;
}

function duplicateKey(fault: Fault, catalog: Catalog, table: string): SqlServerError {
  const key = catalog.key(fault.constraint ?? '');
  const value =
    /=\((.*)\) already exists/su.exec(fault.detail ?? '')?.[1] ??
    /=\((.*)\) is duplicated/su.exec(fault.detail ?? '')?.[1];
  const told = value === undefined ? '' : ` The duplicate key value is (${value}).`;
  if (key === undefined || key.kind === 'INDEX')
    return new SqlServerError(
      2601,
      `Cannot insert duplicate key row in object '${table}' with unique index '${key?.name ?? ''}'.${told}`,
      14,
    );
  return new SqlServerError(
    2627,
    `Violation of ${key.kind} constraint '${key.name}'. Cannot insert duplicate key in object '${table}'.${told}`,
    14,
  );
}

const tooLong = 'too long: ';

function checkError(fault: Fault, catalog: Catalog, table: string, write: string): SqlServerError {
  const constraint = fault.constraint ?? '';
  if (constraint.startsWith(tooLong))
    return new SqlServerError(
      2628,
      `String or binary data would be truncated in table '${catalog.database}.${table}', column '${constraint.slice(tooLong.length)}'.`,
    );
  return new SqlServerError(
    547,
    `The ${write} statement conflicted with the CHECK constraint "${constraint}". The conflict occurred in database "${catalog.database}", table "${table}".`,
  );
}
