/** ERP customers as the rest of the service asks for them. */
import type { RequestContext } from '../../request.ts';
import type { Companies } from '../companies.ts';
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
}
