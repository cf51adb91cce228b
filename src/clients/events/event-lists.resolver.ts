/** The two lists of events: a card's own, and the calendar over all cards. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { keyOf } from '../../values/record-id.ts';
import type { ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { calendar, eventsOfClient } from './event-lists.ts';
import { eventRead, type EventRow } from './event.read.ts';
import { EventConnection, EventFilter } from './event.type.ts';

@Resolver()
export class CalendarResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => EventConnection, {
    description:
      'Events of all clients by when they begin: the calendar (kalendarz). Those of deleted cards are left out.',
  })
  events(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: EventFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<EventRow>> {
    return this.reads.list(context, eventRead, calendar({ first, after, filter }, context));
  }
}

@Resolver(() => Client)
export class EventsOfClientResolver {
  private readonly eventsOf;

  constructor(reads: Reads) {
    this.eventsOf = reads.nested(eventRead, 'client');
  }

  @FieldResolver(() => EventConnection, {
    description: 'Events and meetings with the client (zdarzenia i spotkania), the latest first.',
  })
  events(
    @Root() client: ClientRow,
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 200; 20 when not given.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor to go on from.' })
    after: string | undefined,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which of them.', validate: false })
    filter: EventFilter | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<EventRow>> {
    return this.eventsOf(
      context,
      keyOf('client', client.id, 'client'),
      eventsOfClient({ first, after, filter }, context),
    );
  }
}
