/**
 * Form checks of inputs, as decorators. A member left out is not checked; null clears it, unless it is required. Each
 * check words its problem as `CODE|message`, or `CODE member|message` where it lies in a member of the value, which
 * src/server turns into one entry of `problems`; several problems of one value stand on lines of their own.
 */
import {
  isEmail,
  isPostalCode as isPostalCodeOf,
  isISO31661Alpha2,
  isURL,
  registerDecorator,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { check, isText, type Rule } from './check.ts';
import { normalPhone } from './phone.ts';
import { parsePublicId, recordKinds, wishedKey, type RecordKind } from './record-id.ts';
import { normalRegon, normalTaxId } from './tax-id.ts';

/** NUL and other control signs, and halves of surrogate pairs, which no database text can hold or no screen shows. */
export const isOddText = (value: string, multiline: boolean): boolean =>
  !value.isWellFormed() || (multiline ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u).test(value);

export const notBefore = { code: 'NOT_BEFORE', message: 'must not be before the start' } as const;

interface TextOptions {
  readonly max: number;
  /** Present and not blank; without it null clears. */
  readonly required?: boolean;
  readonly multiline?: boolean;
}

const textRules = ({ max, required, multiline = false }: TextOptions): Rule[] => [
  {
    code: 'TOO_LONG',
    message: `must have at most ${max} characters`,
    holds: (value) => isText(value) && value.length <= max,
  },
  {
    code: 'CHARACTERS',
    message: 'holds control characters or broken ones',
    holds: (value) => isText(value) && !isOddText(value, multiline),
  },
  ...(required
    ? [
        {
          code: 'REQUIRED',
          message: 'cannot be empty',
          holds: (value: unknown) => isText(value) && value.trim() !== '',
        },
      ]
    : []),
];

export const Text = (options: TextOptions): PropertyDecorator =>
  check(textRules(options), { required: options.required ?? false });

interface KeyForm {
  readonly form: RegExp;
  readonly message: string;
}

const smallLetters: KeyForm = {
  form: /^[a-z][a-z0-9-]*$/,
  message: 'must be small letters, digits and dashes, beginning with a letter',
};

/** A short lasting name for programs. */
export const Key = ({ max, ...given }: { readonly max: number } & Partial<KeyForm>): PropertyDecorator => {
  const { form, message } = { ...smallLetters, ...given };
  return check(
    [...textRules({ max }), { code: 'KEY', message, holds: (value) => isText(value) && form.test(value) }],
    { required: true },
  );
};

/** A value that may be left out but not cleared. */
export const NotCleared = (): PropertyDecorator => check([], { required: 'in changes' });

export const Flag = (): PropertyDecorator => NotCleared();

/** An instant that is not before another member's, where both are given; whoever changes one of two must look at both. */
export const NotBefore = (member: string): PropertyDecorator =>
  check([
    {
      ...notBefore,
      holds: (value, owner) => {
        const other: unknown = Object.entries(owner).find(([name]) => name === member)?.[1];
        // Instants are in UTC with milliseconds by now, and as texts stand in their order.
        return !isText(value) || !isText(other) || value >= other;
      },
    },
  ]);

/** An object that may be left out or cleared as a whole, checked member by member, and by `rules` as a whole. */
export const Nested =
  (rules: readonly Rule[] = []): PropertyDecorator =>
  (target, propertyKey) => {
    check(rules)(target, propertyKey);
    ValidateNested()(target, String(propertyKey));
    ValidateIf((_, value) => value !== null)(target, String(propertyKey));
  };

const filled = (rule: Rule): Rule => ({
  ...rule,
  holds: (value, owner) => isText(value) && (value.trim() === '' || rule.holds(value, owner)),
});

const formed = (
  code: string,
  message: string,
  holds: (text: string, owner: object) => boolean,
): PropertyDecorator =>
  check([
    ...textRules({ max: 250 }),
    filled({ code, message, holds: (value, owner) => isText(value) && holds(value, owner) }),
  ]);

export const Email = (): PropertyDecorator =>
  formed('EMAIL', 'is not an e-mail address', (text) => isEmail(text.trim()));

export const Website = (): PropertyDecorator =>
  formed('WEBSITE', 'is not a web address', (text) =>
    isURL(text.trim(), { protocols: ['http', 'https'], require_protocol: false }),
  );

export const Phone = (): PropertyDecorator =>
  formed('PHONE', 'is not a telephone number', (text) => normalPhone(text) !== undefined);

export const TaxId = (): PropertyDecorator =>
  formed(
    'TAX_ID',
    'is neither a valid NIP nor a foreign VAT id with its country prefix',
    (text) => normalTaxId(text) !== undefined,
  );

export const Regon = (): PropertyDecorator =>
  formed('REGON', 'is not a valid REGON', (text) => normalRegon(text) !== undefined);

export const Country = (): PropertyDecorator =>
  formed(
    'COUNTRY',
    'must be an ISO 3166-1 code of two letters, e.g. PL',
    (text) => /^[A-Z]{2}$/.test(text) && isISO31661Alpha2(text),
  );

/**
 * Poland's form where the country is Poland or none. Of countries whose form is not known any code of twenty signs will do;
 * where one writes its codes with its own letters before them, they may be left out or put there.
 */
export function isPostalCode(text: string, country: string | null): boolean {
  const code = text.trim();
  if (country === null || country === 'PL') return /^\d{2}-\d{3}$/.test(code);
  // Not by a pattern: the country may be anything as yet.
  const bare = code.startsWith(`${country}-`) ? code.slice(country.length + 1) : code;
  const locale = country as Parameters<typeof isPostalCodeOf>[1];
  try {
    return isPostalCodeOf(bare, locale) || isPostalCodeOf(`${country}-${bare}`, locale);
  } catch {
    // What is not known is refused by an error.
    return code.length <= 20;
  }
}

export const postalCodeProblem = {
  code: 'POSTAL_CODE',
  message: 'is no postal code of the country; in Poland it must have the form NN-NNN',
} as const;

/** A postal code that fits the country beside it; where none is given, whoever knows the whole address must look. */
export const PostalCode = (): PropertyDecorator =>
  formed(postalCodeProblem.code, postalCodeProblem.message, (text, address) => {
    const country = 'country' in address ? address.country : undefined;
    return country === undefined || isPostalCode(text, isText(country) ? country : null);
  });

/** The id of an existing record of this kind. */
export const IdOf = (kind: RecordKind, { required = false } = {}): PropertyDecorator =>
  check(
    [
      {
        code: 'ID',
        message: `is not an id of a ${recordKinds[kind]}`,
        holds: (value) => isText(value) && parsePublicId(value)?.kind === kind,
      },
    ],
    { required },
  );

/** A list, each of whose items is told of by its place. */
export const eachOf = (
  max: number,
  { code, message, holds }: Pick<Rule, 'code' | 'message'> & { readonly holds: (item: unknown) => boolean },
): PropertyDecorator => {
  const problems = (value: unknown): string[] => {
    if (value == null) return [];
    if (!Array.isArray(value) || value.length > max) return [`TOO_MANY|must be at most ${max}`];
    return value.flatMap((item: unknown, place) => (holds(item) ? [] : [`${code} ${place}|${message}`]));
  };
  return (target, propertyKey) => {
    registerDecorator({
      name: 'each',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: (value) => problems(value).length === 0,
        defaultMessage: (given) => problems(given?.value).join('\n'),
      },
    });
  };
};

