import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import type { Candidate, DuplicateSearch } from './duplicate-search.ts';
import { DuplicateCandidate, DuplicateProbe, DuplicateReport } from './duplicate.type.ts';

type ShownCandidate = Candidate & { readonly client: ClientRow };

@Resolver(() => DuplicateCandidate)
export class DuplicateResolver {
  private readonly clients;

  constructor(
    reads: Reads,
    private readonly search: DuplicateSearch,
  ) {
    this.clients = reads.byKey(clientRead);
  }

  @FieldResolver(() => Client, { description: 'The card, with its mergedInto where it was merged.' })
  client(@Root() { client }: ShownCandidate): ClientRow {
    return client;
  }

  @Query(() => DuplicateReport, {
    description:
      'Cards this one may already be, deleted and inactive ones too: same tax id, similar name in the same town. Cards the caller may not see are counted, not shown. Throws BAD_USER_INPUT.',
  })
  async possibleDuplicates(
    @Arg('of', () => DuplicateProbe, { description: 'What is known of the client.', validate: false })
    of: DuplicateProbe,
    @Ctx() context: RequestContext,
  ): Promise<{ candidates: ShownCandidate[]; hidden: number }> {
    const sees = async (key: string) => (await this.clients(context).load(key)) !== null;
    const found = await this.search.find(of, sees);
    const cards = await Promise.all(found.map(({ key }) => this.clients(context).load(key)));
    const candidates = found.flatMap((candidate, place) => {
      const client = cards[place];
      return client ? [{ ...candidate, client }] : [];
    });
    // The search looks at every card, the loader answers those that the caller may see.
    return { candidates, hidden: found.length - candidates.length };
  }
}
