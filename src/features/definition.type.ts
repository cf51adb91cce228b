import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RecordType } from '../changes/record-type.ts';
import { Node } from '../values/node.type.ts';
import { DateScalar, DecimalScalar } from '../values/scalars.ts';
import { FeatureKind } from './feature-kind.ts';

registerEnumType(FeatureKind, {
  name: 'FeatureKind',
  description: "What a feature's value can be (rodzaj cechy). It never changes.",
  valuesConfig: {
    TEXT: { description: 'A line of text, up to 500 characters.' },
    LONG_TEXT: { description: 'Text of several lines, up to 20,000 characters.' },
    INTEGER: { description: 'A whole number of 32 bits.' },
    DECIMAL: { description: 'An exact decimal number.' },
    BOOLEAN: { description: 'Yes or no.' },
    DATE: { description: 'A calendar day.' },
    CHOICE: { description: 'One of the choices.' },
    MULTI_CHOICE: { description: 'One or more of the choices.' },
    LINK: { description: 'A web address, http or https, up to 500 characters.' },
  },
});

@ObjectType({ description: 'One of the values to choose from (wartość słownika).', simpleResolvers: true })
export class FeatureChoice {
  @Field(() => String, { description: 'Lasting, for programs; unique within the definition.' })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  name!: string;

  @Field(() => Boolean, { description: 'No longer offered; records that have it keep it.' })
  retired!: boolean;
}

@ObjectType({
  implements: Node,
  description: 'A feature (cecha) that the administrator has defined for a type of record.',
  simpleResolvers: true,
})
export class FeatureDefinition extends Node {
  @Field(() => Int, { description: 'Grows by one with every change; a change states the version it saw.' })
  version!: number;

  @Field(() => String, {
    description: 'Short and lasting, for programs; unique within the type of record, letter case aside.',
  })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for, and how to fill it in.' })
  description!: string | null;

  @Field(() => RecordType, { description: 'The type of record it is for.' })
  recordType!: RecordType;

  @Field(() => FeatureKind, { description: 'What its value can be.' })
  kind!: FeatureKind;

  @Field(() => String, { nullable: true, description: 'Heading it stands under (grupa cech).' })
  group!: string | null;

  @Field(() => Int, { description: 'Place within its group, small ones first.' })
  position!: number;

  @Field(() => Boolean, {
    description: 'Whether a record must have it; enforced when a record is made or next changed.',
  })
  required!: boolean;

  @Field(() => String, { nullable: true, description: 'Unit of the number (jednostka), e.g. "dni".' })
  unit!: string | null;

  @Field(() => [FeatureChoice], { description: 'What can be chosen, in order; empty for the other kinds.' })
  choices!: FeatureChoice[];

  @Field(() => DecimalScalar, { nullable: true, description: 'Least number that may be set.' })
  minimum!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Largest number that may be set.' })
  maximum!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Regular expression (as PostgreSQL has them) that a text must match as a whole. Values set before it was changed stay.',
  })
  pattern!: string | null;

  @Field(() => Boolean, {
    description: 'No longer offered, set or required; records that have it show it, and it can be cleared.',
  })
  retired!: boolean;

  cardTypeIds!: string[];
}

@ObjectType({
  description:
    "One definition with this record's value: exactly the member for its kind is set, or none. text serves TEXT, LONG_TEXT and LINK.",
  simpleResolvers: true,
})
export class Feature {
  @Field(() => FeatureDefinition, { description: 'What it is.' })
  definition!: FeatureDefinition;

  @Field(() => Boolean, { description: 'Whether this record has a value.' })
  isSet!: boolean;

  @Field(() => String, { nullable: true, description: 'Of TEXT, LONG_TEXT and LINK.' })
  text!: string | null;

  @Field(() => Int, { nullable: true, description: 'Of INTEGER.' })
  integer!: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Of DECIMAL, exactly as it was set.' })
  decimal!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Of BOOLEAN.' })
  boolean!: boolean | null;

  @Field(() => DateScalar, { nullable: true, description: 'Of DATE.' })
  date!: string | null;

  @Field(() => [FeatureChoice], {
    nullable: true,
    description: 'Of CHOICE, which has one, and MULTI_CHOICE.',
  })
  choices!: FeatureChoice[] | null;
}
