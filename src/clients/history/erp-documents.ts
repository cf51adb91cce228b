/**
 * Orders, invoices and payments as a history tells them, over all ERP accounts of a client. A company that cannot answer for a kind, or
 * does not offer it, leaves that kind missing and what the other companies answer in place.
 */
import { mayReadDocument } from '../../access/record-needs.ts';
import type { AccountsOf } from '../../erp/accounts.ts';
import { askEachCompany, sharesOf } from '../../erp/ask-companies.ts';
import type { Companies, Company } from '../../erp/companies.ts';
import {
  countsOfGroups,
  rowsOfGroups,
  type FilterOfList,
  type ListDeclaration,
  type ListedRow,
} from '../../erp/customer-list.ts';
import { ErpFailure } from '../../erp/erp-errors.ts';
import { invoiceList } from '../../erp/invoices/invoice.list.ts';
import type { ListPosition } from '../../erp/list-cursor.ts';
import { orderList } from '../../erp/orders/order.reader.ts';
import { paymentList } from '../../erp/payments/payment.reader.ts';
import type { ErpKind } from '../../erp/record-key.ts';
import type { RequestContext } from '../../request.ts';
import type { DateFilter } from '../../values/filters.ts';
import { publicId } from '../../values/record-id.ts';
import { calendarOf } from './business-noon.ts';
import {
  entryOf,
  titleFrom,
  type HistoryEntryRow,
  type HistoryRange,
  type HistorySource,
  type SourcePart,
} from './history-entry.ts';
import type { HistoryKind } from './history-place.ts';

interface Door {
  readonly companies: Companies;
  readonly accountsOf: AccountsOf;
}

interface Told<Fields, Row extends ListedRow, Filter extends FilterOfList> {
  readonly kind: HistoryKind;
  readonly document: ErpKind;
  readonly list: ListDeclaration<Fields, Row, Filter>;
  readonly onDays: (days: DateFilter) => Filter;
  readonly titleOf: (row: Row) => string;
}

interface Days {
  readonly days: DateFilter;
  readonly after: ListPosition | undefined;
}

/** No day is before it. */
const never = { days: { lt: '0001-01-01' }, after: undefined };

/** The days of a company whose noon lies in the range, and where among them to go on. */
function daysOf({ timeZone }: Company, { from, bound }: HistoryRange): Days {
  const calendar = calendarOf(timeZone);
  const first = from === undefined ? undefined : calendar.firstDayFrom(from);
  if (from !== undefined && first === undefined) return never;
  const since = first === undefined ? {} : { gte: first };
  const day = bound && calendar.firstDayFrom(bound.at);
  if (!bound || day === undefined) return { days: since, after: undefined };
  if (!bound.key || calendar.noonOf(day) !== bound.at)
    return { days: { ...since, lt: day }, after: undefined };
  const [company = '', ...key] = bound.key;
  return { days: since, after: { day, company, key } };
}

/** What the companies of each client say together. */
async function heardFrom<Value>(
  { companies, accountsOf }: Door,
  context: RequestContext,
  keys: readonly string[],
  ask: Parameters<typeof askEachCompany<Value>>[2],
): Promise<readonly (SourcePart<readonly Value[]> | Error)[]> {
  const ids = keys.map((key) => publicId('client', key));
  const shares = await sharesOf(ids, null, { companies, accountsOf, context });
  const heard = await askEachCompany(companies, shares, ask);
  return heard.map((answers) => {
    if (answers instanceof Error) return answers;
    const value: Value[] = [];
    let missing = false;
    for (const { outcome } of answers) {
      if (outcome instanceof ErpFailure) missing = true;
      else if (outcome instanceof Error) return outcome;
      else value.push(outcome);
    }
    return { value, missing };
  });
}

function documentSource<Fields, Row extends ListedRow & { readonly id: string }, Filter extends FilterOfList>(
  door: Door,
  { kind, document, list, onDays, titleOf }: Told<Fields, Row, Filter>,
): HistorySource {
  const toEntry = (row: Row, { timeZone }: Company): HistoryEntryRow => {
    const { day, company, key } = row.position;
    const place = { at: calendarOf(timeZone).noonOf(day), kind, key: [company, ...key] };
    return entryOf(place, { title: titleFrom(titleOf(row)), actor: null, of: row });
  };
  return {
    kind,
    isOpenTo: ({ actor }) => mayReadDocument(actor.access, document),
    async entries(context, keys, range, limit) {
      const heard = await heardFrom(door, context, keys, async (company, groups) => {
        const { days, after } = daysOf(company, range);
        const question = { groups, filter: onDays(days), after, limit };
        const read = await rowsOfGroups(list, company, question, context.signal);
        return read.groups.map((rows) =>
          rows instanceof Error ? rows : rows.map((row) => toEntry(row, company)),
        );
      });
      return heard.map((part) => (part instanceof Error ? part : { ...part, value: part.value.flat() }));
    },
    async count(context, keys, range) {
      const heard = await heardFrom(door, context, keys, (company, groups) =>
        countsOfGroups(
          list,
          company,
          { groups, filter: onDays(daysOf(company, range).days) },
          context.signal,
        ),
      );
      return heard.map((part) =>
        part instanceof Error
          ? part
          : { ...part, value: part.value.reduce<number>((sum, count) => sum + (count ?? 0), 0) },
      );
    },
  };
}

/** Cancelled invoices are no part of it, as they are none of a client's invoices unless asked for. */
export const documentSources = (door: Door): readonly HistorySource[] => [
  documentSource(door, {
    kind: 'ORDER',
    document: 'order',
    list: orderList,
    onDays: (orderedOn) => ({ orderedOn }),
    titleOf: ({ number }) => number,
  }),
  documentSource(door, {
    kind: 'INVOICE',
    document: 'invoice',
    list: invoiceList,
    onDays: (issuedOn) => ({ issuedOn }),
    titleOf: ({ number }) => number,
  }),
  documentSource(door, {
    kind: 'PAYMENT',
    document: 'payment',
    list: paymentList,
    onDays: (paidOn) => ({ paidOn }),
    titleOf: ({ amount: { amount, currency }, reference }) =>
      [`${amount} ${currency}`, reference].filter(Boolean).join(' · '),
  }),
];
