/** Where the rows of an export's text end: counted as the bytes go by, and remembered, so that a file that broke off can be cut there. */
import type { TextFormat } from '../export-format.ts';

const newline = 0x0a;
const quote = 0x22;

export class RecordScan {
  /** Of CSV the one with the names of the columns, too. */
  records = 0;
  /** Offsets of the last whole record: its first byte, and the first behind it. */
  from = 0;
  to = 0;
  private offset = 0;
  private quoted = false;
  private readonly quotes: boolean;

  constructor(format: TextFormat) {
    // JSON has quotes as well, but no line ends between them.
    this.quotes = format !== 'ndjson';
  }

  take(piece: Buffer): void {
    // A quote within quotes is doubled: every one turns the state.
    const nextQuote = (from: number): number => (this.quotes ? piece.indexOf(quote, from) : -1);
    let turn = nextQuote(0);
    const pass = (to: number): void => {
      for (; turn >= 0 && turn < to; turn = nextQuote(turn + 1)) this.quoted = !this.quoted;
    };
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) {
      pass(at);
      if (!this.quoted) this.end(at + 1);
    }
    pass(piece.length);
    this.offset += piece.length;
  }

  private end(behind: number): void {
    this.records += 1;
    this.from = this.to;
    this.to = this.offset + behind;
  }
}
