import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import { userRead, type UserRow } from '../../users/user.read.ts';
import { User } from '../../users/user.type.ts';
import { keyOf } from '../../values/record-id.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { clientRead, type ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { contactRead, type ContactRow } from '../contacts/contact.read.ts';
import { Contact } from '../contacts/contact.type.ts';
import { AddEventInput, UpdateEventInput } from './event.inputs.ts';
import type { EventRow } from './event.read.ts';
import type { EventService } from './event.service.ts';
import { ClientEvent } from './event.type.ts';

const isRow = <Row>(row: Row | null): row is Row => row !== null;

@Resolver(() => ClientEvent)
export class EventResolver {
  private readonly clients;
  private readonly contacts;
  private readonly users;

  constructor(
    reads: Reads,
    private readonly service: EventService,
  ) {
    this.clients = reads.byKey(clientRead);
    this.contacts = reads.byKey(contactRead);
    this.users = reads.byKey(userRead);
  }

  @FieldResolver(() => Client, { description: 'The card it belongs to.' })
  client(@Root() event: EventRow, @Ctx() context: RequestContext): Promise<ClientRow | null> {
    return this.clients(context).load(keyOf('client', event.clientId, 'client'));
  }

  @FieldResolver(() => [Contact], {
    description: "The client's people who take part (uczestnicy), in the order given; removed ones too.",
  })
  async participants(@Root() event: EventRow, @Ctx() context: RequestContext): Promise<ContactRow[]> {
    const loader = this.contacts(context);
    const rows = event.participantIds.map((id) => loader.load(keyOf('contact', id, 'participants')));
    return (await Promise.all(rows)).filter(isRow);
  }

  @FieldResolver(() => [User], {
    description: "The firm's own people who take part (uczestnicy z firmy), in the order given.",
  })
  async attendees(@Root() event: EventRow, @Ctx() context: RequestContext): Promise<UserRow[]> {
    const loader = this.users(context);
    const rows = event.attendeeIds.map((id) => loader.load(keyOf('user', id, 'attendees')));
    return (await Promise.all(rows)).filter(isRow);
  }

  @Mutation(() => ClientEvent, {
    description:
      'Adds an event. Throws BAD_USER_INPUT, NOT_FOUND for the card or somebody who takes part, DUPLICATE for an id already taken.',
  })
  addEvent(
    @Arg('input', () => AddEventInput, { description: 'The new event.' }) input: AddEventInput,
    @Ctx() context: RequestContext,
  ): Promise<EventRow> {
    return this.service.add(context.actor, input);
  }

  @Mutation(() => ClientEvent, {
    description:
      'Changes an event. Throws BAD_USER_INPUT, NOT_FOUND, and CONFLICT when it was changed since the version given.',
  })
  updateEvent(
    @Arg('input', () => UpdateEventInput, { description: 'What to change.' }) input: UpdateEventInput,
    @Ctx() context: RequestContext,
  ): Promise<EventRow> {
    return this.service.update(context.actor, input);
  }

  @Mutation(() => ClientEvent, {
    description:
      'Removes an event softly; restoreRecord undoes it. Throws NOT_FOUND, BAD_USER_INPUT while the card is deleted, and CONFLICT when it was changed since or is removed already.',
  })
  removeEvent(
    @Arg('input', () => VersionedId, { description: 'The event.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<EventRow> {
    return this.service.remove(context.actor, input);
  }
}
