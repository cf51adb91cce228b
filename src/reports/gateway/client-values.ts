/** What of a client is filled into reports: its customers in one company's ERP, its tax id, and its key. */
import type { ClientRow } from '../../clients/client.read.ts';
import type { AccountsOf } from '../../erp/accounts.ts';
import type { Companies, Company } from '../../erp/companies.ts';
import type { CustomerLoaders } from '../../erp/customers/customer.loaders.ts';
import { InputRejected } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import type { ClientValue } from '../../ssrs-config.ts';
import { keyOf } from '../../values/record-id.ts';
import type { GivenValues } from './report-values.ts';

interface ClientValuesParts {
  readonly companies: Companies;
  readonly accountsOf: AccountsOf;
  readonly customers: CustomerLoaders;
}

interface Whose {
  readonly client: ClientRow;
  /** Whose customers; undefined: where there is no ERP in it. */
  readonly company: Company | undefined;
  readonly context: RequestContext;
}

const rejected = (path: string, code: string, message: string): InputRejected =>
  new InputRejected([{ path, code, message }]);

export class ClientValues {
  constructor(private readonly parts: ClientValuesParts) {}

  /**
   * The company on whose ERP a report runs: the one that it is for, that is asked for, in which alone the client is a customer, or that there alone is.
   * Throws InputRejected where none or several would do.
   */
  async companyFor(
    only: string | null,
    asked: string | undefined,
    client: ClientRow | undefined,
    context: RequestContext,
  ): Promise<Company> {
    const { companies } = this.parts;
    if (only !== null && asked !== undefined && asked !== only)
      throw rejected('company', 'COMPANY', `the report is for ${only} alone`);
    const named = only ?? asked;
    if (named !== undefined)
      return only === null ? companies.require(named, 'company') : companies.reach(named);
    const accounts = client ? await this.parts.accountsOf(context, client.id) : undefined;
    const keys = accounts
      ? [...new Set(accounts.map(({ companyKey }) => companyKey))]
      : companies.all.map(({ key }) => key);
    const [first, ...others] = keys;
    if (first === undefined)
      throw rejected('client', 'NO_ACCOUNT', 'the card is no customer in any ERP: link it to one first');
    if (others.length > 0) throw rejected('company', 'REQUIRED', `is needed: it may be ${keys.join(', ')}`);
    return companies.reach(first);
  }

  /** Those that a report may run on. Throws InputRejected for one that does not exist. */
  companiesFor(only: string | null, asked: string | undefined): readonly Company[] {
    const { companies } = this.parts;
    if (only !== null) return [companies.reach(only)];
    return asked === undefined ? companies.all : [companies.require(asked, 'company')];
  }

  /** Only what is wanted is asked for. Throws why the ERP gave no answer. */
  async of(wanted: ReadonlyMap<string, ClientValue>, whose: Whose): Promise<GivenValues> {
    const known = new Map<ClientValue, Promise<readonly string[]>>();
    const valueOf = (value: ClientValue): Promise<readonly string[]> => {
      const found = known.get(value) ?? this.value(value, whose);
      known.set(value, found);
      return found;
    };
    const filled = await Promise.all(
      [...wanted].map(async ([name, value]) => [name, await valueOf(value)] as const),
    );
    return new Map(filled);
  }

  private async value(value: ClientValue, { client, company, context }: Whose): Promise<readonly string[]> {
    switch (value) {
      case 'CLIENT_ID':
        return [keyOf('client', client.id, 'client')];
      case 'NIP':
        return client.taxId === null ? [] : [client.taxId];
      case 'CUSTOMER_ID':
      case 'CUSTOMER_CODE': {
        const accounts = await this.parts.accountsOf(context, client.id);
        const own = accounts.filter(({ companyKey }) => companyKey === company?.key);
        if (value === 'CUSTOMER_ID') return own.map(({ customerId }) => customerId);
        const customers = await Promise.all(
          own.map(({ companyKey, customerId }) => this.parts.customers.byId(context, companyKey, customerId)),
        );
        return customers.flatMap((customer) => (customer ? [customer.code] : []));
      }
    }
  }
}
