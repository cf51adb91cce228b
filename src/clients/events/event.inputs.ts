import { Field, ID, InputType, Int } from 'type-graphql';
import { IdOf, IdsOf, NotBefore, NotCleared, Text, Version, WishedId } from '../../values/checks.ts';
import { DateTimeScalar } from '../../values/scalars.ts';
import { EventKind, EventStatus } from './event-kinds.ts';
import { featuresOfInput, FeatureValueInput } from '../../values/feature-value.ts';

const maxPeople = 200;

@InputType({ description: 'Members that adding and changing an event have in common.' })
abstract class EventMembers {
  @Field(() => EventStatus, { nullable: true, description: 'How it stands; PLANNED for a new event.' })
  @NotCleared()
  status?: EventStatus | null;

  @Field(() => String, { nullable: true, description: 'More about it, at most 10,000 characters.' })
  @Text({ max: 10_000, multiline: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Where it takes place.' })
  @Text({ max: 200 })
  location?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends; not before it begins.' })
  @NotBefore('startsAt')
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: 'What came of it, at most 10,000 characters.' })
  @Text({ max: 10_000, multiline: true })
  outcome?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Contacts of the same client who take part, at most 200; a change replaces the list.',
  })
  @IdsOf('contact', { max: maxPeople })
  participantIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Users who take part, at most 200; a change replaces the list.',
  })
  @IdsOf('user', { max: maxPeople })
  attendeeIds?: string[] | null;

  @Field(() => [FeatureValueInput], { nullable: true, description: featuresOfInput })
  features?: FeatureValueInput[] | null;
}

@InputType({ description: 'A new event.' })
export class AddEventInput extends EventMembers {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second record.",
  })
  @WishedId('event')
  id?: string | null;

  @Field(() => ID, { description: 'The card it belongs to.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => EventKind, { description: 'What it is.' })
  kind!: EventKind;

  @Field(() => String, { description: 'What it is about.' })
  @Text({ max: 200, required: true })
  subject!: string;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  startsAt!: string;
}

@InputType({ description: 'Changes to an event: members left out stay, null clears.' })
export class UpdateEventInput extends EventMembers {
  @Field(() => ID, { description: 'The event.' })
  @IdOf('event', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => EventKind, { nullable: true, description: 'What it is.' })
  @NotCleared()
  kind?: EventKind | null;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  @Text({ max: 200, required: true })
  subject?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it begins.' })
  @NotCleared()
  startsAt?: string | null;
}
