/** Adds `erpCustomers` to what can be asked. */
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../request.ts';
import type { CustomerSearch } from './customer-search.ts';
import { ErpCustomerConnection } from './customer.type.ts';

@Resolver()
export class ErpCustomersResolver {
  constructor(private readonly customers: CustomerSearch) {}

  @Query(() => ErpCustomerConnection, {
    description:
      'Customers (kontrahenci) of one ERP, linked to a card or not, by symbol, then key. Throws BAD_USER_INPUT, ERP_UNAVAILABLE, ERP_TIMEOUT, ERP_CONTRACT, NOT_OFFERED.',
  })
  erpCustomers(
    @Arg('company', () => String, { description: "The company's key." }) company: string,
    @Arg('search', () => String, {
      nullable: true,
      description:
        'Words, each of them a part of the symbol, the name, the tax id (with or without its dashes) or the city.',
    })
    search: string | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' })
    after: string | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.customers.page(context, { company, search, first, after });
  }
}
