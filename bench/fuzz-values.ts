/** Dice that fall the same way for the same seed, and values of a schema's input types: right ones, odd ones, and such as do harm elsewhere. */
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';

export interface Dice {
  below(count: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    pick: <Item>(items: readonly Item[]): Item => {
      const item = items[below(items.length)];
      if (items.length === 0) throw new Error('nothing to pick from');
      return item as Item;
    },
  };
}

/** One value in both forms. */
export interface FuzzValue {
  readonly json: unknown;
  readonly literal: string;
}

/** What the records there are know; the more of it fits, the deeper an operation gets. */
export interface Known {
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
  /** Texts that mean something, by the name of the argument or member. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

export interface Wish extends Known {
  /** How often something odd stands where something right could. */
  readonly oddness: number;
  /** The field that is asked: its name tells of which kind its ids are. */
  readonly field: string;
}

const oddTexts: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'Łódź',
  'ŻÓŁW żółw',
  "O'Neil",
  "' OR 1=1 --",
  "'; DROP TABLE client; --",
  "$1; pg_sleep(5)' || chr(65)",
  '%',
  '_%_',
  '\\',
  '\\\\"',
  '"',
  'a\u0000b',
  '\u0000',
  '\ud800',
  '\u202eabc',
  '🦊🦊🦊',
  'e\u0301\u0301\u0301',
  '\n\r\t',
  '../../../etc/passwd',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'NaN',
  '1e999',
  '9'.repeat(40),
  'x'.repeat(300),
  'ą'.repeat(5_000),
  '(((((((((((',
  '[a-z',
  'a & | ! <-> b:*',
  '2026-02-30',
  '2026-01-01',
  'client_',
  'client_00000000-0000-7000-8000-000000000000',
  'client_018CC907-F436-7E42-AB04-F3C8497F9155',
  'zzz_018cc907-f436-7e42-ab04-f3c8497f9155',
];
const plainTexts = ['Ala', 'Buty', 'zamówienie 12', 'PL', 'PLN'];
const days = [
  '2026-01-01',
  '0001-01-01',
  '9999-12-31',
  '2024-02-29',
  '2026-02-30',
  '10000-01-01',
  '-0001-01-01',
  'x',
];
const instants = [
  '2026-01-01T00:00:00Z',
  '2026-06-01T12:30:00.123456+02:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-23:59',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00',
  'x',
];
const amounts = [
  '0',
  '1.5',
  '-3.0000',
  '99999999999999999999.99',
  '1e5',
  '-0',
  '.',
  '0.00000000000001',
  '1,5',
];
const counts = [1, 2, 3, 5, 20, 0, -1, 200, 201, 2_147_483_647, -2_147_483_648];

const textValue = (text: string): FuzzValue => ({ json: text, literal: JSON.stringify(text) });
const plain = (value: number | boolean | null): FuzzValue => ({ json: value, literal: String(value) });

function textOf(name: string, roll: Dice, { texts, oddness }: Wish): string {
  if (roll.chance(oddness)) return roll.pick(oddTexts);
  return roll.pick(texts[name] ?? plainTexts);
}

/** Of the kind that the names tell, where there are such. */
function idOf(name: string, roll: Dice, { ids, oddness, field }: Wish): string {
  if (roll.chance(oddness)) return roll.pick([...oddTexts, ...ids]);
  const kindOf = (id: string): string => id.split(/[_:]/)[0] ?? '';
  const of = (told: string) => ids.filter((id) => told.toLowerCase().includes(kindOf(id)));
  const fitting = of(name).length > 0 ? of(name) : of(field);
  return roll.pick(fitting.length > 0 ? fitting : ids);
}

/** Scalars that nobody tells of here are texts. */
function scalarOf(typeName: string, name: string, roll: Dice, known: Wish): FuzzValue {
  const isOdd = roll.chance(known.oddness);
  if (isOdd && roll.chance(0.2)) return plain(roll.pick([true, 1.5, -1]));
  const oneOf = (values: readonly string[]) => textValue(isOdd ? roll.pick(values) : (values[0] ?? ''));
  switch (typeName) {
    case 'Int':
      return plain(isOdd ? roll.pick(counts) : 1 + roll.below(3));
    case 'Float':
      return plain(roll.pick([0, 0.5, -1.25, 1e300]));
    case 'Boolean':
      return plain(roll.chance(0.5));
    case 'Date':
      return oneOf(days);
    case 'DateTime':
      return oneOf(instants);
    case 'Decimal':
      return oneOf(amounts);
    case 'Upload':
      return plain(null);
    case 'ID':
      return textValue(idOf(name, roll, known));
    default:
      if (name === 'after' || name === 'before')
        return isOdd ? textValue(roll.pick([...known.cursors, ...oddTexts])) : plain(null);
      return textValue(textOf(name, roll, known));
  }
}

function objectOf(type: GraphQLInputObjectType, roll: Dice, known: Wish, depth: number): FuzzValue {
  const members = Object.values(type.getFields()).filter((member) =>
    isRequiredInputField(member) ? !roll.chance(known.oddness / 5) : depth < 4 && roll.chance(0.25),
  );
  const given = members.map(
    (member) => [member.name, valueOf(member.type, member.name, roll, known, depth + 1)] as const,
  );
  if (roll.chance(known.oddness / 10))
    given.push([roll.pick(['__proto__', 'constructor', 'nobody']), plain(1)]);
  return {
    json: Object.fromEntries(given.map(([name, { json }]) => [name, json])),
    literal: `{${given.map(([name, { literal }]) => `${name}: ${literal}`).join(', ')}}`,
  };
}

/** `name` is what the argument or member is called. */
export function valueOf(type: GraphQLInputType, name: string, roll: Dice, known: Wish, depth = 0): FuzzValue {
  if (isNonNullType(type))
    return roll.chance(known.oddness / 10) ? plain(null) : valueOf(type.ofType, name, roll, known, depth);
  if (roll.chance(0.06)) return plain(null);
  if (isListType(type)) {
    const length = roll.chance(known.oddness / 10) ? 300 : roll.below(3);
    const items = Array.from({ length }, () => valueOf(type.ofType, name, roll, known, depth));
    return {
      json: items.map(({ json }) => json),
      literal: `[${items.map(({ literal }) => literal).join(', ')}]`,
    };
  }
  if (isInputObjectType(type)) return objectOf(type, roll, known, depth);
  if (isEnumType(type)) {
    const value = roll.chance(known.oddness / 5) ? 'NOBODY' : roll.pick(type.getValues()).name;
    return { json: value, literal: value };
  }
  return scalarOf(type.name, name, roll, known);
}
