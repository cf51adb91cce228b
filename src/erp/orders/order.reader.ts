/** What orders and their lines are read from: kartoteka.sales_order and kartoteka.sales_order_line. */
import type { DateFilter, StringFilter } from '../../values/filters.ts';
import { amount, day, key, money, optional, record, text, whole, word } from '../columns.ts';
import type { Company } from '../companies.ts';
import type { ListDeclaration } from '../customer-list.ts';
import { checkFilters, dayConditions, oneOf, textConditions } from '../filter-conditions.ts';
import { erpId } from '../record-key.ts';
import type { Declaration, OrderColumn, RelatedRow } from '../related-read.ts';

export const orderStatuses = [
  'DRAFT',
  'OPEN',
  'PARTLY_DELIVERED',
  'DELIVERED',
  'CANCELLED',
  'UNKNOWN',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const fields = record({
  customerId: key('customer_id'),
  number: text('number'),
  orderedOn: day('ordered_on'),
  requestedOn: optional(day('requested_on')),
  status: word('status', orderStatuses),
  statusText: optional(text('status_text')),
  currency: text('currency'),
  net: optional(money('net')),
  gross: optional(money('gross')),
});

type OrderFields = ReturnType<ReturnType<typeof fields.at>>;

export const orderDeclaration: Declaration<OrderFields> = {
  view: 'sales_order',
  key: ['order_type', 'order_id'],
  fields,
};

export function toOrder({ key: orderKey, fields: read }: RelatedRow<OrderFields>, company: Company) {
  return {
    __typename: 'Order' as const,
    id: erpId('order', company.key, orderKey),
    company,
    position: { day: read.orderedOn, company: company.key, key: orderKey },
    ...read,
  };
}

/** Besides what the `Order` type shows: `customerId` for who may see it, `currency` for its lines, its place in lists. */
export type OrderRow = ReturnType<typeof toOrder>;

export interface OrderListFilter {
  readonly company?: string | null;
  readonly orderedOn?: DateFilter | null;
  readonly status?: readonly OrderStatus[] | null;
  readonly number?: StringFilter | null;
  readonly currency?: string | null;
}

export const orderList: ListDeclaration<OrderFields, OrderRow, OrderListFilter> = {
  list: 'orders',
  declaration: orderDeclaration,
  customerColumn: 'customer_id',
  dayColumn: 'ordered_on',
  check: ({ orderedOn, number, currency }) => checkFilters({ orderedOn }, { number }, currency),
  plan: ({ orderedOn, status, number, currency }) => ({
    needs: [],
    narrow: (parameters, view) => ({
      joins: '',
      conditions: [
        ...dayConditions('ordered_on', orderedOn, parameters),
        ...(status == null ? [] : oneOf('status', status, parameters, view)),
        ...textConditions('number', number, parameters, view),
        ...(currency == null ? [] : oneOf('currency', [currency], parameters, view)),
      ],
    }),
  }),
  row: toOrder,
};

const lineFields = record({
  lineNo: whole('line_no'),
  productCode: optional(text('product_code')),
  productName: text('product_name'),
  productGroup: optional(text('product_group')),
  quantity: amount('quantity'),
  delivered: optional(amount('delivered')),
  unit: optional(text('unit')),
  netPrice: optional(amount('net_price')),
  net: amount('net'),
});

export const orderLineDeclaration: Declaration<ReturnType<ReturnType<typeof lineFields.at>>> = {
  view: 'sales_order_line',
  key: ['order_type', 'order_id', 'line_no'],
  fields: lineFields,
};

export const inLineOrder: readonly OrderColumn[] = [{ column: 'line_no', direction: 'ASC' }];
