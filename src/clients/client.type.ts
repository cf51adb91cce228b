import { Field, ObjectType } from 'type-graphql';
import { Address } from '../values/address.ts';
import { connectionOf } from '../values/connection.ts';
import { Node, RecordFields } from '../values/node.type.ts';

@ObjectType({
  implements: [Node, RecordFields],
  description: 'A client (klient, kontrahent): the card (kartoteka) with everything the firm knows of it.',
  simpleResolvers: true,
})
export class Client extends RecordFields {
  @Field(() => String, { description: 'Short and unique (akronim).' })
  code!: string;

  @Field(() => Boolean, { description: 'Whether the firm still deals with the client.' })
  active!: boolean;

  @Field(() => String, { description: 'Short name (nazwa skrócona).' })
  shortName!: string;

  @Field(() => String, { description: 'Name as registered (pełna nazwa).' })
  fullName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Tax id (NIP), ten digits; a foreign VAT id with its country prefix.',
  })
  taxId!: string | null;

  @Field(() => String, { nullable: true, description: 'Statistical number (REGON), 9 or 14 digits.' })
  regon!: string | null;

  @Field(() => Address, { description: 'Address of the seat (adres siedziby).' })
  address!: Address;

  @Field(() => String, { nullable: true, description: 'Telephone (telefon), E.164.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Mobile telephone (telefon komórkowy), E.164.' })
  mobile!: string | null;

  @Field(() => String, { nullable: true, description: 'Fax (faks), E.164.' })
  fax!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail of the firm.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Web address (strona WWW).' })
  website!: string | null;

  /** Ids of related records, for the loaders of the fields that lead to them. */
  cardTypeId!: string;
  primaryContactId!: string | null;
  accountManagerId!: string | null;
  mergedIntoId!: string | null;
}

export const ClientConnection = connectionOf(Client, 'Client', 'clients');
