import { Field, InputType, ID, Int, ObjectType } from 'type-graphql';
import { Flag, IdOf, Key, Text, Version } from '../values/checks.ts';
import { Node } from '../values/node.type.ts';

@ObjectType({
  implements: Node,
  description: 'A kind of card (typ kartoteki), from the list the administrator keeps.',
  simpleResolvers: true,
})
export class CardType extends Node {
  @Field(() => Int, { description: 'Grows by one with every change; a change states the version it saw.' })
  version!: number;

  @Field(() => String, { description: 'Short and lasting, for programs; unique.' })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether new cards may take it.' })
  active!: boolean;

  @Field(() => Boolean, {
    description: 'Whether several cards of this type may have one tax id, as branches of a firm do.',
  })
  branchesShareTaxId!: boolean;
}

@InputType({ description: 'A new card type.' })
export class DefineCardTypeInput {
  @Field(() => String, { description: 'Short and lasting, for programs; unique.' })
  @Key({ max: 40 })
  key!: string;

  @Field(() => String, { description: 'What people read.' })
  @Text({ max: 100, required: true })
  name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether branches may share a tax id; false when not given.',
  })
  @Flag()
  branchesShareTaxId?: boolean | null;
}

@InputType({ description: 'Changes to a card type; members left out stay as they are.' })
export class UpdateCardTypeInput {
  @Field(() => ID, { description: 'The card type.' })
  @IdOf('cardtype', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'What people read.' })
  @Text({ max: 100, required: true })
  name?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether new cards may take it.' })
  @Flag()
  active?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether several cards of this type may have one tax id.',
  })
  @Flag()
  branchesShareTaxId?: boolean | null;
}
