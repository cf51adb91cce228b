/** The ERP's part of the reference: one T-SQL statement for each company and section, straight through the driver. */
import mssql from 'mssql';
import type { CardRow } from './reference-cards.ts';

export interface ErpAddress {
  readonly key: string;
  readonly server: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly timeZone: string;
}

export interface ReferenceErp {
  cardWithSections(row: CardRow): Promise<string>;
  cardsWithInvoices(rows: readonly CardRow[]): Promise<string[]>;
}

/** A customer and whose it is, as a place in the list of cards. */
interface Customer {
  readonly place: number;
  readonly customer: string;
}

type Row = Readonly<Record<string, string | number | null>>;

const amount = (expression: string): string => `CONVERT(varchar(40), CAST(${expression} AS decimal(19, 4)))`;
const day = (column: string): string => `CONVERT(char(10), x.${column}, 23) AS ${column}`;

const ordersOf = (keys: string): string => `
SELECT k.place, x.number, ${day('ordered_on')}, x.status, x.currency, ${amount('x.gross')} AS gross
FROM ${keys}
CROSS APPLY (SELECT TOP (5) v.order_type, v.order_id, v.number, v.ordered_on, v.status, v.currency, v.gross
  FROM kartoteka.sales_order AS v WHERE v.customer_id = k.customer
  ORDER BY v.ordered_on DESC, v.order_type DESC, v.order_id DESC) AS x
ORDER BY x.ordered_on DESC, x.order_type DESC, x.order_id DESC`;

/** One ERP leaves what remains to its settlements. */
const remaining = `CASE WHEN x.remaining IS NOT NULL THEN x.remaining WHEN s.remaining IS NOT NULL THEN s.remaining ELSE 0 END`;

const invoicesOf = (keys: string, first: number): string => `
SELECT k.place, x.number, x.kind, ${day('issued_on')}, ${day('due_on')}, x.currency, ${amount('x.gross')} AS gross,
  ${amount(`x.gross - ${remaining}`)} AS paid, ${amount(remaining)} AS remaining
FROM ${keys}
CROSS APPLY (SELECT TOP (${first}) v.invoice_type, v.invoice_id, v.number, v.kind, v.issued_on, v.due_on, v.currency, v.gross, v.remaining
  FROM kartoteka.invoice AS v WHERE v.customer_id = k.customer AND v.cancelled = 0
  ORDER BY v.issued_on DESC, v.invoice_type DESC, v.invoice_id DESC) AS x
OUTER APPLY (SELECT SUM(CASE WHEN i.side = 'RECEIVABLE' THEN i.remaining ELSE -i.remaining END) AS remaining FROM kartoteka.settlement AS i
  WHERE x.remaining IS NULL AND i.invoice_type = x.invoice_type AND i.invoice_id = x.invoice_id) AS s
ORDER BY x.issued_on DESC, x.invoice_type DESC, x.invoice_id DESC`;

const balancesOf = (keys: string): string => `
SELECT k.place, x.currency, ${['receivable', 'overdue', 'payable', 'unallocated'].map((sum) => `${amount(`SUM(x.${sum})`)} AS ${sum}`).join(', ')}
FROM ${keys}
CROSS APPLY (
  SELECT s.currency, CASE WHEN s.side = 'RECEIVABLE' THEN s.remaining ELSE 0 END AS receivable,
    CASE WHEN s.side = 'RECEIVABLE' AND s.due_on < @today THEN s.remaining ELSE 0 END AS overdue,
    CASE WHEN s.side = 'PAYABLE' THEN s.remaining ELSE 0 END AS payable, 0 AS unallocated
  FROM kartoteka.settlement AS s WHERE s.customer_id = k.customer AND s.remaining <> 0
  UNION ALL
  SELECT p.currency, 0, 0, 0, p.unallocated FROM kartoteka.payment AS p WHERE p.customer_id = k.customer AND p.unallocated <> 0
  UNION ALL
  SELECT c.credit_currency, 0, 0, 0, 0 FROM kartoteka.customer AS c WHERE c.customer_id = k.customer AND c.credit_limit IS NOT NULL
) AS x
GROUP BY k.place, x.currency
ORDER BY x.currency`;

interface Company {
  readonly key: string;
  ask(text: (keys: string) => string, customers: readonly Customer[]): Promise<Row[]>;
}

/** The type of its customers' keys is read from it once. */
async function open({ key, timeZone, ...address }: ErpAddress): Promise<Company> {
  const pool = new mssql.ConnectionPool({
    ...address,
    pool: { min: 0, max: 8 },
    options: { encrypt: false, trustServerCertificate: true, useUTC: true },
  });
  await pool.connect();
  const { recordset: types } = await pool.request().query<{ name: string }>(
    `SELECT t.name AS name FROM sys.schemas AS s JOIN sys.objects AS o ON o.schema_id = s.schema_id
     JOIN sys.columns AS c ON c.object_id = o.object_id JOIN sys.types AS t ON t.user_type_id = c.system_type_id
     WHERE s.name = 'kartoteka' AND o.name = 'customer' AND c.name = 'customer_id'`,
  );
  const keyType = types[0]?.name === 'int' ? mssql.Int() : mssql.VarChar(20);
  const days = new Intl.DateTimeFormat('en-CA', { timeZone });
  const today = () => new Date(`${days.format(new Date())}T00:00:00Z`);
  return {
    key,
    ask: async (text, customers) => {
      const request = pool.request();
      customers.forEach(({ customer }, index) => request.input(`c${index}`, keyType, customer));
      const rows = customers.map(({ place }, index) => `(${place}, @c${index})`).join(', ');
      const statement = text(`(VALUES ${rows}) AS k (place, customer)`);
      if (statement.includes('@today')) request.input('today', mssql.Date(), today());
      const { recordset } = await request.query<Row>(statement);
      return recordset;
    },
  };
}

