/** Rules of form that several parts of a report keep. */
import type { Problem } from '../../errors.ts';

/** A text for people: something is in it, and not too much. */
export function textProblems(path: string, text: string, most: number): readonly Problem[] {
  if (text.trim() === '') return [{ path, code: 'REQUIRED', message: 'cannot be empty' }];
  if (text.length > most)
    return [{ path, code: 'TOO_LONG', message: `must have at most ${most} characters` }];
  if (text.isWellFormed() && !/[\p{Cc}--[\t\n]]/v.test(text)) return [];
  return [{ path, code: 'FORBIDDEN_CHARACTER', message: 'has a character that cannot be shown' }];
}

export function tooMany(path: string, most: number): Problem {
  return { path, code: 'TOO_MANY', message: `must be at most ${most}` };
}
