/**
 * What was open on a day, by the age of its due date, summed by the ERP in one statement. From today on it is all that is open
 * now, as in the balances. On a past day it is the ledger as known now, turned back: of what was there by that day, what
 * is left now and all that was matched later. Where a match has no day nobody can turn it back, and nothing is told.
 */
import { addAmounts } from '../../values/decimal.ts';
import { figuresOfGroups } from '../client-figures.ts';
import type { Company } from '../companies.ts';
import type { GroupsRead, Outcome } from '../customer-list.ts';
import { daysBefore } from '../days.ts';
import { ErpContract, NotOffered } from '../erp-errors.ts';
import { inCurrency } from '../in-currency.ts';
import { bracketed, type Parameters, type RawRow } from '../statement.ts';
import { readSums } from '../summed-read.ts';

const ages = ['not_due', 'days_1_to_30', 'days_31_to_60', 'days_61_to_90', 'over_90'] as const;
const sums = [...ages, 'credits', 'unallocated'] as const;
type Sum = (typeof sums)[number];

const settlementKey = ['settlement_type', 'settlement_id', 'settlement_line'] as const;
const paymentKey = ['payment_type', 'payment_id'] as const;

const neededColumns = {
  settlement: [...settlementKey, 'customer_id', 'side', 'issued_on', 'due_on', 'remaining', 'currency'],
  payment: [...paymentKey, 'customer_id', 'paid_on', 'amount', 'unallocated', 'currency'],
  settlement_match: [...settlementKey, ...paymentKey, 'amount', 'payment_amount', 'matched_on'],
} as const;

/** Of each view that a day's ageing needs. */
export function ageingColumns(company: Company, asOf: string): Readonly<Record<string, readonly string[]>> {
  const { settlement_match: ofMatch, ...ofItems } = neededColumns;
  return asOf < company.today() ? { ...ofItems, settlement_match: ofMatch } : ofItems;
}

/** How one kind of item was on a day: `change` is what one match took from it. */
interface Item {
  readonly view: 'settlement' | 'payment';
  readonly key: readonly string[];
  readonly day: string;
  readonly left: string;
  readonly change: string;
  readonly side: string;
  readonly due: string;
}

const items: readonly Item[] = [
  {
    view: 'settlement',
    key: settlementKey,
    day: 'issued_on',
    left: 'remaining',
    change: 'm.[amount]',
    side: 'i.[side]',
    due: 'i.[due_on]',
  },
  {
    view: 'payment',
    key: paymentKey,
    day: 'paid_on',
    left: 'unallocated',
    // What was paid back is below zero; of its matches some ERPs say so, others do not.
    change: 'CASE WHEN i.[amount] < 0 THEN -1 ELSE 1 END * ABS(COALESCE(m.[payment_amount], m.[amount]))',
    side: "'UNALLOCATED'",
    due: 'CAST(NULL AS date)',
  },
];

/**
 * One row for what is left now of each item and, on a past day, one for each match that came later: sums are all that is told, so
 * nothing is added up per item first, which for a big ledger would be one look into the matches for every item ever.
 */
function openItems({ schema }: Company, past: string | undefined): string {
  const table = (name: string, alias: string) => `${bracketed(schema)}.${bracketed(name)} AS ${alias}`;
  return items
    .flatMap(({ view, key, day, left, change, side, due }) => {
      const shown = `SELECT ${side} AS side, ${due} AS due_on, i.[currency] AS currency`;
      const own = table(view, 'i');
      const mine = 'WHERE i.[customer_id] = k.k0';
      const now = `${shown}, i.${bracketed(left)} AS amount, 0 AS undated FROM ${own} ${mine} AND i.${bracketed(left)} <> 0`;
      if (past === undefined) return [now];
      const then = `AND i.${bracketed(day)} <= ${past}`;
      const links = key.map((column) => `m.${bracketed(column)} = i.${bracketed(column)}`).join(' AND ');
      const amount = `CASE WHEN m.[matched_on] IS NULL THEN 0 ELSE ${change} END AS amount`;
      const undated = 'CASE WHEN m.[matched_on] IS NULL THEN 1 ELSE 0 END AS undated';
      const later =
        `${shown}, ${amount}, ${undated} FROM ${own} INNER JOIN ${table('settlement_match', 'm')} ON ${links} ` +
        `${mine} ${then} AND (m.[matched_on] > ${past} OR m.[matched_on] IS NULL)`;
      return [`${now} ${then}`, later];
    })
    .join(' UNION ALL ');
}

