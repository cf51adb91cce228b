import type { InvoiceKind, Key } from './ledger.type.ts';

interface Numbered {
  readonly key: Key;
  readonly number: string;
}

/** How one company numbers its documents. Each call takes the next number. */
export interface Numbering {
  order(day: string): Numbered;
  invoice(kind: InvoiceKind, day: string): Numbered;
  payment(day: string): Key;
  /** A settlement of a document, or of an opening balance where there is none. */
  settlement(document: Key | null): Key;
}

class Counters {
  readonly #last = new Map<string, number>();

  next(name: string, before = 0): number {
    const value = (this.#last.get(name) ?? before) + 1;
    this.#last.set(name, value);
    return value;
  }
}

/** One number space per table; printed numbers start anew each month or year. */
export function mainNumbering(): Numbering {
  const counters = new Counters();
  const key = (table: string, before: number): Key => ({ type: '', id: counters.next(table, before) });
  const series = { INVOICE: 'FS', CORRECTION: 'KFS', ADVANCE: 'FZ', RECEIPT: 'PA' } as const;
  return {
    order: (day) => {
      const year = day.slice(0, 4);
      return { key: key('order', 50_000), number: `ZK/${counters.next(`ZK${year}`)}/${year}` };
    },
    invoice: (kind, day) => {
      const month = `${day.slice(5, 7)}/${day.slice(0, 4)}`;
      const number = counters.next(`${kind}${month}`);
      return { key: key('invoice', 200_000), number: `${series[kind]}/${number}/${month}` };
    },
    payment: () => key('payment', 700_000),
    settlement: () => key('settlement', 900_000),
  };
}

/** A series per kind and year, and a number within it; a settlement bears its document's key. */
export function exportNumbering(): Numbering {
  const counters = new Counters();
  const key = (name: string, day: string): Key => {
    const type = `${name}/${day.slice(0, 4)}`;
    return { type, id: counters.next(type) };
  };
  const printed = (of: Key): Numbered => ({ key: of, number: `${of.type}/${of.id}` });
  const series = { INVOICE: 'FE', CORRECTION: 'KE', ADVANCE: 'ZAL', RECEIPT: 'PAR' } as const;
  return {
    order: (day) => printed(key('ZE', day)),
    invoice: (kind, day) => printed(key(series[kind], day)),
    payment: (day) => key('WB', day),
    settlement: (document) => document ?? key('BO', '2024-01-02'),
  };
}
