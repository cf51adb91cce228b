/** Adds `balances` to Client. */
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import type { BalanceLoaders } from './balance.loaders.ts';
import { Balances } from './balance.type.ts';

@Resolver(() => Client)
export class ClientBalancesResolver {
  constructor(private readonly loaders: BalanceLoaders) {}

  @FieldResolver(() => Balances, {
    nullable: true,
    description:
      'What is open in the ERPs (salda), now. Null when a company asked cannot answer or keeps no settlements.',
  })
  balances(
    @Root() client: Client,
    @Arg('company', () => String, { nullable: true, description: 'Only this company, by its key.' })
    company: string | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.loaders.ofClient(context, client.id, company);
  }
}
