import type { Column, ResultSink, SqlServerError, SqlValue } from '../engine.ts';
import { ByteWriter } from './bytes.ts';
import { columnWriting } from './column-writing.ts';
import type { PacketWriter } from './packet-writer.ts';
import {
  COLUMNS_TOKEN,
  DoneStatus,
  ROW_TOKEN,
  writeDone,
  writeError,
  writeReturnStatus,
  writeReturnValue,
} from './tokens.ts';
import type { Done } from './tokens.ts';
import type { ColumnWriting } from './typed-values.ts';

export interface OutputValue {
  readonly ordinal: number;
  readonly name: string;
  readonly value: number;
}

const COLUMN_FLAGS = 0x08;
const NULLABLE = 0x01;
const NO_ROWS: Done = { status: 0, selected: false, rowCount: null };

/**
 * The answer to one request. A batch's last DONE must say that nothing follows, which is known only afterwards: it is
 * held back until something follows or the answer ends. Inside a call something always follows, so nothing is held.
 */
export class Response implements ResultSink {
  readonly #packets: PacketWriter;
  readonly #kind: 'batch' | 'call';
  readonly #writer = new ByteWriter();
  #columns: readonly ColumnWriting[] | undefined;
  #held: Done | undefined;
  #ended = false;
  #rows = 0;
  #cutInRow: number | undefined;

  constructor(packets: PacketWriter, kind: 'batch' | 'call') {
    this.#packets = packets;
    this.#kind = kind;
  }

  columns(columns: readonly Column[]): void {
    const writings = columns.map((column) => columnWriting(column));
    this.token((writer) => {
      writer.uint8(COLUMNS_TOKEN).uint16(columns.length);
      columns.forEach((column, index) => {
        writer.uint32(0).uint16(COLUMN_FLAGS | (column.nullable ? NULLABLE : 0));
        writings[index]?.type(writer);
        writer.shortText(column.name);
      });
    });
    this.#columns = writings;
  }

  row(values: readonly SqlValue[]): void {
    const row = this.#encodedRow(values);
    this.#rows += 1;
    if (this.#cutInRow === undefined || this.#rows < this.#cutInRow) {
      this.#packets.write(row);
      return;
    }
    if (this.#rows === this.#cutInRow) this.#packets.write(row.subarray(0, Math.ceil(row.length / 2)));
    this.#packets.cut();
  }

  done(rowCount: number | null): void {
    const done: Done = { status: 0, selected: this.#columns !== undefined, rowCount };
    this.#columns = undefined;
    if (this.#kind === 'batch') {
      this.token(() => undefined);
      this.#held = done;
    } else {
      this.token((writer) => writeDone(writer, 'doneInProcedure', { ...done, status: DoneStatus.more }));
    }
  }

  async ready(): Promise<void> {
    await this.#packets.room();
  }

  /** Puts a token into the stream at its place. */
  token(write: (writer: ByteWriter) => void): void {
    if (this.#ended) throw new Error('The answer has ended already.');
    const writer = this.#writer.clear();
    const held = this.#held;
    if (held !== undefined) writeDone(writer, 'done', { ...held, status: held.status | DoneStatus.more });
    this.#held = undefined;
    write(writer);
    this.#packets.write(writer.written);
  }

  /** The line will break in the middle of that row (0: before the first), or where the answer ends earlier. */
  cutInRow(row: number): void {
    this.#cutInRow = row;
  }

  endBatch(inTransaction: boolean): void {
    const held = this.#held ?? NO_ROWS;
    this.#held = undefined;
    this.#end('done', { ...held, status: held.status | (inTransaction ? DoneStatus.inTransaction : 0) });
  }

  endCall(outputs: readonly OutputValue[], more: boolean): void {
    this.token((writer) => {
      writeReturnStatus(writer, 0);
      for (const output of outputs) writeReturnValue(writer, output.ordinal, output.name, output.value);
      if (more) writeDone(writer, 'doneProcedure', { ...NO_ROWS, status: DoneStatus.more });
    });
    if (!more) this.#end('doneProcedure', NO_ROWS);
  }

  endWithError(error: SqlServerError): void {
    this.token((writer) => {
      writeError(writer, error);
      if (this.#kind === 'call') writeReturnStatus(writer, error.number);
    });
    this.endUnfinished();
  }

  /** Given up on the client's word; it is told so in a message of its own. */
  endUnfinished(): void {
    this.#end(this.#kind === 'batch' ? 'done' : 'doneProcedure', { ...NO_ROWS, status: DoneStatus.error });
  }

  #end(kind: 'done' | 'doneProcedure', done: Done): void {
    this.token((writer) => writeDone(writer, kind, done));
    this.#ended = true;
    if (this.#cutInRow === undefined) this.#packets.endMessage();
    else this.#packets.cut();
  }

  #encodedRow(values: readonly SqlValue[]): Buffer {
    const columns = this.#columns;
    if (this.#ended || columns === undefined || columns.length !== values.length) {
      throw new Error(`A row of ${values.length} values does not belong here.`);
    }
    const writer = this.#writer.clear().uint8(ROW_TOKEN);
    values.forEach((value, index) => columns[index]?.value(writer, value));
    return writer.written;
  }
}
