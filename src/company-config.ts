/** The setting ERP_COMPANIES: whose ERP stands where. */
import { z } from 'zod';
import { jsonSetting } from './json-setting.ts';
import { readAddress } from './values/server-address.ts';

export interface CompanyConfig {
  readonly key: string;
  readonly name: string;
  readonly url: string;
  readonly schema: string;
  readonly timeZone: string;
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const company = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,29}$/, 'small letters, digits and dashes, at most 30, beginning with a letter'),
  name: z.string().min(1).max(200),
  url: z.string().superRefine((url, context) => {
    try {
      readAddress(url);
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault;
      context.addIssue({ code: 'custom', message: fault.message });
    }
  }),
  schema: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'a plain SQL identifier')
    .default('kartoteka'),
  timeZone: z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Warsaw').default('Europe/Warsaw'),
});

const companies = z
  .array(company)
  .refine(
    (list) => new Set(list.map(({ key }) => key)).size === list.length,
    'two companies have the same key',
  );

/** ERP_COMPANIES. */
export const companiesSetting = jsonSetting(companies);
