/**
 * Who owes one company most in one currency: open receivables summed per customer by the ERP, the most overdue first. The sums
 * are those of the balances, so that a debtor's card tells the same; payables are not taken off. Not batched, since it hangs on
 * nothing.
 */
import { InputRejected } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import { makePage } from '../../values/connection.ts';
import { decodeCursor, encodeCursor, pageRequest } from '../../values/page.ts';
import type { View } from '../catalogue.ts';
import { amount, day, key, optional, outputOf, record } from '../columns.ts';
import type { Companies, Company } from '../companies.ts';
import { currencyProblems, oneOf } from '../filter-conditions.ts';
import { inCurrency } from '../in-currency.ts';
import { keyValue } from '../key-types.ts';
import { passOnFreshness } from '../freshness.ts';
import type { Ahead, ErpPage } from '../merged-list.ts';
import { bracketed, Parameters, type SqlType, type Statement } from '../statement.ts';

interface DebtorQuestion {
  readonly company: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

interface Position {
  readonly overdue: string;
  readonly receivable: string;
  readonly customerId: string;
}

const needed = ['customer_id', 'side', 'due_on', 'remaining', 'currency'];

/** What a sum of decimal(19,4) is, and a cursor holds without loss. */
const sumType: SqlType = { name: 'decimal', precision: 38, scale: 4 };
const sumForm = /^-?\d{1,34}\.\d{4}$/;

const fields = record({
  customerId: key('customer_id'),
  receivable: amount('receivable'),
  overdue: amount('overdue'),
  oldestDueOn: optional(day('oldest_due_on')),
});

type DebtorFields = ReturnType<ReturnType<typeof fields.at>>;

const toDebtor = (read: DebtorFields, company: Company, currency: string) => ({
  company,
  customerId: read.customerId,
  receivable: inCurrency(read.receivable, currency),
  overdue: inCurrency(read.overdue, currency),
  oldestDueOn: read.oldestDueOn,
});

export type DebtorRow = ReturnType<typeof toDebtor>;

export class DebtorList {
  constructor(private readonly companies: Companies) {}

