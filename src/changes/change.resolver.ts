import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../request.ts';
import type { Page } from '../values/connection.ts';
import type { ChangeFeed, ChangeRow } from './change-feed.reader.ts';
import { ChangeConnection } from './change.type.ts';
import { RecordType } from './record-type.ts';

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
}
