import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Reads } from '../reads/reads.ts';
import type { RequestContext } from '../request.ts';
import type { Page } from '../values/connection.ts';
import { SetUserActiveInput } from './user.inputs.ts';
import { usersListing } from './user-lists.ts';
import { userRead, type UserRow } from './user.read.ts';
import type { UserService } from './user.service.ts';
import { User, UserConnection } from './user.type.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly reads: Reads,
    private readonly service: UserService,
  ) {}

  @Query(() => UserConnection, { description: 'Users by name, active and former ones.' })
  users(
    @Arg('search', () => String, { nullable: true, description: 'A fragment of name or e-mail.' })
    search: string | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<UserRow>> {
    return this.reads.list(context, userRead, usersListing({ first, after, search }));
  }

  @Mutation(() => User, {
    description:
      'Shuts somebody out, or lets them in again: them and their API keys, with their next request. Throws NOT_FOUND; BAD_USER_INPUT with code SELF for oneself.',
  })
  setUserActive(
    @Arg('input', () => SetUserActiveInput, { description: 'Who, and whether.' }) input: SetUserActiveInput,
    @Ctx() context: RequestContext,
  ): Promise<UserRow> {
    return this.service.setActive(context.actor, input);
  }
}
