import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../request.ts';
import { RecordFields } from '../values/node.type.ts';
import { VersionedId } from '../values/versioned-id.ts';
import type { RestoreService } from './restore.service.ts';

@Resolver()
export class RestoreResolver {
  constructor(private readonly service: RestoreService) {}

  @Mutation(() => RecordFields, {
    description:
      'Undoes a removal of any record that belongs to a card. Throws NOT_FOUND, BAD_USER_INPUT while its card is deleted, CONFLICT when it is not deleted or was changed since, DUPLICATE when its code was taken meanwhile.',
  })
  restoreRecord(
    @Arg('input', () => VersionedId, { description: 'The removed record.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.service.restore(context.actor, input);
  }
}
