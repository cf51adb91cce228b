/** Where a page of a sorted list begins and ends: the terms of an order, and the conditions for the rows beyond a cursor. */
import type { CursorValues } from '../values/page.ts';
import { keySort, type AnyOrder, type Bind, type Direction, type Sort } from './declaration.ts';

export interface Term extends Sort {
  readonly direction: Direction;
  readonly nullsFirst: boolean;
  /** From a joined table: its index does not know the row comparison. */
  readonly joined: boolean;
}

/** The column that a joined sort's value has in the list's rows, by its place in the order. */
export const joinedColumn = (place: number): string => `sorted_${place}`;

const opposite = (direction: Direction): Direction => (direction === 'ASC' ? 'DESC' : 'ASC');

const termOf = (
  sort: Sort,
  direction: Direction,
  { joined, nullsFirst }: Pick<Term, 'joined' | 'nullsFirst'>,
): Term => ({ ...sort, direction, joined, nullsFirst });

/**
 * The sorts of a request with the key behind them, turned round for a backward page. Nulls of the table's own columns stand
 * where PostgreSQL's indexes have them (last when ascending, first when descending), unless the order says otherwise. Joined ones
 * come last either way.
 */
export function termsOf(
  sorts: Readonly<Record<string, Sort>>,
  order: readonly AnyOrder[],
  backward: boolean,
  key: readonly Sort[] = [keySort],
): Term[] {
  const terms = order.flatMap((one, place) => {
    if (one.by) {
      const sort: Sort = { sql: `t.${joinedColumn(place)}`, type: one.by.type, nullable: true };
      return [termOf(sort, one.direction, { joined: true, nullsFirst: false })];
    }
    const sort = sorts[one.sort];
    const nullsFirst = one.nulls ? one.nulls === 'FIRST' : one.direction === 'DESC';
    return sort ? [termOf(sort, one.direction, { joined: false, nullsFirst })] : [];
  });
  const last = terms.at(-1)?.direction ?? 'ASC';
  const keyed = key.map((sort) => termOf(sort, last, { joined: false, nullsFirst: false }));
  const total = [...terms, ...keyed];
  if (!backward) return total;
  return total.map((term) => ({
    ...term,
    direction: opposite(term.direction),
    nullsFirst: !term.nullsFirst,
  }));
}

const isAsIndexed = ({ direction, nullsFirst }: Term): boolean => nullsFirst === (direction === 'DESC');

function orderTerm(term: Term): string {
  const { sql, direction, nullable, nullsFirst } = term;
  return nullable && !isAsIndexed(term)
    ? `${sql} ${direction} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`
    : `${sql} ${direction}`;
}

export const orderSql = (terms: readonly Term[]): string => terms.map(orderTerm).join(', ');

function beyond(
  { sql, direction, nullable, nullsFirst }: Term,
  value: string | null,
  parameter: string,
): string {
  if (value === null) return nullsFirst ? `${sql} IS NOT NULL` : 'false';
  const further = `${sql} ${direction === 'ASC' ? '>' : '<'} ${parameter}`;
  return nullable && !nullsFirst ? `(${further} OR ${sql} IS NULL)` : further;
}

/** Rows that come after the cursor in the order of the terms. */
export function keysetCondition(terms: readonly Term[], cursor: CursorValues, bind: Bind): string {
  const values = terms.map((_, index) => cursor[index] ?? null);
  const parameters = terms.map(({ type }, index) =>
    values[index] === null ? 'NULL' : bind(values[index], type),
  );
  const alike = terms.every(
    ({ nullable, joined, direction }) => !nullable && !joined && direction === terms[0]?.direction,
  );
  if (alike) {
    // A row comparison is one index condition, where the spelt-out form would scan from the list's start.
    const sign = terms[0]?.direction === 'ASC' ? '>' : '<';
    return `(${terms.map(({ sql }) => sql).join(', ')}) ${sign} (${parameters.join(', ')})`;
  }
  const alternatives = terms.map((term, index) => {
    const equal = terms
      .slice(0, index)
      .map(({ sql }, at) => (values[at] === null ? `${sql} IS NULL` : `${sql} = ${parameters[at]}`));
    return [...equal, beyond(term, values[index] ?? null, parameters[index] ?? 'NULL')].join(' AND ');
  });
  const spelt = `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`;
  const [first] = terms;
  // It follows from the others, and leads the index to where the page begins; of a nullable one, rows without a value too.
  return first === undefined || first.nullable || values[0] === null
    ? spelt
    : `${first.sql} ${first.direction === 'ASC' ? '>=' : '<='} ${parameters[0]} AND ${spelt}`;
}

/** Rows of a list that meet the condition, and what is left to sort them by. */
export interface Part {
  readonly condition: string | undefined;
  readonly terms: readonly Term[];
}

/**
 * Parts that together give the rows after the cursor, one after another in the list's order. Rows with and without a value
 * of the first sort are far apart in its index, so a list that goes from the ones to the others is asked in two parts.
 */
export function keysetParts(
  terms: readonly Term[],
  cursor: CursorValues | undefined,
  bind: Bind,
): readonly [Part] | readonly [Part, Part] {
  const [first, ...rest] = terms;
  if (!first?.nullable || (!cursor && !first.joined && isAsIndexed(first)))
    return [{ condition: cursor && keysetCondition(terms, cursor, bind), terms }];
  const { sql, nullsFirst } = first;
  // Where none is null, nothing is said of nulls: an index serves the order then, whichever way it goes.
  const among: readonly Term[] = [{ ...first, nullable: false }, ...rest];
  const valued: Part = { condition: `${sql} IS NOT NULL`, terms: among };
  const empty: Part = { condition: `${sql} IS NULL`, terms: rest };
  if (!cursor) return nullsFirst ? [empty, valued] : [valued, empty];
  if (cursor[0] != null) {
    const valuedBeyond: Part = { condition: keysetCondition(among, cursor, bind), terms: among };
    return nullsFirst ? [valuedBeyond] : [valuedBeyond, empty];
  }
  const further = keysetCondition(rest, cursor.slice(1), bind);
  const emptyBeyond: Part = { ...empty, condition: `${empty.condition} AND ${further}` };
  return nullsFirst ? [emptyBeyond, valued] : [emptyBeyond];
}
