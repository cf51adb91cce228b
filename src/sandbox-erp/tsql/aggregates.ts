import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { quotient } from './arithmetic.ts';
import type { Call } from './syntax.ts';
import type { Place } from './translation.ts';
import { madeText, plainText } from './typed.ts';
import type { Typed } from './typed.ts';
import { isExact, isFloat, isInteger, isText, refuse, storage } from './types.ts';

/** SUM, COUNT and their kin, alone or over a window, with the types SQL Server gives their results. */
const names = new Set(['COUNT', 'COUNT_BIG', 'SUM', 'MIN', 'MAX', 'AVG', 'STRING_AGG']);

export function isAggregate(call: Call): boolean {
  return names.has(call.name);
}

/** `over` is the window as PostgreSQL text, or null. */
export function aggregate(place: Place, call: Call, over: string | null): Typed {
  const after = over === null ? '' : ` ${over}`;
  if (call.distinct && over !== null) throw refuse(`${call.name}(DISTINCT …) OVER`);
  if (call.name === 'COUNT' || call.name === 'COUNT_BIG') return count(place, call, after);
  const [argument, separator] = call.arguments;
  if (argument === undefined) throw refuse(`${call.name} of nothing`);
  const value = place.value(argument);
  const distinct = call.distinct ? 'DISTINCT ' : '';
  if (call.name === 'SUM') return sum(value, distinct, after);
  if (call.name === 'AVG') return average(value, distinct, after);
  if (call.name === 'STRING_AGG') {
    if (separator === undefined || !isText(value.type) || over !== null) throw refuse('this STRING_AGG');
    const joined = `string_agg(${plainText(value)}, ${plainText(place.value(separator))})`;
    const name = value.type.name === 'nvarchar' || value.type.name === 'nchar' ? 'nvarchar' : 'varchar';
    return madeText(joined, { name, length: name === 'nvarchar' ? 4000 : 8000 }, true);
  }
  if (value.type.name === 'bit' || value.type.name === 'uniqueidentifier')
    throw invalid(value.type, call.name);
  return { sql: `${call.name.toLowerCase()}(${value.sql})${after}`, type: value.type, nullable: true };
}

function count(place: Place, call: Call, after: string): Typed {
  const [argument] = call.arguments;
  const counted = argument === undefined ? '*' : place.value(argument).sql;
  const plain = `count(${call.distinct ? 'DISTINCT ' : ''}${counted})${after}`;
  return call.name === 'COUNT_BIG'
    ? { sql: plain, type: { name: 'bigint' }, nullable: false }
    : { sql: `(${plain})::int4`, type: { name: 'int' }, nullable: false };
}

function invalid(type: SqlType, name: string): SqlServerError {
  return new SqlServerError(
    8117,
    `Operand data type ${type.name} is invalid for ${name.toLowerCase()} operator.`,
  );
}

/** What a sum of such values is: small integers grow to int, decimals to 38 digits. */
function summedType(type: SqlType, name: string): SqlType {
  if (type.name === 'bit' || !(isExact(type) || isFloat(type))) throw invalid(type, name);
  if (isInteger(type)) return type.name === 'bigint' ? type : { name: 'int' };
  if (type.name === 'decimal') return { name: 'decimal', precision: 38, scale: type.scale };
  return isFloat(type) ? { name: 'float' } : type;
}

function sum(value: Typed, distinct: string, after: string): Typed {
  const type = summedType(value.type, 'sum');
  return { sql: `(sum(${distinct}${value.sql})${after})::${storage(type)}`, type, nullable: true };
}

/** The average of integers is cut to an integer; that of decimals has six digits at least, and is cut there. */
function average(value: Typed, distinct: string, after: string): Typed {
  const type = summedType(value.type, 'avg');
  if (isFloat(type)) return { sql: `avg(${distinct}${value.sql})${after}`, type, nullable: true };
  if (type.name === 'money') throw refuse('AVG of money: cast it to decimal first');
  const [total, rows] = ['sum', 'count'].map((name) => `${name}(${distinct}${value.sql})${after}`);
  if (type.name !== 'decimal')
    return { sql: `div((${total})::numeric, (${rows})::numeric)::${storage(type)}`, type, nullable: true };
  const scale = Math.max(type.scale, 6);
  const made: SqlType = { name: 'decimal', precision: 38, scale };
  return { sql: quotient(total ?? '', rows ?? '', scale), type: made, nullable: true };
}
