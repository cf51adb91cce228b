import { Field, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../../values/connection.ts';
import { Node, RecordFields } from '../../values/node.type.ts';

@ObjectType({
  implements: [Node, RecordFields],
  description: 'What somebody wrote down about a client (notatka).',
  simpleResolvers: true,
})
export class Note extends RecordFields {
  @Field(() => String, { description: 'What it says (treść).' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether it stays on top of the list (przypięta).' })
  pinned!: boolean;

  clientId!: string;
}

export const NoteConnection = connectionOf(Note, 'Note', 'notes');

@InputType({ description: 'Which notes; all members hold together.' })
export class NoteFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: the deleted ones instead of the live ones.' })
  deleted?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those pinned, or only those not.' })
  pinned?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A fragment of the text.' })
  search?: string | null;
}
