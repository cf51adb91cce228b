/** What the ERPs have for a card's history: orders, invoices and payments over all of its companies. One statement per kind and company. */
import { askEachCompany, type Share } from '../../erp/ask-companies.ts';
import type { Companies, Company } from '../../erp/companies.ts';
import {
  rowsOfGroups,
  type FilterOfList,
  type ListDeclaration,
  type ListedRow,
} from '../../erp/customer-list.ts';
import { firstDay, lastDay } from '../../erp/days.ts';
import { invoiceList } from '../../erp/invoices/invoice.list.ts';
import type { ListPosition } from '../../erp/list-cursor.ts';
import { orderList } from '../../erp/orders/order.reader.ts';
import { paymentList } from '../../erp/payments/payment.reader.ts';
import type { DateFilter } from '../../values/filters.ts';
import type { HistoryEntryRow, HistoryQuestion, SourceAnswer } from './history-entry.ts';
import { besides, notACursor, type HistoryKind, type HistoryPosition } from './history-position.ts';
import { firstDayFrom, noonAt } from './noon.ts';

export type ErpHistoryKind = Extract<HistoryKind, 'ORDER' | 'INVOICE' | 'PAYMENT'>;

type Read = (
  companies: Companies,
  shares: readonly Share[],
  question: HistoryQuestion,
  signal: AbortSignal,
) => Promise<readonly SourceAnswer[]>;

/** Behind the last noon there is there is nothing, and all before it. */
function daysOf({ timeZone }: Company, { from, to }: HistoryQuestion): DateFilter {
  const begin = from === undefined ? firstDay : firstDayFrom(from, timeZone);
  const end = to === undefined ? undefined : firstDayFrom(to, timeZone);
  if (begin === undefined) return { gte: lastDay, lt: lastDay };
  return { ...(from === undefined ? {} : { gte: begin }), ...(end === undefined ? {} : { lt: end }) };
}

/** A position that stands before everything of its day, or behind it: companies are sorted by their keys, and none has these. */
const beforeAll = (day: string): ListPosition => ({ day, company: '', key: [] });

function keyIn(written: string): { readonly company: string; readonly key: readonly string[] } {
  let parts: unknown;
  try {
    parts = JSON.parse(written);
  } catch {
    throw notACursor();
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) throw notACursor();
  const [company, ...key] = parts;
  if (company === undefined || key.length === 0) throw notACursor();
  return { company, key };
}

/** What the position means in the company's own list: by day, then company, then key. */
function positionIn(
  company: Company,
  kind: ErpHistoryKind,
  after: HistoryPosition,
): ListPosition | undefined {
  const day = firstDayFrom(after.at, company.timeZone);
  if (day === undefined) return undefined;
  const sharesInstant = noonAt(day, company.timeZone) === after.at;
  const side = besides(kind, after);
  // Behind the position are the days before the first whose noon is at its instant or later, and what shares the instant as far as it follows.
  const daysBefore: ListPosition = { day, company: '\uffff', key: [] };
  if (!sharesInstant || side === 'before') return daysBefore;
  if (side === 'behind') return beforeAll(day);
  return { day, ...keyIn(after.key) };
}

const source =
  <Fields, Row extends ListedRow & object, Filter extends FilterOfList>(
    kind: ErpHistoryKind,
    list: ListDeclaration<Fields, Row, Filter>,
    by: { readonly filter: (days: DateFilter) => Filter; readonly title: (row: Row) => string },
  ): Read =>
  async (companies, shares, question, signal) => {
    const { after, limit } = question;
    const asked = await askEachCompany(companies, shares, async (company, groups) => {
      const { groups: outcomes } = await rowsOfGroups(
        list,
        company,
        {
          groups,
          filter: by.filter(daysOf(company, question)),
          after: after && positionIn(company, kind, after),
          limit,
        },
        signal,
      );
      return outcomes.map((rows) =>
        rows instanceof Error ? rows : rows.map((row) => entryOf(row, company)),
      );
    });
    return asked.map((answers) =>
      answers instanceof Error
        ? { entries: [], failures: [{ company: null, error: answers }] }
        : {
            entries: answers.flatMap(({ outcome }) => (outcome instanceof Error ? [] : outcome)),
            failures: answers.flatMap(({ company, outcome }) =>
              outcome instanceof Error ? [{ company, error: outcome }] : [],
            ),
          },
    );

    function entryOf(row: Row, company: Company): HistoryEntryRow {
      const { position } = row;
      const key = JSON.stringify([position.company, ...position.key]);
      const at = noonAt(position.day, company.timeZone);
      return { at, kind, key, title: by.title(row), actor: null, record: row, fields: null };
    }
  };

export const erpHistory: Readonly<Record<ErpHistoryKind, Read>> = {
  ORDER: source('ORDER', orderList, {
    filter: (orderedOn) => ({ orderedOn }),
    title: ({ number }) => number,
  }),
  INVOICE: source('INVOICE', invoiceList, {
    filter: (issuedOn) => ({ issuedOn }),
    title: ({ number }) => number,
  }),
  PAYMENT: source('PAYMENT', paymentList, {
    filter: (paidOn) => ({ paidOn }),
    title: ({ amount, reference }) =>
      [`${amount.amount} ${amount.currency}`, ...(reference === null ? [] : [reference])].join(', '),
  }),
};
