/** Telephone numbers, kept in E.164 so that one number is always written one way. */
import { createRequire } from 'node:module';
import type * as libphonenumber from 'libphonenumber-js';

/** As class-validator loads it: imported, it would be loaded a second time, with its tables of all countries. */
const { parsePhoneNumberFromString } = createRequire(import.meta.url)(
  'libphonenumber-js',
) as typeof libphonenumber;

/** E.164, a number without a country code taken as Polish; undefined when no such number can exist. */
export function normalPhone(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text, 'PL');
  return number?.isValid() ? number.number : undefined;
}
