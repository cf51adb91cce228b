/** What the filters of every list are made of. All members that are given hold together. */
import { Field, InputType } from 'type-graphql';
import { DateScalar, DateTimeScalar } from './scalars.ts';

@InputType({ description: 'Conditions on a text. All members given hold together.' })
export class StringFilter {
  @Field(() => String, { nullable: true, description: 'Is exactly this.' })
  eq?: string | null;

  @Field(() => [String], { nullable: true, description: 'Is one of these; an empty list matches nothing.' })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Has this somewhere in it.' })
  contains?: string | null;

  @Field(() => String, { nullable: true, description: 'Begins with this.' })
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