  /** With `counted` the total is on its way, too. Throws InputRejected, or why the company gave no answer. */
  async page(
    context: RequestContext,
    question: DebtorQuestion,
    { counted }: Ahead = { counted: false },
  ): Promise<ErpPage<DebtorRow>> {
    const { currency, first, after } = question;
    const company = this.companies.require(question.company, 'company');
    checkCurrency(currency);
    const paging = pageRequest({ first: first ?? null, after: after ?? null });
    const list = `debtors ${company.key} ${currency}`;
    const position = paging.cursor === undefined ? undefined : readPosition(list, paging.cursor);
    const view = await company.catalogue.view('settlement', needed, context.signal);
    const asked = listStatement(company, view, { currency, position, limit: paging.size + 1 });
    const total = totalOf(company, countStatement(company, view, currency), context.signal);
    // Where the list fails as well nobody comes for it.
    if (counted) total.read().catch(() => undefined);
    const { rows: raw, ...freshness } = await company.ask(asked, context.signal);
    const read = fields.at({ company: company.key, view });
    const rows = raw.map((row) => toDebtor(read(row), company, currency));
    const page = makePage<DebtorRow>({
      rows: rows.slice(0, paging.size),
      cursorOf: ({ overdue, receivable, customerId }) =>
        encodeCursor(list, [overdue.amount, receivable.amount, customerId]),
      hasNextPage: rows.length > paging.size,
      hasPreviousPage: position !== undefined,
      totalCount: total.told,
    });
    return { ...page, sources: [{ company: company.key, ...freshness }] };
  }
}

/** Asked once, by whoever comes first; how fresh it is is noted when it is told. */
function totalOf(company: Company, statement: Statement, signal: AbortSignal) {
  const part = AbortSignal.any([signal]);
  let reading: Promise<number> | undefined;
  const ask = async () => Number((await company.ask(statement, part)).rows[0]?.['total']);
  const read = () => (reading ??= ask());
  const told = async () => {
    const total = await read();
    passOnFreshness(part, signal);
    return total;
  };
  return { read, told };
}

function checkCurrency(currency: string): void {
  const problems = currencyProblems(currency, 'currency');
  if (problems.length > 0) throw new InputRejected(problems);
}

function readPosition(list: string, cursor: string): Position {
  const [overdue, receivable, customerId] = decodeCursor(list, 3, cursor, 'after');
  if (overdue == null || receivable == null || customerId == null) throw notACursor();
  if (!sumForm.test(overdue) || !sumForm.test(receivable)) throw notACursor();
  return { overdue, receivable, customerId };
}

const notACursor = () =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is not a cursor of this service' }]);

/** `(SELECT …) AS x`: one row per debtor, the sums in the type that cursors hold. */
function fromDebtors(company: Company, view: View, currency: string, parameters: Parameters): string {
  const today = parameters.bind({ name: 'date' }, company.today());
  const sumOf = (item: string) => `CAST(SUM(${item}) AS decimal(38, 4))`;
  const columns = [
    'v.[customer_id] AS customer_id',
    `${sumOf('v.[remaining]')} AS receivable`,
    `${sumOf(`CASE WHEN v.[due_on] < ${today} THEN v.[remaining] ELSE 0 END`)} AS overdue`,
    'MIN(v.[due_on]) AS oldest_due_on',
  ];
  const conditions = [
    ...oneOf('currency', [currency], parameters, view),
    "v.[side] = 'RECEIVABLE'",
    'v.[remaining] <> 0',
  ];
  const table = `${bracketed(company.schema)}.${bracketed(view.name)} AS v`;
  return (
    `FROM (SELECT ${columns.join(', ')} FROM ${table} WHERE ${conditions.join(' AND ')}` +
    ' GROUP BY v.[customer_id] HAVING SUM(v.[remaining]) > 0) AS x'
  );
}

function following(
  { overdue, receivable, customerId }: Position,
  parameters: Parameters,
  view: View,
): string {
  const idType = view.typeOf('customer_id');
  const idValue = keyValue(idType, customerId);
  if (idValue === undefined) throw notACursor();
  const [atOverdue, atReceivable, atId] = [
    parameters.bind(sumType, overdue),
    parameters.bind(sumType, receivable),
    parameters.bind(idType, idValue),
  ];
  return (
    `x.overdue <= ${atOverdue} AND (x.overdue < ${atOverdue} OR x.receivable < ${atReceivable}` +
    ` OR (x.receivable = ${atReceivable} AND x.customer_id > ${atId}))`
  );
}

function listStatement(
  company: Company,
  view: View,
  asked: { readonly currency: string; readonly position: Position | undefined; readonly limit: number },
): Statement {
  const parameters = new Parameters();
  const top = parameters.bind({ name: 'int' }, asked.limit);
  const from = fromDebtors(company, view, asked.currency, parameters);
  const where = asked.position ? `\nWHERE ${following(asked.position, parameters, view)}` : '';
  const outputs = [
    outputOf({ column: 'customer_id', kind: 'key' }, 'x', view),
    'CONVERT(varchar(40), x.receivable) AS receivable',
    'CONVERT(varchar(40), x.overdue) AS overdue',
    outputOf({ column: 'oldest_due_on', kind: 'day' }, 'x', view),
  ];
  const text = `SELECT TOP (${top}) ${outputs.join(', ')}\n${from}${where}\nORDER BY x.overdue DESC, x.receivable DESC, x.customer_id`;
  return { shape: 'debtors listed', text, parameters: parameters.list };
}

function countStatement(company: Company, view: View, currency: string): Statement {
  const parameters = new Parameters();
  const text = `SELECT COUNT_BIG(*) AS total\n${fromDebtors(company, view, currency, parameters)}`;
  return { shape: 'debtors counted', text, parameters: parameters.list };
}
