import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { cardTypeRead, type CardTypeRow } from '../card-types/card-type.read.ts';
import { CardType } from '../card-types/card-type.type.ts';
import type { Reads } from '../reads/reads.ts';
import type { RequestContext } from '../request.ts';
import { userRead, type UserRow } from '../users/user.read.ts';
import { User } from '../users/user.type.ts';
import type { Page } from '../values/connection.ts';
import { keyOf } from '../values/record-id.ts';
import { VersionedId } from '../values/versioned-id.ts';
import { clientByIdOrCode } from './client-by-id-or-code.ts';
import { ClientFilter } from './client-filter.ts';
import type { ClientLists } from './client-lists.ts';
import { ClientOrderBy, CreateClientInput, UpdateClientInput } from './client.inputs.ts';
import { clientRead, type ClientRow } from './client.read.ts';
import type { ClientService } from './client.service.ts';
import { Client, ClientConnection } from './client.type.ts';

@Resolver(() => Client)
export class ClientResolver {
  private readonly byKey;
  private readonly cardTypes;
  private readonly users;

  constructor(
    private readonly reads: Reads,
    private readonly service: ClientService,
    private readonly lists: ClientLists,
  ) {
    this.byKey = reads.byKey(clientRead);
    this.cardTypes = reads.byKey(cardTypeRead);
    this.users = reads.byKey(userRead);
  }

  @Query(() => Client, {
    nullable: true,
    description:
      'One card, by id or by code: exactly one of the two. Null when there is none; a deleted card is answered with its deletedAt.',
  })
  client(
    @Arg('id', () => ID, { nullable: true, description: 'Id of the card.' }) id: string | undefined,
    @Arg('code', () => String, { nullable: true, description: 'Code (akronim), letter case aside.' })
    code: string | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow | null> {
    const { by, key } = clientByIdOrCode({ id, code });
    return this.reads.by(clientRead, by)(context).load(key);
  }

  @Query(() => ClientConnection, {
    description:
      'Cards, by short name unless another order is asked for; deleted ones left out unless the filter asks for them.',
  })
  async clients(
    @Arg('first', () => Int, {
      nullable: true,
      description: 'Page size forward, 1 to 200; 20 when not given.',
    })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('last', () => Int, { nullable: true, description: 'Page size backward, 1 to 200.' })
    last: number | undefined,
    @Arg('before', () => String, { nullable: true, description: 'Cursor to go back from.' })
    before: string | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description:
        'Words that must all be found, each somewhere: in the names, the code, the town, the digits of the tax id or a telephone number, in a contact, delivery place or recipient, or in a text feature of any of these. Letter case and accents are set aside, and typing mistakes forgiven in words of five letters or more where little is found as typed. Sorted by RELEVANCE when no order is asked for. At most the 1,000 best are shown; totalCount is null where there are more.',
    })
    search: string | undefined,
    @Arg('filter', () => ClientFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: ClientFilter | undefined,
    @Arg('orderBy', () => [ClientOrderBy], { nullable: true, description: 'Sort keys, the first one first.' })
    orderBy: ClientOrderBy[] | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<ClientRow>> {
    const given = { first, after, last, before, search, filter, orderBy };
    return this.reads.list(context, clientRead, await this.lists.listing(given, context));
  }

  @FieldResolver(() => CardType, { description: 'Kind of card (typ kartoteki).' })
  cardType(@Root() client: ClientRow, @Ctx() context: RequestContext): Promise<CardTypeRow | null> {
    return this.cardTypes(context).load(keyOf('cardtype', client.cardTypeId, 'cardType'));
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who looks after the client (opiekun).' })
  accountManager(@Root() client: ClientRow, @Ctx() context: RequestContext): Promise<UserRow | null> | null {
    return client.accountManagerId === null
      ? null
      : this.users(context).load(keyOf('user', client.accountManagerId, 'accountManager'));
  }

  @FieldResolver(() => [User], {
    description:
      'Colleagues the card is shared with beside the account manager (udostępniona), in the order given.',
  })
  async sharedWith(@Root() client: ClientRow, @Ctx() context: RequestContext): Promise<UserRow[]> {
    const loader = this.users(context);
    const users = client.sharedWithIds.map((id) => loader.load(keyOf('user', id, 'sharedWith')));
    return (await Promise.all(users)).filter((user) => user !== null);
  }

  @FieldResolver(() => Client, { nullable: true, description: 'The card this one was merged into.' })
  mergedInto(@Root() client: ClientRow, @Ctx() context: RequestContext): Promise<ClientRow | null> | null {
    return client.mergedIntoId === null
      ? null
      : this.byKey(context).load(keyOf('client', client.mergedIntoId, 'mergedInto'));
  }

  @Mutation(() => Client, {
    description:
      'Makes a card. Throws BAD_USER_INPUT with every problem, DUPLICATE for a code, tax id or id already taken.',
  })
  createClient(
    @Arg('input', () => CreateClientInput, { description: 'The new card.' }) input: CreateClientInput,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow> {
    return this.service.create(context.actor, input);
  }

  @Mutation(() => Client, {
    description:
      'Changes a card. Throws BAD_USER_INPUT, NOT_FOUND, DUPLICATE, and CONFLICT when it was changed since the version given.',
  })
  updateClient(
    @Arg('input', () => UpdateClientInput, { description: 'What to change.' }) input: UpdateClientInput,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow> {
    return this.service.update(context.actor, input);
  }
  @Mutation(() => Client, {
    description:
      'Deletes a card softly: it is answered by its id, with deletedAt, and its records stay as they are, but none of them can be changed. Throws NOT_FOUND, and CONFLICT when it was changed since or is deleted already.',
  })
  deleteClient(
    @Arg('input', () => VersionedId, { description: 'The card.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow> {
    return this.service.delete(context.actor, input);
  }

  @Mutation(() => Client, {
    description:
      'Undoes deleteClient. Throws NOT_FOUND, CONFLICT when the card was changed since or is not deleted, and BAD_USER_INPUT for one that was merged: undoMerge brings it back.',
  })
  restoreClient(
    @Arg('input', () => VersionedId, { description: 'The deleted card.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow> {
    return this.service.restore(context.actor, input);
  }
}
