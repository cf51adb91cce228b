import { Field, ID, InputType, Int } from 'type-graphql';
import { AddressInput, GivenAddress } from '../../values/address.ts';
import { Email, Flag, IdOf, Phone, Text, Version, WishedId } from '../../values/checks.ts';
import { featuresOfInput, FeatureValueInput } from '../../values/feature-value.ts';

@InputType({ description: 'Members that adding and changing a delivery place have in common.' })
abstract class DeliveryPlaceMembers {
  @Field(() => Boolean, { nullable: true, description: 'Whether goods go there; true for a new place.' })
  @Flag()
  active?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Who receives the goods there.' })
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

  @Field(() => String, { nullable: true, description: 'When goods are taken in.' })
  @Text({ max: 500, multiline: true })
  openingHours?: string | null;

  @Field(() => String, { nullable: true, description: 'What the driver must know.' })
  @Text({ max: 2000, multiline: true })
  instructions?: string | null;

  @Field(() => [FeatureValueInput], { nullable: true, description: featuresOfInput })
  features?: FeatureValueInput[] | null;
}

@InputType({ description: 'A new delivery place.' })
export class AddDeliveryPlaceInput extends DeliveryPlaceMembers {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second record.",
  })
  @WishedId('place')
  id?: string | null;

  @Field(() => ID, { description: 'The card it belongs to.' })
  @IdOf('client', { required: true })
  clientId!: string;

  @Field(() => String, { description: 'Short and unique within the card.' })
  @Text({ max: 50, required: true })
  code!: string;

  @Field(() => String, { description: 'Name of the place.' })
  @Text({ max: 200, required: true })
  name!: string;

  @Field(() => AddressInput, { description: 'Where it is.' })
  @GivenAddress()
  address!: AddressInput;
}

@InputType({ description: 'Changes to a delivery place: members left out stay, null clears.' })
export class UpdateDeliveryPlaceInput extends DeliveryPlaceMembers {
  @Field(() => ID, { description: 'The delivery place.' })
  @IdOf('place', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'Short and unique within the card.' })
  @Text({ max: 50, required: true })
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the place.' })
  @Text({ max: 200, required: true })
  name?: string | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is.' })
  @GivenAddress()
  address?: AddressInput | null;
}
