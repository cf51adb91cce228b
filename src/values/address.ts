/** A postal address as cards, delivery places, recipients and ERP customers have it. */
import { Field, InputType, ObjectType } from 'type-graphql';
import { InputRejected } from '../errors.ts';
import { changedText } from './changed.ts';
import type { Rule } from './check.ts';
import { Country, isPostalCode, Nested, PostalCode, postalCodeProblem, Text } from './checks.ts';

@ObjectType({ description: 'A postal address (adres).', simpleResolvers: true })
export class Address {
  @Field(() => String, { nullable: true, description: 'Street with number (ulica i numer).' })
  street!: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code (kod pocztowy).' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'Town (miejscowość).' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2, e.g. PL.' })
  country!: string | null;
}

@InputType({ description: 'A postal address; in a change, members left out stay and null clears.' })
export class AddressInput {
  @Field(() => String, { nullable: true, description: 'Street with number (ulica i numer).' })
  @Text({ max: 200 })
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code (kod pocztowy); NN-NNN in Poland.' })
  @PostalCode()
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Town (miejscowość).' })
  @Text({ max: 100 })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2, e.g. PL.' })
  @Country()
  country?: string | null;
}

const fits = ({ postalCode, country }: AddressInput): boolean =>
  !postalCode?.trim() || isPostalCode(postalCode, country?.trim() || null);

/** A new record's address is whole; a change's is laid over what was there, and looked at then. */
const wholeAddress: Rule = {
  ...postalCodeProblem,
  member: 'postalCode',
  holds: (address, owner) =>
    'version' in owner ||
    !(address instanceof AddressInput) ||
    address.country !== undefined ||
    fits(address),
};

/** The address of an input. */
export const GivenAddress = (): PropertyDecorator => Nested([wholeAddress]);

/** The four columns every table with an address has. */
export interface AddressColumns {
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
}

export const noAddress: AddressColumns = { street: null, postalCode: null, city: null, country: null };

/**
 * The address after a change: members left out stay, null and blanks clear, null as a whole clears all. Throws InputRejected with code POSTAL_CODE where
 * the change leaves a postal code that is none of the country's.
 */
export function changedAddress(
  before: AddressColumns,
  given: AddressInput | null | undefined,
): AddressColumns {
  if (given === null) return noAddress;
  const after = {
    street: changedText(given?.street, before.street),
    postalCode: changedText(given?.postalCode, before.postalCode),
    city: changedText(given?.city, before.city),
    country: changedText(given?.country, before.country),
  };
  const touched = after.postalCode !== before.postalCode || after.country !== before.country;
  if (touched && !fits(after))
    throw new InputRejected([{ path: 'input.address.postalCode', ...postalCodeProblem }]);
  return after;
}

/** How the change log names an address's members. */
export const tracedAddress = {
  'address.street': ({ street }: AddressColumns) => street,
  'address.postalCode': ({ postalCode }: AddressColumns) => postalCode,
  'address.city': ({ city }: AddressColumns) => city,
  'address.country': ({ country }: AddressColumns) => country,
};
