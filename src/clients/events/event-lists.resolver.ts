/** The two lists of events: a card's own, and the calendar over all cards. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { Page } from '../../values/connection.ts';
import { checkRange } from '../../values/range.ts';
import { keyOf } from '../../values/record-id.ts';
import type { ClientRow } from '../client.read.ts';
import { Client } from '../client.type.ts';
import { eventRead, type EventConditions, type EventRow } from './event.read.ts';
import { EventConnection, EventFilter } from './event.type.ts';

/** What a caller asks for, with users as keys. */
function conditionsOf({ actor }: RequestContext, filter: EventFilter | null | undefined): EventConditions {
  const { attendeeId, mine, ...others } = filter ?? {};
  checkRange(others.startsAt, 'filter.startsAt');
  return {
    ...others,
    ...(attendeeId == null
      ? {}
      : { attendee: { userKey: keyOf('user', attendeeId, 'filter.attendeeId'), attends: true } }),
    ...(mine == null ? {} : { mine: { userKey: actor.id, attends: mine } }),
  };
}

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
    return this.reads.list(context, eventRead, {
      page: { first, after },
      filter: { ...conditionsOf(context, filter), ofLiveCards: true },
    });
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
    return this.eventsOf(context, keyOf('client', client.id, 'client'), {
      page: { first, after },
      filter: conditionsOf(context, filter),
      order: [{ sort: 'STARTS_AT', direction: 'DESC' }],
    });
  }
}
