/** How one customer trades with one company: what the generator of documents is told of it. */
export interface TradeTerms {
  /** The ERP's key of the customer, as text. */
  readonly customer: string;
  readonly days: number;
  /** How many deals it makes over the sample's days. */
  readonly deals: number;
  readonly currency: 'PLN' | 'EUR';
  /** Now and then it buys in this currency instead. */
  readonly sometimes?: 'EUR';
  /** VAT: domestic rates, a supply within the Union (WDT), or an export out of it. */
  readonly treatment: 'domestic' | 'union' | 'export';
  readonly conduct: Conduct;
  /** No deals after this day. */
  readonly until?: string;
  /** Those the goods may go to instead of the payer. */
  readonly recipients?: readonly string[];
}

/** `stopped` pays on time until the middle of 2025 and then no more; `cash` buys over the counter. */
type Conduct = 'prompt' | 'late' | 'slow' | 'instalments' | 'stopped' | 'cash';
