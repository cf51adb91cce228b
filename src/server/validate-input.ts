/**
 * Checks every input object before its resolver runs and throws all that is wrong at once, each with its path. The rules
 * stand on the inputs (src/values/checks.ts); here class-validator's tree becomes a flat list in the words of the API.
 */
import { validate, type ValidationError } from 'class-validator';
import { InputRejected, type Problem } from '../errors.ts';
import type { Actor, RequestContext } from '../request.ts';

function problemsOf(path: string, errors: readonly ValidationError[]): Problem[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const here = `${path}.${property}`;
    const texts = Object.values(constraints).flatMap((text) => text.split('\n'));
    const own = texts.map((text) => {
      const at = text.indexOf('|');
      const message = text.slice(at + 1);
      // class-validator's own rules, such as that of nesting, come without a code.
      const [code = '', member] = at > 0 ? text.slice(0, at).split(' ') : ['INVALID'];
      return { path: member === undefined ? here : `${here}.${member}`, code, message };
    });
    return [...own, ...problemsOf(here, children)];
  });
}

/** What the records that are there have to say against such members of an input as are well formed, as far as the actor may know. */
export type Foresee = (actor: Actor, wellFormed: object) => Promise<readonly Problem[]>;

/** By the class of the input. */
export type Foresight = ReadonlyMap<unknown, Foresee>;

function wellFormedPart(value: object, errors: readonly ValidationError[]): object {
  const wrong = new Set(errors.map(({ property }) => property));
  return Object.fromEntries(Object.entries(value).filter(([member]) => !wrong.has(member)));
}

/** For type-graphql's `validateFn`. Mutations have one argument, `input`; other arguments are checked by what they ask. */
export const inputValidation =
  (foresight: Foresight) =>
  async (value: unknown, _type: unknown, { context }: { readonly context: object }): Promise<void> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const errors = await validate(value, {
      skipUndefinedProperties: true,
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
    if (errors.length === 0) return;
    const foresee = foresight.get(value.constructor);
    const foreseen = foresee
      ? await foresee((context as RequestContext).actor, wellFormedPart(value, errors))
      : [];
    throw new InputRejected([...problemsOf('input', errors), ...foreseen]);
  };
