import { compare } from './comparison.ts';
import { convert } from './conversion.ts';
import { dateFunctions } from './date-functions.ts';
import { numberFunctions } from './number-functions.ts';
import type { Call } from './syntax.ts';
import { systemFunctions, wrongArguments } from './system-functions.ts';
import { textFunctions } from './text-functions.ts';
import type { Place } from './translation.ts';
import { nullLiteral } from './typed.ts';
import type { Typed } from './typed.ts';
import { refuse, unify } from './types.ts';

/** The functions on the list; every other one is refused by name. */
export function callFunction(place: Place, call: Call): Typed {
  if (call.star || call.distinct) throw refuse(`${call.name} with * or DISTINCT`);
  if (call.name === 'IIF') return either(place, call);
  const values = (): Typed[] => call.arguments.map((argument) => place.value(argument));
  const choose = choices[call.name];
  if (choose !== undefined) {
    if (call.arguments.length < 2) throw wrongArguments(call.name, 2);
    return choose(values());
  }
  const dated = dateFunctions[call.name];
  if (dated !== undefined) return checked(call, dated, (make) => make(call.part, values()));
  const plain = textFunctions[call.name] ?? numberFunctions[call.name];
  if (plain !== undefined) return checked(call, plain, (make) => make(values()));
  const system = systemFunctions[call.name];
  if (system !== undefined) return checked(call, system, (make) => make(place, values()));
  throw refuse(`the function ${call.name}`);
}

function checked<Maker>(
  call: Call,
  [least, most, make]: readonly [number, number, Maker],
  run: (make: Maker) => Typed,
): Typed {
  if (call.arguments.length < least || call.arguments.length > most) throw wrongArguments(call.name, least);
  return run(make);
}

const choices: Readonly<Record<string, (values: readonly Typed[]) => Typed>> = {
  COALESCE: (values) => {
    const type = sharedType(values);
    const texts = values.map((value) => convert(value, type).sql);
    return { sql: `coalesce(${texts.join(', ')})`, type, nullable: true };
  },
  /** Unlike COALESCE, in the type of the first value, to which the second is cut if need be. */
  ISNULL: ([value = nullLiteral(), otherwise = nullLiteral(), ...more]) => {
    if (more.length > 0) throw wrongArguments('ISNULL', 2);
    const type = value.literal === 'null' ? otherwise.type : value.type;
    const second = convert(otherwise, type);
    return {
      sql: `coalesce(${convert(value, type).sql}, ${second.sql})`,
      type,
      nullable: value.nullable && otherwise.nullable,
    };
  },
  NULLIF: ([value = nullLiteral(), other = nullLiteral()]) => ({
    sql: `(CASE WHEN ${compare('=', value, other)} THEN NULL ELSE ${value.sql} END)`,
    type: value.type,
    nullable: true,
  }),
};

function sharedType(values: readonly Typed[]): Typed['type'] {
  const known = values.filter((value) => value.literal !== 'null').map((value) => value.type);
  const [first, ...more] = known;
  return first === undefined ? nullLiteral().type : more.reduce(unify, first);
}

function either(place: Place, call: Call): Typed {
  const [condition, yes, no] = call.arguments;
  if (condition === undefined || yes === undefined || no === undefined) throw wrongArguments('IIF', 3);
  const branch = { when: condition, then: yes };
  return place.value({ kind: 'case', operand: null, branches: [branch], otherwise: no });
}
