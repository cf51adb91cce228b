import { Field, InputType, ObjectType } from 'type-graphql';
import { Address } from '../../values/address.ts';
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
