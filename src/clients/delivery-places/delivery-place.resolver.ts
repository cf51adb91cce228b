import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { AddDeliveryPlaceInput, UpdateDeliveryPlaceInput } from './delivery-place.inputs.ts';
import { deliveryPlaceRead, type DeliveryPlaceRow } from './delivery-place.read.ts';
import type { DeliveryPlaceService } from './delivery-place.service.ts';
import { DeliveryPlace, DeliveryPlaceConnection, DeliveryPlaceFilter } from './delivery-place.type.ts';

@Resolver(() => DeliveryPlace)
export class DeliveryPlaceResolver {
  private readonly clients;

  constructor(
    reads: Reads,
    private readonly service: DeliveryPlaceService,
  ) {
    this.clients = reads.byKey(clientRead);
  }

  @FieldResolver(() => Client, { description: 'The card it belongs to.' })
  client(@Root() place: DeliveryPlaceRow, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.clients(context).load(keyOf('client', place.clientId, 'client'));
  }

  @Mutation(() => DeliveryPlace, {
    description:
      'Adds a delivery place. Throws BAD_USER_INPUT, NOT_FOUND for the card, DUPLICATE for a code or id already taken.',
  })
  addDeliveryPlace(
    @Arg('input', () => AddDeliveryPlaceInput, { description: 'The new place.' })
    input: AddDeliveryPlaceInput,
    @Ctx() context: RequestContext,
  ): Promise<DeliveryPlaceRow> {
    return this.service.add(context.actor, input);
  }

  @Mutation(() => DeliveryPlace, {
    description:
      'Changes a delivery place. Throws BAD_USER_INPUT, NOT_FOUND, DUPLICATE for a code already taken, and CONFLICT when it was changed since the version given.',
  })
  updateDeliveryPlace(
    @Arg('input', () => UpdateDeliveryPlaceInput, { description: 'What to change.' })
    input: UpdateDeliveryPlaceInput,
    @Ctx() context: RequestContext,
  ): Promise<DeliveryPlaceRow> {
    return this.service.update(context.actor, input);
  }

  @Mutation(() => DeliveryPlace, {
    description:
      'Removes a delivery place softly; restoreRecord undoes it. Recipients whose goods go there go on saying so. Throws NOT_FOUND, BAD_USER_INPUT while the card is deleted, and CONFLICT when it was changed since or is removed already.',
  })
  removeDeliveryPlace(
    @Arg('input', () => VersionedId, { description: 'The delivery place.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<DeliveryPlaceRow> {
    return this.service.remove(context.actor, input);
  }
}

@Resolver(() => Client)
export class DeliveryPlacesOfClientResolver {
  private readonly placesOf;

  constructor(reads: Reads) {
    this.placesOf = reads.nested(deliveryPlaceRead, 'client');
  }

  @FieldResolver(() => DeliveryPlaceConnection, {
    description: 'Where goods are delivered (miejsca dostaw), by code.',
  })
  deliveryPlaces(
    @Root() client: ClientRow,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => DeliveryPlaceFilter, {
      nullable: true,
      description: 'Which of them.',
      validate: false,
    })
    filter: DeliveryPlaceFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<DeliveryPlaceRow>> {
    return this.placesOf(context, keyOf('client', client.id, 'client'), { page: { first, after }, filter });
  }
}
