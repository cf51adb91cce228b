import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../values/connection.ts';
import { DateTimeScalar } from '../values/scalars.ts';
import type { ChangeAction as ActionName, FieldStep } from './change.entity.ts';
import { RecordType } from './record-type.ts';

/** Enums by name: their values are the change log's words. */
const namesOf = <Name extends string>(described: Readonly<Record<Name, unknown>>) =>
  Object.fromEntries(Object.keys(described).map((name) => [name, name])) as { [Key in Name]: Key };

registerEnumType(RecordType, {
  name: 'RecordType',
  description: 'What a record of the CRM is.',
  valuesConfig: {
    CLIENT: { description: 'A card (kartoteka klienta).' },
    CONTACT: { description: 'A person at a client (osoba kontaktowa).' },
    DELIVERY_PLACE: { description: 'A place of delivery (miejsce dostawy).' },
    RECIPIENT: { description: 'A member of a buying group (odbiorca).' },
    NOTE: { description: 'A note (notatka).' },
    ATTACHMENT: { description: 'A file with a card (załącznik).' },
    EVENT: { description: 'An event or meeting (zdarzenie, spotkanie).' },
    FEATURE_DEFINITION: { description: 'A definition of a feature (definicja cechy).' },
    CARD_TYPE: { description: 'A kind of card (typ kartoteki).' },
    ERP_ACCOUNT: { description: 'A link of a card to a customer of an ERP (konto w systemie ERP).' },
    REPORT: { description: 'A report (raport).' },
    USER: { description: 'Who works with the cards, with the roles that the login tells (użytkownik).' },
    API_KEY: { description: 'A key for programs (klucz API).' },
    EXPORT: { description: 'Whole sets of records taken out (eksport).' },
    SIGN_IN: { description: 'A refused attempt to sign in (odrzucone logowanie).' },
  },
});

const actions = {
  CREATED: { description: 'It was made.' },
  UPDATED: { description: 'Fields of it were changed.' },
  DELETED: { description: 'It was deleted; an ERP account: unlinked.' },
  RESTORED: { description: 'Its deletion was undone.' },
  MERGED: {
    description: 'Cards were made one: it moved to another card, names another, or is one of the cards.',
  },
  UNMERGED: { description: 'That was undone.' },
  EXPORTED: { description: 'Records were taken out, as the fields tell: which, and in what form.' },
  REFUSED: { description: 'An attempt to sign in was turned away.' },
  ERASED: {
    description:
      "A person's data was erased for good, from it and from the change log: copies must forget it, too.",
  },
} satisfies Record<ActionName, unknown>;

const ChangeAction = namesOf(actions);
registerEnumType(ChangeAction, {
  name: 'ChangeAction',
  description: 'What was done to a record.',
  valuesConfig: actions,
});

@ObjectType({ description: 'One field of a record before and after a change.', simpleResolvers: true })
export class FieldChange {
  @Field(() => String, { description: 'The field, by the name it has in the API.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its value before, as text; null: it had none.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'Its value after, as text; null: it has none.' })
  after!: string | null;
}

@ObjectType({
  description: 'One change of one record (zmiana), from the change log.',
  simpleResolvers: true,
})
export class Change {
  @Field(() => String, {
    description: 'Its place in the feed, which never changes: give it as `after` to go on from here.',
  })
  position!: string;

  @Field(() => DateTimeScalar, {
    description: 'When it was written. Writers overlap, so this does not always grow with the position.',
  })
  at!: string;

  @Field(() => String, { description: 'Who did it, by the name of then.' })
  actor!: string;

  @Field(() => RecordType, { description: 'What was changed.' })
  recordType!: RecordType;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The card it belongs to, a card itself included; null for what belongs to none.',
  })
  clientId!: string | null;

  @Field(() => ChangeAction, { description: 'What was done.' })
  action!: ActionName;

  @Field(() => Int, { description: 'The version the record has since.' })
  version!: number;

  @Field(() => [FieldChange], { description: 'What changed; of a new record, every field that has a value.' })
  fields!: readonly FieldStep[];
}

export const ChangeConnection = connectionOf(Change, 'Change', 'changes');
