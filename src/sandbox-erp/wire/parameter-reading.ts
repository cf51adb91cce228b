import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { ProtocolViolation } from './bytes.ts';
import type { ByteReader } from './bytes.ts';
import { dateText, FIRST_DAY_OF_1900, TICKS_OF_DAY, timeLength, timeText } from './calendar.ts';
import { identifierText } from './identifiers.ts';
import { decimalText, realText } from './numbers.ts';
import { readLongValue, readStringValue } from './string-reading.ts';
import { TypeCode } from './type-codes.ts';
import type { TypedValue } from './typed-values.ts';

const integers = {
  1: { name: 'tinyint' },
  2: { name: 'smallint' },
  4: { name: 'int' },
  8: { name: 'bigint' },
} as const satisfies Record<number, SqlType>;

const floats = { 4: { name: 'real' }, 8: { name: 'float' } } as const satisfies Record<number, SqlType>;
const moneys = { 4: { name: 'money' }, 8: { name: 'money' } } as const satisfies Record<number, SqlType>;
const datetimes = { 4: { name: 'smalldatetime' }, 8: { name: 'datetime' } } as const satisfies Record<
  number,
  SqlType
>;

const bitText = (bytes: Buffer): string => (bytes.readUInt8(0) === 0 ? '0' : '1');

const integerText = (bytes: Buffer): string => {
  switch (bytes.length) {
    case 1:
      return String(bytes.readUInt8(0));
    case 2:
      return String(bytes.readInt16LE(0));
    case 4:
      return String(bytes.readInt32LE(0));
    default:
      return String(bytes.readBigInt64LE(0));
  }
};

const floatText = (bytes: Buffer): string =>
  bytes.length === 4 ? realText(bytes.readFloatLE(0)) : String(bytes.readDoubleLE(0));

const moneyText = (bytes: Buffer): string => {
  if (bytes.length === 4) return decimalText(BigInt(bytes.readInt32LE(0)), 4);
  return decimalText((BigInt(bytes.readInt32LE(0)) << 32n) | BigInt(bytes.readUInt32LE(4)), 4);
};

const datetimeText = (bytes: Buffer): string => {
  if (bytes.length === 4) {
    const minutes = bytes.readUInt16LE(2) * (TICKS_OF_DAY / 1440);
    return `${dateText(bytes.readUInt16LE(0) + FIRST_DAY_OF_1900)} ${timeText(minutes, 0)}`;
  }
  // SQL Server shows thousandths of its three-hundredths: .000, .003, .007.
  const milliseconds = Math.round((bytes.readUInt32LE(4) * 10) / 3);
  return `${dateText(bytes.readInt32LE(0) + FIRST_DAY_OF_1900)} ${timeText(milliseconds * 10_000, 3)}`;
};

const scaledTime = (bytes: Buffer, scale: number): string =>
  timeText(bytes.readUIntLE(0, timeLength(scale)) * 10 ** (7 - scale), scale);

const readDecimal = (reader: ByteReader): TypedValue => {
  const declared = reader.uint8();
  const precision = reader.uint8();
  const scale = reader.uint8();
  if (precision < 1 || precision > 38 || scale > precision || declared > 17) {
    throw new ProtocolViolation(`decimal(${precision},${scale}) of ${declared} bytes`);
  }
  const bytes = reader.take(reader.uint8());
  const type = { name: 'decimal', precision, scale } as const;
  if (bytes.length === 0) return { type, value: null };
  const magnitude = BigInt(`0x0${Buffer.from(bytes.subarray(1)).reverse().toString('hex')}`);
  return { type, value: decimalText(bytes.readUInt8(0) === 0 ? -magnitude : magnitude, scale) };
};

const readScaled = (reader: ByteReader, name: 'time' | 'datetime2'): TypedValue => {
  const scale = reader.uint8();
  if (scale > 7) throw new ProtocolViolation(`${name}(${scale})`);
  const type = { name, scale } as const;
  const bytes = reader.take(reader.uint8());
  if (bytes.length === 0) return { type, value: null };
  const clockLength = timeLength(scale);
  if (bytes.length !== clockLength + (name === 'time' ? 0 : 3)) throw new ProtocolViolation(`${name} length`);
  if (name === 'time') return { type, value: scaledTime(bytes, scale) };
  return { type, value: `${dateText(bytes.readUIntLE(clockLength, 3))} ${scaledTime(bytes, scale)}` };
};

