/** Customers of an ERP as callers see them. What joins one to its card is added elsewhere. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Address } from '../../values/address.ts';
import { Money } from '../../values/money.ts';
import { ErpCompany } from '../company.type.ts';
import { erpConnectionOf } from '../connection.type.ts';

@ObjectType({ description: 'A customer (kontrahent) as one ERP knows it.', simpleResolvers: true })
export class ErpCustomer {
  @Field(() => ErpCompany, { description: 'Whose ERP it is in.' })
  company!: ErpCompany;

  @Field(() => String, { description: "The ERP's own key of it, as text." })
  customerId!: string;

  @Field(() => String, { description: 'Its symbol there (akronim).' })
  code!: string;

  @Field(() => String, { description: 'Its name there.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Tax id (NIP) as the ERP has it, dashes and prefix included.',
  })
  taxId!: string | null;

  @Field(() => Address, { description: 'Its address there.' })
  address!: Address;

  @Field(() => String, { nullable: true, description: 'Electronic mail address.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone.' })
  phone!: string | null;

  @Field(() => Money, {
    nullable: true,
    description: 'Credit limit (limit kredytowy); null where none is kept.',
  })
  creditLimit!: Money | null;

  @Field(() => Int, { nullable: true, description: 'Days it has to pay (termin płatności).' })
  paymentDays!: number | null;

  @Field(() => Boolean, { description: 'Whether sales to it are blocked (blokada).' })
  blocked!: boolean;
}

export const ErpCustomerConnection = erpConnectionOf(
  ErpCustomer,
  'ErpCustomer',
  'ERP customers (kontrahenci)',
);
