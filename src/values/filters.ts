/** What the filters of every list are made of. All members that are given hold together. */
import { Field, InputType } from 'type-graphql';
import { DateScalar, DateTimeScalar, DecimalScalar } from './scalars.ts';

@InputType({
  description:
    "Conditions on a text. All members given hold together. On records of the CRM letter case is set aside, and in `contains` and `startsWith` accents too, so that `lodz` is found in Łódź; on records of an ERP both are as that ERP's database compares texts.",
})
export class StringFilter {
  @Field(() => String, { nullable: true, description: 'Is this, letter case aside.' })
  eq?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Is one of these, letter case aside; an empty list matches nothing.',
  })
  in?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Has this somewhere in it, letter case and accents aside.',
  })
  contains?: string | null;

  @Field(() => String, { nullable: true, description: 'Begins with this, letter case and accents aside.' })
  startsWith?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: has no value; false: has one.' })
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on a day. All members given hold together.' })
export class DateFilter {
  @Field(() => DateScalar, { nullable: true, description: 'Is this day.' })
  eq?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Is this day or later.' })
  gte?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Is before this day.' })
  lt?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: has no value; false: has one.' })
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on an instant. All members given hold together.' })
export class DateTimeFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Is this instant or later.' })
  gte?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Is before this instant.' })
  lt?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: has no value; false: has one.' })
  isNull?: boolean | null;
}

@InputType({ description: 'Conditions on an exact number. All members given hold together.' })
export class DecimalFilter {
  @Field(() => DecimalScalar, { nullable: true, description: 'Is this number, whatever its places.' })
  eq?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Is this number or more.' })
  gte?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Is this number or less.' })
  lte?: string | null;
}

@InputType({
  description:
    'Conditions on one feature (cecha). All members given hold together; with none but the key: has a value. Only records that have this feature at all are meant, also by isSet: false.',
})
export class FeatureFilter {
  @Field(() => String, { description: 'Key of the definition; a retired one will do.' })
  key!: string;

  @Field(() => Boolean, { nullable: true, description: 'true: has a value; false: has none.' })
  isSet?: boolean | null;

  @Field(() => StringFilter, { nullable: true, description: 'For TEXT, LONG_TEXT and LINK.' })
  text?: StringFilter | null;

  @Field(() => DecimalFilter, { nullable: true, description: 'For INTEGER.' })
  integer?: DecimalFilter | null;

  @Field(() => DecimalFilter, { nullable: true, description: 'For DECIMAL.' })
  decimal?: DecimalFilter | null;

  @Field(() => Boolean, { nullable: true, description: 'For BOOLEAN.' })
  boolean?: boolean | null;

  @Field(() => DateFilter, { nullable: true, description: 'For DATE.' })
  date?: DateFilter | null;

  @Field(() => [String], {
    nullable: true,
    description: 'For CHOICE and MULTI_CHOICE: has at least one of these. An empty list matches nothing.',
  })
  choices?: string[] | null;
}
