/**
 * Rows that hold nothing but JSON which goes out as it came. The driver makes a text of every column, and node takes a hundred times
 * as long to read and write text outside of ASCII as to pass its bytes on: for a long list that is most of what the service does. So
 * a row's only column, where it has this name, arrives as its bytes, in the pieces they came in.
 */
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import type { BackendMessage, RowDescriptionMessage } from 'pg-protocol/dist/messages.js';
import { Parser } from 'pg-protocol/dist/parser.js';

export const bytesColumn = 'json_bytes';

/** Such a row, as the driver answers it. */
export interface BytesRow {
  readonly [bytesColumn]: readonly Buffer[];
}

type Told = (message: BackendMessage) => void;

/** The driver's own parser of what the server sends, as far as it is used here. */
interface WireParser {
  /** What has come of a message that is not whole yet. */
  buffer: Buffer;
  bufferOffset: number;
  bufferLength: number;
  parse(chunk: Buffer, told: Told): void;
  handlePacket(offset: number, code: number, length: number, buffer: Buffer): BackendMessage;
}
type DriverConnection = NodeJS.EventEmitter & { attachListeners(stream: Duplex): void };

const dataRow = 'D'.charCodeAt(0);
/** A message begins with its code (1 byte) and a length (4) that does not count the code; a row then with its number of columns (2), and a column with its length (4). */
const [header, beforeValue] = [5, 6];

const nothing = Buffer.alloc(0);

export class BytesParser extends (Parser as unknown as new () => WireParser) {
  private takesBytes = false;
  /** Of the row that is coming, where it is not whole. */
  private pieces: Buffer[] = [];
  private missing = 0;

  override parse(chunk: Buffer, told: Told): void {
    const taken = Math.min(this.missing, chunk.length);
    if (taken > 0) {
      this.pieces.push(chunk.subarray(0, taken));
      this.missing -= taken;
      if (this.missing > 0) return;
      const { pieces } = this;
      this.pieces = [];
      told(rowOf(pieces));
    }
    super.parse(taken > 0 ? chunk.subarray(taken) : chunk, told);
    if (this.takesBytes) this.takeBegun();
  }

  override handlePacket(offset: number, code: number, length: number, buffer: Buffer): BackendMessage {
    if (code === dataRow && this.takesBytes) {
      // Copied: the parser may write what comes next into the same buffer.
      const value = Buffer.allocUnsafe(length - 4 - beforeValue);
      buffer.copy(value, 0, offset + beforeValue);
      return rowOf([value]);
    }
    const message = super.handlePacket(offset, code, length, buffer);
    if (isRowDescription(message))
      this.takesBytes = message.fieldCount === 1 && message.fields[0]?.name === bytesColumn;
    return message;
  }

  /** A row that is not whole yet is not gathered in one buffer, which would have to grow with every chunk. */
  private takeBegun(): void {
    const { buffer, bufferOffset: offset, bufferLength: come } = this;
    if (come < header + beforeValue || buffer[offset] !== dataRow) return;
    this.pieces = [buffer.subarray(offset + header + beforeValue, offset + come)];
    this.missing = buffer.readUInt32BE(offset + 1) + 1 - come;
    this.buffer = nothing;
    this.bufferOffset = 0;
    this.bufferLength = 0;
  }
}

const rowOf = (pieces: readonly Buffer[]): BackendMessage => {
  const row = { name: 'dataRow', length: 0, fieldCount: 1, fields: [pieces] };
  return row as unknown as BackendMessage;
};

const isRowDescription = (message: BackendMessage): message is RowDescriptionMessage =>
  message.name === 'rowDescription';

/** To be called before the client connects. The column must not be null, and be of a type that the client's parsers leave alone. */
export function takeColumnBytes(client: pg.Client): void {
  const { connection } = client as unknown as { readonly connection: DriverConnection };
  connection.attachListeners = (stream) => {
    const parser = new BytesParser();
    stream.on('data', (chunk: Buffer) => {
      parser.parse(chunk, (message) => {
        connection.emit(message.name === 'error' ? 'errorMessage' : message.name, message);
      });
    });
  };
}
