/** The export daughter's ledger as rows of its own tables (erp/sandbox/export/10-tables.sql), in an order that foreign keys allow. */
import { bit, decimal, insertBatches, moment, plain, text, whole } from './insert-batches.ts';
import { products } from './ledger/catalogue.ts';
import type { Invoice, Key, Ledger, Order, Payment, Settlement } from './ledger/ledger.type.ts';

const kinds = { INVOICE: 'I', CORRECTION: 'C', ADVANCE: 'A' } as const;
const states = { DRAFT: 'N', OPEN: 'O', PARTLY_DELIVERED: 'P', DELIVERED: 'D', CANCELLED: 'X' } as const;

export function* exportDocuments(ledger: Ledger): Generator<string> {
  const articles = products.map(({ code, name, group, unit }) => [
    text(code),
    text(name),
    text(group),
    text(unit),
  ]);
  yield* insertBatches('dbo.Article', 'ArticleNo, Description, ArticleGroup, Unit', articles);
  yield* orders(ledger.orders);
  yield* invoices(ledger.invoices);
  yield* payments(ledger.payments);
  yield* settlements(ledger.settlements);
}

/** Both columns of a key, or two NULLs. */
function keyCells(key: Key | null): [string, string] {
  return [plain(key?.type ?? null), whole(key?.id ?? null)];
}

const orderColumns = `Series, OrderNo, DebtorNo, OrderDate, RequestedDate, StateCode, CurrencyCode, NetAmount,
  GrossAmount`;
const orderLineColumns =
  'Series, OrderNo, OrderLineNo, ArticleNo, Quantity, ShippedQty, UnitPrice, LineAmount';

function* orders(list: readonly Order[]): Generator<string> {
  const rows = list.map((order) => [
    ...keyCells(order.key),
    plain(order.customer),
    plain(order.orderedOn),
    plain(order.requestedOn),
    plain(states[order.status]),
    plain(order.currency),
    decimal(order.net),
    decimal(order.gross),
  ]);
  yield* insertBatches('dbo.OrderHeader', orderColumns, rows);
  const lines = list.flatMap((order) =>
    order.lines.map(({ line, delivered }, index) => [
      ...keyCells(order.key),
      whole(index + 1),
      text(line.product.code),
      decimal(line.quantity),
      decimal(delivered),
      decimal(line.price),
      decimal(line.net),
    ]),
  );
  yield* insertBatches('dbo.OrderLine', orderLineColumns, lines);
}

const invoiceColumns = `Series, DocNo, DebtorNo, ShipToDebtorNo, DocKind, PrintedNo, DocDate, SaleDate, DueDate,
  CurrencyCode, NetAmount, VatAmount, GrossAmount, NetAmountLcy, VatAmountLcy, GrossAmountLcy,
  CorrectsSeries, CorrectsDocNo, KsefNumber, IsVoid, LastModified`;
const invoiceLineColumns =
  'Series, DocNo, DocLineNo, ArticleNo, LineText, Quantity, UnitPrice, LineAmount, VatCode';

function* invoices(list: readonly Invoice[]): Generator<string> {
  yield* insertBatches('dbo.DocHeader', invoiceColumns, list.map(invoiceRow));
  const lines = list.flatMap((invoice) =>
    invoice.lines.map((line, index) => [
      ...keyCells(invoice.key),
      whole(index + 1),
      text(line.product?.code ?? null),
      text(line.text),
      decimal(line.quantity),
      decimal(line.price),
      decimal(line.net),
      plain(line.vatRate),
    ]),
  );
  yield* insertBatches('dbo.DocLine', invoiceLineColumns, lines);
}

function invoiceRow(invoice: Invoice): string[] {
  if (invoice.kind === 'RECEIPT') throw new Error(`${invoice.number}: the export daughter has no receipts`);
  return [
    ...keyCells(invoice.key),
    plain(invoice.customer),
    plain(invoice.recipient),
    plain(kinds[invoice.kind]),
    text(invoice.number),
    plain(invoice.issuedOn),
    plain(invoice.soldOn),
    plain(invoice.dueOn),
    plain(invoice.currency),
    decimal(invoice.net),
    decimal(invoice.vat),
    decimal(invoice.gross),
    decimal(invoice.netBase),
    decimal(invoice.vatBase),
    decimal(invoice.netBase + invoice.vatBase),
    ...keyCells(invoice.corrects?.key ?? null),
    plain(invoice.ksefNumber),
    bit(invoice.cancelled),
    moment(invoice.changedOn, invoice.key.id),
  ];
}

const paymentColumns =
  'Journal, EntryNo, DebtorNo, EntryDate, Amount, OpenAmount, CurrencyCode, MethodCode, PaymentText';

function* payments(list: readonly Payment[]): Generator<string> {
  const rows = list.map((payment) => [
    ...keyCells(payment.key),
    plain(payment.customer),
    plain(payment.paidOn),
    decimal(payment.amount),
    decimal(payment.unallocated),
    plain(payment.currency),
    plain(payment.method),
    text(payment.reference),
  ]);
  yield* insertBatches('dbo.BankEntry', paymentColumns, rows);
}

const settlementColumns = `Series, ItemNo, Instalment, DebtorNo, IsPayable, DocSeries, DocNo, PrintedNo, ItemDate, DueDate,
  Amount, OpenAmount, CurrencyCode, ClosedDate, LastModified`;
const matchColumns = `Series, ItemNo, Instalment, MatchNo, DebtorNo, Journal, EntryNo, CounterSeries, CounterItemNo,
  CounterInstalment, Amount, EntryAmount, MatchDate`;

function* settlements(list: readonly Settlement[]): Generator<string> {
  yield* insertBatches('dbo.OpenItem', settlementColumns, list.map(settlementRow));
  const matches = list.flatMap((settlement) =>
    settlement.matches.map((match, index) => [
      ...keyCells(settlement.key),
      whole(settlement.line),
      whole(index + 1),
      plain(settlement.customer),
      ...keyCells(match.payment?.key ?? null),
      ...keyCells(match.counter?.key ?? null),
      whole(match.counter?.line ?? null),
      decimal(match.amount),
      decimal(match.paymentAmount),
      plain(match.matchedOn),
    ]),
  );
  yield* insertBatches('dbo.ItemMatch', matchColumns, matches);
}

function settlementRow(settlement: Settlement): string[] {
  return [
    ...keyCells(settlement.key),
    whole(settlement.line),
    plain(settlement.customer),
    bit(settlement.side === 'PAYABLE'),
    ...keyCells(settlement.invoice?.key ?? null),
    text(settlement.documentNumber),
    plain(settlement.issuedOn),
    plain(settlement.dueOn),
    decimal(settlement.amount),
    decimal(settlement.remaining),
    plain(settlement.currency),
    plain(settlement.settledOn),
    moment(settlement.changedOn, settlement.key.id),
  ];
}
