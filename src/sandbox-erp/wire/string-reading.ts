import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { ProtocolViolation } from './bytes.ts';
import type { ByteReader } from './bytes.ts';
import { CHUNKED_NULL, CHUNKED_UNKNOWN_LENGTH, MAX_LENGTH, NULL_LENGTH, TypeCode } from './type-codes.ts';
import type { TypedValue } from './typed-values.ts';
import { decodeWindows1250, POLISH_CI_AS } from './windows-1250.ts';

type StringName = Extract<SqlType, { length: number }>['name'];

const names = {
  [TypeCode.char]: 'char',
  [TypeCode.varchar]: 'varchar',
  [TypeCode.nchar]: 'nchar',
  [TypeCode.nvarchar]: 'nvarchar',
  [TypeCode.binary]: 'varbinary',
  [TypeCode.varbinary]: 'varbinary',
  [TypeCode.text]: 'varchar',
  [TypeCode.ntext]: 'nvarchar',
  [TypeCode.image]: 'varbinary',
} as const satisfies Record<number, StringName>;

const COLLATION_LENGTH = 5;

const readChunks = (reader: ByteReader): Buffer | null => {
  const total = reader.uint64();
  if (total === CHUNKED_NULL) return null;
  const chunks: Buffer[] = [];
  for (let length = reader.uint32(); length !== 0; length = reader.uint32()) chunks.push(reader.take(length));
  const bytes = Buffer.concat(chunks);
  if (total !== CHUNKED_UNKNOWN_LENGTH && total !== BigInt(bytes.length)) {
    throw new ProtocolViolation(`chunks of ${bytes.length} bytes where ${total} were announced`);
  }
  return bytes;
};

/** Letters outside ASCII can be told only in the code page that was announced for this database at login. */
const decodeNarrow = (bytes: Buffer, collation: Buffer | null): string => {
  const languageDiffers = collation !== null && collation.readUInt16LE(0) !== POLISH_CI_AS.readUInt16LE(0);
  if (languageDiffers && bytes.some((byte) => byte > 0x7f)) {
    throw new SqlServerError(40000, 'The sandbox takes char and varchar parameters in Polish_CI_AS only.');
  }
  return decodeWindows1250(bytes);
};

const decode = (name: StringName, bytes: Buffer, collation: Buffer | null): string => {
  switch (name) {
    case 'varbinary':
      return bytes.toString('hex');
    case 'char':
    case 'varchar':
      return decodeNarrow(bytes, collation);
    case 'nchar':
    case 'nvarchar':
      if (bytes.length % 2 !== 0) throw new ProtocolViolation('half a character');
      return bytes.toString('utf16le');
  }
};

export const readStringValue = (reader: ByteReader, code: keyof typeof names): TypedValue => {
  const name = names[code];
  const declared = reader.uint16();
  const collation = name === 'varbinary' ? null : reader.take(COLLATION_LENGTH);
  const unitLength = name === 'nchar' || name === 'nvarchar' ? 2 : 1;
  const chunked = declared === MAX_LENGTH;
  // Some drivers declare no length for an empty value; a type of length 0 does not exist.
  const length = chunked ? -1 : Math.max(1, Math.ceil(declared / unitLength));
  const type = { name, length } as const;
  if (chunked) {
    const bytes = readChunks(reader);
    return { type, value: bytes === null ? null : decode(name, bytes, collation) };
  }
  const byteLength = reader.uint16();
  if (byteLength === NULL_LENGTH) return { type, value: null };
  return { type, value: decode(name, reader.take(byteLength), collation) };
};

/** The old large types, as (max). */
export const readLongValue = (reader: ByteReader, code: keyof typeof names): TypedValue => {
  const name = names[code];
  reader.take(4);
  const collation = name === 'varbinary' ? null : reader.take(COLLATION_LENGTH);
  const type = { name, length: -1 } as const;
  const byteLength = reader.int32();
  if (byteLength < 0) return { type, value: null };
  return { type, value: decode(name, reader.take(byteLength), collation) };
};
