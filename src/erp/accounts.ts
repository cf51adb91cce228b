/** What the ERP door asks of the CRM: which ERP accounts a client has. The room of the links answers; nothing else crosses. */
import type { RequestContext } from '../request.ts';
import { keysPerStatement } from './key-list.ts';

export interface ErpAccountKey {
  readonly companyKey: string;
  /** The customer's id as the ERP reader wrote it. */
  readonly customerId: string;
}

/** The accounts of a client, by bare or public id as the `Client` type has it. Batched by whoever implements it. */
export type AccountsOf = (context: RequestContext, clientId: string) => Promise<readonly ErpAccountKey[]>;

/** Of one client in one company: beyond one statement's keys the server's order over all of them is not known. */
export const mostAccounts = keysPerStatement(1);
