/** Telephone numbers, kept in E.164 so that one number is always written one way. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** E.164, a number without a country code taken as Polish; undefined when no such number can exist. */
export function normalPhone(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text, 'PL');
  return number?.isValid() ? number.number : undefined;
}
