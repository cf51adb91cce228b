/** A company whose server is a list: it knows the contract's columns and answers every question with no rows, keeping it. */
import { openCatalogue } from '../../src/erp/catalogue.ts';
import type { Company } from '../../src/erp/companies.ts';
import type { Answer, Ask, RawRow, Statement } from '../../src/erp/statement.ts';

export interface ColumnOfView {
  readonly type: string;
  readonly bytes: number;
}

export const int: ColumnOfView = { type: 'int', bytes: 4 };
export const varchar = (length: number): ColumnOfView => ({ type: 'varchar', bytes: length });
const nvarchar = (length: number): ColumnOfView => ({ type: 'nvarchar', bytes: 2 * length });
const decimal: ColumnOfView = { type: 'decimal', bytes: 9 };
const date: ColumnOfView = { type: 'date', bytes: 3 };
const bit: ColumnOfView = { type: 'bit', bytes: 1 };

type Views = Readonly<Record<string, Readonly<Record<string, ColumnOfView>>>>;

/** The contract's orders and invoices over keys of one type. */
export const viewsWithKeys = (key: ColumnOfView): Views => ({
  sales_order: {
    order_type: key,
    order_id: key,
    customer_id: key,
    number: nvarchar(60),
    ordered_on: date,
    requested_on: date,
    status: varchar(20),
    status_text: nvarchar(60),
    currency: { type: 'char', bytes: 3 },
    net: decimal,
    gross: decimal,
  },
  sales_order_line: {
    order_type: key,
    order_id: key,
    line_no: int,
    product_code: nvarchar(60),
    product_name: nvarchar(400),
    product_group: nvarchar(100),
    quantity: decimal,
    delivered: decimal,
    unit: nvarchar(20),
    net_price: decimal,
    net: decimal,
  },
  invoice: {
    invoice_type: key,
    invoice_id: key,
    customer_id: key,
    recipient_id: key,
    kind: varchar(20),
    number: nvarchar(60),
    issued_on: date,
    sold_on: date,
    due_on: date,
    currency: { type: 'char', bytes: 3 },
    net: decimal,
    vat: decimal,
    gross: decimal,
    remaining: decimal,
    base_currency: { type: 'char', bytes: 3 },
    gross_base: decimal,
    corrects_type: key,
    corrects_id: key,
    ksef_number: varchar(40),
    cancelled: bit,
  },
});

const catalogueRows = (views: Views): readonly RawRow[] =>
  Object.entries(views).flatMap(([view, columns]) =>
    Object.entries(columns).map(([column, { type, bytes }]) => ({
      view_name: view,
      column_name: column,
      type_name: type,
      max_length: bytes,
      precision: 19,
      scale: 4,
    })),
  );

export interface RecordingCompany extends Company {
  readonly statements: Statement[];
}

export function recordingCompany(
  views: Views,
  rowsFor: (statement: Statement) => readonly RawRow[] = () => [],
): RecordingCompany {
  const statements: Statement[] = [];
  const answer = (rows: readonly RawRow[]): Promise<Answer> =>
    Promise.resolve({ rows, state: 'LIVE', asOf: '2026-01-01T00:00:00.000Z' });
  const ask: Ask = (statement) => {
    statements.push(statement);
    return answer(rowsFor(statement));
  };
  return {
    key: 'main',
    name: 'Main',
    timeZone: 'Europe/Warsaw',
    schema: 'kartoteka',
    catalogue: openCatalogue('main', 'kartoteka', () => answer(catalogueRows(views))),
    ask,
    askNow: ask,
    stream: () => Promise.reject(new Error('a list has no streams')),
    lastAnswer: () => undefined,
    today: () => '2026-03-01',
    statements,
  };
}
