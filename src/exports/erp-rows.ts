/**
 * The rows of an ERP's set: company by company, along the customers of the cards that somebody sees. At any time no more is held than one
 * statement brought. A company that cannot be asked is told before anything else; one that has nothing of the kind is left out, and named.
 */
import type { RunQuery } from '../crm-database/run-query.ts';
import { askedNow, type Companies, type Company } from '../erp/companies.ts';
import { dayAt } from '../erp/days.ts';
import { NotOffered } from '../erp/erp-errors.ts';
import { byCompany } from '../erp/list-cursor.ts';
import type { Sight } from '../reads/own-cards.ts';
import type { Row } from './cells.ts';
import { readErpCursor, type ErpPosition } from './erp-cursor.ts';
import type { ExportRequest } from './export-request.ts';
import type { ErpSet, LinkedCustomer } from './export-set.ts';
import { countLinkedCustomers, linkedCustomers, type CustomersQuestion } from './linked-customers.ts';

export type ErpRowsRequest = Pick<
  ExportRequest,
  'columns' | 'client' | 'cardType' | 'company' | 'after' | 'updatedSince' | 'from' | 'to' | 'asOf'
> & {
  /** Only this one, by its id in the ERP. */
  readonly customer?: string | undefined;
  /** Of what was changed since, only what the ERP says so of. */
  readonly datedOnly?: boolean;
  /** By what the ERP says alone, whatever has become of its customers here. */
  readonly erpTimesAlone?: boolean;
};

export interface ErpRows {
  readonly rows: AsyncGenerator<readonly Row[]>;
  /** Keys of companies whose ERP has nothing of the kind. */
  readonly notOffered: readonly string[];
  /** How many customers the rows go along. */
  readonly countCustomers: () => Promise<number>;
}

interface Asked {
  readonly set: ErpSet;
  readonly request: ErpRowsRequest;
  readonly sight: Sight | undefined;
  readonly signal: AbortSignal;
  /** Told how many customers more have been passed. */
  readonly passed?: ((customers: number) => void) | undefined;
}

export class ErpExports {
  constructor(
    private readonly run: RunQuery,
    private readonly companies: Companies,
  ) {}

  /** Throws InputRejected, NotOffered where no company asked offers the set, or why one gave no answer. */
  async open(asked: Asked): Promise<ErpRows> {
    const { set, request, signal } = asked;
    const wanted =
      request.company === undefined
        ? this.companies.all.toSorted((left, right) => byCompany(left.key, right.key))
        : [this.companies.require(request.company, 'company')];
    const position = request.after === undefined ? undefined : readErpCursor(set.name, request.after);
    // Of what was told already nothing is asked.
    const ahead = position ? wanted.filter(({ key }) => byCompany(key, position.company) >= 0) : wanted;
    const offers = await Promise.all(ahead.map((company) => offering(set, company, request.asOf, signal)));
    const missing = offers.flatMap((outcome) => (outcome instanceof NotOffered ? [outcome] : []));
    const [refusal] = missing;
    if (refusal && missing.length === ahead.length) throw refusal;
    const offered = ahead.filter((_, index) => !(offers[index] instanceof NotOffered));
    return {
      rows: this.all(asked, offered, position),
      notOffered: missing.map(({ company }) => company),
      countCustomers: () => this.countCustomers(asked, offered, position),
    };
  }

  private async countCustomers(
    asked: Asked,
    companies: readonly Company[],
    position: ErpPosition | undefined,
  ): Promise<number> {
    let count = 0;
    for (const company of companies)
      count += await countLinkedCustomers(this.run, along(asked, company, position));
    return count;
  }

  private async *all(
    asked: Asked,
    companies: readonly Company[],
    position: ErpPosition | undefined,
  ): AsyncGenerator<readonly Row[]> {
    for (const company of companies) yield* this.ofCompany(asked, company, position);
  }

  private async *ofCompany(
    asked: Asked,
    company: Company,
    position: ErpPosition | undefined,
  ): AsyncGenerator<readonly Row[]> {
    const { set, request, signal, passed } = asked;
    const dayOf = (moment: string | undefined) =>
      moment === undefined || moment.length === 10 ? moment : dayAt(moment, company.timeZone);
    const { datedOnly = false, asOf } = request;
    const updatedSince = request.updatedSince && withinDatetime(request.updatedSince);
    const question = {
      // Copies live long: what was kept for seconds, or of an ERP that fails, has no place in them.
      company: askedNow(company),
      from: dayOf(request.from),
      to: dayOf(request.to),
      updatedSince,
      datedOnly,
      asOf,
      columns: request.columns.map(({ name }) => name),
      signal,
    };
    for await (const customers of linkedCustomers(this.run, along(asked, company, position))) {
      const begun = position?.company === company.key ? position : undefined;
      // Where its customer is gone, what follows it begins with the next one's first row.
      let after = customers[0]?.customerId === begun?.customerId ? begun?.key : undefined;
      for (const run of alike(customers)) {
        const since = run[0]?.anew ? undefined : updatedSince;
        yield* set.rows({ ...question, updatedSince: since, customers: run, after });
        after = undefined;
      }
      passed?.(customers.length);
    }
  }
}

/** In their order, parted where those that are new follow others. */
function alike(customers: readonly LinkedCustomer[]): readonly (readonly LinkedCustomer[])[] {
  const runs: LinkedCustomer[][] = [];
  for (const customer of customers) {
    const last = runs.at(-1);
    if (last?.[0]?.anew === customer.anew) last.push(customer);
    else runs.push([customer]);
  }
  return runs;
}

/** What SQL Server's older type of instants holds: beyond it there is nothing, and being asked for it the server fails. */
const withinDatetime = (instant: string): string =>
  instant < '1753-01-01' ? '1753-01-01T00:00:00.000Z' : instant > lastSecond ? lastSecond : instant;
const lastSecond = '9999-12-31T23:59:59.000Z';

function along(
  { request, sight }: Asked,
  { key }: Company,
  position: ErpPosition | undefined,
): CustomersQuestion {
  const { client, cardType, customer } = request;
  const from = position?.company === key ? position.customerId : undefined;
  const since = request.erpTimesAlone ? undefined : request.updatedSince;
  return { company: key, client, cardType, customer, sight, from, since };
}

async function offering(
  set: ErpSet,
  company: Company,
  asOf: string | undefined,
  signal: AbortSignal,
): Promise<NotOffered | undefined> {
  try {
    await set.check(company, asOf, signal);
    return undefined;
  } catch (fault) {
    if (fault instanceof NotOffered) return fault;
    throw fault;
  }
}
