import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request.ts';
import type { ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import type { Merged, MergeService } from './merge.service.ts';
import { MergeClientsInput, MergeResult } from './merge.type.ts';
import type { UndoMergeService } from './undo-merge.ts';

@Resolver(() => MergeResult)
export class MergeResolver {
  constructor(
    private readonly merging: MergeService,
    private readonly undoing: UndoMergeService,
  ) {}

  @FieldResolver(() => Client, { description: 'The winner, as it is now.' })
  client(@Root() { client }: Merged): ClientRow {
    return client;
  }

  @Mutation(() => MergeResult, {
    description:
      "Makes one card of several (scalanie kartotek): every record of the losers goes to the winner, recipients that named a loser as their member's card name the winner, and the losers are deleted, with mergedInto. dryRun answers what would move and what stands in the way, and writes nothing. Throws BAD_USER_INPUT with what stands in the way, NOT_FOUND, CONFLICT.",
  })
  mergeClients(
    @Arg('input', () => MergeClientsInput, { description: 'Which cards.' }) input: MergeClientsInput,
    @Ctx() context: RequestContext,
  ): Promise<Merged> {
    return this.merging.merge(context.actor, input);
  }

  @Mutation(() => Client, {
    description:
      'Undoes mergeClients and answers the winner. Only while neither a card nor any moved record has changed since; otherwise BAD_USER_INPUT names each by its recordId. Throws NOT_FOUND.',
  })
  undoMerge(
    @Arg('mergeId', () => ID, { description: 'What mergeClients answered.' }) mergeId: string,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow> {
    return this.undoing.undo(context.actor, mergeId);
  }
}
