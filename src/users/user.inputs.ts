import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Whether somebody may sign in.' })
export class SetUserActiveInput {
  @Field(() => ID, { description: 'The user.' })
  id!: string;

  @Field(() => Boolean, { description: 'False: neither they nor their keys are let in any more.' })
  active!: boolean;
}
