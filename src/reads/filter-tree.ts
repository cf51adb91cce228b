/**
 * Filters that are trees: members that hold together, alternatives (`or`) and what must not hold (`not`), compiled to one
 * SQL condition with typed parameters. A declaration wraps its members' conditions in `filterTree`; a new member is one
 * more entry. Before that `checkTree` bounds the tree's size and tells everything that is wrong with it at once. What has
 * no value meets no condition on it, and so meets its `not`.
 */
import { InputRejected, type Problem } from '../errors.ts';
import type { Bind, FilterCondition } from './declaration.ts';

export type Tree<Members extends object> = Members & {
  readonly or?: readonly Tree<Members>[] | null | undefined;
  readonly not?: Tree<Members> | null | undefined;
};

type Conditions<Members extends object> = {
  readonly [Member in keyof Members]-?: FilterCondition<NonNullable<Members[Member]>>;
};

/** The conditions of the members and of the branches. A member's default holds at the top only: a branch says what it says. */
export function filterTree<Members extends object>(members: Conditions<Members>): Conditions<Tree<Members>> {
  const branch = (filter: Tree<Members>, bind: Bind): string => {
    const parts = (Object.keys(members) as (keyof Members)[]).flatMap((member) => {
      const value = filter[member];
      return value == null ? [] : (members[member](value, bind) ?? []);
    });
    const branches = [either(filter.or ?? undefined, bind), neither(filter.not ?? undefined, bind)];
    const all = [...parts, ...branches.flatMap((part) => part ?? [])];
    return all.length > 0 ? all.map((part) => `(${part})`).join(' AND ') : 'true';
  };
  const either: FilterCondition<readonly Tree<Members>[]> = (alternatives, bind) => {
    if (!alternatives) return undefined;
    const parts = alternatives.map((alternative) => branch(alternative, bind));
    return parts.length > 0 ? `(${parts.map((part) => `(${part})`).join(' OR ')})` : 'false';
  };
  const neither: FilterCondition<Tree<Members>> = (filter, bind) =>
    filter && `(${branch(filter, bind)}) IS NOT TRUE`;
  return { ...members, or: either, not: neither } as unknown as Conditions<Tree<Members>>;
}

/** What is wrong with one member's value. */
type MemberCheck<Value> = (value: Value, path: string) => readonly Problem[];

export type MemberChecks<Members extends object> = {
  readonly [Member in keyof Members]?: MemberCheck<NonNullable<Members[Member]>>;
};

const deepest = 5;
const mostBranches = 50;

/** Throws InputRejected with codes TOO_DEEP and TOO_MANY, and with every problem of the members. */
export function checkTree<Members extends object>(
  filter: Tree<Members>,
  checks: MemberChecks<Members>,
  path = 'filter',
): void {
  const problems: Problem[] = [];
  let branches = 0;
  const walk = (node: Tree<Members>, at: string, depth: number): void => {
    branches += 1;
    if (depth > deepest) {
      problems.push({ path: at, code: 'TOO_DEEP', message: `may be nested ${deepest} deep` });
      return;
    }
    for (const member of Object.keys(checks) as (keyof Members & string)[]) {
      const value = node[member];
      if (value != null) problems.push(...(checks[member]?.(value, `${at}.${member}`) ?? []));
    }
    for (const [index, alternative] of (node.or ?? []).entries())
      if (branches <= mostBranches) walk(alternative, `${at}.or.${index}`, depth + 1);
    if (node.not) walk(node.not, `${at}.not`, depth + 1);
  };
  walk(filter, path, 0);
  if (branches > mostBranches)
    problems.push({ path, code: 'TOO_MANY', message: `may have at most ${mostBranches} branches` });
  if (problems.length > 0) throw new InputRejected(problems);
}

/** The tree with each of its nodes' own members changed. */
export const mapTree = <From extends object, To extends object>(
  { or, not, ...members }: Tree<From>,
  change: (members: From) => To,
): Tree<To> => ({
  ...change(members as unknown as From),
  or: or?.map((alternative) => mapTree(alternative, change)),
  not: not && mapTree(not, change),
});

/** Whether any node of the tree has this member. */
export const mentions = <Members extends object>(filter: Tree<Members>, member: keyof Members): boolean =>
  filter[member] != null ||
  (filter.or ?? []).some((alternative) => mentions(alternative, member)) ||
  (filter.not != null && mentions(filter.not, member));
