import { convert } from './conversion.ts';
import type { Maker } from './text-functions.ts';
import { nullLiteral } from './typed.ts';
import type { Typed } from './typed.ts';
import { isExact, isFloat, isInteger, isText, refuse, storage } from './types.ts';

/** Functions on numbers. Decimals keep their scale in ROUND; FLOOR and CEILING give it up. */
function number(value: Typed | undefined): Typed {
  if (value === undefined) throw refuse('a function with an argument missing');
  if (isText(value.type)) return convert(value, { name: 'float' });
  if (!isExact(value.type) && !isFloat(value.type)) throw refuse(`arithmetic on ${value.type.name}`);
  return value.type.name === 'bit' ? convert(value, { name: 'int' }) : value;
}

function kept(name: string): Maker {
  return ([given]) => {
    const value = number(given);
    return {
      sql: `${name}(${value.sql})::${storage(value.type)}`,
      type: value.type,
      nullable: value.nullable,
    };
  };
}

function whole(name: 'floor' | 'ceil'): Maker {
  return ([given]) => {
    const value = number(given);
    const { type } = value;
    if (isInteger(type)) return value;
    const made = type.name === 'decimal' ? ({ ...type, scale: 0 } as const) : type;
    return { sql: `${name}(${value.sql})::${storage(made)}`, type: made, nullable: value.nullable };
  };
}

/** Half is rounded away from zero; a third argument other than 0 cuts instead. */
const round: Maker = ([given, digits, cutting]) => {
  const value = number(given);
  if (isFloat(value.type)) throw refuse('ROUND of float: cast it to decimal first');
  const places = convert(digits ?? nullLiteral(), { name: 'int' }).sql;
  const cut = cutting !== undefined && cutting.sql !== '0';
  if (cutting !== undefined && typeof cutting.literal !== 'object')
    throw refuse('ROUND with a computed third argument');
  const sql = `${cut ? 'trunc' : 'round'}((${value.sql})::numeric, ${places})::${storage(value.type)}`;
  return { sql, type: value.type, nullable: true };
};

export const numberFunctions: Readonly<Record<string, readonly [number, number, Maker]>> = {
  ABS: [1, 1, kept('abs')],
  SIGN: [1, 1, kept('sign')],
  FLOOR: [1, 1, whole('floor')],
  CEILING: [1, 1, whole('ceil')],
  ROUND: [2, 3, round],
};
