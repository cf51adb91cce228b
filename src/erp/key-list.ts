/**
 * Lists of keys on their way into a statement: a table of typed parameters, its length padded to one of few so that the
 * server keeps few plans. What fills it up is NULL, which no key equals, so that nothing is read twice. Each row
 * carries its ordinal; answers are put to their keys by that, never by comparing texts, since the ERP's collation may see
 * two spellings as one.
 */
import type { View } from './catalogue.ts';
import { keyValue } from './key-types.ts';
import { paddedLength, paddedLengths, type Parameters, type SqlType, type SqlValue } from './statement.ts';

export type Key = readonly string[];

/** The server takes 2,100 parameters; the rest is for filters, cursor and the driver. */
const parametersForKeys = 2_000;

/** Column names of the table made by keyTable. */
export const keyColumn = (index: number): string => `k.k${index}`;

export interface TypedKey {
  readonly ordinal: number;
  readonly values: readonly SqlValue[];
}

/** The keys that the ERP's types can hold; `foreign` are the ordinals of the others, which nothing in this ERP can have. */
export function typedKeys(
  view: View,
  columns: readonly string[],
  keys: readonly Key[],
): { types: readonly SqlType[]; typed: readonly TypedKey[]; foreign: ReadonlySet<number> } {
  const types = columns.map((column) => view.typeOf(column));
  const typed: TypedKey[] = [];
  const foreign = new Set<number>();
  keys.forEach((key, ordinal) => {
    const values = typedKey(types, key);
    if (values) typed.push({ ordinal, values });
    else foreign.add(ordinal);
  });
  return { types, typed, foreign };
}

export function typedKey(types: readonly SqlType[], key: Key): readonly SqlValue[] | undefined {
  if (key.length !== types.length) return undefined;
  const values: SqlValue[] = [];
  for (const [index, type] of types.entries()) {
    const value = keyValue(type, key[index] ?? '');
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** How many keys of so many columns one statement takes. */
export function keysPerStatement(columns: number): number {
  return paddedLengths.findLast((length) => length * columns <= parametersForKeys) ?? paddedLengths[0];
}

/** Cuts a list into parts of at most `size`, keeping together what belongs to one group where it fits. */
export function chunked<Item>(
  groups: readonly (readonly Item[])[],
  size: number,
): readonly (readonly Item[])[] {
  const chunks: Item[][] = [];
  let chunk: Item[] = [];
  const flush = () => {
    if (chunk.length > 0) chunks.push(chunk);
    chunk = [];
  };
  for (const group of groups) {
    if (chunk.length + group.length > size) flush();
    for (const item of group) {
      if (chunk.length === size) flush();
      chunk.push(item);
    }
  }
  flush();
  return chunks;
}

/** `(VALUES …) AS k (ordinal, k0, …)`, the ordinals being places in `keys`. */
export function keyTable(
  types: readonly SqlType[],
  keys: readonly TypedKey[],
  parameters: Parameters,
): string {
  const rows = Array.from({ length: paddedLength(keys.length) }, (_, row) => {
    const cells = types.map((type, index) => parameters.bind(type, keys[row]?.values[index] ?? null));
    return `(${[row, ...cells].join(', ')})`;
  });
  const columns = types.map((_, index) => `k${index}`);
  return `(VALUES ${rows.join(', ')}) AS k (${['ordinal', ...columns].join(', ')})`;
}
