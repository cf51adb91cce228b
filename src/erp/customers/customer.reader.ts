/** What ERP customers are read from: kartoteka.customer. */
import { bit, key, money, optional, record, text, whole } from '../columns.ts';
import type { Company } from '../companies.ts';
import type { Declaration, RelatedRow } from '../related-read.ts';

const fields = record({
  customerId: key('customer_id'),
  code: text('code'),
  name: text('name'),
  taxId: optional(text('tax_id')),
  address: record({
    street: optional(text('street')),
    postalCode: optional(text('postal_code')),
    city: optional(text('city')),
    country: optional(text('country')),
  }),
  email: optional(text('email')),
  phone: optional(text('phone')),
  creditLimit: optional(money('credit_limit', 'credit_currency')),
  paymentDays: optional(whole('payment_days')),
  blocked: bit('blocked'),
});

type CustomerFields = ReturnType<ReturnType<typeof fields.at>>;

export const customerDeclaration: Declaration<CustomerFields> = {
  view: 'customer',
  key: ['customer_id'],
  fields,
};

export const toCustomer = (
  { fields: read }: Pick<RelatedRow<CustomerFields>, 'fields'>,
  company: Company,
) => ({
  company,
  ...read,
});

export type CustomerRow = ReturnType<typeof toCustomer>;
