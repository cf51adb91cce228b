import { Field, ID, InputType, Int } from 'type-graphql';
import { AddressInput, GivenAddress } from '../../values/address.ts';
import { Email, Flag, IdOf, Phone, TaxId, Text, Version, WishedId } from '../../values/checks.ts';
import { featuresOfInput, FeatureValueInput } from '../../values/feature-value.ts';

@InputType({ description: 'Members that adding and changing a recipient have in common.' })
abstract class RecipientMembers {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it belongs to the group; true for a new recipient.',
  })
  @Flag()
  active?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Tax id: a NIP, or a foreign VAT id with its country prefix.',
  })
  @TaxId()
  taxId?: string | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is.' })
  @GivenAddress()
  address?: AddressInput | null;

  @Field(() => String, { nullable: true, description: 'Whom to turn to there.' })
  @Text({ max: 200 })
  contactName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone; a number without a country code is taken as Polish.',
  })
  @Phone()
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  @Email()
  email?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "The member's own card, where it has one; not the card of the group itself.",
  })
  @IdOf('client')
  memberCardId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Where its goods go: a delivery place of the group's card.",
  })
  @IdOf('place')
  deliveryPlaceId?: string | null;

  @Field(() => [FeatureValueInput], { nullable: true, description: featuresOfInput })
  features?: FeatureValueInput[] | null;
}

@InputType({ description: 'A new recipient.' })
export class AddRecipientInput extends RecipientMembers {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second record.",
  })
  @WishedId('recipient')
  id?: string | null;

  @Field(() => ID, { description: 'The card of the buying group.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => String, { description: 'Short and unique within the card.' })
  @Text({ max: 50, required: true })
  code!: string;

  @Field(() => String, { description: 'Name of the member.' })
  @Text({ max: 400, required: true })
  name!: string;
}

@InputType({ description: 'Changes to a recipient: members left out stay, null clears.' })
export class UpdateRecipientInput extends RecipientMembers {
  @Field(() => ID, { description: 'The recipient.' })
  @IdOf('recipient', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'Short and unique within the card.' })
  @Text({ max: 50, required: true })
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the member.' })
  @Text({ max: 400, required: true })
  name?: string | null;
}
