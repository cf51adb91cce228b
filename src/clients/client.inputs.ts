import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { AddressInput, GivenAddress } from '../values/address.ts';
import {
  Email,
  Flag,
  IdOf,
  IdsOf,
  Phone,
  Regon,
  TaxId,
  Text,
  Version,
  Website,
  WishedId,
} from '../values/checks.ts';
import { featuresOfInput, FeatureValueInput } from '../values/feature-value.ts';

export enum ClientOrderField {
  SHORT_NAME = 'SHORT_NAME',
  CODE = 'CODE',
  CITY = 'CITY',
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  FEATURE = 'FEATURE',
  RELEVANCE = 'RELEVANCE',
}

registerEnumType(ClientOrderField, {
  name: 'ClientOrderField',
  description: 'What lists of clients can be sorted by.',
  valuesConfig: {
    SHORT_NAME: { description: 'Short name, as Polish dictionaries sort.' },
    CODE: { description: 'Code (akronim).' },
    CITY: { description: 'Town of the seat; cards without one come last when ascending.' },
    CREATED_AT: { description: 'When the card was made.' },
    UPDATED_AT: { description: 'When the card was last changed.' },
    FEATURE: {
      description:
        'The feature named by featureKey; cards without a value come last either way. Choices sort as they are listed; LONG_TEXT and MULTI_CHOICE have no order.',
    },
    RELEVANCE: { description: 'How well the card fits the search, best first; only with `search`.' },
  },
});

export enum Direction {
  ASC = 'ASC',
  DESC = 'DESC',
}

registerEnumType(Direction, {
  name: 'Direction',
  description: 'Which way to sort.',
  valuesConfig: {
    ASC: { description: 'From small to large, A to Ż.' },
    DESC: { description: 'From large to small, Ż to A.' },
  },
});

@InputType({ description: 'One sort key; several sort one within another.' })
export class ClientOrderBy {
  @Field(() => ClientOrderField, { description: 'What to sort by.' })
  field!: ClientOrderField;

  @Field(() => Direction, { nullable: true, description: 'Ascending when not given.' })
  direction?: Direction | null;

  @Field(() => String, { nullable: true, description: 'Key of the feature, for FEATURE.' })
  featureKey?: string | null;
}

const mostColleagues = 50;

/** The members that creating and changing a card have in common. */
@InputType({ description: 'Members that creating and changing a card have in common.' })
abstract class ClientMembers {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the firm still deals with the client; true for a new card.',
  })
  @Flag()
  active?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Tax id: a NIP with or without dashes and PL, or a foreign VAT id with its country prefix.',
  })
  @TaxId()
  taxId?: string | null;

  @Field(() => String, { nullable: true, description: 'REGON of 9 or 14 digits.' })
  @Regon()
  regon?: string | null;

  @Field(() => AddressInput, { nullable: true, description: 'Address of the seat.' })
  @GivenAddress()
  address?: AddressInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone; a number without a country code is taken as Polish.',
  })
  @Phone()
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Mobile telephone.' })
  @Phone()
  mobile?: string | null;

  @Field(() => String, { nullable: true, description: 'Fax.' })
  @Phone()
  fax?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail of the firm.' })
  @Email()
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Web address.' })
  @Website()
  website?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who looks after the client (opiekun).' })
  @IdOf('user')
  accountManagerId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Colleagues the card is shared with beside the account manager, at most 50: whoever sees only their own cards sees it too. The whole list; an empty one and null share it with nobody.',
  })
  @IdsOf('user', { max: mostColleagues })
  sharedWithIds?: string[] | null;

  @Field(() => [FeatureValueInput], { nullable: true, description: featuresOfInput })
  features?: FeatureValueInput[] | null;
}

@InputType({ description: 'A new card.' })
export class CreateClientInput extends ClientMembers {
  @Field(() => ID, {
    nullable: true,
    description:
      "A UUID of the caller's making: repeating the call then gives DUPLICATE, never a second card.",
  })
  @WishedId('client')
  id?: string | null;

  @Field(() => String, { description: 'Short and unique (akronim).' })
  @Text({ max: 50, required: true })
  code!: string;

  @Field(() => String, { description: 'Key of the card type.' })
  @Text({ max: 40, required: true })
  cardType!: string;

  @Field(() => String, { description: 'Short name.' })
  @Text({ max: 100, required: true })
  shortName!: string;

  @Field(() => String, { description: 'Name as registered.' })
  @Text({ max: 400, required: true })
  fullName!: string;
}

@InputType({ description: 'Changes to a card: members left out stay, null clears.' })
export class UpdateClientInput extends ClientMembers {
  @Field(() => ID, { description: 'The card.' })
  @IdOf('client', { required: true })
  id!: string;

  @Field(() => Int, { description: 'The version this change was made upon.' })
  @Version()
  version!: number;

  @Field(() => String, { nullable: true, description: 'Short and unique (akronim).' })
  @Text({ max: 50, required: true })
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'Key of the card type.' })
  @Text({ max: 40, required: true })
  cardType?: string | null;

  @Field(() => String, { nullable: true, description: 'Short name.' })
  @Text({ max: 100, required: true })
  shortName?: string | null;

  @Field(() => String, { nullable: true, description: 'Name as registered.' })
  @Text({ max: 400, required: true })
  fullName?: string | null;

  @Field(() => ID, { nullable: true, description: "The primary contact, one of the card's own." })
  @IdOf('contact')
  primaryContactId?: string | null;
}
