/**
 * Sums that should agree, and by how much they do not, currency by currency. A difference is the ERP's, or the view's: the service
 * shows what it is given.
 */
import { bracketed } from '../statement.ts';
import type { Survey } from './survey.ts';
import { counted, type Findings, type Level } from './findings.ts';
import type { Inquiry } from './inquiry.ts';
import { examples } from './sample-keys.ts';
import { textIn } from './row-text.ts';

interface Agreement {
  readonly words: string;
  /** Whose key tells where to look, and whose currency the difference is in. */
  readonly view: string;
  readonly key: readonly string[];
  /** Columns by view that it cannot do without. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly level: Level;
  /** A SELECT of the key, currency and difference of each record. */
  select(table: (view: string) => string): string;
}

const exact = (column: string): string => `CAST(${column} AS decimal(19, 4))`;
const sum = (column: string): string => `CAST(SUM(${exact(column)}) AS decimal(28, 4))`;

const invoice = ['invoice_type', 'invoice_id'];
const payment = ['payment_type', 'payment_id'];
const settlement = ['settlement_type', 'settlement_id', 'settlement_line'];

const columnsOf = (alias: string, columns: readonly string[]): string =>
  columns.map((column) => `${alias}.${bracketed(column)}`).join(', ');
const joined = (left: string, right: string, columns: readonly string[]): string =>
  columns.map((column) => `${left}.${bracketed(column)} = ${right}.${bracketed(column)}`).join(' AND ');

/** What an invoice's settlements come to, in each currency. */
const settled = (table: (view: string) => string, column: string): string =>
  `(SELECT ${columnsOf('s', invoice)}, s.[currency], ${sum(`CASE s.[side] WHEN 'PAYABLE' THEN -s.${bracketed(column)} ELSE s.${bracketed(column)} END`)} AS total
    FROM ${table('settlement')} AS s WHERE s.[invoice_id] IS NOT NULL GROUP BY ${columnsOf('s', invoice)}, s.[currency]) AS t`;

