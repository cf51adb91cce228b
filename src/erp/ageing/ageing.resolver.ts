/** Adds `ageing` to Client. */
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import type { RequestContext } from '../../request.ts';
import { DateScalar } from '../../values/scalars.ts';
import type { AgeingLoaders } from './ageing.loaders.ts';
import { AgeingReport } from './ageing.type.ts';

@Resolver(() => Client)
export class ClientAgeingResolver {
  constructor(private readonly loaders: AgeingLoaders) {}

  @FieldResolver(() => AgeingReport, {
    nullable: true,
    description:
      'What is open in the ERPs by the age of its due date (wiekowanie). On a past day it is the ledger as known now; from today on, all that is open now. Null when a company asked cannot answer or does not keep what it takes.',
  })
  ageing(
    @Root() client: Client,
    @Arg('company', () => String, { nullable: true, description: 'Only this company, by its key.' })
    company: string | undefined,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'On this day; today when not given.' })
    asOf: string | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.loaders.ofClient(context, client.id, { company, asOf });
  }
}
