/** Whether each company answers just now, and what it offers. Not answering is a state here, never an error. */
import { DomainError } from '../errors.ts';
import { perRequest, type RequestContext } from '../request.ts';
import type { Companies, Company } from './companies.ts';

export const erpSections = ['CUSTOMERS', 'ORDERS', 'INVOICES', 'PAYMENTS', 'SETTLEMENTS', 'MATCHES'] as const;
export type ErpSection = (typeof erpSections)[number];

export const sourceStates = ['LIVE', 'CACHED', 'STALE', 'UNAVAILABLE'] as const;
export type SourceState = (typeof sourceStates)[number];

/** An answer this young shows that the company is there. */
const youngMs = 2_000;

export interface CompanyState {
  readonly state: SourceState;
  readonly sections: readonly ErpSection[];
  readonly asOf: string | null;
}

const viewOf: Readonly<Record<ErpSection, string>> = {
  CUSTOMERS: 'customer',
  ORDERS: 'sales_order',
  INVOICES: 'invoice',
  PAYMENTS: 'payment',
  SETTLEMENTS: 'settlement',
  MATCHES: 'settlement_match',
};

async function stateOf(company: Company, signal: AbortSignal): Promise<CompanyState> {
  try {
    return offering('LIVE', await company.catalogue.offered(signal, youngMs));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const last = company.catalogue.last();
    if (!last) return { state: 'UNAVAILABLE', sections: [], asOf: null };
    return offering('STALE', { views: last.views, asOf: company.lastAnswer() ?? last.asOf });
  }
}

const offering = (
  state: SourceState,
  { views, asOf }: { readonly views: ReadonlySet<string>; readonly asOf: string },
): CompanyState => ({ state, sections: erpSections.filter((section) => views.has(viewOf[section])), asOf });

export class CompanyStates {
  private readonly states;

  constructor(companies: Companies) {
    this.states = perRequest<string, CompanyState>((keys, { signal }) =>
      Promise.all(
        keys.map((key) =>
          // What is wrong with one company is no other's fault.
          stateOf(companies.reach(key), signal).catch((fault: unknown) =>
            fault instanceof Error ? fault : new Error(String(fault)),
          ),
        ),
      ),
    );
  }

  of(context: RequestContext, company: Company): Promise<CompanyState> {
    return this.states(context).load(company.key);
  }
}
