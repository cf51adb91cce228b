/** What is wrong with the form of an input, by the rules that stand on it (checks.ts): class-validator's tree as a flat list in the words of the API. */
import { validate, type ValidationError } from 'class-validator';
import type { Problem } from '../errors.ts';

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

interface Form {
  /** Each with its path, which begins with `path`. */
  readonly problems: readonly Problem[];
  /** Members of the input that are not well formed. */
  readonly wrong: ReadonlySet<string>;
}

export async function formOf(input: object, path: string): Promise<Form> {
  const errors = await validate(input, {
    skipUndefinedProperties: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
  });
  return { problems: problemsOf(path, errors), wrong: new Set(errors.map(({ property }) => property)) };
}
