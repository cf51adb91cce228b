import type { HistoryPosition } from './history-position.ts';

/** One line of a history, whatever it comes from. */
export interface HistoryEntryRow extends HistoryPosition {
  readonly title: string;
  readonly actor: string | null;
  /** The record itself where its source has it anyway, else its id. */
  readonly record: object | string;
}

/** What is asked of each source: how many entries in a time, from behind a position. */
export interface HistoryQuestion {
  /** RFC 3339 in UTC; from then on, and before then. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly after: HistoryPosition | undefined;
  readonly limit: number;
}