const agreements: readonly Agreement[] = [
  {
    words: 'gross = net + vat of each invoice',
    view: 'invoice',
    key: invoice,
    needs: { invoice: ['net', 'vat', 'gross', 'currency'] },
    level: 'WARN',
    select: (table) =>
      `SELECT ${columnsOf('i', invoice)}, i.[currency], ${exact('i.[gross]')} - ${exact('i.[net]')} - ${exact('i.[vat]')} AS difference FROM ${table('invoice')} AS i`,
  },
  {
    words: 'net of each invoice = its lines',
    view: 'invoice',
    key: invoice,
    needs: { invoice: ['net', 'currency', 'cancelled'], invoice_line: [...invoice, 'net'] },
    // ERPs round the header and the lines each in their way.
    level: 'NOTE',
    select: (table) =>
      `SELECT ${columnsOf('i', invoice)}, i.[currency], ${exact('i.[net]')} - t.total AS difference FROM ${table('invoice')} AS i
       INNER JOIN (SELECT ${columnsOf('l', invoice)}, ${sum('l.[net]')} AS total FROM ${table('invoice_line')} AS l GROUP BY ${columnsOf('l', invoice)}) AS t
         ON ${joined('t', 'i', invoice)} WHERE i.[cancelled] = 0`,
  },
  {
    words: 'gross of each invoice = paid + remaining = its settlements',
    view: 'invoice',
    key: invoice,
    needs: {
      invoice: ['gross', 'currency', 'cancelled'],
      settlement: [...invoice, 'side', 'amount', 'currency'],
    },
    level: 'WARN',
    select: (table) =>
      `SELECT ${columnsOf('i', invoice)}, i.[currency], ${exact('i.[gross]')} - t.total AS difference FROM ${table('invoice')} AS i
       INNER JOIN ${settled(table, 'amount')} ON ${joined('t', 'i', invoice)} AND t.[currency] = i.[currency] WHERE i.[cancelled] = 0`,
  },
  {
    words: 'remaining of each invoice = what remains of its settlements',
    view: 'invoice',
    key: invoice,
    needs: {
      invoice: ['remaining', 'currency', 'cancelled'],
      settlement: [...invoice, 'side', 'remaining', 'currency'],
    },
    level: 'WARN',
    select: (table) =>
      `SELECT ${columnsOf('i', invoice)}, i.[currency], ${exact('i.[remaining]')} - COALESCE(t.total, 0) AS difference FROM ${table('invoice')} AS i
       LEFT JOIN ${settled(table, 'remaining')} ON ${joined('t', 'i', invoice)}
       WHERE i.[remaining] IS NOT NULL AND i.[cancelled] = 0 AND (t.[currency] IS NULL OR t.[currency] = i.[currency])`,
  },
  {
    words: 'remaining of each settlement = its amount less its matches',
    view: 'settlement',
    key: settlement,
    needs: { settlement: ['amount', 'remaining', 'currency'], settlement_match: [...settlement, 'amount'] },
    level: 'WARN',
    select: (table) =>
      `SELECT ${columnsOf('i', settlement)}, i.[currency], ${exact('i.[amount]')} - COALESCE(t.total, 0) - ${exact('i.[remaining]')} AS difference FROM ${table('settlement')} AS i
       LEFT JOIN (SELECT ${columnsOf('m', settlement)}, ${sum('m.[amount]')} AS total FROM ${table('settlement_match')} AS m GROUP BY ${columnsOf('m', settlement)}) AS t
         ON ${joined('t', 'i', settlement)}`,
  },
  {
    words: 'unallocated of each payment = its amount less its matches',
    view: 'payment',
    key: payment,
    needs: {
      payment: ['amount', 'unallocated', 'currency'],
      settlement_match: [...payment, 'amount', 'payment_amount'],
    },
    level: 'WARN',
    // What was paid back is below zero; of its matches some ERPs say so, others do not.
    select: (table) =>
      `SELECT ${columnsOf('i', payment)}, i.[currency],
         ${exact('i.[amount]')} - CASE WHEN i.[amount] < 0 THEN -COALESCE(t.total, 0) ELSE COALESCE(t.total, 0) END - ${exact('i.[unallocated]')} AS difference
       FROM ${table('payment')} AS i
       LEFT JOIN (SELECT ${columnsOf('m', payment)}, ${sum('ABS(COALESCE(m.[payment_amount], m.[amount]))')} AS total
         FROM ${table('settlement_match')} AS m WHERE m.[payment_id] IS NOT NULL GROUP BY ${columnsOf('m', payment)}) AS t
         ON ${joined('t', 'i', payment)}`,
  },
];

const able = ({ view, key, needs }: Agreement, { views }: Survey): boolean =>
  Object.entries({ ...needs, [view]: [...(needs[view] ?? []), ...key] }).every(([name, columns]) =>
    columns.every((column) => views.get(name)?.has(column)),
  );

async function checkAgreement(inquiry: Inquiry, agreement: Agreement, findings: Findings): Promise<void> {
  const { words, view, key, level } = agreement;
  const about = { view };
  const source = `(${agreement.select((name) => inquiry.table(name))}) AS d`;
  const told = await inquiry.tried(() =>
    inquiry.rows(
      words,
      [
        'SELECT d.[currency] AS currency, COUNT_BIG(*) AS records,',
        '  CONVERT(varchar(40), CAST(SUM(d.difference) AS decimal(38, 4))) AS difference',
        `FROM ${source}`,
        'WHERE d.difference <> 0 GROUP BY d.[currency] ORDER BY d.[currency]',
      ].join('\n'),
    ),
  );
  if ('untold' in told) {
    findings.add('WARN', `${words} could not be checked: ${told.untold}`, about);
    return;
  }
  if (told.value.length === 0) {
    findings.add('OK', words, about);
    return;
  }
  const such = await examples(inquiry, {
    view,
    columns: key,
    from: source,
    where: 'd.difference <> 0',
    order: `ABS(d.difference) DESC, ${columnsOf('d', key)}`,
  });
  const parts = told.value.map(
    (row) =>
      `${textIn(row, 'difference')} ${textIn(row, 'currency').trimEnd() || 'without a currency'} over ${counted(textIn(row, 'records'), 'record')}`,
  );
  findings.add(level, `${words} does not hold: differs by ${parts.join(', ')}${such}`, about);
}

export async function checkSums(inquiry: Inquiry, survey: Survey, findings: Findings): Promise<void> {
  for (const agreement of agreements)
    if (able(agreement, survey)) await checkAgreement(inquiry, agreement, findings);
}
