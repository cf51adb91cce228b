import { Field, ID, InputType, Int } from 'type-graphql';
import { IdOf, NotBefore, NotCleared, Text, Version, WishedId } from '../../values/checks.ts';
import { featuresOfInput, FeatureValueInput } from '../../values/feature-value.ts';
import { DateScalar } from '../../values/scalars.ts';
import { AttachmentCategory } from './attachment.type.ts';

@InputType({ description: 'Members that adding and changing an attachment have in common.' })
abstract class AttachmentMembers {
  @Field(() => String, { nullable: true, description: 'In words.' })
  @Text({ max: 2_000, multiline: true })
  description?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it holds.' })
  validFrom?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Last day on which it holds; not before the first one.',
  })
  @NotBefore('validFrom')
  validUntil?: string | null;

  @Field(() => [FeatureValueInput], { nullable: true, description: featuresOfInput })
  features?: FeatureValueInput[] | null;
}

@InputType({ description: 'A new attachment.' })
export class AddAttachmentInput extends AttachmentMembers {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second record.",
  })
  @WishedId('attachment')
  id?: string | null;

  @Field(() => ID, { description: 'The card it belongs to.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => AttachmentCategory, { description: 'What it is about.' })
  category!: AttachmentCategory;
}

@InputType({ description: 'Changes to an attachment, its file aside: members left out stay, null clears.' })
export class UpdateAttachmentInput extends AttachmentMembers {
  @Field(() => ID, { description: 'The attachment.' })
  @IdOf('attachment', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => AttachmentCategory, { nullable: true, description: 'What it is about; cannot be cleared.' })
  @NotCleared()
  category?: AttachmentCategory | null;
}
