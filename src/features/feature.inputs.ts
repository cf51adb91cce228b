import { Field, ID, InputType, Int } from 'type-graphql';
import { AnyId, Version } from '../values/checks.ts';
import { FeatureValueInput } from '../values/feature-value.ts';

@InputType({ description: 'Features of one record to set and clear; those not named stay.' })
export class SetFeaturesInput {
  @Field(() => ID, { description: 'The record.' })
  @AnyId()
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => [FeatureValueInput], { description: 'At most 200, each feature once.' })
  values!: FeatureValueInput[];
}
