import { Field, ID, InputType, Int } from 'type-graphql';
import { AnyId, Version } from './checks.ts';

@InputType({ description: 'A record and the version of it that the caller saw.' })
export class VersionedId {
  @Field(() => ID, { description: 'The record.' })
  @AnyId()
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;
}
