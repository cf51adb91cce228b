/** ERP customers as the rest of the service asks for them. */
import type { RequestContext } from '../../request.ts';
import type { Companies, Company } from '../companies.ts';
import { ErpContract } from '../erp-errors.ts';
import { erpId } from '../record-key.ts';
import { recordById } from '../record-loaders.ts';
import { customerDeclaration, toCustomer, type CustomerRow } from './customer.reader.ts';

export class CustomerLoaders {
  private readonly customers;

  constructor(companies: Companies) {
    this.customers = recordById(companies, 'customer', customerDeclaration, toCustomer);
  }

  /** Null where the ERP has no such customer, or there is no such company. Throws why a company gave no answer. */
  byId(context: RequestContext, companyKey: string, customerId: string): Promise<CustomerRow | null> {
    return this.customers(context).load(erpId('customer', companyKey, [customerId]));
  }

  /** The customer that another row of the same ERP names. Throws ErpContract where the ERP has none, and as `byId`. */
  async ofRow(context: RequestContext, company: Company, customerId: string): Promise<CustomerRow> {
    const customer = await this.byId(context, company.key, customerId);
    if (customer) return customer;
    const named = `the customer ${JSON.stringify(customerId)} that another view names`;
    throw new ErpContract(company.key, { view: 'customer' }, `customer lacks ${named}`);
  }
}
