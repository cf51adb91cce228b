import { Field, ID, InputType, Int } from 'type-graphql';
import { Email, Flag, IdOf, Phone, Text, Version, WishedId } from '../../values/checks.ts';
import { featuresOfInput, FeatureValueInput } from '../../values/feature-value.ts';

@InputType({ description: 'Members that adding and changing a contact have in common.' })
abstract class ContactMembers {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the person still works there; true for a new contact.',
  })
  @Flag()
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: 'First name.' })
  @Text({ max: 100 })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  @Email()
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone; a number without a country code is taken as Polish.',
  })
  @Phone()
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Mobile telephone.' })
  @Phone()
  mobile?: string | null;

  @Field(() => String, { nullable: true, description: 'Position.' })
  @Text({ max: 100 })
  position?: string | null;

  @Field(() => String, { nullable: true, description: 'Department.' })
  @Text({ max: 100 })
  department?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True makes it the card's primary contact, false makes it none; this changes the card's version too.",
  })
  @Flag()
  primary?: boolean | null;

  @Field(() => [FeatureValueInput], { nullable: true, description: featuresOfInput })
  features?: FeatureValueInput[] | null;
}

@InputType({ description: 'A new contact.' })
export class AddContactInput extends ContactMembers {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second record.",
  })
  @WishedId('contact')
  id?: string | null;

  @Field(() => ID, { description: 'The card it belongs to.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => String, { description: 'Last name.' })
  @Text({ max: 100, required: true })
  lastName!: string;
}

@InputType({ description: 'Changes to a contact: members left out stay, null clears.' })
export class UpdateContactInput extends ContactMembers {
  @Field(() => ID, { description: 'The contact.' })
  @IdOf('contact', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  @Text({ max: 100, required: true })
  lastName?: string | null;
}
