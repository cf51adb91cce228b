import { Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../values/connection.ts';
import { Node } from '../values/node.type.ts';

@ObjectType({
  implements: Node,
  description: 'Who works with the cards (użytkownik).',
  simpleResolvers: true,
})
export class User extends Node {
  @Field(() => String, { description: 'First and last name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'E-mail at work.' })
  email!: string | null;

  @Field(() => Boolean, { description: 'Whether the user may still sign in.' })
  active!: boolean;
}

export const UserConnection = connectionOf(User, 'User', 'users');
