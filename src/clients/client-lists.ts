/** What a list of clients is asked for: its filter, search and order, checked, in the form that the declared read knows. */
import type { Listing } from '../reads/listing.ts';
import { sightOf } from '../reads/own-cards.ts';
import type { Tree } from '../reads/filter-tree.ts';
import type { RequestContext } from '../request.ts';
import type { PageArguments } from '../values/page.ts';
import type { ClientFeatures } from './client-features.ts';
import { asksFeatures, clientCriteria, type ClientFilter } from './client-filter.ts';
import { clientOrder, sortsByFeature } from './client-order.ts';
import type { ClientOrderBy } from './client.inputs.ts';
import type { ClientCriteria, ClientSort } from './client.read.ts';
import type { ClientSearch } from './client.search.ts';
import { searchWords } from './search-words.ts';

export interface ClientsArguments extends PageArguments {
  readonly search?: string | null | undefined;
  readonly filter?: ClientFilter | null | undefined;
  readonly orderBy?: readonly ClientOrderBy[] | null | undefined;
}

export class ClientLists {
  constructor(
    private readonly search: ClientSearch,
    private readonly features: ClientFeatures,
  ) {}

  /** Searches, where words are given. Rejects with InputRejected. */
  async listing(
    { first, after, last, before, search, filter, orderBy }: ClientsArguments,
    context: RequestContext,
  ): Promise<Listing<Tree<ClientCriteria>, ClientSort>> {
    const words = searchWords(search);
    const asked = asksFeatures(filter) || sortsByFeature(orderBy);
    const features = asked ? await this.features.inLists(context) : undefined;
    const order = clientOrder(orderBy, { searched: words !== undefined, features });
    const criteria = clientCriteria(filter, context.actor, features);
    const found = words && (await this.search.find(words, { criteria, sight: sightOf(context) }));
    return { page: { first, after, last, before }, filter: criteria, order, found };
  }
}
