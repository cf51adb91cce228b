import { Field, InputType, ObjectType } from 'type-graphql';
import { Address } from '../../values/address.ts';
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
