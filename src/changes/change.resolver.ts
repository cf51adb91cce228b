import { Arg, Ctx, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../request.ts';
import type { Page } from '../values/connection.ts';
import type { ChangeFeed, ChangeRow } from './change-feed.reader.ts';
import { Change, ChangeConnection } from './change.type.ts';
import type { Following, FollowQuestion } from './follower.ts';
import { RecordType } from './record-type.ts';

/** What a subscription runs in: `follow` is the reader's own place in the feed. */
export interface FollowingContext extends RequestContext {
  readonly follow: (question: FollowQuestion) => Promise<Following>;
}

@Resolver()
export class ChangesResolver {
  constructor(private readonly feed: ChangeFeed) {}

  @Query(() => ChangeConnection, {
    description:
      'All that changed after the cursor, each change once, deletions included; nothing committed is ever skipped. Told of is what the caller may see now. Keep the cursor of the last change dealt with, and ask again with it.',
  })
  changes(
    @Arg('after', () => String, {
      nullable: true,
      description: 'Cursor or position to go on from; from the first change when not given.',
    })
    after: string | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('recordTypes', () => [RecordType], {
      nullable: true,
      description: 'Only changes of such records; all when not given.',
    })
    recordTypes: readonly RecordType[] | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<ChangeRow>> {
    return this.feed.page({ first, after, recordTypes, actor: context.actor });
  }
  @Subscription(() => Change, {
    subscribe: ({ args, context }: { args: FollowQuestion; context: FollowingContext }) =>
      context.follow(args),
    description:
      'Each change as it is committed, once and in the order of the feed, by a WebSocket at this address (subprotocol graphql-transport-ws). Starts after the cursor when one is given, else with what comes next. Told of is what the caller may see at that time. Keep the position of the last change dealt with, and give it as `after` when the line broke: nothing is lost or told twice.',
  })
  changed(
    @Root() change: ChangeRow,
    @Arg('after', () => String, { nullable: true, description: 'Cursor or position to go on from.' })
    _after: string | undefined,
    @Arg('recordTypes', () => [RecordType], {
      nullable: true,
      description: 'Only changes of such records; all when not given.',
    })
    _recordTypes: readonly RecordType[] | undefined,
    @Arg('clientId', () => ID, {
      nullable: true,
      description: 'Only of this card and what belongs to it.',
    })
    _clientId: string | undefined,
  ): ChangeRow {
    return change;
  }
}
