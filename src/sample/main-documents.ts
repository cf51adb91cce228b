/** The wholesaler's ledger as rows of its own tables (erp/sandbox/obuwie/10-tables.sql), in an order that foreign keys allow. */
import { bit, decimal, insertBatches, moment, plain, text, whole } from './insert-batches.ts';
import { remainingOf } from './ledger/books.ts';
import { type Product, products } from './ledger/catalogue.ts';
import type { Invoice, Ledger, Order, Payment, Settlement } from './ledger/ledger.type.ts';

const kinds = { INVOICE: 'FS', CORRECTION: 'KFS', ADVANCE: 'FZ', RECEIPT: 'PA' } as const;
const states = { DRAFT: 0, OPEN: 1, PARTLY_DELIVERED: 2, DELIVERED: 3, CANCELLED: 9 } as const;
const methods = { TRANSFER: 1, CASH: 2, CARD: 3, COMPENSATION: 4, OTHER: 9 } as const;

const groups = [...new Set(products.map(({ group }) => group))];
const productIds = new Map(products.map((product, index) => [product, index + 1]));

export function* mainDocuments(ledger: Ledger): Generator<string> {
  yield* goods();
  yield* orders(ledger.orders);
  yield* invoices(ledger.invoices);
  yield* payments(ledger.payments);
  yield* settlements(ledger.settlements);
}

function* goods(): Generator<string> {
  const groupRows = groups.map((name, index) => [whole(index + 1), text(name)]);
  yield* insertBatches('dbo.grupa_towaru', 'grupa_id, nazwa', groupRows);
  const rows = products.map((product) => [
    whole(productId(product)),
    text(product.code),
    text(product.name),
    whole(groups.indexOf(product.group) + 1),
    text(product.unit),
  ]);
  yield* insertBatches('dbo.towar', 'towar_id, symbol, nazwa, grupa_id, jm', rows);
}

function productId(product: Product): number {
  const id = productIds.get(product);
  if (id === undefined) throw new Error(`${product.code} is not in the catalogue`);
  return id;
}

const orderColumns = `zamowienie_id, kontrahent_id, numer, data_zamowienia, data_realizacji, stan, waluta, netto,
  brutto, zmieniono`;
const orderLineColumns = 'zamowienie_id, lp, towar_id, ilosc, zrealizowano, cena_netto, wartosc_netto';

function* orders(list: readonly Order[]): Generator<string> {
  const rows = list.map((order) => [
    whole(order.key.id),
    order.customer,
    text(order.number),
    plain(order.orderedOn),
    plain(order.requestedOn),
    whole(states[order.status]),
    plain(order.currency),
    decimal(order.net),
    decimal(order.gross),
    moment(order.changedOn, order.key.id),
  ]);
  yield* insertBatches('dbo.zamowienie', orderColumns, rows);
  const lines = list.flatMap((order) =>
    order.lines.map(({ line, delivered }, index) => [
      whole(order.key.id),
      whole(index + 1),
      whole(productId(line.product)),
      decimal(line.quantity),
      decimal(delivered),
      decimal(line.price),
      decimal(line.net),
    ]),
  );
  yield* insertBatches('dbo.zamowienie_pozycja', orderLineColumns, lines);
}

const invoiceColumns = `dokument_id, platnik_id, odbiorca_id, rodzaj, numer, data_wystawienia, data_sprzedazy, termin,
  waluta, netto, vat, brutto, pozostaje, netto_pln, vat_pln, brutto_pln, korygowany_id, numer_ksef,
  poza_sprzedaza, anulowany, zmieniono`;
const invoiceLineColumns = 'dokument_id, lp, towar_id, opis, ilosc, cena_netto, wartosc_netto, stawka_vat';

function* invoices(list: readonly Invoice[]): Generator<string> {
  yield* insertBatches('dbo.dokument', invoiceColumns, list.map(invoiceRow));
  const lines = list.flatMap((invoice) =>
    invoice.lines.map((line, index) => [
      whole(invoice.key.id),
      whole(index + 1),
      whole(line.product === null ? null : productId(line.product)),
      text(line.text),
      decimal(line.quantity),
      decimal(line.price),
      decimal(line.net),
      plain(line.vatRate),
    ]),
  );
  yield* insertBatches('dbo.dokument_pozycja', invoiceLineColumns, lines);
  const billed = list.flatMap((invoice) =>
    invoice.orders.map((order) => [whole(invoice.key.id), whole(order.key.id)]),
  );
  yield* insertBatches('dbo.dokument_zamowienie', 'dokument_id, zamowienie_id', billed);
}

function invoiceRow(invoice: Invoice): string[] {
  return [
    whole(invoice.key.id),
    invoice.customer,
    invoice.recipient ?? 'NULL',
    plain(kinds[invoice.kind]),
    text(invoice.number),
    plain(invoice.issuedOn),
    plain(invoice.soldOn),
    plain(invoice.dueOn),
    plain(invoice.currency),
    decimal(invoice.net),
    decimal(invoice.vat),
    decimal(invoice.gross),
    decimal(remainingOf(invoice)),
    decimal(invoice.netBase),
    decimal(invoice.vatBase),
    decimal(invoice.netBase + invoice.vatBase),
    whole(invoice.corrects?.key.id ?? null),
    plain(invoice.ksefNumber),
    bit(!invoice.countsInSales),
    bit(invoice.cancelled),
    moment(invoice.changedOn, invoice.key.id),
  ];
}

const paymentColumns = `platnosc_id, kontrahent_id, data_platnosci, kwota, nierozliczone, waluta, forma, tytul,
  zmieniono`;

function* payments(list: readonly Payment[]): Generator<string> {
  const rows = list.map((payment) => [
    whole(payment.key.id),
    payment.customer,
    plain(payment.paidOn),
    decimal(payment.amount),
    decimal(payment.unallocated),
    plain(payment.currency),
    whole(payment.method === null ? null : methods[payment.method]),
    text(payment.reference),
    moment(payment.changedOn, payment.key.id),
  ]);
  yield* insertBatches('dbo.platnosc', paymentColumns, rows);
}

const settlementColumns = `rozrachunek_id, rata, kontrahent_id, strona, dokument_id, numer_dokumentu, data_wystawienia,
  termin, kwota, pozostaje, waluta, data_rozliczenia, zmieniono`;
const matchColumns = `rozrachunek_id, rata, lp, kontrahent_id, platnosc_id, przeciw_rozrachunek_id, przeciw_rata,
  kwota, kwota_platnosci, data_rozliczenia`;

function* settlements(list: readonly Settlement[]): Generator<string> {
  yield* insertBatches('dbo.rozrachunek', settlementColumns, list.map(settlementRow));
  const matches = list.flatMap((settlement) =>
    settlement.matches.map((match, index) => [
      whole(settlement.key.id),
      whole(settlement.line),
      whole(index + 1),
      settlement.customer,
      whole(match.payment?.key.id ?? null),
      whole(match.counter?.key.id ?? null),
      whole(match.counter?.line ?? null),
      decimal(match.amount),
      decimal(match.paymentAmount),
      plain(match.matchedOn),
    ]),
  );
  yield* insertBatches('dbo.rozliczenie', matchColumns, matches);
}

function settlementRow(settlement: Settlement): string[] {
  return [
    whole(settlement.key.id),
    whole(settlement.line),
    settlement.customer,
    plain(settlement.side === 'RECEIVABLE' ? 'N' : 'Z'),
    whole(settlement.invoice?.key.id ?? null),
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
