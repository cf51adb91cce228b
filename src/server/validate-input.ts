/**
 * Checks every input object before its resolver runs and throws all that is wrong at once, each with its path. The rules
 * stand on the inputs (src/values/checks.ts); here class-validator's tree becomes a flat list in the words of the API.
 */
import { InputRejected, type Problem } from '../errors.ts';
import type { Actor, RequestContext } from '../request.ts';
import { formOf } from '../values/form-problems.ts';

/** What the records that are there have to say against such members of an input as are well formed, as far as the actor may know. */
export type Foresee = (actor: Actor, wellFormed: object) => Promise<readonly Problem[]>;

/** By the class of the input. */
export type Foresight = ReadonlyMap<unknown, Foresee>;

function wellFormedPart(value: object, wrong: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(value).filter(([member]) => !wrong.has(member)));
}

/** For type-graphql's `validateFn`. Mutations have one argument, `input`; other arguments are checked by what they ask. */
export const inputValidation =
  (foresight: Foresight) =>
  async (value: unknown, _type: unknown, { context }: { readonly context: object }): Promise<void> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { problems, wrong } = await formOf(value, 'input');
    if (problems.length === 0) return;
    const foresee = foresight.get(value.constructor);
    const foreseen = foresee
      ? await foresee((context as RequestContext).actor, wellFormedPart(value, wrong))
      : [];
    throw new InputRejected([...problems, ...foreseen]);
  };
