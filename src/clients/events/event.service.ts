/**
 * Events and meetings (zdarzenia i spotkania): what happened with a client or is to happen, when, who took part on both
 * sides, and what came of it. Promises that participants are contacts of the same client and that nothing ends before it begins.
 */
import { In, IsNull } from 'typeorm';
import { featuresIn } from '../../changes/features-port.ts';
import { Objections } from '../../changes/objections.ts';
import type { Recorder } from '../../changes/recorder.ts';
import type { NewValues, Writing } from '../../changes/writing.ts';
import type { Actor } from '../../request.ts';
import { UserEntity } from '../../users/user.entity.ts';
import { changedRequired, changedText } from '../../values/changed.ts';
import { notBefore } from '../../values/checks.ts';
import { keyOf, publicId, wishedKey, type RecordKind } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import { ContactEntity } from '../contacts/contact.entity.ts';
import { cardOf, lockSubRecord, removeSubRecord } from '../sub-record.ts';
import { EventStatus } from './event-kinds.ts';
import type { EventEntity } from './event.entity.ts';
import type { AddEventInput, UpdateEventInput } from './event.inputs.ts';
import { eventKind } from './event.kind.ts';
import type { EventRow } from './event.read.ts';

type EventValues = NewValues<EventEntity>;

const blank = {
  status: EventStatus.PLANNED,
  description: null,
  location: null,
  endsAt: null,
  outcome: null,
  participantKeys: [],
  attendeeKeys: [],
};

const changedInstant = (given: string | null | undefined, before: Date | null): Date | null =>
  given === undefined ? before : given === null ? null : new Date(given);

/** The list after a change, each key once. */
const changedKeys = (
  kind: RecordKind,
  given: readonly string[] | null | undefined,
  before: readonly string[],
): readonly string[] =>
  given === undefined ? before : [...new Set(given?.map((id) => keyOf(kind, id, 'input')))];

const membersOver = (before: EventValues, given: AddEventInput | UpdateEventInput): EventValues => ({
  clientKey: before.clientKey,
  kind: given.kind ?? before.kind,
  status: given.status ?? before.status,
  subject: changedRequired(given.subject, before.subject),
  description: changedText(given.description, before.description),
  location: changedText(given.location, before.location),
  startsAt: given.startsAt == null ? before.startsAt : new Date(given.startsAt),
  endsAt: changedInstant(given.endsAt, before.endsAt),
  outcome: changedText(given.outcome, before.outcome),
  participantKeys: changedKeys('contact', given.participantIds, before.participantKeys),
  attendeeKeys: changedKeys('user', given.attendeeIds, before.attendeeKeys),
});

/** Objects to those of `after` that were not there before and are not `found`, each by its place in the list. */
async function objectToAbsent(
  objections: Objections,
  { kind, path }: { readonly kind: RecordKind; readonly path: string },
  before: readonly string[],
  after: readonly string[],
  find: (keys: string[]) => Promise<readonly { readonly id: string }[]>,
): Promise<void> {
  const added = after.filter((key) => !before.includes(key));
  const found = added.length === 0 ? [] : await find(added);
  const known = new Set([...before, ...found.map(({ id }) => id)]);
  for (const [place, key] of after.entries())
    if (!known.has(key)) objections.notFound(`${path}.${place}`, publicId(kind, key));
}

/**
 * Throws where somebody newly named is not there, or the end is before the start. Who was named already may stay, removed
 * since or not.
 */
async function check(
  { manager }: Writing,
  before: Pick<EventValues, 'participantKeys' | 'attendeeKeys'>,
  after: EventValues,
  given: AddEventInput | UpdateEventInput,
): Promise<void> {
  const objections = new Objections();
  await objectToAbsent(
    objections,
    { kind: 'contact', path: 'input.participantIds' },
    before.participantKeys,
    after.participantKeys,
    (keys) =>
      manager.findBy(ContactEntity, { id: In(keys), clientKey: after.clientKey, deletedAt: IsNull() }),
  );
  await objectToAbsent(
    objections,
    { kind: 'user', path: 'input.attendeeIds' },
    before.attendeeKeys,
    after.attendeeKeys,
    (keys) => manager.findBy(UserEntity, { id: In(keys) }),
  );
  if (after.endsAt !== null && after.endsAt < after.startsAt)
    objections.reject({ path: given.endsAt == null ? 'input.startsAt' : 'input.endsAt', ...notBefore });
  objections.raise();
}

export class EventService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card or who takes part, DuplicateRecord for the id, InputRejected. */
  add(actor: Actor, input: AddEventInput): Promise<EventRow> {
    const wished = input.id == null ? undefined : wishedKey('event', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const required = {
        clientKey: card.id,
        kind: input.kind,
        subject: input.subject.trim(),
        startsAt: new Date(input.startsAt),
      };
      const values = membersOver({ ...blank, ...required }, input);
      await check(writing, blank, values, input);
      const { id } = await writing.create(eventKind, wished, values, featuresIn(input));
      return writing.read(eventKind, id);
    });
  }

  /** Throws as lockSubRecord does, and as `add` does. */
  update(actor: Actor, input: UpdateEventInput): Promise<EventRow> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, eventKind, input);
      const values = membersOver(record, input);
      await check(writing, record, values, input);
      await writing.update(eventKind, record, values, featuresIn(input));
      return writing.read(eventKind, record.id);
    });
  }

  /** Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<EventRow> {
    return removeSubRecord(this.recorder, actor, eventKind, seen);
  }
}
