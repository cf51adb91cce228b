import { Field, ID, InputType } from 'type-graphql';
import { permissions as allPermissions, type Permission } from '../../access/permission.ts';
import { check, isText } from '../../values/check.ts';
import { eachOf, Text, WishedId } from '../../values/checks.ts';
import { DateTimeScalar } from '../../values/scalars.ts';

/** What a key may hold. Whoever has found one must not be able to make another that outlives it. */
export const permissionsOfKeys: readonly Permission[] = allPermissions.filter(
  (name) => name !== 'keys.manage',
);

const Permissions = (): PropertyDecorator => (target, propertyKey) => {
  check([
    {
      code: 'REQUIRED',
      message: 'a key without permissions is of no use',
      holds: (value) => Array.isArray(value) && value.length > 0,
    },
  ])(target, propertyKey);
  eachOf(50, {
    code: 'PERMISSION',
    message: `is no permission for keys: there are ${permissionsOfKeys.join(', ')}`,
    holds: (name) => (permissionsOfKeys as readonly unknown[]).includes(name),
  })(target, propertyKey);
};

const mostDays = 1_826;

const Ending = (): PropertyDecorator =>
  check([
    {
      code: 'PAST',
      message: 'is over already',
      holds: (value) => isText(value) && new Date(value).getTime() > Date.now(),
    },
    {
      code: 'TOO_LATE',
      message: 'must be within five years',
      holds: (value) => isText(value) && new Date(value).getTime() < Date.now() + mostDays * 86_400_000,
    },
  ]);

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
  @Permissions()
  permissions!: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends, at most five years from now; a year from now when not given.',
  })
  @Ending()
  expiresAt?: string | null;
}
