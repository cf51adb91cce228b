/** Ranges that callers give, checked in one way wherever they are given. */
import { InputRejected, type Problem } from '../errors.ts';

/** A range that ends before it begins, said at its path. */
export const rangeProblems = (
  range: { readonly gte?: string | null; readonly lt?: string | null } | null | undefined,
  path: string,
): Problem[] =>
  range?.gte != null && range.lt != null && range.gte > range.lt
    ? [{ path, code: 'RANGE', message: 'gte is after lt' }]
    : [];

/** Throws InputRejected where the range ends before it begins. */
export function checkRange(range: Parameters<typeof rangeProblems>[0], path: string): void {
  const problems = rangeProblems(range, path);
  if (problems.length > 0) throw new InputRejected(problems);
}
