/** What a definition must be to be kept, told all at once. */
import type { Problem } from '../errors.ts';
import { compareDecimals } from '../values/decimal.ts';
import type { Choice } from './definition.entity.ts';
import { type FeatureKind, hasChoices, isNumber, isShortText } from './feature-kind.ts';

export interface DefinitionForm {
  readonly kind: FeatureKind;
  readonly unit: string | null;
  readonly choices: readonly Choice[];
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly pattern: string | null;
}

const mostChoices = 500;

function notForKind({ kind, unit, choices, minimum, maximum, pattern }: DefinitionForm): Problem[] {
  const members = [
    { member: 'unit', given: unit !== null, fits: isNumber(kind), for: 'INTEGER and DECIMAL' },
    { member: 'minimum', given: minimum !== null, fits: isNumber(kind), for: 'INTEGER and DECIMAL' },
    { member: 'maximum', given: maximum !== null, fits: isNumber(kind), for: 'INTEGER and DECIMAL' },
    { member: 'pattern', given: pattern !== null, fits: isShortText(kind), for: 'TEXT and LINK' },
    { member: 'choices', given: choices.length > 0, fits: hasChoices(kind), for: 'CHOICE and MULTI_CHOICE' },
  ];
  return members
    .filter(({ given, fits }) => given && !fits)
    .map(({ member, for: kinds }) => ({
      path: `input.${member}`,
      code: 'NOT_FOR_KIND',
      message: `is for ${kinds} only, and this is ${kind}`,
    }));
}

function choiceProblems(kind: FeatureKind, choices: readonly Choice[], before: readonly Choice[]): Problem[] {
  if (!hasChoices(kind)) return [];
  const path = 'input.choices';
  if (choices.length === 0)
    return [{ path, code: 'REQUIRED', message: `a feature of kind ${kind} needs something to choose from` }];
  if (choices.length > mostChoices)
    return [{ path, code: 'TOO_MANY', message: `must be at most ${mostChoices}` }];
  const keys = choices.map(({ key }) => key.toLowerCase());
  const twice = keys.flatMap((key, index) =>
    keys.indexOf(key) < index
      ? [{ path: `${path}.${index}.key`, code: 'DUPLICATE', message: 'another choice has this key' }]
      : [],
  );
  const present = new Set(choices.map(({ key }) => key));
  const missing = before
    .filter(({ key }) => !present.has(key))
    .map(({ key }) => ({
      path,
      code: 'CHOICE_REMOVED',
      message: `the choice '${key}' cannot be taken away, records may have it: retire it instead`,
    }));
  return [...twice, ...missing];
}

/** `before`: the choices it had, which may not go. */
export function definitionProblems(form: DefinitionForm, before: readonly Choice[]): Problem[] {
  const { minimum, maximum } = form;
  const bounds =
    minimum !== null && maximum !== null && compareDecimals(minimum, maximum) > 0
      ? [{ path: 'input.minimum', code: 'BOUNDS', message: 'must not be more than the maximum' }]
      : [];
  return [...notForKind(form), ...choiceProblems(form.kind, form.choices, before), ...bounds];
}
