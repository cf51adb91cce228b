/**
 * The products that customers bought most of by net value, from the lines of the invoices that count as sales. All accounts of
 * one client are summed before the best are taken, on the server: the table of keys carries the client's place beside
 * each customer.
 */
import { amount, optional, record, text, type Shape } from '../columns.ts';
import type { Company } from '../companies.ts';
import { mostAccounts } from '../accounts.ts';
import { foreignCustomer, tooManyAccounts, type GroupsRead, type Outcome } from '../customer-list.ts';
import { inCurrency } from '../in-currency.ts';
import { keyTable, type TypedKey } from '../key-list.ts';
import { earliest, fromParents, parentChunks } from '../parents.ts';
import type { View } from '../catalogue.ts';
import { bracketed, Parameters, type RawRow, type SqlType, type Statement } from '../statement.ts';
import { countedAsSales, salesColumns, type SalesDays } from './sales.reader.ts';

export interface ProductQuestion extends SalesDays {
  readonly company?: string | null | undefined;
  /** Of each company and currency. */
  readonly size: number;
}

const invoiceKey = ['invoice_type', 'invoice_id'] as const;

const fields = record({
  productCode: optional(text('product_code')),
  productName: text('product_name'),
  productGroup: optional(text('product_group')),
  unit: optional(text('unit')),
  quantity: amount('quantity'),
  net: amount('net'),
});

type ProductFields = typeof fields extends Shape<infer Value> ? Value : never;

const lineColumns = fields.columns.map(({ column }) => column);

interface Views {
  readonly invoice: View;
  readonly line: View;
}

interface StatementParts {
  readonly company: Company;
  readonly views: Views;
  readonly question: ProductQuestion;
  readonly types: readonly SqlType[];
  readonly chunk: readonly TypedKey[];
}

/** Lines without a code are told apart by their names. */
const sameProduct =
  'x.[product_code], CASE WHEN x.[product_code] IS NULL THEN x.[product_name] END, x.[unit]';

function productStatement({ company, views, question, types, chunk }: StatementParts): Statement {
  const parameters = new Parameters();
  const table = keyTable([...types, { name: 'int' }], chunk, parameters);
  const links = invoiceKey.map((column) => `l.${bracketed(column)} = v.${bracketed(column)}`).join(' AND ');
  const lines = `${bracketed(company.schema)}.${bracketed(views.line.name)} AS l`;
  const narrow = () => ({
    joins: `INNER JOIN ${lines} ON ${links}`,
    conditions: countedAsSales(question, parameters),
  });
  const from = fromParents(company, views.invoice, { by: ['customer_id'], narrow }, parameters);
  const inner = ['v.[currency]', ...lineColumns.map((column) => `l.${bracketed(column)}`)].join(', ');
  const summed = [
    'k.k1 AS client',
    'x.[currency] AS currency',
    'x.[product_code] AS product_code',
    'x.[unit] AS unit',
    'MAX(x.[product_name]) AS product_name',
    'MAX(x.[product_group]) AS product_group',
    'SUM(x.[quantity]) AS quantity',
    'SUM(x.[net]) AS net',
  ].join(', ');
  const exact = (name: string) => `CONVERT(varchar(40), CAST(r.${name} AS decimal(38, 4))) AS ${name}`;
  const output = `r.client, r.currency, r.product_code, r.product_name, r.product_group, r.unit, ${exact('quantity')}, ${exact('net')}`;
  const ranked =
    'ROW_NUMBER() OVER (PARTITION BY s.client, s.currency ORDER BY s.net DESC, s.product_code, s.product_name, s.unit) AS place';
  const text = [
    `SELECT ${output}`,
    `FROM (SELECT s.client, s.currency, s.product_code, s.product_name, s.product_group, s.unit, s.quantity, s.net, ${ranked}`,
    `FROM (SELECT ${summed}`,
    `FROM ${table}`,
    `CROSS APPLY (SELECT ${inner}${from}) AS x`,
    `GROUP BY k.k1, x.[currency], ${sameProduct}) AS s) AS r`,
    `WHERE r.place <= ${parameters.bind({ name: 'int' }, question.size)}`,
    'ORDER BY r.client, r.currency, r.place',
  ].join('\n');
  return { shape: 'products by customer', text, parameters: parameters.list };
}

const toProduct = ({ net, ...product }: ProductFields, currency: string, company: Company) => ({
  company,
  currency,
  ...product,
  net: inCurrency(net, currency),
});

export type ProductRow = ReturnType<typeof toProduct>;

/** Throws NotOffered where the ERP has no invoices or no lines of them. */
export async function productsOfGroups(
  company: Company,
  groups: readonly (readonly string[])[],
  question: ProductQuestion,
  signal: AbortSignal,
): Promise<GroupsRead<readonly ProductRow[]>> {
  const [invoice, line] = await Promise.all([
    company.catalogue.view('invoice', [...invoiceKey, ...salesColumns, 'currency'], signal),
    company.catalogue.view('invoice_line', [...invoiceKey, ...lineColumns], signal),
  ]);
  const groupOf = groups.flatMap((customers, group) => customers.map(() => group));
  const keys = groups.map((customers) => customers.map((customer) => [customer]));
  const { types, chunks, foreign } = parentChunks(invoice, { by: ['customer_id'], groups: keys });
  const answers = await Promise.all(
    chunks.map((chunk) => {
      const withGroups = chunk.map(({ ordinal, values }) => ({
        ordinal,
        values: [...values, groupOf[ordinal] ?? null],
      }));
      const parts = { company, views: { invoice, line }, question, types, chunk: withGroups };
      return company.ask(productStatement(parts), signal);
    }),
  );
  const rows = Map.groupBy(
    answers.flatMap((answer) => answer.rows),
    (row) => Number(row['client']),
  );
  const read = productReader(company, { invoice, line });
  const customers = groups.flat();
  const broken = new Map([...foreign].map((place) => [groupOf[place], customers[place] ?? '']));
  const outcomes = groups.map((accounts, group): Outcome<readonly ProductRow[]> => {
    const customer = broken.get(group);
    if (customer !== undefined) return foreignCustomer(company, customer);
    if (accounts.length > mostAccounts) return tooManyAccounts(company);
    return (rows.get(group) ?? []).map(read);
  });
  return { groups: outcomes, asOf: earliest(answers) };
}

function productReader(company: Company, { invoice, line }: Views) {
  const readCurrency = text('currency').at({ company: company.key, view: invoice });
  const readFields = fields.at({ company: company.key, view: line });
  return (row: RawRow) => toProduct(readFields(row), readCurrency(row), company);
}
