/**
 * The ERP accounts of a card that a query names by its id are read while the card is, where an ERP section of it is selected: else
 * its ERPs would be asked one statement of the CRM later. The card decides all the same. Where it is not there, or not
 * seen, nobody comes for its accounts, and their own statement keeps to the caller's row scope, too.
 */
import type { GraphQLSchema } from 'graphql';
import type { AccountLoaders } from '../clients/erp-accounts/account.loaders.ts';
import type { RequestContext } from '../request.ts';
import { parsePublicId } from '../values/record-id.ts';
import { selectionOf } from '../values/selection.ts';

const selectsAccounts = selectionOf({
  erpAccounts: true,
  orders: true,
  invoices: true,
  payments: true,
  settlements: true,
  balances: true,
  ageing: true,
  sales: true,
  topProducts: true,
});

export function askAccountsAhead(schema: GraphQLSchema, accounts: Pick<AccountLoaders, 'ofClient'>): void {
  const card = schema.getQueryType()?.getFields()['client'];
  const resolve = card?.resolve;
  if (!resolve) throw new Error('the schema has no cards');
  card.resolve = (source, given: { readonly id?: unknown }, context: RequestContext, info) => {
    const { id } = given;
    if (typeof id === 'string' && parsePublicId(id)?.kind === 'client' && selectsAccounts(info))
      // Whoever asks for them is told of a fault by the loader.
      accounts.ofClient(context, id).catch(() => undefined);
    return resolve(source, given, context, info);
  };
}
