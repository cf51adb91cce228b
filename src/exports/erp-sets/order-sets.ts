import { orderDeclaration, orderLineDeclaration } from '../../erp/orders/order.reader.ts';
import { erpId } from '../../erp/record-key.ts';
import {
  neededOf,
  offered,
  readDocuments,
  readLines,
  withModified,
  type Document,
  type Documents,
  type Line,
} from './documents.ts';
import { erpSet, idWithin, recordId } from './erp-set.ts';

const declaration = withModified(orderDeclaration, {});
type Order = ReturnType<ReturnType<typeof declaration.fields.at>>;
const orders: Documents<Order> = { declaration, day: 'ordered_on', modified: true };

type OrderLine = ReturnType<ReturnType<typeof orderLineDeclaration.fields.at>>;

export const orderSet = erpSet<Document<Order>>({
  name: 'orders',
  need: 'erp.read',
  parameters: ['updatedSince', 'from', 'to'],
  id: recordId('order'),
  columns: {
    number: ['text', ({ fields }) => fields.own.number],
    orderedOn: ['date', ({ fields }) => fields.own.orderedOn],
    requestedOn: ['date', ({ fields }) => fields.own.requestedOn],
    status: ['text', ({ fields }) => fields.own.status],
    statusText: ['text', ({ fields }) => fields.own.statusText],
    currency: ['text', ({ fields }) => fields.own.currency],
    net: ['decimal', ({ fields }) => fields.own.net?.amount ?? null],
    gross: ['decimal', ({ fields }) => fields.own.gross?.amount ?? null],
    modifiedAt: ['instant', ({ fields }) => fields.modifiedAt],
  },
  check: offered(neededOf(orders)),
  read: (question) => readDocuments(orders, question),
});

export const orderLineSet = erpSet<Line<OrderLine, Order>>({
  name: 'order-lines',
  need: 'erp.read',
  parameters: ['updatedSince', 'from', 'to'],
  id: idWithin('order'),
  columns: {
    orderId: ['text', ({ document }, company) => erpId('order', company.key, document.key)],
    orderedOn: ['date', ({ document }) => document.fields.own.orderedOn],
    lineNo: ['integer', ({ line }) => line.fields.lineNo],
    productCode: ['text', ({ line }) => line.fields.productCode],
    productName: ['text', ({ line }) => line.fields.productName],
    productGroup: ['text', ({ line }) => line.fields.productGroup],
    quantity: ['decimal', ({ line }) => line.fields.quantity],
    delivered: ['decimal', ({ line }) => line.fields.delivered],
    unit: ['text', ({ line }) => line.fields.unit],
    currency: ['text', ({ document }) => document.fields.own.currency],
    netPrice: ['decimal', ({ line }) => line.fields.netPrice],
    net: ['decimal', ({ line }) => line.fields.net],
    modifiedAt: ['instant', ({ document }) => document.fields.modifiedAt],
  },
  check: offered(neededOf(orders), { view: orderLineDeclaration.view, columns: orderLineDeclaration.key }),
  read: (question) => readLines(orders, orderLineDeclaration, question),
});