const readDate = (reader: ByteReader): TypedValue => {
  const length = reader.uint8();
  if (length !== 0 && length !== 3) throw new ProtocolViolation('date length');
  return { type: { name: 'date' }, value: length === 0 ? null : dateText(reader.take(3).readUIntLE(0, 3)) };
};

/** Types whose declared length tells which of a family it is. */
const readSized = (
  reader: ByteReader,
  family: Readonly<Record<number, SqlType>>,
  text: (bytes: Buffer) => string,
): TypedValue => {
  const declared = reader.uint8();
  const bytes = reader.take(reader.uint8());
  const type = family[declared];
  if (type === undefined || (bytes.length !== 0 && bytes.length !== declared)) {
    throw new ProtocolViolation(`a value of ${bytes.length} bytes in a type of ${declared}`);
  }
  return { type, value: bytes.length === 0 ? null : text(bytes) };
};

/** Sent without a length: only for values that are there. */
const fixed =
  (type: SqlType, length: number, text: (bytes: Buffer) => string) =>
  (reader: ByteReader): TypedValue => ({ type, value: text(reader.take(length)) });

const sized =
  (family: Readonly<Record<number, SqlType>>, text: (bytes: Buffer) => string) =>
  (reader: ByteReader): TypedValue =>
    readSized(reader, family, text);

const unsupported = (name: string) => (): never => {
  throw new SqlServerError(40000, `The sandbox does not take parameters of type ${name}.`);
};

const stringCodes = ['char', 'varchar', 'nchar', 'nvarchar', 'binary', 'varbinary'] as const;
const longCodes = ['text', 'ntext', 'image'] as const;

const readings: ReadonlyMap<number, (reader: ByteReader) => TypedValue> = new Map([
  [TypeCode.null, () => ({ type: null, value: null })],
  [TypeCode.bit, fixed({ name: 'bit' }, 1, bitText)],
  [TypeCode.tinyint, fixed(integers[1], 1, integerText)],
  [TypeCode.smallint, fixed(integers[2], 2, integerText)],
  [TypeCode.int, fixed(integers[4], 4, integerText)],
  [TypeCode.bigint, fixed(integers[8], 8, integerText)],
  [TypeCode.real, fixed(floats[4], 4, floatText)],
  [TypeCode.float, fixed(floats[8], 8, floatText)],
  [TypeCode.smallmoney, fixed(moneys[4], 4, moneyText)],
  [TypeCode.money, fixed(moneys[8], 8, moneyText)],
  [TypeCode.smalldatetime, fixed(datetimes[4], 4, datetimeText)],
  [TypeCode.datetime, fixed(datetimes[8], 8, datetimeText)],
  [TypeCode.bitN, sized({ 1: { name: 'bit' } }, bitText)],
  [TypeCode.intN, sized(integers, integerText)],
  [TypeCode.floatN, sized(floats, floatText)],
  [TypeCode.moneyN, sized(moneys, moneyText)],
  [TypeCode.datetimeN, sized(datetimes, datetimeText)],
  [TypeCode.uniqueidentifierN, sized({ 16: { name: 'uniqueidentifier' } }, identifierText)],
  [TypeCode.decimalN, readDecimal],
  [TypeCode.numericN, readDecimal],
  [TypeCode.dateN, readDate],
  [TypeCode.timeN, (reader) => readScaled(reader, 'time')],
  [TypeCode.datetime2N, (reader) => readScaled(reader, 'datetime2')],
  ...stringCodes.map(
    (name) => [TypeCode[name], (reader: ByteReader) => readStringValue(reader, TypeCode[name])] as const,
  ),
  ...longCodes.map(
    (name) => [TypeCode[name], (reader: ByteReader) => readLongValue(reader, TypeCode[name])] as const,
  ),
  [TypeCode.datetimeoffsetN, unsupported('datetimeoffset')],
  [TypeCode.variant, unsupported('sql_variant')],
  [TypeCode.userDefined, unsupported('a user-defined one')],
  [TypeCode.xml, unsupported('xml')],
  [TypeCode.table, unsupported('table')],
]);

export const readTypedValue = (reader: ByteReader): TypedValue => {
  const code = reader.uint8();
  const reading = readings.get(code);
  if (reading === undefined) throw new ProtocolViolation(`type 0x${code.toString(16)}`);
  return reading(reader);
};
