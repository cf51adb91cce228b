import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Companies, Company } from '../../erp/companies.ts';
import { ErpCompany } from '../../erp/company.type.ts';
import type { CustomerLoaders } from '../../erp/customers/customer.loaders.ts';
import type { CustomerRow } from '../../erp/customers/customer.reader.ts';
import { ErpCustomer } from '../../erp/customers/customer.type.ts';
import type { RequestContext } from '../../request.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import type { ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import type { AccountLinking } from './account-linking.ts';
import type { AccountLoaders } from './account.loaders.ts';
import { LinkErpAccountInput } from './erp-account.inputs.ts';
import type { ErpAccountRow } from './erp-account.read.ts';
import type { ErpAccountService } from './erp-account.service.ts';
import { ErpAccount } from './erp-account.type.ts';

@Resolver(() => Client)
export class ErpAccountsOfClientResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => [ErpAccount], {
    description: 'Its customers in the ERPs (konta w ERP), by company and customer id.',
  })
  erpAccounts(@Root() client: ClientRow, @Ctx() context: RequestContext): Promise<readonly ErpAccountRow[]> {
    return this.accounts.ofClient(context, client.id);
  }
}

@Resolver(() => ErpAccount)
export class ErpAccountResolver {
  constructor(
    private readonly companies: Companies,
    private readonly customers: CustomerLoaders,
  ) {}

  @FieldResolver(() => ErpCompany, {
    nullable: true,
    description: 'The company; null when it is no longer configured.',
  })
  company(@Root() account: ErpAccountRow): Company | undefined {
    return this.companies.find(account.companyKey);
  }

  @FieldResolver(() => ErpCustomer, {
    nullable: true,
    description:
      'The customer as the ERP knows it now; null when the ERP has none of that id (any more). Throws ERP_UNAVAILABLE, ERP_TIMEOUT, ERP_CONTRACT, NOT_OFFERED.',
  })
  customer(@Root() account: ErpAccountRow, @Ctx() context: RequestContext): Promise<CustomerRow | null> {
    const { key } = this.companies.reach(account.companyKey);
    return this.customers.byId(context, key, account.customerId);
  }
}

@Resolver(() => ErpCustomer)
export class CardOfErpCustomerResolver {
  constructor(private readonly accounts: AccountLoaders) {}

  @FieldResolver(() => Client, {
    nullable: true,
    description: 'The card linked to it (kartoteka), if the caller may see it.',
  })
  client(
    @Root() { company, customerId }: CustomerRow,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow | null> {
    return this.accounts.clientOf(context, { companyKey: company.key, customerId });
  }
}

@Resolver()
export class LinkErpAccountResolver {
  constructor(
    private readonly linking: AccountLinking,
    private readonly accounts: ErpAccountService,
  ) {}

  @Mutation(() => ErpAccount, {
    description:
      'Links a card to a customer (kontrahent) that its ERP has: asked of the ERP, and kept under the id that the ERP gives. A card may have several in one company; a customer has one card. Throws BAD_USER_INPUT, NOT_FOUND for the card, DUPLICATE when the customer is linked already, ERP_UNAVAILABLE, ERP_TIMEOUT, ERP_CONTRACT, NOT_OFFERED.',
  })
  linkErpAccount(
    @Arg('input', () => LinkErpAccountInput, { description: 'The card and the customer.' })
    input: LinkErpAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<ErpAccountRow> {
    return this.linking.link(context, input);
  }

  @Mutation(() => Boolean, {
    description:
      "Unlinks an account: what that customer has in the ERP is no more the card's, and the customer can be linked anew. Answers true. Throws BAD_USER_INPUT, NOT_FOUND, CONFLICT.",
  })
  async unlinkErpAccount(
    @Arg('input', () => VersionedId, { description: 'The account.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    await this.accounts.unlink(context.actor, input);
    return true;
  }
}
