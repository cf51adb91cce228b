import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CustomerLoaders } from '../../erp/customers/customer.loaders.ts';
import type { CustomerRow } from '../../erp/customers/customer.reader.ts';
import { ErpCustomer } from '../../erp/customers/customer.type.ts';
import type { InvoiceRow } from '../../erp/invoices/invoice.reader.ts';
import { Invoice } from '../../erp/invoices/invoice.type.ts';
import type { RequestContext } from '../../request.ts';
import type { AccountLoaders } from './account.loaders.ts';

@Resolver(() => Invoice)
export class RecipientOfInvoiceResolver {
  constructor(
    private readonly accounts: AccountLoaders,
    private readonly customers: CustomerLoaders,
  ) {}

  @FieldResolver(() => ErpCustomer, {
    nullable: true,
    description:
      'The party the goods went to (odbiorca), where it is not the payer. To whoever sees only their own cards, as long as it is the customer of one.',
  })
  async recipient(
    @Root() { company, recipientId }: InvoiceRow,
    @Ctx() context: RequestContext,
  ): Promise<CustomerRow | null> {
    if (recipientId === null) return null;
    const customer = { company, customerId: recipientId };
    if (context.actor.access.scope === 'OWN' && !(await this.accounts.visible(context, customer)))
      return null;
    return this.customers.byId(context, company.key, recipientId);
  }
}
