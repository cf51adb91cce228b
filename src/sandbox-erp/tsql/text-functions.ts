import { convert } from './conversion.ts';
import { supportSchema } from './support.ts';
import { madeText, plainText } from './typed.ts';
import type { Typed } from './typed.ts';
import { isNational, isText, refuse } from './types.ts';
import type { TextType } from './types.ts';

/** Functions on texts. Positions count characters from 1; comparison within a text ignores case, as all comparison here. */
export type Maker = (values: readonly Typed[]) => Typed;

const int = { name: 'int' } as const;

/** Numbers and the like are turned into text first. */
function asText(value: Typed): Typed {
  return isText(value.type) ? value : convert(value, { name: 'varchar', length: 8000 });
}

function varying(value: Typed, length?: number): TextType {
  const national = isNational(value.type);
  const own = 'length' in value.type ? value.type.length : 8000;
  return { name: national ? 'nvarchar' : 'varchar', length: Math.max(length ?? own, -1) };
}

function some(value: Typed | undefined): Typed {
  if (value === undefined) throw refuse('a function with an argument missing');
  return value;
}

/** A function of one text that keeps its length at most. */
function shaped(print: (plain: string) => string): Maker {
  return ([given]) => {
    const value = asText(some(given));
    return madeText(print(plainText(value)), varying(value), value.nullable);
  };
}

/** LEFT, RIGHT: a length below zero is an error in T-SQL, and means something else in PostgreSQL. */
function side(name: 'left' | 'right'): Maker {
  return ([given, count]) => {
    const value = asText(some(given));
    const length = checkedLength(some(count), name);
    const known = constantLength(count);
    return madeText(`${name}(${plainText(value)}, ${length})`, varying(value, shorter(value, known)), true);
  };
}

function constantLength(value: Typed | undefined): number | undefined {
  return value !== undefined && typeof value.literal === 'object' ? Number(value.sql) : undefined;
}

function shorter(value: Typed, length: number | undefined): number | undefined {
  if (length === undefined || !('length' in value.type)) return undefined;
  return Math.max(1, value.type.length === -1 ? length : Math.min(length, value.type.length));
}

function checkedLength(count: Typed, name: string): string {
  const length = convert(count, int).sql;
  if (constantLength(count) !== undefined) return length;
  const message = `Invalid length parameter passed to the ${name} function.`;
  return `(CASE WHEN ${length} < 0 THEN ${supportSchema}.fail('MS537', '${message}')::int4 ELSE ${length} END)`;
}

/** A start before the first character eats into the length, in T-SQL as in the standard. */
const substring: Maker = ([given, start, count]) => {
  const value = asText(some(given));
  const from = convert(some(start), int).sql;
  const length = checkedLength(some(count), 'substring');
  return madeText(
    `substring(${plainText(value)} FROM ${from} FOR ${length})`,
    varying(value, shorter(value, constantLength(count))),
    true,
  );
};

const concat: Maker = (values) => {
  const texts = values.map(asText);
  const national = texts.some((text) => isNational(text.type));
  const lengths = texts.map((text) => ('length' in text.type ? text.type.length : 0));
  const most = national ? 4000 : 8000;
  const total = lengths.includes(-1)
    ? -1
    : Math.min(
        most,
        lengths.reduce((sum, one) => sum + one, 0),
      );
  const joined = texts.map((text) => `coalesce(${plainText(text)}, '')`).join(' || ');
  return madeText(joined, { name: national ? 'nvarchar' : 'varchar', length: total }, false);
};

const charindex: Maker = ([sought, within, start]) => {
  const [needle, hay] = [plainText(asText(some(sought))), plainText(asText(some(within)))];
  const plain = `strpos(${hay}, ${needle})`;
  const empty = `${needle} = ''`;
  if (start === undefined)
    return { sql: `(CASE WHEN ${empty} THEN 0 ELSE ${plain} END)`, type: int, nullable: true };
  const from = `greatest(${convert(start, int).sql}, 1)`;
  const later = `strpos(substr(${hay}, ${from}), ${needle})`;
  return {
    sql: `(CASE WHEN ${empty} OR ${later} = 0 THEN 0 ELSE ${later} + ${from} - 1 END)`,
    type: int,
    nullable: true,
  };
};

const replace: Maker = (values) => {
  const [value, from, to] = values.map(asText);
  const [text, sought] = [plainText(some(value)), plainText(some(from))];
  const national = values.some((one) => isNational(one.type));
  const type = {
    name: national ? ('nvarchar' as const) : ('varchar' as const),
    length: national ? 4000 : 8000,
  };
  return madeText(`replace(${text}, ${sought}, ${plainText(some(to))})`, type, true);
};

export const textFunctions: Readonly<Record<string, readonly [number, number, Maker]>> = {
  LEN: [1, 1, ([value]) => ({ sql: `length(${asText(some(value)).sql})`, type: int, nullable: true })],
  UPPER: [1, 1, shaped((plain) => `upper(${plain})`)],
  LOWER: [1, 1, shaped((plain) => `lower(${plain})`)],
  LTRIM: [1, 1, shaped((plain) => `ltrim(${plain})`)],
  RTRIM: [1, 1, shaped((plain) => `rtrim(${plain})`)],
  TRIM: [1, 1, shaped((plain) => `btrim(${plain})`)],
  REVERSE: [1, 1, shaped((plain) => `reverse(${plain})`)],
  LEFT: [2, 2, side('left')],
  RIGHT: [2, 2, side('right')],
  SUBSTRING: [3, 3, substring],
  CONCAT: [2, 254, concat],
  CHARINDEX: [2, 3, charindex],
  REPLACE: [3, 3, replace],
  REPLICATE: [
    2,
    2,
    ([given, count]) => {
      const value = asText(some(given));
      const type = { name: varying(value).name, length: isNational(value.type) ? 4000 : 8000 };
      return madeText(
        `left(repeat(${plainText(value)}, ${convert(some(count), int).sql}), ${type.length})`,
        type,
        true,
      );
    },
  ],
  CHAR: [1, 1, ([code]) => character(some(code), 'char', 127)],
  NCHAR: [1, 1, ([code]) => character(some(code), 'nchar', 0xffff)],
};

/** Above 127 a char depends on the code page, which a collation here does not have. */
function character(code: Typed, name: 'char' | 'nchar', most: number): Typed {
  const number = constantLength(code);
  if (number === undefined || number < 1 || number > most)
    throw refuse(`${name.toUpperCase()} of this number`);
  return madeText(`chr(${number})`, { name, length: 1 }, false);
}
