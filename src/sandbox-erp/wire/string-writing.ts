import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { CHUNKED_NULL, MAX_LENGTH, NULL_LENGTH, TypeCode } from './type-codes.ts';
import type { ColumnWriting } from './typed-values.ts';
import { encodeWindows1250, POLISH_CI_AS } from './windows-1250.ts';

type StringType = Extract<SqlType, { length: number }>;

const LONGEST = 8000;

const encode = (type: StringType, text: string): Buffer => {
  switch (type.name) {
    case 'char':
      return encodeWindows1250(text.padEnd(type.length, ' '));
    case 'varchar':
      return encodeWindows1250(text);
    case 'nchar':
      return Buffer.from(text.padEnd(type.length, ' '), 'utf16le');
    case 'nvarchar':
      return Buffer.from(text, 'utf16le');
    case 'varbinary':
      if (!/^(?:[0-9a-f]{2})*$/i.test(text))
        throw new SqlServerError(8114, 'A varbinary value is not in hexadecimal.');
      return Buffer.from(text, 'hex');
  }
};

/** Strings and bytes: up to 8,000 bytes with a two-byte length, (max) in chunks. */
export const stringWriting = (type: StringType): ColumnWriting => {
  const unitLength = type.name === 'nchar' || type.name === 'nvarchar' ? 2 : 1;
  const chunked = type.length === -1;
  const limit = type.length * unitLength;
  if (!chunked && (limit < 1 || limit > LONGEST)) {
    throw new SqlServerError(
      131,
      `The size (${type.length}) given to the type '${type.name}' is out of range.`,
    );
  }
  return {
    type: (writer) => {
      writer.uint8(TypeCode[type.name]).uint16(chunked ? MAX_LENGTH : limit);
      if (type.name !== 'varbinary') writer.bytes(POLISH_CI_AS);
    },
    value: (writer, value) => {
      if (value === null) {
        if (chunked) writer.uint64(CHUNKED_NULL);
        else writer.uint16(NULL_LENGTH);
        return;
      }
      const bytes = encode(type, value);
      if (chunked) {
        writer.uint64(BigInt(bytes.length));
        if (bytes.length > 0) writer.uint32(bytes.length).bytes(bytes);
        writer.uint32(0);
        return;
      }
      if (bytes.length > limit) {
        throw new SqlServerError(8152, `A value is longer than ${type.name}(${type.length}).`);
      }
      writer.uint16(bytes.length).bytes(bytes);
    },
  };
};
