/** What reads of records and of figures have in common: the keys of their parents, in portions, and the rows that hang on them. */
import type { View } from './catalogue.ts';
import type { Company } from './companies.ts';
import { chunked, keyColumn, keysPerStatement, typedKeys, type Key, type TypedKey } from './key-list.ts';
import { bracketed, type Parameters, type RawRow } from './statement.ts';

/** What narrows a read besides its keys. Sees the view's row as `v`. */
interface Narrowing {
  /** Between FROM and WHERE, beginning with OUTER APPLY or the like; empty for none. */
  readonly joins: string;
  readonly conditions: readonly string[];
}

export type Narrow = (parameters: Parameters, view: View) => Narrowing;

export interface ParentsQuestion {
  /** The view's columns that hold the parent's key. */
  readonly by: readonly string[];
  /** Parents' keys; those of one group stay in one statement, up to its size. */
  readonly groups: readonly (readonly Key[])[];
  readonly narrow?: Narrow;
}

/** Typed keys in statements' portions, numbered over all groups. */
export function parentChunks(view: View, { by, groups }: Pick<ParentsQuestion, 'by' | 'groups'>) {
  const { types, typed, foreign } = typedKeys(view, by, groups.flat());
  const byOrdinal = new Map(typed.map((one) => [one.ordinal, one]));
  let place = 0;
  const typedGroups = groups.map((group) => group.flatMap(() => byOrdinal.get(place++) ?? []));
  return { types, foreign, chunks: chunked(typedGroups, keysPerStatement(by.length)) };
}

/** -1 for a row of the padding. */
export function parentOf(row: RawRow, chunk: readonly TypedKey[]): number {
  return chunk[Number(row['ordinal'])]?.ordinal ?? -1;
}

/** `FROM view AS v … WHERE v.column = k.k0 AND …`: the rows of each key, narrowed. */
export function fromParents(
  { schema }: Company,
  view: View,
  { by, narrow }: Pick<ParentsQuestion, 'by' | 'narrow'>,
  parameters: Parameters,
): string {
  const { joins, conditions } = narrow?.(parameters, view) ?? { joins: '', conditions: [] };
  const links = by.map((column, index) => `v.${bracketed(column)} = ${keyColumn(index)}`);
  const table = `${bracketed(schema)}.${bracketed(view.name)} AS v`;
  return ` FROM ${table}${joins && ` ${joins}`} WHERE ${[...links, ...conditions].join(' AND ')}`;
}
