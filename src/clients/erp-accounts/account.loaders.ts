/** The links both ways: the accounts of a card, and the card of an ERP customer. */
import type { AccountsOf, ErpAccountKey } from '../../erp/accounts.ts';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import { keyOf } from '../../values/record-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { erpAccountRead, type ErpAccountRow } from './erp-account.read.ts';

/** Tells company and customer apart whatever signs they hold: a company's key has no colon. */
const pairOf = ({ companyKey, customerId }: ErpAccountKey): string => `${companyKey}:${customerId}`;

/** Whatever an ERP keeps for one of its customers. */
export interface Document {
  readonly company: { readonly key: string };
  readonly customerId: string;
}

export class AccountLoaders {
  private readonly accountsOfClient;
  private readonly accountOfCustomer;
  private readonly clients;

  constructor(reads: Reads) {
    this.accountsOfClient = reads.allOf(erpAccountRead, 'client');
    this.accountOfCustomer = reads.by(erpAccountRead, {
      column: "t.company_key || ':' || t.customer_id",
      type: 'text',
      condition: 't.deleted_at IS NULL',
    });
    this.clients = reads.byKey(clientRead);
  }

  ofClient(context: RequestContext, clientId: string): Promise<readonly ErpAccountRow[]> {
    return this.accountsOfClient(context).load(keyOf('client', clientId, 'client'));
  }

  /** The accounts of a card, where they were read with it. */
  prime(context: RequestContext, clientKey: string, accounts: readonly ErpAccountRow[]): void {
    this.accountsOfClient(context).prime(clientKey, accounts);
  }

  readonly accountsOf: AccountsOf = (context, clientId) => this.ofClient(context, clientId);

  async clientOf(context: RequestContext, customer: ErpAccountKey): Promise<ClientRow | null> {
    const account = await this.accountOfCustomer(context).load(pairOf(customer));
    return account && this.clients(context).load(keyOf('client', account.clientId, 'client'));
  }

  clientOfDocument(context: RequestContext, { company, customerId }: Document): Promise<ClientRow | null> {
    return this.clientOf(context, { companyKey: company.key, customerId });
  }

  /** The document, unless no live card is linked to its customer: it can be seen only through a card. */
  async visible<Found extends Document>(
    context: RequestContext,
    document: Found | null,
  ): Promise<Found | null> {
    const client = document && (await this.clientOfDocument(context, document));
    return client && client.deletedAt === null ? document : null;
  }
}
