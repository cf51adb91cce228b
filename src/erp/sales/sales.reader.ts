/**
 * What was sold to customers, period by period, summed by the ERP from kartoteka.invoice in one statement: the documents that
 * count as sales and are not cancelled, by the day they were issued. Corrections carry the difference, so that they count
 * in the period of the correction.
 */
import { addAmounts } from '../../values/decimal.ts';
import { figuresOfGroups } from '../client-figures.ts';
import type { Company } from '../companies.ts';
import type { GroupsRead, Outcome } from '../customer-list.ts';
import { ErpContract, NotOffered } from '../erp-errors.ts';
import { inCurrency } from '../in-currency.ts';
import { fromParents } from '../parents.ts';
import type { Parameters, RawRow } from '../statement.ts';
import { readSums } from '../summed-read.ts';
import { daysOfPeriod, numberOfPeriod, type Period } from './period.ts';

/** First and last day, both counted. */
export interface SalesDays {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

export interface SalesQuestion extends SalesDays {
  readonly company?: string | null | undefined;
  readonly by: Period;
  readonly inBaseCurrency?: boolean | null | undefined;
}

const sums = ['net', 'vat', 'gross'] as const;
type Sum = (typeof sums)[number];

const ofDocument = { currency: 'currency', net: 'net', vat: 'vat', gross: 'gross' } as const;
const inBooks = { currency: 'base_currency', net: 'net_base', vat: 'vat_base', gross: 'gross_base' } as const;

const columnsOf = ({ inBaseCurrency }: SalesQuestion) => (inBaseCurrency === true ? inBooks : ofDocument);

export const salesColumns = ['customer_id', 'issued_on', 'counts_in_sales', 'cancelled'] as const;

/** What of the invoices `v` counts. */
export function countedAsSales({ from, to }: SalesDays, parameters: Parameters): readonly string[] {
  const bound = (day: string) => parameters.bind({ name: 'date' }, day);
  return [
    'v.[counts_in_sales] = 1',
    'v.[cancelled] = 0',
    ...(from == null ? [] : [`v.[issued_on] >= ${bound(from)}`]),
    ...(to == null ? [] : [`v.[issued_on] <= ${bound(to)}`]),
  ];
}

/** What a period has, from the row; the days of it that were asked for. */
function readPeriod(row: RawRow, company: Company, { by, from, to }: SalesQuestion) {
  const text = (name: string): string => {
    const value = row[name];
    if (typeof value === 'string') return value.trimEnd();
    throw new ErpContract(company.key, { view: 'invoice', column: name }, `sales have no ${name}`);
  };
  const period = Number(row['period']);
  const whole = daysOfPeriod(by, period);
  return {
    period,
    currency: text('currency'),
    documents: Number(row['documents']),
    from: from != null && from > whole.from ? from : whole.from,
    to: to != null && to < whole.to ? to : whole.to,
    sums: { net: text('net'), vat: text('vat'), gross: text('gross') },
  };
}

type PeriodRead = ReturnType<typeof readPeriod>;

function together(company: Company, [first, ...more]: readonly [PeriodRead, ...PeriodRead[]]) {
  const all = [first, ...more];
  const { currency, from, to } = first;
  const sum = (name: Sum) => inCurrency(addAmounts(all.map((one) => one.sums[name])), currency);
  return {
    company,
    currency,
    from,
    to,
    documents: all.reduce((count, one) => count + one.documents, 0),
    net: sum('net'),
    vat: sum('vat'),
    gross: sum('gross'),
  };
}

export type SalesRow = ReturnType<typeof together>;

/** Oldest period first, then by currency; several accounts of one client are one. */
function merged(company: Company, read: readonly PeriodRead[]): readonly SalesRow[] {
  const keyOf = ({ period, currency }: PeriodRead) => `${String(period).padStart(6, '0')} ${currency}`;
  const byKey = Map.groupBy(read, keyOf);
  return [...byKey]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, [first, ...more]]) => (first ? [together(company, [first, ...more])] : []));
}

/**
 * Throws NotOffered where the ERP has no invoices. A group of which a document was not booked in the books' currency gets
 * NotOffered when that is asked for: sums without it would be wrong.
 */
export async function salesOfGroups(
  company: Company,
  groups: readonly (readonly string[])[],
  question: SalesQuestion,
  signal: AbortSignal,
): Promise<GroupsRead<readonly SalesRow[]>> {
  const columns = columnsOf(question);
  const needed = [...salesColumns, ...Object.values(columns)];
  const view = await company.catalogue.view('invoice', needed, signal);
  const select = (parameters: Parameters) => {
    const narrow = () => ({ joins: '', conditions: countedAsSales(question, parameters) });
    const from = fromParents(company, view, { by: ['customer_id'], narrow }, parameters);
    const untold = Object.values(columns).map((column) => `v.[${column}] IS NULL`);
    const inner = [
      `${numberOfPeriod[question.by]('v.[issued_on]')} AS period`,
      `v.[${columns.currency}] AS currency`,
      ...sums.map((sum) => `v.[${columns[sum]}] AS ${sum}`),
      `CASE WHEN ${untold.join(' OR ')} THEN 1 ELSE 0 END AS untold`,
    ];
    const outer = [
      'COUNT_BIG(*) AS documents',
      ...[...sums, 'untold'].map((sum) => `SUM(u.${sum}) AS ${sum}`),
    ];
    return {
      outputs: [
        'x.period',
        'x.currency',
        'x.documents',
        'x.untold',
        ...sums.map((sum) => `CONVERT(varchar(40), CAST(x.${sum} AS decimal(38, 4))) AS ${sum}`),
      ],
      apply:
        `CROSS APPLY (SELECT u.period, u.currency, ${outer.join(', ')} ` +
        `FROM (SELECT ${inner.join(', ')}${from}) AS u GROUP BY u.period, u.currency) AS x`,
    };
  };
  const keys = groups.map((customers) => customers.map((customer) => [customer]));
  const shape = `sales by customer and ${question.by.toLowerCase()}`;
  const answer = await readSums(company, { shape, view, by: ['customer_id'], groups: keys, select }, signal);
  const outcomes = figuresOfGroups(company, groups, answer, (rows): Outcome<readonly SalesRow[]> => {
    if (question.inBaseCurrency === true && rows.some((row) => Number(row['untold']) > 0))
      return new NotOffered(company.key, 'invoice', columns.net);
    return merged(
      company,
      rows.map((row) => readPeriod(row, company, question)),
    );
  });
  return { groups: outcomes, freshness: answer.freshness };
}
