import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import type { Reads } from '../reads/reads.ts';
import type { RequestContext } from '../request.ts';
import { userRead, type UserRow } from './user.read.ts';
import { User } from './user.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Viewer)
export class ViewerResolver {
  private readonly users;

  constructor(reads: Reads) {
    this.users = reads.byKey(userRead);
  }

  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() { actor }: RequestContext): Viewer {
    const { access, roles = [], name, byApiKey } = actor;
    const { permissions, scope } = access;
    return { roles, permissions: [...permissions], scope, apiKey: byApiKey ? name : null };
  }

  @FieldResolver(() => User, { description: 'The user; of a key for programs, its maker.' })
  user(@Ctx() context: RequestContext): Promise<UserRow | null> {
    return this.users(context).load(context.actor.id);
  }
}
