import { SqlServerError } from '../engine.ts';
import type { Column } from '../engine.ts';
import type { ByteWriter } from './bytes.ts';
import { FIRST_DAY_OF_1900, momentOf, ticksOf, TICKS_OF_DAY, timeLength } from './calendar.ts';
import { identifierBytes } from './identifiers.ts';
import { decimalMagnitudeLength, unscaled } from './numbers.ts';
import { stringWriting } from './string-writing.ts';
import { TypeCode } from './type-codes.ts';
import type { ColumnWriting } from './typed-values.ts';

/** A type with a token of its own for NOT NULL, and another, with a length byte before each value, for columns that may be NULL. */
const sized = (
  column: Column,
  codes: { readonly fixed: number; readonly nullable: number },
  length: number,
  write: (writer: ByteWriter, text: string) => void,
): ColumnWriting => ({
  type: (writer) => {
    if (column.nullable) writer.uint8(codes.nullable).uint8(length);
    else writer.uint8(codes.fixed);
  },
  value: (writer, value) => {
    if (value === null) {
      if (!column.nullable)
        throw new SqlServerError(515, `NULL in column '${column.name}', which is NOT NULL.`);
      writer.uint8(0);
      return;
    }
    if (column.nullable) writer.uint8(length);
    write(writer, value);
  },
});

/** A type that has one token only, and a length byte before each value. */
const measured = (
  type: readonly number[],
  length: number,
  write: (writer: ByteWriter, text: string) => void,
): ColumnWriting => ({
  type: (writer) => {
    for (const byte of type) writer.uint8(byte);
  },
  value: (writer, value) => {
    if (value === null) writer.uint8(0);
    else write(writer.uint8(length), value);
  },
});

const integer = (
  column: Column,
  fixed: number,
  length: number,
  lowest: bigint,
  highest: bigint,
): ColumnWriting =>
  sized(column, { fixed, nullable: TypeCode.intN }, length, (writer, text) => {
    const value = unscaled(text, 0);
    if (value < lowest || value > highest)
      throw new SqlServerError(8115, `${text} does not fit ${column.type.name}.`);
    const bits = BigInt.asUintN(length * 8, value);
    if (length === 8) writer.uint64(bits);
    else writer.unsigned(Number(bits), length);
  });

const floating = (column: Column, fixed: number, length: 4 | 8): ColumnWriting =>
  sized(column, { fixed, nullable: TypeCode.floatN }, length, (writer, text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value))
      throw new SqlServerError(8114, `'${text}' is not a float.`);
    writer.float(value, length);
  });

const decimal = (precision: number, scale: number): ColumnWriting => {
  const magnitudeLength = decimalMagnitudeLength(precision);
  const limit = 10n ** BigInt(precision);
  const type = [TypeCode.decimalN, magnitudeLength + 1, precision, scale];
  return measured(type, magnitudeLength + 1, (writer, text) => {
    const value = unscaled(text, scale);
    const magnitude = value < 0n ? -value : value;
    if (magnitude >= limit)
      throw new SqlServerError(8115, `${text} does not fit decimal(${precision},${scale}).`);
    writer.uint8(value < 0n ? 0 : 1);
    for (let shift = 0n; shift < magnitudeLength * 8; shift += 32n) {
      writer.uint32(Number(BigInt.asUintN(32, magnitude >> shift)));
    }
  });
};

const money = (column: Column): ColumnWriting =>
  sized(column, { fixed: TypeCode.money, nullable: TypeCode.moneyN }, 8, (writer, text) => {
    const value = unscaled(text, 4);
    if (BigInt.asIntN(64, value) !== value) throw new SqlServerError(8115, `${text} does not fit money.`);
    writer.int32(Number(value >> 32n)).uint32(Number(BigInt.asUintN(32, value)));
  });

const inUnitsOf = (ticks: number, scale: number, text: string): number => {
  const unit = 10 ** (7 - scale);
  if (ticks % unit !== 0)
    throw new SqlServerError(241, `'${text}' has more than ${scale} digits of a second.`);
  return ticks / unit;
};

const time = (scale: number): ColumnWriting =>
  measured([TypeCode.timeN, scale], timeLength(scale), (writer, text) => {
    writer.unsigned(inUnitsOf(ticksOf(text), scale, text), timeLength(scale));
  });

const datetime2 = (scale: number): ColumnWriting =>
  measured([TypeCode.datetime2N, scale], timeLength(scale) + 3, (writer, text) => {
    const moment = momentOf(text);
    writer.unsigned(inUnitsOf(moment.ticks, scale, text), timeLength(scale)).unsigned(moment.days, 3);
  });

/** The old types count coarser units since 1900 and round to them; rounding may reach the next day. */
const since1900 = (
  column: Column,
  fixed: number,
  length: 4 | 8,
  unitsOfDay: number,
  write: (writer: ByteWriter, days: number, units: number) => void,
): ColumnWriting =>
  sized(column, { fixed, nullable: TypeCode.datetimeN }, length, (writer, text) => {
    const moment = momentOf(text);
    const units = Math.round(moment.ticks / (TICKS_OF_DAY / unitsOfDay));
    const days = moment.days - FIRST_DAY_OF_1900 + (units === unitsOfDay ? 1 : 0);
    if (length === 4 && (days < 0 || days > 0xffff))
      throw new SqlServerError(242, `${text} is no smalldatetime.`);
    write(writer, days, units % unitsOfDay);
  });

export const columnWriting = (column: Column): ColumnWriting => {
  const { type } = column;
  switch (type.name) {
    case 'bit':
      return sized(column, { fixed: TypeCode.bit, nullable: TypeCode.bitN }, 1, (writer, text) => {
        if (text !== '0' && text !== '1') throw new SqlServerError(8114, `'${text}' is not a bit.`);
        writer.uint8(Number(text));
      });
    case 'tinyint':
      return integer(column, TypeCode.tinyint, 1, 0n, 255n);
    case 'smallint':
      return integer(column, TypeCode.smallint, 2, -(2n ** 15n), 2n ** 15n - 1n);
    case 'int':
      return integer(column, TypeCode.int, 4, -(2n ** 31n), 2n ** 31n - 1n);
    case 'bigint':
      return integer(column, TypeCode.bigint, 8, -(2n ** 63n), 2n ** 63n - 1n);
    case 'float':
      return floating(column, TypeCode.float, 8);
    case 'real':
      return floating(column, TypeCode.real, 4);
    case 'decimal':
      return decimal(type.precision, type.scale);
    case 'money':
      return money(column);
    case 'date':
      return measured([TypeCode.dateN], 3, (writer, text) => writer.unsigned(momentOf(text).days, 3));
    case 'time':
      return time(type.scale);
    case 'datetime2':
      return datetime2(type.scale);
    case 'datetime':
      return since1900(column, TypeCode.datetime, 8, 86_400 * 300, (writer, days, units) => {
        writer.int32(days).uint32(units);
      });
    case 'smalldatetime':
      return since1900(column, TypeCode.smalldatetime, 4, 1440, (writer, days, units) => {
        writer.uint16(days).uint16(units);
      });
    case 'uniqueidentifier':
      return measured([TypeCode.uniqueidentifierN, 16], 16, (writer, text) =>
        writer.bytes(identifierBytes(text)),
      );
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'varbinary':
      return stringWriting(type);
  }
};
