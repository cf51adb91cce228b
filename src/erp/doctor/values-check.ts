/** One look over each view: what is NULL and must not be, words that the contract does not know, currencies that are none. */
import { invoiceKinds } from '../invoices/invoice.reader.ts';
import { orderStatuses } from '../orders/order.reader.ts';
import { settlementSides } from '../settlements/settlement.reader.ts';
import { bracketed, type RawRow } from '../statement.ts';
import type { ContractView } from './contract.ts';
import { counted, type Findings, type Level } from './findings.ts';
import type { Inquiry } from './inquiry.ts';
import type { FoundView } from './survey.ts';
import { textIn } from './row-text.ts';

interface Rule {
  readonly column: RegExp;
  readonly views: readonly string[] | undefined;
  readonly holds: (value: string) => boolean;
  readonly expected: string;
  readonly level: Level;
}

const oneOf = (view: string, column: string, words: readonly string[], level: Level = 'FAULT'): Rule => ({
  level,
  column: new RegExp(`^${column}$`),
  views: [view],
  holds: (value) => words.includes(value),
  expected: words.join(', '),
});

const paymentMethods = ['TRANSFER', 'CASH', 'CARD', 'COMPENSATION', 'OTHER'];

const rules: readonly Rule[] = [
  oneOf('invoice', 'kind', invoiceKinds),
  oneOf('sales_order', 'status', orderStatuses),
  oneOf('settlement', 'side', settlementSides),
  oneOf('payment', 'method', paymentMethods, 'WARN'),
  {
    column: /^((base|credit)_)?currency$/,
    views: undefined,
    holds: (value) => /^[A-Z]{3}$/.test(value),
    level: 'FAULT',
    expected: "an ISO 4217 code such as 'PLN'",
  },
];

const ruleOf = (view: string, column: string): Rule | undefined =>
  rules.find((rule) => rule.column.test(column) && (rule.views?.includes(view) ?? true));

/** The others may have nothing yet where an ERP is new; an ERP in use has some of these. */
const rarelyEmpty = ['customer', 'sales_order', 'sales_order_line', 'invoice', 'invoice_line', 'settlement'];

const emptyWords = (view: string): string =>
  `${view} is empty, which says that there is nothing: if this ERP does not keep it, leave the view out; if it does, the view loses its rows`;

/** More different words than this are read no further. */
const mostGroups = 500;

export async function checkValues(
  inquiry: Inquiry,
  view: ContractView,
  found: FoundView,
  findings: Findings,
): Promise<void> {
  const present = view.columns.filter(({ name }) => found.has(name));
  const worded = present.filter(({ name }) => ruleOf(view.name, name)).map(({ name }) => name);
  // A bare column that is NOT NULL in its table need not be looked at.
  const needed = present
    .filter(({ name, nullable }) => !nullable && found.get(name)?.nullable === true)
    .map(({ name }) => name);
  const told = await inquiry.tried(() =>
    inquiry.rows(`values of ${view.name}`, valuesText(inquiry, view.name, worded, needed)),
  );
  const about = { view: view.name };
  if ('untold' in told) {
    findings.add('WARN', `${view.name}: the values could not be checked: ${told.untold}`, about);
    return;
  }
  const before = findings.list.length;
  needed.forEach((column, index) => {
    const nulls = told.value.reduce((sum, row) => sum + Number(row[`n${index}`] ?? 0), 0);
    if (nulls > 0)
      findings.add('FAULT', `${view.name}.${column} is NULL in ${counted(nulls, 'row')}, and must not be`, {
        view: view.name,
        column,
      });
  });
  for (const column of worded) checkWords(view.name, column, told.value, findings);
  const total = told.value.reduce((sum, row) => sum + Number(row['records']), 0);
  if (total === 0)
    findings.add(rarelyEmpty.includes(view.name) ? 'WARN' : 'NOTE', emptyWords(view.name), about);
  else if (findings.list.length === before)
    findings.add(
      'OK',
      `${view.name} has ${counted(total, 'row')}, with the values that the contract wants`,
      about,
    );
}

function valuesText(
  inquiry: Inquiry,
  view: string,
  worded: readonly string[],
  needed: readonly string[],
): string {
  const words = worded.map((column) => `v.${bracketed(column)}`);
  const outputs = [
    ...words,
    'COUNT_BIG(*) AS records',
    ...needed.map(
      (column, index) => `SUM(CASE WHEN v.${bracketed(column)} IS NULL THEN 1 ELSE 0 END) AS n${index}`,
    ),
  ];
  const group = words.length === 0 ? '' : `\nGROUP BY ${words.join(', ')}`;
  return `SELECT TOP (${mostGroups}) ${outputs.join(', ')}\nFROM ${inquiry.table(view)} AS v${group}`;
}

function checkWords(view: string, column: string, rows: readonly RawRow[], findings: Findings): void {
  const rule = ruleOf(view, column);
  const wrong = rows.filter((row) => {
    return row[column] != null && rule?.holds(textIn(row, column).trimEnd()) === false;
  });
  if (wrong.length === 0) return;
  const records = wrong.reduce((sum, row) => sum + Number(row['records']), 0);
  const words = [...new Set(wrong.map((row) => `'${textIn(row, column).trimEnd().slice(0, 20)}'`))];
  // Where there are many it is another column by mistake, and may hold anything.
  const shown = words.length > 3 ? `one of ${words.length} other words` : words.join(' or ');
  findings.add(
    rule?.level ?? 'FAULT',
    `${view}.${column} is ${shown} in ${counted(records, 'row')}: ${rule?.expected ?? ''} is expected`,
    { view, column },
  );
}
