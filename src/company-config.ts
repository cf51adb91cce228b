/** The setting ERP_COMPANIES: whose ERP stands where. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
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

/** ERP_COMPANIES is JSON, or the path of a file with it. */
export const companiesSetting = z.string().transform((text, context) => {
  const json = jsonOrFile(text, context);
  if (json === undefined) return z.NEVER;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // The parser's own words quote the text, and with it a password.
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
  const parsed = companies.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  return z.NEVER;
});

/** A setting's text where it is JSON, else that of the file it names; undefined, and told, where there is none. */
export function jsonOrFile(text: string, context: z.core.$RefinementCtx): string | undefined {
  if (/^\s*[[{]/.test(text)) return text;
  try {
    return readFileSync(text, 'utf8');
  } catch {
    context.addIssue({ code: 'custom', message: `neither JSON nor a file that can be read: ${text}` });
    return undefined;
  }
}
