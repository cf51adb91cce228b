/** Adds `history` to Client, and what a card was at a time. */
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import { Node } from '../../values/node.type.ts';
import { keyOf } from '../../values/record-id.ts';
import { DateTimeScalar } from '../../values/scalars.ts';
import { clientRead } from '../client.read.ts';
import { Client } from '../client.type.ts';
import type { HistoryEntryRow } from './history-entry.ts';
import type { HistoryLoaders } from './history.loaders.ts';
import type { HistoryKind as KindName } from './history-position.ts';
import { ClientSnapshot, HistoryConnection, HistoryEntry, HistoryKind } from './history.type.ts';
import type { Snapshot, SnapshotReader } from './snapshot.reader.ts';

@Resolver(() => Client)
export class HistoryOfClientResolver {
  constructor(private readonly loaders: HistoryLoaders) {}

  @FieldResolver(() => HistoryConnection, {
    description:
      'What happened with the client (historia), newest first, over CRM and all of its companies: changes, notes, files, events, orders, invoices and payments, as far as the caller may see them. A source that cannot answer is named in missing. totalCount is null: the past is not counted.',
  })
  history(
    @Root() client: Client,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('from', () => DateTimeScalar, { nullable: true, description: 'From this instant on.' })
    from: string | undefined,
    @Arg('to', () => DateTimeScalar, { nullable: true, description: 'Before this instant.' })
    to: string | undefined,
    @Arg('kinds', () => [HistoryKind], {
      nullable: true,
      description:
        'Only these; all that the caller may see when not given. Throws FORBIDDEN for one that they may not.',
    })
    kinds: readonly KindName[] | undefined,
    @Ctx() context: RequestContext,
  ) {
    return this.loaders.page(context, keyOf('client', client.id, 'id'), { first, after, from, to, kinds });
  }
}

/** Answers a record by its id, null where there is none or none that the caller may see. */
export type RecordById = (context: RequestContext, id: string) => Promise<object | null> | undefined;

@Resolver(() => HistoryEntry)
export class HistoryEntryResolver {
  constructor(private readonly byId: RecordById) {}

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The record itself, as it is now; null where it is none that can be asked for.',
  })
  record(@Root() { record }: HistoryEntryRow, @Ctx() context: RequestContext) {
    return typeof record === 'string' ? (this.byId(context, record) ?? null) : record;
  }
}

@Resolver()
export class ClientAsOfResolver {
  private readonly byKey;

  constructor(
    reads: Reads,
    private readonly snapshots: SnapshotReader,
  ) {
    this.byKey = reads.byKey(clientRead);
  }

  @Query(() => ClientSnapshot, {
    nullable: true,
    description:
      "A card's own fields as they were at a time, from the change log; null where there was no such card, or none that the caller may see now. Throws BAD_USER_INPUT for a time to come.",
  })
  async clientAsOf(
    @Arg('id', () => ID, { description: 'Id of the card.' }) id: string,
    @Arg('at', () => DateTimeScalar, { description: 'The time.' }) at: string,
    @Ctx() context: RequestContext,
  ): Promise<Snapshot | null> {
    const key = keyOf('client', id, 'id');
    return (await this.byKey(context).load(key)) && this.snapshots.of(key, at);
  }
}
