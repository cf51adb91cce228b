/** What a customer of an ERP becomes as a card: as much of it as a card can hold, and what it cannot. */
import type { CustomerRow } from '../../../erp/customers/customer.reader.ts';
import { formOf } from '../../../values/form-problems.ts';
import { CreateClientInput } from '../../client.inputs.ts';
import { AddressInput } from '../../../values/address.ts';

export interface Omitted {
  readonly field: string;
  readonly reason: string;
}

interface MadeInput {
  readonly input: CreateClientInput;
  readonly omitted: readonly Omitted[];
}

const longest = { code: 50, shortName: 100, fullName: 400 } as const;

const withoutOddSigns = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim();

/** Members a card can do without; whatever is wrong with one of them costs that member alone. */
const optional = [
  'email',
  'phone',
  'address.street',
  'address.postalCode',
  'address.city',
  'address.country',
];

function without(input: CreateClientInput, field: string): void {
  const [member = '', inner] = field.split('.');
  if (inner === undefined) Object.assign(input, { [member]: undefined });
  else if (input.address) Object.assign(input.address, { [inner]: undefined });
}

/** The tax id must be well formed, or none. */
export async function cardOfCustomer(
  customer: CustomerRow,
  cardType: string,
  taxId: string | undefined,
): Promise<MadeInput> {
  const name = withoutOddSigns(customer.name);
  const code = withoutOddSigns(customer.code) || customer.customerId;
  const wanted = { code, shortName: name || code, fullName: name || code };
  const omitted: Omitted[] = [];
  const short = (field: keyof typeof longest): string => {
    const whole = wanted[field];
    if (whole.length <= longest[field]) return whole;
    omitted.push({ field, reason: `was cut to ${longest[field]} characters` });
    return whole.slice(0, longest[field]).toWellFormed().trim();
  };
  const address = Object.assign(new AddressInput(), customer.address);
  const input = Object.assign(new CreateClientInput(), {
    cardType,
    code: short('code'),
    shortName: short('shortName'),
    fullName: short('fullName'),
    taxId,
    active: !customer.blocked,
    address,
    email: customer.email ?? undefined,
    phone: customer.phone ?? undefined,
  });
  const { problems } = await formOf(input, 'card');
  for (const { path, message } of problems) {
    const field = path.replace(/^card\./, '');
    if (!optional.includes(field)) continue;
    without(input, field);
    omitted.push({ field, reason: message });
  }
  return { input, omitted };
}
