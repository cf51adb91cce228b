import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Address, AddressInput, GivenAddress } from '../../values/address.ts';
import { Email, Flag, IdOf, Phone, TaxId, Text, WishedId } from '../../values/checks.ts';
import { connectionOf } from '../../values/connection.ts';
import { StringFilter } from '../../values/filters.ts';
import { Node, RecordFields } from '../../values/node.type.ts';

@ObjectType({
  implements: [Node, RecordFields],
  description:
    'A recipient (odbiorca): a member of the buying group (grupa zakupowa) that the card stands for.',
  simpleResolvers: true,
})
export class Recipient extends RecordFields {
  @Field(() => Boolean, { description: 'Whether it still belongs to the group.' })
  active!: boolean;

  @Field(() => String, { description: 'Short and unique within the card.' })
  code!: string;

  @Field(() => String, { description: 'Name of the member.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Tax id (NIP), or a foreign VAT id with its country prefix.',
  })
  taxId!: string | null;

  @Field(() => Address, { description: 'Where it is.' })
  address!: Address;

  @Field(() => String, { nullable: true, description: 'Whom to turn to there.' })
  contactName!: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone, E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email!: string | null;

  clientId!: string;
  memberCardId!: string | null;
  deliveryPlaceId!: string | null;
}

export const RecipientConnection = connectionOf(Recipient, 'Recipient', 'recipients');

@InputType({ description: 'Which recipients; all members hold together.' })
export class RecipientFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that still belong to the group, or only those that do not.',
  })
  active?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: the deleted ones instead of the live ones.' })
  deleted?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A fragment of code, name, town or contact.' })
  search?: string | null;

  @Field(() => StringFilter, { nullable: true, description: 'By tax id.' })
  taxId?: StringFilter | null;
}

@InputType({ description: 'A new recipient.' })
export class AddRecipientInput {
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

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it belongs to the group; true when not given.',
  })
  @Flag()
  active?: boolean | null;

  @Field(() => String, { description: 'Short and unique within the card.' })
  @Text({ max: 50, required: true })
  code!: string;

  @Field(() => String, { description: 'Name of the member.' })
  @Text({ max: 400, required: true })
  name!: string;

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

  @Field(() => ID, { nullable: true, description: "The member's own card, where it has one." })
  @IdOf('client')
  memberCardId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Where its goods go: a delivery place of the group's card.",
  })
  @IdOf('place')
  deliveryPlaceId?: string | null;
}
