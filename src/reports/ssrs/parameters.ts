/** A report's parameters, from how REST describes them to what callers are offered, and which of them the client fills in. */
import { z } from 'zod';
import type { ClientValue, SsrsConfig } from '../../ssrs-config.ts';

/** The report server knows no day without a time, and no exact decimal. */
export type SsrsParameterType = 'TEXT' | 'INTEGER' | 'DECIMAL' | 'BOOLEAN' | 'DATETIME';

export interface SsrsParameter {
  /** Case-sensitive. */
  readonly name: string;
  readonly label: string;
  readonly type: SsrsParameterType;
  /** Without a value the report cannot be run. A parameter that may be null and has no default is null then. */
  readonly required: boolean;
  readonly multiple: boolean;
  readonly nullable: boolean;
  readonly blankAllowed: boolean;
  readonly hasDefault: boolean;
  /** Empty where they come of a query that needs other parameters first. */
  readonly defaults: readonly (string | null)[];
  /** Undefined: any value. They come of a query where `choicesDepend`, and may be others for other values. */
  readonly choices: readonly { readonly value: string | null; readonly label: string }[] | undefined;
  readonly choicesDepend: boolean;
  /** False: the report's administrator fixed it, and the server refuses a value. It is not to be offered. */
  readonly settable: boolean;
  /** Not meant for people to fill in, though the server takes a value: such as what the client fills in. */
  readonly hidden: boolean;
}

const types = {
  String: 'TEXT',
  Integer: 'INTEGER',
  Float: 'DECIMAL',
  Boolean: 'BOOLEAN',
  DateTime: 'DATETIME',
} as const satisfies Readonly<Record<string, SsrsParameterType>>;

const flag = z.boolean().nullish();
const texts = z.array(z.string().nullable()).nullish();

const definition = z.object({
  Name: z.string(),
  ParameterType: z.enum(['String', 'Integer', 'Float', 'Boolean', 'DateTime']),
  ParameterVisibility: z.string().nullish(),
  ParameterState: z.string().nullish(),
  ValidValues: z.array(z.object({ Label: z.string().nullish(), Value: z.string().nullish() })).nullish(),
  ValidValuesIsNull: flag,
  Nullable: flag,
  AllowBlank: flag,
  MultiValue: flag,
  Prompt: z.string().nullish(),
  PromptUser: flag,
  DefaultValuesQueryBased: flag,
  ValidValuesQueryBased: flag,
  Dependencies: texts,
  DefaultValues: texts,
  DefaultValuesIsNull: flag,
});

export const parameterDefinitions = z.object({ value: z.array(definition) });

type Definition = z.output<typeof definition>;

/**
 * The names that report definitions allow. In a URL a name with a colon would be a command to the server, and no parameter: no other name
 * than these is ever sent.
 */
const isName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]{0,255}$/u.test(name);

function choicesOf({ ValidValues, ValidValuesIsNull }: Definition): SsrsParameter['choices'] {
  if (!ValidValues || ValidValuesIsNull === true) return undefined;
  return ValidValues.map(({ Value, Label }) => ({ value: Value ?? null, label: Label ?? Value ?? '' }));
}

export function parameterOf(given: Definition): SsrsParameter {
  const settable =
    given.PromptUser !== false && given.ParameterVisibility !== 'Internal' && isName(given.Name);
  const defaults = given.DefaultValuesIsNull === true ? [] : (given.DefaultValues ?? []);
  const hasDefault =
    defaults.length > 0 || given.DefaultValuesQueryBased === true || given.ParameterState === 'HasValidValue';
  const nullable = given.Nullable === true;
  return {
    name: given.Name,
    label: given.Prompt || given.Name,
    type: types[given.ParameterType],
    required: settable && !hasDefault && !nullable,
    multiple: given.MultiValue === true,
    nullable,
    blankAllowed: given.AllowBlank === true,
    hasDefault,
    defaults,
    choices: choicesOf(given),
    choicesDepend: given.ValidValuesQueryBased === true && (given.Dependencies ?? []).length > 0,
    settable,
    hidden: given.ParameterVisibility === 'Hidden',
  };
}

/** Which of the parameters the client fills in, and with what of it, by their names. Only such as can be set. */
export function filledFromClient(
  parameters: readonly SsrsParameter[],
  mapping: SsrsConfig['clientParameters'],
): ReadonlyMap<string, ClientValue> {
  const filled = new Map<string, ClientValue>();
  for (const { name, settable } of parameters) {
    const value = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    if (settable && value !== undefined) filled.set(name, value);
  }
  return filled;
}
