import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { deliveryPlaceRead, type DeliveryPlaceRow } from '../delivery-places/delivery-place.read.ts';
import { DeliveryPlace } from '../delivery-places/delivery-place.type.ts';
import { AddRecipientInput, UpdateRecipientInput } from './recipient.inputs.ts';
import { recipientRead, type RecipientRow } from './recipient.read.ts';
import type { RecipientService } from './recipient.service.ts';
import { Recipient, RecipientConnection, RecipientFilter } from './recipient.type.ts';

@Resolver(() => Recipient)
export class RecipientResolver {
  private readonly clients;
  private readonly places;

  constructor(
    reads: Reads,
    private readonly service: RecipientService,
  ) {
    this.clients = reads.byKey(clientRead);
    this.places = reads.byKey(deliveryPlaceRead);
  }

  @FieldResolver(() => Client, { description: 'The card of the buying group.' })
  client(@Root() recipient: RecipientRow, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.clients(context).load(keyOf('client', recipient.clientId, 'client'));
  }

  @FieldResolver(() => Client, { nullable: true, description: "The member's own card, where it has one." })
  memberCard(
    @Root() recipient: RecipientRow,
    @Ctx() context: RequestContext,
  ): Promise<ClientRow | null> | null {
    return recipient.memberCardId === null
      ? null
      : this.clients(context).load(keyOf('client', recipient.memberCardId, 'memberCard'));
  }

  @FieldResolver(() => DeliveryPlace, { nullable: true, description: 'Where its goods go.' })
  deliveryPlace(
    @Root() recipient: RecipientRow,
    @Ctx() context: RequestContext,
  ): Promise<DeliveryPlaceRow | null> | null {
    return recipient.deliveryPlaceId === null
      ? null
      : this.places(context).load(keyOf('place', recipient.deliveryPlaceId, 'deliveryPlace'));
  }

  @Mutation(() => Recipient, {
    description:
      "Adds a recipient. Throws BAD_USER_INPUT, NOT_FOUND for the card, the member's card or the delivery place, DUPLICATE for a code or id already taken.",
  })
  addRecipient(
    @Arg('input', () => AddRecipientInput, { description: 'The new recipient.' }) input: AddRecipientInput,
    @Ctx() context: RequestContext,
  ): Promise<RecipientRow> {
    return this.service.add(context.actor, input);
  }

  @Mutation(() => Recipient, {
    description:
      'Changes a recipient. Throws BAD_USER_INPUT, NOT_FOUND, DUPLICATE for a code already taken, and CONFLICT when it was changed since the version given.',
  })
  updateRecipient(
    @Arg('input', () => UpdateRecipientInput, { description: 'What to change.' })
    input: UpdateRecipientInput,
    @Ctx() context: RequestContext,
  ): Promise<RecipientRow> {
    return this.service.update(context.actor, input);
  }

  @Mutation(() => Recipient, {
    description:
      'Removes a recipient softly; restoreRecord undoes it. Throws NOT_FOUND, BAD_USER_INPUT while the card is deleted, and CONFLICT when it was changed since or is removed already.',
  })
  removeRecipient(
    @Arg('input', () => VersionedId, { description: 'The recipient.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<RecipientRow> {
    return this.service.remove(context.actor, input);
  }
}

@Resolver(() => Client)
export class RecipientsOfClientResolver {
  private readonly recipientsOf;

  constructor(reads: Reads) {
    this.recipientsOf = reads.nested(recipientRead, 'client');
  }

  @FieldResolver(() => RecipientConnection, {
    description: 'Members of the buying group (odbiorcy), by code.',
  })
  recipients(
    @Root() client: ClientRow,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => RecipientFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: RecipientFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<RecipientRow>> {
    return this.recipientsOf(context, keyOf('client', client.id, 'client'), {
      page: { first, after },
      filter,
    });
  }
}
