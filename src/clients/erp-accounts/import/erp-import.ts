/** Imports customers of one company: asked of its ERP first, so that no transaction of the CRM waits for it. */
import type { Companies } from '../../../erp/companies.ts';
import type { CustomerLoaders } from '../../../erp/customers/customer.loaders.ts';
import type { CustomerSearch } from '../../../erp/customers/customer-search.ts';
import { InputRejected } from '../../../errors.ts';
import type { RequestContext } from '../../../request.ts';
import type { CustomerImportService, ImportOutcome } from './customer-import.service.ts';

export interface ErpImportCall {
  readonly company: string;
  readonly cardType: string;
  readonly dryRun: boolean;
}

const batch = 200;

export class ErpImport {
  constructor(
    private readonly companies: Companies,
    private readonly customers: CustomerLoaders,
    private readonly search: CustomerSearch,
    private readonly service: CustomerImportService,
  ) {}

  /** In the order of the ids, each once. Throws InputRejected, or why the company gave no answer. */
  async named(
    context: RequestContext,
    ids: readonly string[],
    call: ErpImportCall,
  ): Promise<ImportOutcome[]> {
    const { key } = this.companies.require(call.company, 'input.company');
    await this.requireCardType(call.cardType);
    const asked = [...new Set(ids)];
    const rows = await Promise.all(asked.map((id) => this.customers.byId(context, key, id)));
    // However an id was typed, one customer is imported once.
    const found = new Map(rows.flatMap((row) => (row ? [[row.customerId, row] as const] : [])));
    const outcomes = await this.service.run(context.actor, [...found.values()], call);
    const absent = asked.filter((_, place) => !rows[place]);
    const reason = `there is no such customer in the ERP of ${key}`;
    return [
      ...outcomes,
      ...absent.map((customerId): ImportOutcome => ({ customerId, made: 'left', reason })),
    ];
  }

  /** All customers of the company, some at a time, in the order of their symbols. */
  async *all(contextOf: () => RequestContext, call: ErpImportCall): AsyncGenerator<readonly ImportOutcome[]> {
    await this.requireCardType(call.cardType);
    let after: string | null = null;
    do {
      const context = contextOf();
      const page: Awaited<ReturnType<CustomerSearch['page']>> = await this.search.page(context, {
        company: call.company,
        first: batch,
        after,
      });
      yield await this.service.run(context.actor, page.nodes, call);
      const pageInfo = page.pageInfo();
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
  }

  private async requireCardType(key: string): Promise<void> {
    if (await this.service.hasCardType(key)) return;
    const message = `there is no active card type '${key}'`;
    throw new InputRejected([{ path: 'input.cardType', code: 'CARD_TYPE', message }]);
  }
}
