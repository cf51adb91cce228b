import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { userRead, type UserRow } from '../user.read.ts';
import { User } from '../user.type.ts';
import { CreateApiKeyInput } from './api-key.inputs.ts';
import { apiKeyRead, type ApiKeyRow } from './api-key.read.ts';
import type { ApiKeyService, NewApiKeyRow } from './api-key.service.ts';
import { ApiKey, ApiKeyConnection, ApiKeyFilter, NewApiKey } from './api-key.type.ts';

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  private readonly users;

  constructor(
    private readonly reads: Reads,
    private readonly service: ApiKeyService,
  ) {
    this.users = reads.byKey(userRead);
  }

  @Query(() => ApiKeyConnection, { description: 'Keys for programs (klucze API), the newest first.' })
  apiKeys(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => ApiKeyFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: ApiKeyFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<ApiKeyRow>> {
    return this.reads.list(context, apiKeyRead, { page: { first, after }, filter });
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who made it. It sees what they see, and is refused when they may not sign in any more.',
  })
  maker(@Root() apiKey: ApiKeyRow, @Ctx() context: RequestContext): Promise<UserRow | null> {
    return this.users(context).load(keyOf('user', apiKey.makerId, 'maker'));
  }

  @Mutation(() => NewApiKey, {
    description:
      'Makes a key for a program, and tells it this once. Throws BAD_USER_INPUT, also for a permission that the caller lacks; DUPLICATE for an id already taken.',
  })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The new key.' }) input: CreateApiKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<NewApiKeyRow> {
    return this.service.create(context.actor, input);
  }

  @Mutation(() => ApiKey, {
    description:
      'Revokes a key at once and for good. Throws NOT_FOUND, and CONFLICT when it is revoked already.',
  })
  revokeApiKey(
    @Arg('input', () => VersionedId, { description: 'The key.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<ApiKeyRow> {
    return this.service.revoke(context.actor, input);
  }
}