/** Ids of existing records of this kind, `max` at most. */
export const IdsOf = (kind: RecordKind, { max }: { max: number }): PropertyDecorator =>
  eachOf(max, {
    code: 'ID',
    message: `is not an id of a ${recordKinds[kind]}`,
    holds: (id) => isText(id) && parsePublicId(id)?.kind === kind,
  });

/** Keys of card types and the like, `max` at most; whether there are such is the service's to say. */
export const KeysOf = (
  what: string,
  { max, longest = 60 }: { readonly max: number; readonly longest?: number },
): PropertyDecorator =>
  eachOf(max, {
    code: 'KEY',
    message: `is not a key of a ${what}`,
    holds: (key) => isText(key) && key.length <= longest && !isOddText(key, false),
  });

/** The id of an existing record of whatever kind; which kinds will do is the service's to say. */
export const AnyId = (): PropertyDecorator =>
  check(
    [
      {
        code: 'ID',
        message: 'is not an id of this service',
        holds: (value) => isText(value) && parsePublicId(value) !== undefined,
      },
    ],
    { required: true },
  );

/** The id a caller wishes for a new record: a UUID, bare or as such a record's id. */
export const WishedId = (kind: RecordKind): PropertyDecorator =>
  check([
    {
      code: 'ID',
      message: `is neither a UUID nor an id of a ${recordKinds[kind]}`,
      holds: (value) => {
        try {
          return isText(value) && wishedKey(kind, value, '') !== '';
        } catch {
          return false;
        }
      },
    },
  ]);

export const Version = (): PropertyDecorator =>
  check(
    [
      {
        code: 'VERSION',
        message: 'is not a version: the first is 1',
        holds: (value) => typeof value === 'number' && value >= 1,
      },
    ],
    { required: true },
  );
