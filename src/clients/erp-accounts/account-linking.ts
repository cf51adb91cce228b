/**
 * Links cards to customers that there are. The ERP is asked each time and must answer: a link to what nobody could look up is not
 * written. The CRM is asked first, so that nobody learns of a customer by way of a card that is none; and no transaction of
 * its stays open while an ERP takes its time.
 */
import { unknownCompany, type Companies } from '../../erp/companies.ts';
import { requireCustomer } from '../../erp/customers/customer-lookup.ts';
import type { Problem } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import type { LinkErpAccountInput } from './erp-account.inputs.ts';
import type { ErpAccountRow } from './erp-account.read.ts';
import type { ErpAccountService } from './erp-account.service.ts';

export class AccountLinking {
  constructor(
    private readonly companies: Companies,
    private readonly accounts: ErpAccountService,
  ) {}

  /** What can be said of an input that is refused in any case. */
  foresee({ company }: Partial<LinkErpAccountInput>): Promise<readonly Problem[]> {
    const known = company === undefined || this.companies.find(company) !== undefined;
    return Promise.resolve(known ? [] : [unknownCompany(company, 'input.company')]);
  }

  /** Throws InputRejected, RecordNotFound for the card, DuplicateRecord, or why the company gave no answer. */
  async link({ actor, signal }: RequestContext, input: LinkErpAccountInput): Promise<ErpAccountRow> {
    const company = this.companies.require(input.company, 'input.company');
    const place = { clientId: input.clientId, companyKey: company.key };
    await this.accounts.checkRoom(actor, place);
    const customerId = await requireCustomer(company, input.customerId, 'input.customerId', signal);
    return this.accounts.link(actor, { ...place, customerId });
  }
}
