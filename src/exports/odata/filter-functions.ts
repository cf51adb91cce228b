/** The functions of filters: those that reporting tools make of what their users click together. */
import type { CallOperand, ValueType } from './filter-condition.ts';

interface KnownFunction {
  /** The types of what it is given, in each of its forms. */
  readonly takes: readonly (readonly ValueType[])[];
  readonly gives: ValueType;
}

const ofTwoTexts: KnownFunction = { takes: [['text', 'text']], gives: 'boolean' };
const ofText = (gives: ValueType): KnownFunction => ({ takes: [['text']], gives });
const ofDay: KnownFunction = { takes: [['instant'], ['date']], gives: 'number' };
const ofInstant = (gives: ValueType): KnownFunction => ({ takes: [['instant']], gives });

const functions = {
  contains: ofTwoTexts,
  startswith: ofTwoTexts,
  endswith: ofTwoTexts,
  tolower: ofText('text'),
  toupper: ofText('text'),
  length: ofText('number'),
  year: ofDay,
  month: ofDay,
  day: ofDay,
  hour: ofInstant('number'),
  minute: ofInstant('number'),
  second: ofInstant('number'),
  date: ofInstant('date'),
  now: { takes: [[]], gives: 'instant' },
} as const satisfies Readonly<Record<string, KnownFunction>>;

export const functionNames: readonly string[] = Object.keys(functions);

export const functionOf = (name: string): KnownFunction | undefined =>
  Object.hasOwn(functions, name) ? functions[name as keyof typeof functions] : undefined;

/** SQL's own names of the parts of a day and of an instant. */
const parts: Readonly<Record<string, string>> = {
  year: 'year',
  month: 'month',
  day: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
};

const inUtc = (sql: string): string => `(${sql} AT TIME ZONE 'UTC')`;
/** Letters are the same whatever the database's own language is. */
const inPolish = (sql: string): string => `(${sql}) COLLATE "pl-x-icu"`;

const escaped = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

export interface Given {
  readonly sql: string;
  /** Of a literal text: what it holds, bound by whoever uses it in another form. */
  readonly literal?: { readonly text: string; bindText(text: string): string } | undefined;
}

function textTest(name: string, [whole, part]: readonly [Given, Given]): string {
  if (part.literal) {
    const pattern = escaped(part.literal.text);
    const [before, behind] = [name === 'startswith' ? '' : '%', name === 'endswith' ? '' : '%'];
    return `${whole.sql} LIKE ${part.literal.bindText(`${before}${pattern}${behind}`)}`;
  }
  // Two columns may sort differently, and PostgreSQL would not know which way to compare them.
  const [text, sought] = [`(${whole.sql}) COLLATE "C"`, `(${part.sql}) COLLATE "C"`];
  if (name === 'contains') return `strpos(${text}, ${sought}) > 0`;
  if (name === 'startswith') return `starts_with(${text}, ${sought})`;
  return `right(${text}, char_length(${sought})) = ${sought}`;
}

export function functionSql({ name, given }: CallOperand, sqlOf: readonly Given[]): string {
  const [first, second] = sqlOf;
  if (name === 'now') return 'now()';
  if (!first) throw new Error(`${name} is given nothing`);
  if (second) return textTest(name, [first, second]);
  const { sql } = first;
  const part = parts[name];
  if (part !== undefined) {
    const moment = given[0]?.type === 'instant' ? inUtc(sql) : `(${sql})`;
    return `floor(extract(${part} FROM ${moment}))`;
  }
  switch (name) {
    case 'tolower':
      return `lower(${inPolish(sql)})`;
    case 'toupper':
      return `upper(${inPolish(sql)})`;
    case 'length':
      return `char_length(${sql})`;
    case 'date':
      return `${inUtc(sql)}::date`;
    default:
      throw new Error(`no SQL is known for ${name}`);
  }
}
