import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../values/connection.ts';
import { DateTimeFilter } from '../../values/filters.ts';
import { Node, RecordFields } from '../../values/node.type.ts';
import { DateTimeScalar } from '../../values/scalars.ts';
import { EventKind, EventStatus } from './event-kinds.ts';

registerEnumType(EventKind, {
  name: 'EventKind',
  description: 'What an event is (rodzaj zdarzenia).',
  valuesConfig: {
    MEETING: { description: 'A meeting (spotkanie).' },
    CALL: { description: 'A telephone call (rozmowa telefoniczna).' },
    EMAIL: { description: 'A letter by e-mail.' },
    TASK: { description: 'Something to do (zadanie).' },
    COMPLAINT: { description: 'A complaint (reklamacja).' },
    VISIT: { description: 'A visit at the client (wizyta).' },
    OTHER: { description: 'Anything else (inne).' },
  },
});

registerEnumType(EventStatus, {
  name: 'EventStatus',
  description: 'How an event stands (stan zdarzenia).',
  valuesConfig: {
    PLANNED: { description: 'Still to come (zaplanowane).' },
    DONE: { description: 'It took place (zakończone).' },
    CANCELLED: { description: 'Called off (odwołane).' },
  },
});

@ObjectType('Event', {
  implements: [Node, RecordFields],
  description: 'Something that happened with a client, or is to happen (zdarzenie, spotkanie).',
  simpleResolvers: true,
})
export class ClientEvent extends RecordFields {
  @Field(() => EventKind, { description: 'What it is.' })
  kind!: EventKind;

  @Field(() => EventStatus, { description: 'How it stands.' })
  status!: EventStatus;

  @Field(() => String, { description: 'What it is about (temat).' })
  subject!: string;

  @Field(() => String, { nullable: true, description: 'More about it (opis).' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it takes place (miejsce).' })
  location!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  startsAt!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends; never before it begins.' })
  endsAt!: string | null;

  @Field(() => String, { nullable: true, description: 'What came of it (wynik).' })
  outcome!: string | null;

  clientId!: string;
  participantIds!: string[];
  attendeeIds!: string[];
}

export const EventConnection = connectionOf(ClientEvent, 'Event', 'events');

@InputType({ description: 'Which events; all members hold together.' })
export class EventFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: the deleted ones instead of the live ones.' })
  deleted?: boolean | null;

  @Field(() => [EventKind], {
    nullable: true,
    description: 'Of one of these kinds; an empty list matches nothing.',
  })
  kind?: EventKind[] | null;

  @Field(() => [EventStatus], {
    nullable: true,
    description: 'In one of these states; an empty list matches nothing.',
  })
  status?: EventStatus[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'A fragment of the subject, the description, the location or the outcome.',
  })
  search?: string | null;

  @Field(() => DateTimeFilter, { nullable: true, description: 'By when they begin.' })
  startsAt?: DateTimeFilter | null;

  @Field(() => ID, { nullable: true, description: 'Those that this user attends.' })
  attendeeId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that the caller attends, or only those that the caller does not.',
  })
  mine?: boolean | null;
}
