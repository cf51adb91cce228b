/** Adds `sales` and `topProducts` to Client. */
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import { DateScalar } from '../../values/scalars.ts';
import type { Period } from './period.ts';
import type { SalesLoaders } from './sales.loaders.ts';
import { PeriodEnum, ProductReport, SalesReport } from './sales.type.ts';

@Resolver(() => Client)
export class ClientSalesResolver {
  constructor(private readonly loaders: SalesLoaders) {}

  @FieldResolver(() => SalesReport, {
    nullable: true,
    description:
      'Sales (sprzedaż) by the day of issue: documents that count as sales and are not cancelled, corrections in their own period. Null when a company asked cannot answer.',
  })
  sales(
    @Root() client: Client,
    @Arg('by', () => PeriodEnum, { description: 'Period to sum over.' }) by: Period,
    @Arg('from', () => DateScalar, { nullable: true, description: 'First day counted.' })
    from: string | undefined,
    @Arg('to', () => DateScalar, { nullable: true, description: 'Last day counted.' })
    to: string | undefined,
    @Arg('company', () => String, { nullable: true, description: 'Only this company, by its key.' })
    company: string | undefined,
    @Arg('inBaseCurrency', () => Boolean, {
      nullable: true,
      description: "When true, as booked, in the books' currency; otherwise in that of each document.",
    })
    inBaseCurrency: boolean | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.loaders.ofClient(context, client.id, { by, from, to, company, inBaseCurrency });
  }

  @FieldResolver(() => ProductReport, {
    nullable: true,
    description:
      'Products that sold best (najlepsze towary) by net value, from the lines of what counts as sales. Null when a company asked cannot answer.',
  })
  topProducts(
    @Root() client: Client,
    @Arg('from', () => DateScalar, { nullable: true, description: 'First day counted.' })
    from: string | undefined,
    @Arg('to', () => DateScalar, { nullable: true, description: 'Last day counted.' })
    to: string | undefined,
    @Arg('company', () => String, { nullable: true, description: 'Only this company, by its key.' })
    company: string | undefined,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'How many of each company and currency, 1 to 200; 20 when not given.',
    })
    first: number | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.loaders.topProducts(context, client.id, { from, to, company, first });
  }
}
