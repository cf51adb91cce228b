import { Field, ID, InputType, Int } from 'type-graphql';
import { Flag, IdOf, Text, Version, WishedId } from '../../values/checks.ts';

const maxText = 20_000;

@InputType({ description: 'A new note.' })
export class AddNoteInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second record.",
  })
  @WishedId('note')
  id?: string | null;

  @Field(() => ID, { description: 'The card it belongs to.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => String, { description: 'What it says, at most 20,000 characters; lines are kept.' })
  @Text({ max: maxText, required: true, multiline: true })
  text!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it stays on top; false when not given.' })
  @Flag()
  pinned?: boolean | null;
}

@InputType({ description: 'Changes to a note: members left out stay.' })
export class UpdateNoteInput {
  @Field(() => ID, { description: 'The note.' })
  @IdOf('note', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'What it says, at most 20,000 characters.' })
  @Text({ max: maxText, required: true, multiline: true })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it stays on top.' })
  @Flag()
  pinned?: boolean | null;
}
