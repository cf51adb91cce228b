/** Adds `orders` to Client, and to an order its lines. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import { selectsTotal } from '../connection.type.ts';
import type { OrderLoaders } from './order.loaders.ts';
import type { OrderRow } from './order.reader.ts';
import { Order, OrderConnection, OrderFilter, OrderLine } from './order.type.ts';

@Resolver(() => Client)
export class ClientOrdersResolver {
  constructor(private readonly loaders: OrderLoaders) {}

  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description:
      'Orders (zamówienia) in the ERPs, newest first: by day, then company, then key. Null when a company asked cannot answer.',
  })
  orders(
    @Root() client: Client,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Go on after this cursor.' })
    after: string | undefined,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which orders.' })
    filter: OrderFilter | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const question = { first, after, filter: filter ?? {} };
    return this.loaders.ofClient(context, client.id, question, { counted: selectsTotal(info) });
  }
}

@Resolver(() => Order)
export class OrderResolver {
  constructor(private readonly loaders: OrderLoaders) {}

  @FieldResolver(() => [OrderLine], { nullable: true, description: 'Its lines (pozycje), in their order.' })
  lines(@Root() order: OrderRow, @Ctx() context: RequestContext) {
    return this.loaders.lines(context, order);
  }
}
