/** What the two lists of events are asked for, in the form that the declared read knows. Throw InputRejected. */
import type { Listing } from '../../reads/listing.ts';
import type { RequestContext } from '../../request.ts';
import type { PageArguments } from '../../values/page.ts';
import { checkRange } from '../../values/range.ts';
import { keyOf } from '../../values/record-id.ts';
import type { EventConditions } from './event.read.ts';
import type { EventFilter } from './event.type.ts';

export interface EventsArguments extends PageArguments {
  readonly filter?: EventFilter | null | undefined;
}

type EventListing = Listing<EventConditions, 'STARTS_AT'>;

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

/** All clients' events by when they begin; those of deleted cards are left out. */
export const calendar = (
  { first, after, filter }: EventsArguments,
  context: RequestContext,
): EventListing => ({
  page: { first, after },
  filter: { ...conditionsOf(context, filter), ofLiveCards: true },
});

/** One card's events, the latest first. */
export const eventsOfClient = (
  { first, after, filter }: EventsArguments,
  context: RequestContext,
): EventListing => ({
  page: { first, after },
  filter: conditionsOf(context, filter),
  order: [{ sort: 'STARTS_AT', direction: 'DESC' }],
});
