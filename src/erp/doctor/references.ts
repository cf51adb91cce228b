/** Which columns of a view say a record of another one. */
export interface Reference {
  readonly from: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly key: readonly string[];
  /** Without the record referred to a field cannot be answered. */
  readonly needed?: boolean;
}

const customer = ['customer_id'];
const order = ['order_type', 'order_id'];
const invoice = ['invoice_type', 'invoice_id'];
const payment = ['payment_type', 'payment_id'];
const settlement = ['settlement_type', 'settlement_id', 'settlement_line'];

const ofCustomer = (from: string, columns = customer): Reference => ({
  from,
  columns,
  to: 'customer',
  key: customer,
});

export const references: readonly Reference[] = [
  ofCustomer('sales_order'),
  { from: 'sales_order_line', columns: order, to: 'sales_order', key: order },
  ofCustomer('invoice'),
  ofCustomer('invoice', ['recipient_id']),
  { from: 'invoice', columns: ['corrects_type', 'corrects_id'], to: 'invoice', key: invoice },
  { from: 'invoice_line', columns: invoice, to: 'invoice', key: invoice },
  { from: 'invoice_order', columns: invoice, to: 'invoice', key: invoice },
  { from: 'invoice_order', columns: order, to: 'sales_order', key: order },
  ofCustomer('payment'),
  ofCustomer('settlement'),
  { from: 'settlement', columns: invoice, to: 'invoice', key: invoice },
  ofCustomer('settlement_match'),
  { from: 'settlement_match', columns: settlement, to: 'settlement', key: settlement, needed: true },
  { from: 'settlement_match', columns: payment, to: 'payment', key: payment },
  {
    from: 'settlement_match',
    columns: ['counter_type', 'counter_id', 'counter_line'],
    to: 'settlement',
    key: settlement,
  },
];