interface FromCompany {
  readonly company: string;
  readonly row: Row;
}

const money = (value: Row[string], currency: Row[string]): string =>
  value === null ? 'null' : `{"amount":"${value}","currency":"${String(currency).trimEnd()}"}`;
const text = (value: Row[string]): string =>
  value === null ? 'null' : JSON.stringify(String(value).trimEnd());

const orderText = ({ row }: FromCompany): string =>
  `{"number":${text(row['number'] ?? null)},"orderedOn":${text(row['ordered_on'] ?? null)},"status":${text(row['status'] ?? null)},` +
  `"gross":${money(row['gross'] ?? null, row['currency'] ?? null)}}`;

const invoiceEnd = (row: Row): string =>
  `"gross":${money(row['gross'] ?? null, row['currency'] ?? null)},` +
  `"remaining":${money(row['remaining'] ?? null, row['currency'] ?? null)}}`;

const invoiceText = ({ row }: FromCompany): string =>
  `{"number":${text(row['number'] ?? null)},"kind":${text(row['kind'] ?? null)},"issuedOn":${text(row['issued_on'] ?? null)},` +
  `"dueOn":${text(row['due_on'] ?? null)},"paid":${money(row['paid'] ?? null, row['currency'] ?? null)},${invoiceEnd(row)}`;

const shortInvoiceText = ({ row }: FromCompany): string =>
  `{"number":${text(row['number'] ?? null)},"issuedOn":${text(row['issued_on'] ?? null)},${invoiceEnd(row)}`;

const balanceText = ({ company, row }: FromCompany): string =>
  `{"company":{"key":"${company}"},"currency":${text(row['currency'] ?? null)},` +
  `${['receivable', 'overdue', 'payable', 'unallocated'].map((sum) => `"${sum}":{"amount":"${row[sum]}"}`).join(',')}}`;

/** Newest first; the rows of one day stay as company and server ordered them. */
function newest(rows: readonly FromCompany[], dayColumn: string, first: number): FromCompany[] {
  const dayOf = ({ row }: FromCompany) => String(row[dayColumn]);
  return rows
    .toSorted((left, right) => (dayOf(left) < dayOf(right) ? 1 : dayOf(left) > dayOf(right) ? -1 : 0))
    .slice(0, first);
}

export async function openReferenceErp(addresses: readonly ErpAddress[]): Promise<ReferenceErp> {
  const opened = await Promise.all(addresses.map(open));
  const companies = opened.toSorted((left, right) => (left.key < right.key ? -1 : 1));

  /** The rows of each card, its companies in order. */
  const ask = async (
    rows: readonly CardRow[],
    statement: (keys: string) => string,
  ): Promise<FromCompany[][]> => {
    const answered = await Promise.all(
      companies.map(async (company) => {
        const customers = rows.flatMap(({ accounts }, place) =>
          accounts.flatMap((account) =>
            account.company === company.key ? [{ place, customer: account.customer }] : [],
          ),
        );
        const found = customers.length > 0 ? await company.ask(statement, customers) : [];
        return found.map((row) => ({ company: company.key, row }));
      }),
    );
    const ofCard = rows.map((): FromCompany[] => []);
    for (const found of answered.flat()) ofCard[Number(found.row['place'])]?.push(found);
    return ofCard;
  };

  return {
    cardWithSections: async (row) => {
      const [orders, invoices, balances] = await Promise.all([
        ask([row], ordersOf),
        ask([row], (keys) => invoicesOf(keys, 5)),
        ask([row], balancesOf),
      ]);
      const orderTexts = newest(orders[0] ?? [], 'ordered_on', 5).map(orderText);
      const invoiceTexts = newest(invoices[0] ?? [], 'issued_on', 5).map(invoiceText);
      const balanceTexts = (balances[0] ?? []).map(balanceText);
      return (
        `${row.body.slice(0, -1)},"orders":{"nodes":[${orderTexts.join(',')}]},` +
        `"invoices":{"nodes":[${invoiceTexts.join(',')}]},"balances":{"items":[${balanceTexts.join(',')}]}}`
      );
    },
    cardsWithInvoices: async (rows) => {
      const invoices = await ask(rows, (keys) => invoicesOf(keys, 3));
      return rows.map(({ body }, place) => {
        const texts = newest(invoices[place] ?? [], 'issued_on', 3).map(shortInvoiceText);
        return `${body.slice(0, -1)},"invoices":{"nodes":[${texts.join(',')}]}}`;
      });
    },
  };
}
