/** Rows as they are between a set that is read piece by piece and the format they are told in. */

/**
 * One value of a row. By its column's type: text, decimal ('12.5000'), date ('2026-01-31') and instant (RFC 3339 in UTC) are strings,
 * integer a number, boolean a boolean, list strings; null where there is nothing.
 */
export type Cell = string | number | boolean | null | readonly string[];

/** In the order of the columns that were asked for. */
export type Row = readonly Cell[];

/** Batches of rows, as many as one statement brought; an empty one is no end. */
export type Rows = AsyncIterable<readonly Row[]>;
