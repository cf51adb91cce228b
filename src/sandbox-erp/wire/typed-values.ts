import type { SqlType, SqlValue } from '../engine.ts';
import type { ByteWriter } from './bytes.ts';

/** A value as the client typed it. `type` is null where it sent a NULL without any type. */
export interface TypedValue {
  readonly type: SqlType | null;
  readonly value: SqlValue;
}

/** How values of one column go onto the wire: its type once, then each value. */
export interface ColumnWriting {
  type(writer: ByteWriter): void;
  value(writer: ByteWriter, value: SqlValue): void;
}
