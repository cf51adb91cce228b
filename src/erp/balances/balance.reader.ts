/**
 * What is open, summed by the ERP from kartoteka.settlement and payment in one statement, with the credit limits from
 * customer. All three views are needed: a balance without the payments nobody matched would be a wrong one.
 */
import type { Company } from '../companies.ts';
import { figuresOfGroups } from '../client-figures.ts';
import type { GroupsRead } from '../customer-list.ts';
import { ErpContract } from '../erp-errors.ts';
import { addAmounts, subtractAmount } from '../../values/decimal.ts';
import { inCurrency } from '../in-currency.ts';
import { bracketed, type Parameters, type RawRow } from '../statement.ts';
import { readSums } from '../summed-read.ts';

const sums = ['receivable', 'overdue', 'payable', 'unallocated', 'credit_limit'] as const;
type Sum = (typeof sums)[number];

/** Of each view. */
export const balanceColumns = {
  settlement: ['customer_id', 'side', 'due_on', 'remaining', 'currency'],
  payment: ['customer_id', 'unallocated', 'currency'],
  customer: ['customer_id', 'credit_limit', 'credit_currency'],
} as const;

/** One row of the union below: these sums from these expressions, the others zero; no limit is no zero. */
function part(
  from: string,
  where: string,
  currency: string,
  expressions: Partial<Record<Sum, string>>,
): string {
  const columns = sums.map(
    (sum) => `${expressions[sum] ?? (sum === 'credit_limit' ? 'NULL' : '0')} AS ${sum}`,
  );
  return `SELECT ${[`${currency} AS currency`, ...columns].join(', ')} FROM ${from} WHERE ${where}`;
}

function openItems({ schema, today }: Company, parameters: Parameters): string {
  const table = (name: string) => `${bracketed(schema)}.${bracketed(name)}`;
  const bound = parameters.bind({ name: 'date' }, today());
  const ofSide = (side: string, also = '') =>
    `CASE WHEN s.[side] = '${side}'${also} THEN s.[remaining] ELSE 0 END`;
  return [
    part(`${table('settlement')} AS s`, 's.[customer_id] = k.k0 AND s.[remaining] <> 0', 's.[currency]', {
      receivable: ofSide('RECEIVABLE'),
      overdue: ofSide('RECEIVABLE', ` AND s.[due_on] < ${bound}`),
      payable: ofSide('PAYABLE'),
    }),
    part(`${table('payment')} AS p`, 'p.[customer_id] = k.k0 AND p.[unallocated] <> 0', 'p.[currency]', {
      unallocated: 'p.[unallocated]',
    }),
    part(
      `${table('customer')} AS c`,
      'c.[customer_id] = k.k0 AND c.[credit_limit] IS NOT NULL',
      'c.[credit_currency]',
      {
        credit_limit: 'c.[credit_limit]',
      },
    ),
  ].join(' UNION ALL ');
}

function selectBalances(company: Company, parameters: Parameters) {
  const summed = sums.map((sum) => `SUM(u.${sum}) AS ${sum}`);
  return {
    outputs: [
      'x.currency',
      ...sums.map((sum) => `CONVERT(varchar(40), CAST(x.${sum} AS decimal(38, 4))) AS ${sum}`),
    ],
    apply: `CROSS APPLY (SELECT ${['u.currency', ...summed].join(', ')} FROM (${openItems(company, parameters)}) AS u GROUP BY u.currency) AS x`,
  };
}

type CustomerBalance = { readonly currency: string } & Readonly<
  Record<Exclude<Sum, 'credit_limit'>, string>
> & {
    readonly creditLimit: string | null;
  };

function read(row: RawRow, company: Company): CustomerBalance {
  const value = (name: string): string => {
    const read = row[name];
    if (typeof read === 'string') return read.trimEnd();
    throw new ErpContract(company.key, { column: name }, `an open item has no ${name}`);
  };
  return {
    currency: value('currency'),
    receivable: value('receivable'),
    overdue: value('overdue'),
    payable: value('payable'),
    unallocated: value('unallocated'),
    creditLimit: row['credit_limit'] === null ? null : value('credit_limit'),
  };
}

/** One currency of one group of customers; a limit only where each of the customers keeps one in it. */
function together(company: Company, customers: number, currency: string, parts: readonly CustomerBalance[]) {
  const sum = (name: Exclude<Sum, 'credit_limit'>) => addAmounts(parts.map((one) => one[name]));
  const limits = parts.flatMap(({ creditLimit }) => (creditLimit === null ? [] : [creditLimit]));
  const limit = limits.length === customers ? addAmounts(limits) : null;
  const receivable = sum('receivable');
  return {
    company,
    currency,
    receivable: inCurrency(receivable, currency),
    overdue: inCurrency(sum('overdue'), currency),
    payable: inCurrency(sum('payable'), currency),
    unallocated: inCurrency(sum('unallocated'), currency),
    creditLimit: limit === null ? null : inCurrency(limit, currency),
    creditLeft: limit === null ? null : inCurrency(subtractAmount(limit, receivable), currency),
  };
}

export type BalanceRow = ReturnType<typeof together>;

/** The balances of each group of customers, by currency. Throws NotOffered where one of the three views is missing. */
export async function balancesOfGroups(
  company: Company,
  groups: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<GroupsRead<readonly BalanceRow[]>> {
  const views = Object.entries(balanceColumns).map(([name, columns]) =>
    company.catalogue.view(name, columns, signal),
  );
  const [view] = await Promise.all(views);
  if (!view) throw new RangeError('settlement is the first of the views');
  const keys = groups.map((customers) => customers.map((customer) => [customer]));
  const select = (parameters: Parameters) => selectBalances(company, parameters);
  const question = { shape: 'balances by customer', view, by: ['customer_id'], groups: keys, select };
  const answer = await readSums(company, question, signal);
  const outcomes = figuresOfGroups(company, groups, answer, (rows, customers) => {
    const balances = rows.map((row) => read(row, company));
    return [...Map.groupBy(balances, ({ currency }) => currency)]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, parts]) => together(company, customers.length, currency, parts));
  });
  return { groups: outcomes, freshness: answer.freshness };
}
