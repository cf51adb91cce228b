/** Adds `payments` to Client. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import { selectsTotal } from '../connection.type.ts';
import type { PaymentLoaders } from './payment.loaders.ts';
import { PaymentConnection, PaymentFilter } from './payment.type.ts';

@Resolver(() => Client)
export class ClientPaymentsResolver {
  constructor(private readonly loaders: PaymentLoaders) {}

  @FieldResolver(() => PaymentConnection, {
    nullable: true,
    description:
      'Payments (płatności) in the ERPs, newest first: by day, then company, then key. Null when a company asked cannot answer.',
  })
  payments(
    @Root() client: Client,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' })
    after: string | undefined,
    @Arg('filter', () => PaymentFilter, { nullable: true, description: 'Which payments.' })
    filter: PaymentFilter | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const question = { first, after, filter: filter ?? {} };
    return this.loaders.ofClient(context, client.id, question, { counted: selectsTotal(info) });
  }
}
