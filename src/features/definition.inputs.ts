import { Field, ID, InputType, Int } from 'type-graphql';
import { RecordType } from '../changes/record-type.ts';
import { Flag, IdOf, Key, KeysOf, Nested, NotCleared, Text, Version } from '../values/checks.ts';
import { DecimalScalar } from '../values/scalars.ts';
import { FeatureKind } from './feature-kind.ts';

@InputType({ description: 'One of the values to choose from.' })
export class FeatureChoiceInput {
  @Field(() => String, { description: 'Lasting, for programs; unique within the definition.' })
  @Key({
    max: 60,
    form: /^[\p{L}\p{N}][\p{L}\p{N}_.+-]*$/u,
    message: 'must be letters, digits and _ . + -, beginning with a letter or digit',
  })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  @Text({ max: 100, required: true })
  name!: string;

  @Field(() => Boolean, { nullable: true, description: 'No longer offered; false when not given.' })
  retired?: boolean | null;
}

@InputType({ description: 'Members that defining and changing a feature have in common.' })
abstract class FeatureMembers {
  @Field(() => String, { nullable: true, description: 'What it is for, and how to fill it in.' })
  @Text({ max: 2000, multiline: true })
  description?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Keys of the card types it is for, for features of clients; none: all.',
  })
  @KeysOf('card type', { max: 200 })
  cardTypes?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Heading it stands under.' })
  @Text({ max: 100 })
  group?: string | null;

  @Field(() => Int, { nullable: true, description: 'Place within its group; a new one comes last.' })
  @NotCleared()
  position?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a record must have it; false for a new one.',
  })
  @Flag()
  required?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Unit, for INTEGER and DECIMAL.' })
  @Text({ max: 30 })
  unit?: string | null;

  @Field(() => [FeatureChoiceInput], {
    nullable: true,
    description: 'What can be chosen, in order, for CHOICE and MULTI_CHOICE. In a change: all of them.',
  })
  @Nested()
  choices?: FeatureChoiceInput[] | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Least number, for INTEGER and DECIMAL.' })
  minimum?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Largest number, for INTEGER and DECIMAL.' })
  maximum?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Regular expression (as PostgreSQL has them, without back references) that the whole text must match, for TEXT and LINK.',
  })
  @Text({ max: 200 })
  pattern?: string | null;
}

@InputType({ description: 'A new feature.' })
export class DefineFeatureInput extends FeatureMembers {
  @Field(() => String, { description: 'Short and lasting, for programs; unique within the type of record.' })
  @Key({
    max: 60,
    form: /^[A-Za-z][A-Za-z0-9_-]*$/,
    message: 'must be letters a to z, digits, _ and -, beginning with a letter',
  })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  @Text({ max: 100, required: true })
  name!: string;

  @Field(() => RecordType, { description: 'The type of record it is for.' })
  recordType!: RecordType;

  @Field(() => FeatureKind, { description: 'What its value can be; it cannot be changed later.' })
  kind!: FeatureKind;
}

@InputType({
  description:
    'Changes to a feature: members left out stay, null clears. What records have already stays as it is, whatever is narrowed here.',
})
export class UpdateFeatureDefinitionInput extends FeatureMembers {
  @Field(() => ID, { description: 'The definition.' })
  @IdOf('feature', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'What people read.' })
  @Text({ max: 100, required: true })
  name?: string | null;

  @Field(() => FeatureKind, {
    nullable: true,
    description: 'What it is already; another kind is refused, as values are kept in the form of theirs.',
  })
  @NotCleared()
  kind?: FeatureKind | null;

  @Field(() => Boolean, { nullable: true, description: 'True takes it out of use; false brings it back.' })
  @Flag()
  retired?: boolean | null;
}
