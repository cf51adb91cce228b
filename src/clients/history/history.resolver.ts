/** Adds `history` to Client, to its entries their records, and to the queries the card of the past. */
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request.ts';
import { Node } from '../../values/node.type.ts';
import { DateTimeScalar } from '../../values/scalars.ts';
import { Client } from '../client.type.ts';
import type { Snapshot } from './card-snapshot.ts';
import type { HistoryEntryRow } from './history-entry.ts';
import type { HistoryKind } from './history-place.ts';
import type { HistoryLoaders, HistoryPage } from './history.loaders.ts';
import { ClientSnapshot, HistoryConnection, HistoryEntry, HistoryKindEnum } from './history.type.ts';
import type { SnapshotReader } from './snapshot.reader.ts';

@Resolver(() => Client)
export class HistoryOfClientResolver {
  constructor(private readonly loaders: HistoryLoaders) {}

  @FieldResolver(() => HistoryConnection, {
    description:
      'All that is known to have happened (historia), newest first: CRM and all ERP accounts together. Of an ERP that does not answer the rest is told all the same, and `missing` says so. Throws BAD_USER_INPUT.',
  })
  history(
    @Root() client: Client,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('from', () => DateTimeScalar, { nullable: true, description: 'Entries at or after this instant.' })
    from: string | undefined,
    @Arg('to', () => DateTimeScalar, { nullable: true, description: 'Entries before this instant.' })
    to: string | undefined,
    @Arg('kinds', () => [HistoryKindEnum], {
      nullable: true,
      description: 'Only entries of these kinds; all when not given.',
    })
    kinds: HistoryKind[] | undefined,
    @Ctx() context: RequestContext,
  ): Promise<HistoryPage> {
    return this.loaders.page(context, client.id, { first, after, from, to, kinds });
  }
}

/** Finds a record of the CRM by its id, as far as the caller sees it. */
export type RecordById = (context: RequestContext, id: string) => Promise<object | null> | undefined;

@Resolver(() => HistoryEntry)
export class HistoryEntryResolver {
  constructor(private readonly recordById: RecordById) {}

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What it tells of, as it is now; null where that is no more.',
  })
  record(@Root() { change, of }: HistoryEntryRow, @Ctx() context: RequestContext) {
    return change ? (this.recordById(context, of.id) ?? null) : of;
  }
}

@Resolver()
export class SnapshotResolver {
  constructor(private readonly snapshots: SnapshotReader) {}

  @Query(() => ClientSnapshot, {
    nullable: true,
    description:
      "A card's own fields as they were at an instant, from the change log. Null where there is no such card, or was none yet. Throws BAD_USER_INPUT for an instant that is still to come.",
  })
  clientAsOf(
    @Arg('id', () => ID, { description: 'Id of the card.' }) id: string,
    @Arg('at', () => DateTimeScalar, { description: 'The instant.' }) at: string,
    @Ctx() context: RequestContext,
  ): Promise<Snapshot | null> {
    return this.snapshots.at(context, id, at);
  }
}
