/** A client's history, and a card of the past, as callers see them. */
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ChangeAction, FieldChange } from '../../changes/change.type.ts';
import type { ChangeAction as ActionName, FieldStep } from '../../changes/change.entity.ts';
import { RecordType } from '../../changes/record-type.ts';
import { connectionOf } from '../../values/connection.ts';
import { DateTimeScalar } from '../../values/scalars.ts';
import { historyKinds, type HistoryKind } from './history-place.ts';

export const HistoryKindEnum = Object.fromEntries(historyKinds.map((kind) => [kind, kind]));
registerEnumType(HistoryKindEnum, {
  name: 'HistoryKind',
  description: 'What an entry of the history is of.',
  valuesConfig: {
    CHANGE: {
      description:
        'A line of the change log: of the card, of what stands on it, and of the cards that were merged into it. That a note, an attachment or an event was added is told by their own kinds alone.',
    },
    NOTE: { description: 'A note (notatka), when it was made; removed ones are left out.' },
    ATTACHMENT: { description: 'A file (załącznik), when it was added; removed ones are left out.' },
    EVENT: {
      description: 'An event or meeting (zdarzenie, spotkanie), when it begins; removed ones are left out.',
    },
    ORDER: { description: 'An order (zamówienie) in an ERP, on its day.' },
    INVOICE: {
      description:
        'An invoice or correction (faktura, korekta), on its day of issue; not the cancelled ones.',
    },
    PAYMENT: { description: 'A payment (płatność), on the day it was paid.' },
  },
});

@ObjectType({ description: 'What a line of the change log tells.', simpleResolvers: true })
class LoggedChange {
  @Field(() => RecordType, { description: 'What was changed.' })
  recordType!: RecordType;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => ChangeAction, { description: 'What was done.' })
  action!: ActionName;

  @Field(() => Int, { description: 'The version the record has since.' })
  version!: number;

  @Field(() => [FieldChange], { description: 'What changed; of a new record, every field that has a value.' })
  fields!: readonly FieldStep[];
}

@ObjectType({
  description:
    "One line of a client's history (historia). A business day counts as its noon in the company's time zone.",
  simpleResolvers: true,
})
export class HistoryEntry {
  @Field(() => DateTimeScalar, { description: 'When it happened, or is to happen.' })
  at!: string;

  @Field(() => HistoryKindEnum, { description: 'What it is of.' })
  kind!: HistoryKind;

  @Field(() => String, {
    description:
      'In a few words: the beginning of a note, the name of a file, the subject of an event, the number of a document, the amount of a payment, or what was changed, in English.',
  })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who did it, by the name of then; null for what comes from an ERP.',
  })
  actor!: string | null;

  @Field(() => LoggedChange, {
    nullable: true,
    description: 'What was changed, from what to what; null for all kinds but CHANGE.',
  })
  change!: LoggedChange | null;
}

export const HistoryConnection = connectionOf(
  HistoryEntry,
  'History',
  "entries of a client's history (historia)",
);
Field(() => [HistoryKindEnum], {
  description:
    'Kinds of which entries may be lacking on this page: a company with accounts of this client could not answer or does not offer them, or the caller may not see them. Ask again with the same `after` for the page as a whole.',
})(HistoryConnection.prototype, 'missing');

@ObjectType({
  description: 'A field of a card as it was: by the name and in the form that the change log has.',
  simpleResolvers: true,
})
class SnapshotField {
  @Field(() => String, { description: 'The field, by the name it has in FieldChange.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its value as text; null: it had none.' })
  value!: string | null;

  @Field(() => Boolean, { description: "Whether the value was a person's and was erased for good." })
  erased!: boolean;
}

@ObjectType({ description: "A card's own fields as they were at an instant.", simpleResolvers: true })
export class ClientSnapshot {
  @Field(() => ID, { description: 'The card.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'The instant that was asked for.' })
  at!: string;

  @Field(() => Int, { description: 'The version the card had then.' })
  version!: number;

  @Field(() => [SnapshotField], {
    description: 'All fields of the card, set or not, and the features that it had been given by then.',
  })
  fields!: readonly SnapshotField[];
}
