import { Field, Int, ObjectType, InputType } from 'type-graphql';
import { connectionOf } from '../../values/connection.ts';
import { Node } from '../../values/node.type.ts';
import { DateTimeScalar } from '../../values/scalars.ts';

@ObjectType({
  implements: Node,
  description: 'A key by which a program asks (klucz API). The key itself is told once, when it is made.',
})
export class ApiKey extends Node {
  @Field(() => Int, {
    description: 'Grows by one with every change; revoking states the version it saw.',
    simple: true,
  })
  version!: number;

  @Field(() => String, { description: 'What it is for.', simple: true })
  name!: string;

  @Field(() => String, { description: 'What the key has after ktk_, to recognise it by.', simple: true })
  prefix!: string;

  @Field(() => [String], {
    description: 'What it permits, as far as its maker is permitted the same.',
    simple: true,
  })
  permissions!: readonly string[];

  @Field(() => DateTimeScalar, { description: 'When it was made.', simple: true })
  createdAt!: string;

  @Field(() => String, { description: 'Who made it, by the name of then.', simple: true })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: 'From when on it is refused.', simple: true })
  expiresAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last used, to about a minute; null: never.',
    simple: true,
  })
  lastUsedAt!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was revoked; null while it is not.',
    simple: true,
  })
  revokedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Who revoked it.', simple: true })
  revokedBy!: string | null;
}

@ObjectType({ description: 'A key just made, told this once.', simpleResolvers: true })
export class NewApiKey {
  @Field(() => ApiKey, { description: 'What is kept of it.' })
  apiKey!: ApiKey;

  @Field(() => String, {
    description: 'The key itself, for the header Authorization: Bearer. Nobody can tell it again.',
  })
  secret!: string;
}

@InputType({ description: 'Which keys.' })
export class ApiKeyFilter {
  @Field(() => Boolean, { nullable: true, description: 'Revoked ones instead of those that are not.' })
  revoked?: boolean | null;
}

export const ApiKeyConnection = connectionOf(ApiKey, 'ApiKey', 'keys for programs');
