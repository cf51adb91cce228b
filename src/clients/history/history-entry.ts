import type { FieldStep } from '../../changes/change.entity.ts';
import type { HistoryPosition } from './history-position.ts';

/** One line of a history, whatever it comes from. */
export interface HistoryEntryRow extends HistoryPosition {
  readonly title: string;
  readonly actor: string | null;
  /** The record itself where its source has it anyway, else its id. */
  readonly record: object | string;
  /** Of a change: what it changed. */
  readonly fields: readonly FieldStep[] | null;
}

/** What one source has for one card. */
export interface SourceAnswer {
  readonly entries: readonly HistoryEntryRow[];
  /** Of an ERP that gave none; without a company where the card's accounts could not be read. */
  readonly failures: readonly { readonly company: string | null; readonly error: Error }[];
}

/** What is asked of each source: how many entries in a time, from behind a position. */
export interface HistoryQuestion {
  /** RFC 3339 in UTC; from then on, and before then. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly after: HistoryPosition | undefined;
  readonly limit: number;
}
