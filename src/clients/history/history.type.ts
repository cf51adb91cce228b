import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { FieldChange } from '../../changes/change.type.ts';
import { connectionOf } from '../../values/connection.ts';
import { DateTimeScalar } from '../../values/scalars.ts';
import type { HistoryKind as KindName } from './history-position.ts';

const kinds = {
  CHANGE: {
    description:
      'A change of the card or of what belongs to it, from the change log; not that a note, file or event was made, which is an entry of its own.',
  },
  NOTE: { description: 'A note (notatka), at the time it was made.' },
  ATTACHMENT: { description: 'A file (załącznik), at the time it was added.' },
  EVENT: { description: 'An event or meeting (zdarzenie, spotkanie), at the time it begins.' },
  ORDER: { description: 'An order (zamówienie) in an ERP, at noon of its day.' },
  INVOICE: { description: 'An invoice (faktura) in an ERP, at noon of its day; cancelled ones left out.' },
  PAYMENT: { description: 'A payment (płatność) in an ERP, at noon of its day.' },
} satisfies Record<KindName, unknown>;

export const HistoryKind = Object.fromEntries(Object.keys(kinds).map((name) => [name, name])) as {
  [Name in KindName]: Name;
};

registerEnumType(HistoryKind, {
  name: 'HistoryKind',
  description: "What a line of a client's history is about.",
  valuesConfig: kinds,
});

@ObjectType({
  description:
    "One line of the client's history (historia), newest first: CRM and ERP together. A business day counts as its noon in the company's zone.",
  simpleResolvers: true,
})
export class HistoryEntry {
  @Field(() => DateTimeScalar, { description: 'When it happened, or will.' })
  at!: string;

  @Field(() => HistoryKind, { description: 'What it is about.' })
  kind!: KindName;

  @Field(() => String, {
    description:
      'In a line: the first of a note, the name of a file, the subject of an event, the number of an order or invoice, amount and reference of a payment, what was changed and how.',
  })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who did it, by the name of then; null for what comes from an ERP.',
  })
  actor!: string | null;

  @Field(() => [FieldChange], {
    nullable: true,
    description:
      'Of a change: what it changed; of a new record, every field that has a value. Null for the others.',
  })
  fields!: readonly FieldChange[] | null;
}

@ObjectType({ description: 'A source that could not answer for a page of a history.', simpleResolvers: true })
class HistoryGap {
  @Field(() => HistoryKind, { description: 'What is missing.' })
  kind!: KindName;

  @Field(() => String, {
    nullable: true,
    description:
      "Key of the company whose ERP gave no answer; null where the card's accounts could not be read.",
  })
  company!: string | null;

  @Field(() => String, { description: 'Why: ERP_UNAVAILABLE, ERP_TIMEOUT, ERP_CONTRACT or NOT_OFFERED.' })
  code!: string;
}

export const HistoryConnection = connectionOf(HistoryEntry, 'History', 'entries');
Field(() => [HistoryKind], {
  description:
    'Kinds of which a source could not answer for this page: an ERP that does not answer, or offers nothing of the kind. Ask for the page again to have them; pages after it do not make up for them.',
})(HistoryConnection.prototype, 'missing');
Field(() => [HistoryGap], {
  description: 'What is missing, by company: what the other companies have of the kind is in the page.',
})(HistoryConnection.prototype, 'gaps');

@ObjectType({ description: 'One field of a card as it was.', simpleResolvers: true })
class SnapshotField {
  @Field(() => String, { description: 'The field, by the name it has in the API.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its value then, as text; null: it had none, or it was erased since.',
  })
  value!: string | null;
}

@ObjectType({ description: 'A card as it was, from the change log.', simpleResolvers: true })
export class ClientSnapshot {
  @Field(() => ID, { description: 'Id of the card.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'The time that was asked for.' })
  at!: string;

  @Field(() => Int, { description: 'The version that the card had then.' })
  version!: number;

  @Field(() => [SnapshotField], {
    description: "The card's own fields, set or not, in the order of their names in the API; and deletedAt.",
  })
  fields!: readonly SnapshotField[];
}
