/**
 * What settled what: the matches of settlements and of payments, and what stands at their ends. A match is reached through
 * a record of one customer; the ends that are another customer's are not shown through it.
 */
import type { RequestContext } from '../../request.ts';
import type { Companies } from '../companies.ts';
import { ErpContract } from '../erp-errors.ts';
import { inCurrency, type AmountInCurrency } from '../in-currency.ts';
import type { InvoiceRow } from '../invoices/invoice.reader.ts';
import type { PaymentLoaders } from '../payments/payment.loaders.ts';
import { paymentDeclaration, type PaymentRow } from '../payments/payment.reader.ts';
import { recordsOf } from '../record-loaders.ts';
import { matchDeclaration, toFoundMatch, toMatch, type FoundMatch, type MatchRow } from './match.reader.ts';
import type { SettlementLoaders } from './settlement.loaders.ts';
import { settlementDeclaration, type SettlementRow } from './settlement.reader.ts';

/** As they came about; those without a day first. */
const oldestFirst = ['matched_on', ...matchDeclaration.key].map((column) => ({
  column,
  direction: 'ASC' as const,
}));

export class MatchLoaders {
  private readonly bySettlement;
  private readonly byPayment;

  constructor(
    companies: Companies,
    private readonly settlements: SettlementLoaders,
    private readonly payments: PaymentLoaders,
  ) {
    const ofSettlement = { by: settlementDeclaration.key, order: oldestFirst };
    const ofPayment = { by: paymentDeclaration.key, order: oldestFirst };
    this.bySettlement = recordsOf(companies, 'settlement', matchDeclaration, ofSettlement, (read, company) =>
      toFoundMatch(read.fields, company),
    );
    this.byPayment = recordsOf(companies, 'payment', matchDeclaration, ofPayment, (read, company) =>
      toFoundMatch(read.fields, company),
    );
  }

  /** Throws NotOffered where the ERP does not tell. */
  async ofSettlement(
    context: RequestContext,
    { id, currency, customerId }: SettlementRow,
  ): Promise<readonly MatchRow[]> {
    const found = await this.bySettlement(context).load(id);
    return found.map((match) => toMatch(match, currency, customerId));
  }

  /** Throws NotOffered where the ERP does not tell. */
  async ofPayment(context: RequestContext, { id, customerId }: PaymentRow): Promise<readonly MatchRow[]> {
    const found = await this.byPayment(context).load(id);
    return Promise.all(
      found.map(async (match) => {
        const settlement = await this.settlements.byId(context, match.settlementId);
        if (!settlement) throw dangling(match, 'settlement_id', match.settlementId);
        return toMatch(match, settlement.currency, customerId);
      }),
    );
  }

  /** Those that were matched to any of its settlements, once each, oldest first. Throws NotOffered where the ERP does not tell. */
  async paymentsOf(context: RequestContext, invoice: InvoiceRow): Promise<readonly PaymentRow[]> {
    const settlements = await this.settlements.ofInvoice(context, invoice);
    const matches = await Promise.all(
      settlements.map((settlement) => this.ofSettlement(context, settlement)),
    );
    const ids = new Set(matches.flat().flatMap(({ paymentId }) => paymentId ?? []));
    const payments = await Promise.all([...ids].map((id) => this.payments.byId(context, id)));
    return payments
      .filter((payment) => payment !== null)
      .filter(({ customerId }) => customerId === invoice.customerId)
      .toSorted((left, right) => (left.paidOn < right.paidOn ? -1 : left.paidOn > right.paidOn ? 1 : 0));
  }

  async settlement(context: RequestContext, match: MatchRow): Promise<SettlementRow | null> {
    return ownOf(match, await this.settlements.byId(context, match.settlementId));
  }

  async counterSettlement(context: RequestContext, match: MatchRow): Promise<SettlementRow | null> {
    const { counterId } = match;
    return counterId === null ? null : ownOf(match, await this.settlements.byId(context, counterId));
  }

  async payment(context: RequestContext, match: MatchRow): Promise<PaymentRow | null> {
    const { paymentId } = match;
    return paymentId === null ? null : ownOf(match, await this.payments.byId(context, paymentId));
  }

  /** Costs a statement only where the currencies differ. */
  async paymentAmount(context: RequestContext, match: MatchRow): Promise<AmountInCurrency | null> {
    const { paymentId, inPaymentCurrency } = match;
    if (paymentId === null || inPaymentCurrency === null) return null;
    const payment = await this.payments.byId(context, paymentId);
    if (!payment) throw dangling(match, 'payment_id', paymentId);
    return inCurrency(inPaymentCurrency, payment.currency);
  }
}

const ownOf = <End extends { readonly customerId: string }>(
  { customerId }: MatchRow,
  end: End | null,
): End | null => (end?.customerId === customerId ? end : null);

const dangling = ({ company }: FoundMatch, column: string, id: string): ErpContract =>
  new ErpContract(
    company.key,
    { view: 'settlement_match', column },
    `a match points at ${id}, which is not there`,
  );
