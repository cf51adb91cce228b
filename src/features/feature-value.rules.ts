/** Whether a value fits its definition, and the form it is kept in: texts as PostgreSQL writes them, one for each choice. */
import { isURL } from 'class-validator';
import type { Problem } from '../errors.ts';
import { isOddText } from '../values/checks.ts';
import { compareDecimals, plainDecimal } from '../values/decimal.ts';
import type { FeatureValueInput } from '../values/feature-value.ts';
import type { FeatureDefinitionRow } from './definition.read.ts';
import { FeatureKind, traits, type ValueMember } from './feature-kind.ts';

export type Cells = readonly string[];

type Definition = Pick<
  FeatureDefinitionRow,
  'key' | 'kind' | 'choices' | 'minimum' | 'maximum' | 'unit' | 'cardTypeIds' | 'retired'
>;

/** Of what is wrong: the member of the value, if it is one, which rule and in words. */
export interface Misfit {
  readonly member?: string;
  readonly code: string;
  readonly message: string;
}

type Fit = { readonly cells: Cells } | { readonly misfits: readonly Misfit[] };

const misfit = (code: string, message: string, member?: string): Fit => ({
  misfits: [{ code, message, ...(member === undefined ? {} : { member }) }],
});

export const problemAt = (path: string, { member, code, message }: Misfit): Problem => ({
  path: member === undefined ? path : `${path}.${member}`,
  code,
  message,
});

const longest = (kind: FeatureKind): number => (kind === FeatureKind.LONG_TEXT ? 20_000 : 500);

function fitText(kind: FeatureKind, given: string): Fit {
  const text = given.trim();
  const max = longest(kind);
  if (text.length > max) return misfit('TOO_LONG', `must have at most ${max} characters`, 'text');
  if (isOddText(text, kind === FeatureKind.LONG_TEXT))
    return misfit('CHARACTERS', 'holds control characters or broken ones', 'text');
  if (text === '') return misfit('REQUIRED', 'cannot be empty: to take the value away say clear', 'text');
  if (kind === FeatureKind.LINK && !isURL(text, { protocols: ['http', 'https'], require_protocol: true }))
    return misfit('LINK', 'is not a web address with http or https', 'text');
  return { cells: [text] };
}

function fitNumber({ minimum, maximum, unit }: Definition, member: ValueMember, number: string): Fit {
  const words = (bound: string): string => (unit === null ? bound : `${bound} ${unit}`);
  if (minimum !== null && compareDecimals(number, minimum) < 0)
    return misfit('MINIMUM', `must not be less than ${words(minimum)}`, member);
  if (maximum !== null && compareDecimals(number, maximum) > 0)
    return misfit('MAXIMUM', `must not be more than ${words(maximum)}`, member);
  return { cells: [plainDecimal(number)] };
}

/** `present`: the choices the record has, which it may keep though they are retired. */
function fitChoices({ kind, choices }: Definition, given: readonly string[], present: Cells): Fit {
  if (given.length === 0)
    return misfit('REQUIRED', 'cannot be empty: to take the value away say clear', 'choices');
  if (kind === FeatureKind.CHOICE && given.length > 1)
    return misfit('TOO_MANY', 'is one choice only', 'choices');
  if (given.length > choices.length) return misfit('TOO_MANY', 'are more than there are', 'choices');
  const offered = new Set(choices.filter(({ retired }) => !retired).map(({ key }) => key));
  const misfits = given.flatMap((key, index): Misfit[] => {
    const member = `choices.${index}`;
    if (given.indexOf(key) < index) return [{ member, code: 'DUPLICATE', message: 'is named twice' }];
    if (offered.has(key) || present.includes(key)) return [];
    return [{ member, code: 'CHOICE', message: `is none of: ${[...offered].slice(0, 20).join(', ')}` }];
  });
  if (misfits.length > 0) return { misfits };
  return { cells: choices.filter(({ key }) => given.includes(key)).map(({ key }) => key) };
}

const members: readonly ValueMember[] = ['text', 'integer', 'decimal', 'boolean', 'date', 'choices'];

/** The cells to keep, none to clear. */
export function fitValue(definition: Definition, given: FeatureValueInput, present: Cells): Fit {
  const { member } = traits[definition.kind];
  const others = members.filter((other) => other !== member && given[other] != null);
  const told = given[member] != null;
  if (others.length > 0)
    return {
      misfits: others.map((other) => ({
        member: other,
        code: 'KIND',
        message: `'${definition.key}' is of kind ${definition.kind}: give ${member}`,
      })),
    };
  if (given.clear) return told ? misfit('KIND', 'give a value or clear, not both', 'clear') : { cells: [] };
  if (given.text != null) return fitText(definition.kind, given.text);
  if (given.integer != null) return fitNumber(definition, member, String(given.integer));
  if (given.decimal != null) return fitNumber(definition, member, given.decimal);
  if (given.boolean != null) return { cells: [String(given.boolean)] };
  if (given.date != null) return { cells: [given.date] };
  if (given.choices != null) return fitChoices(definition, given.choices, present);
  return misfit('REQUIRED', `'${definition.key}' is of kind ${definition.kind}: give ${member}, or clear`);
}
