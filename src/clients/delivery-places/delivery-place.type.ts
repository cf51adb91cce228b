import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Address, AddressInput, GivenAddress } from '../../values/address.ts';
import { Email, Flag, IdOf, Phone, Text, WishedId } from '../../values/checks.ts';
import { connectionOf } from '../../values/connection.ts';
import { StringFilter } from '../../values/filters.ts';
import { Node, RecordFields } from '../../values/node.type.ts';

@ObjectType({
  implements: [Node, RecordFields],
  description: 'Where goods are delivered (miejsce dostawy).',
  simpleResolvers: true,
})
export class DeliveryPlace extends RecordFields {
  @Field(() => Boolean, { description: 'Whether goods still go there.' })
  active!: boolean;

  @Field(() => String, { description: 'Short and unique within the card.' })
  code!: string;

  @Field(() => String, { description: 'Name of the place.' })
  name!: string;

  @Field(() => Address, { description: 'Where it is.' })
  address!: Address;

  @Field(() => String, { nullable: true, description: 'Who receives the goods there.' })
  contactName!: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone, E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'When goods are taken in (godziny przyjęć).' })
  openingHours!: string | null;

  @Field(() => String, { nullable: true, description: 'What the driver must know (uwagi dla kierowcy).' })
  instructions!: string | null;

  clientId!: string;
}

export const DeliveryPlaceConnection = connectionOf(DeliveryPlace, 'DeliveryPlace', 'delivery places');

@InputType({ description: 'Which delivery places; all members hold together.' })
export class DeliveryPlaceFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those goods still go to, or only those they do not.',
  })
  active?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'True: the deleted ones instead of the live ones.' })
  deleted?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A fragment of code, name, street, town or contact.' })
  search?: string | null;

  @Field(() => StringFilter, { nullable: true, description: 'By town.' })
  city?: StringFilter | null;
}

@InputType({ description: 'A new delivery place.' })
export class AddDeliveryPlaceInput {
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

  @Field(() => Boolean, { nullable: true, description: 'Whether goods go there; true when not given.' })
  @Flag()
  active?: boolean | null;

  @Field(() => String, { description: 'Short and unique within the card.' })
  @Text({ max: 50, required: true })
  code!: string;

  @Field(() => String, { description: 'Name of the place.' })
  @Text({ max: 200, required: true })
  name!: string;

  @Field(() => AddressInput, { description: 'Where it is.' })
  @GivenAddress()
  address!: AddressInput;

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
}
