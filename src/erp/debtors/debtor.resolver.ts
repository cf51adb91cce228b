/** Adds `debtors` to what can be asked, and to a debtor who it is. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request.ts';
import { selectsTotal } from '../connection.type.ts';
import type { CustomerLoaders } from '../customers/customer.loaders.ts';
import type { CustomerRow } from '../customers/customer.reader.ts';
import { ErpCustomer } from '../customers/customer.type.ts';
import type { DebtorList, DebtorRow } from './debtor-list.ts';
import { Debtor, DebtorConnection } from './debtor.type.ts';

@Resolver(() => Debtor)
export class DebtorResolver {
  constructor(
    private readonly debtorList: DebtorList,
    private readonly customers: CustomerLoaders,
  ) {}

  @Query(() => DebtorConnection, {
    description:
      'Who owes most (dłużnicy) in one company and currency: by what is overdue, then by what is owed, then by key. Throws BAD_USER_INPUT, ERP_UNAVAILABLE, ERP_TIMEOUT, ERP_CONTRACT, NOT_OFFERED.',
  })
  debtors(
    @Arg('company', () => String, { description: "The company's key." }) company: string,
    @Arg('currency', () => String, { description: 'ISO 4217, as PLN: sums are never made over several.' })
    currency: string,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' })
    after: string | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const question = { company, currency, first, after };
    return this.debtorList.page(context, question, { counted: selectsTotal(info) });
  }

  @FieldResolver(() => ErpCustomer, {
    description:
      'Who it is (kontrahent). Throws ERP_CONTRACT where the ERP keeps no such customer, NOT_OFFERED.',
  })
  customer(@Root() { company, customerId }: DebtorRow, @Ctx() context: RequestContext): Promise<CustomerRow> {
    return this.customers.ofRow(context, company, customerId);
  }
}