function selectAgeing(company: Company, asOf: string, parameters: Parameters) {
  const bound = (day: string) => parameters.bind({ name: 'date' }, day);
  const day = bound(asOf);
  const [day30, day60, day90] = [
    bound(daysBefore(asOf, 30)),
    bound(daysBefore(asOf, 60)),
    bound(daysBefore(asOf, 90)),
  ];
  const conditions: Readonly<Record<Sum, string>> = {
    not_due: `u.side = 'RECEIVABLE' AND (u.due_on IS NULL OR u.due_on >= ${day})`,
    days_1_to_30: `u.side = 'RECEIVABLE' AND u.due_on < ${day} AND u.due_on >= ${day30}`,
    days_31_to_60: `u.side = 'RECEIVABLE' AND u.due_on < ${day30} AND u.due_on >= ${day60}`,
    days_61_to_90: `u.side = 'RECEIVABLE' AND u.due_on < ${day60} AND u.due_on >= ${day90}`,
    over_90: `u.side = 'RECEIVABLE' AND u.due_on < ${day90}`,
    credits: "u.side = 'PAYABLE'",
    unallocated: "u.side = 'UNALLOCATED'",
  };
  const summed = sums.map((sum) => `SUM(CASE WHEN ${conditions[sum]} THEN u.amount ELSE 0 END) AS ${sum}`);
  const outer = ['u.currency', ...summed, 'SUM(u.undated) AS undated'].join(', ');
  const from = openItems(company, asOf < company.today() ? day : undefined);
  return {
    outputs: [
      'x.currency',
      ...sums.map((sum) => `CONVERT(varchar(40), CAST(x.${sum} AS decimal(38, 4))) AS ${sum}`),
      'x.undated',
    ],
    apply: `CROSS APPLY (SELECT ${outer} FROM (${from}) AS u GROUP BY u.currency) AS x`,
  };
}

function together(company: Company, currency: string, rows: readonly RawRow[]) {
  const total = (names: readonly Sum[]) =>
    inCurrency(addAmounts(names.flatMap((name) => rows.map((row) => valueOf(row, name, company)))), currency);
  return {
    company,
    currency,
    notDue: total(['not_due']),
    days1to30: total(['days_1_to_30']),
    days31to60: total(['days_31_to_60']),
    days61to90: total(['days_61_to_90']),
    over90: total(['over_90']),
    total: total(ages),
    credits: total(['credits']),
    unallocated: total(['unallocated']),
  };
}

function valueOf(row: RawRow, name: string, company: Company): string {
  const value = row[name];
  if (typeof value === 'string') return value.trimEnd();
  throw new ErpContract(company.key, { column: name }, `an open item has no ${name}`);
}

export type AgeingRow = ReturnType<typeof together>;

/**
 * By currency, for each group of customers. Throws NotOffered where a view is missing, for past days that of matches, too; a
 * group with a match that has no day gets NotOffered for a past day.
 */
export async function ageingOfGroups(
  company: Company,
  groups: readonly (readonly string[])[],
  asOf: string,
  signal: AbortSignal,
): Promise<GroupsRead<readonly AgeingRow[]>> {
  const [view] = await Promise.all(
    Object.entries(ageingColumns(company, asOf)).map(([name, columns]) =>
      company.catalogue.view(name, columns, signal),
    ),
  );
  if (!view) throw new RangeError('settlement is the first of the views');
  const answer = await readSums(
    company,
    {
      shape: 'ageing by customer',
      view,
      by: ['customer_id'],
      groups: groups.map((customers) => customers.map((customer) => [customer])),
      select: (parameters) => selectAgeing(company, asOf, parameters),
    },
    signal,
  );
  const outcomes = figuresOfGroups(company, groups, answer, (rows): Outcome<readonly AgeingRow[]> => {
    if (rows.some((row) => Number(row['undated']) > 0))
      return new NotOffered(company.key, 'settlement_match', 'matched_on');
    return [...Map.groupBy(rows, (row) => valueOf(row, 'currency', company))]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, parts]) => together(company, currency, parts));
  });
  return { groups: outcomes, freshness: answer.freshness };
}
