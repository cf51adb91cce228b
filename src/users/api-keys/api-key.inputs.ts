import { Field, ID, InputType } from 'type-graphql';
import { Text, WishedId } from '../../values/checks.ts';
import { DateTimeScalar } from '../../values/scalars.ts';

@InputType({ description: 'A new key for a program.' })
export class CreateApiKeyInput {
  @Field(() => ID, {
    nullable: true,
    description: 'A UUID of your making: repeating the call then makes no second key, nor tells the first.',
  })
  @WishedId('apikey')
  id?: string | null;

  @Field(() => String, { description: 'What it is for; the change log tells it as who did something.' })
  @Text({ max: 100, required: true })
  name!: string;

  @Field(() => [String], {
    description: 'What it permits, as clients.read: nothing that its maker is not permitted.',
  })
  permissions!: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends, at most five years from now; a year from now when not given.',
  })
  expiresAt?: string | null;
}
