/** A feature's value as callers give it: at creation, in changes, and to setFeatures. What fits which definition is src/features' business. */
import { Field, InputType, Int } from 'type-graphql';
import { DateScalar, DecimalScalar } from './scalars.ts';

@InputType({
  description: "One feature's value: exactly the member for the definition's kind, or clear.",
})
export class FeatureValueInput {
  @Field(() => String, { description: 'Key of the definition.' })
  key!: string;

  @Field(() => String, { nullable: true, description: 'For TEXT, LONG_TEXT and LINK.' })
  text?: string | null;

  @Field(() => Int, { nullable: true, description: 'For INTEGER.' })
  integer?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'For DECIMAL; kept exactly as given.' })
  decimal?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'For BOOLEAN.' })
  boolean?: boolean | null;

  @Field(() => DateScalar, { nullable: true, description: 'For DATE.' })
  date?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Keys of choices: one for CHOICE, one or more for MULTI_CHOICE.',
  })
  choices?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True takes the value away.' })
  clear?: boolean | null;
}

/** Words the member `features` of inputs that make or change a record. */
export const featuresOfInput = 'Features (cechy) to set or clear; those not named stay.';
