/** One line of a history as its sources hand it over. */
import type { ChangeAction, FieldStep } from '../../changes/change.entity.ts';
import type { RecordType } from '../../changes/record-type.ts';
import type { RequestContext } from '../../request.ts';
import type { HistoryBound, HistoryKind, HistoryPlace } from './history-place.ts';

/** What a line of the change log tells. */
export interface LoggedStep {
  readonly recordType: RecordType;
  readonly recordId: string;
  readonly action: ChangeAction;
  readonly version: number;
  readonly fields: readonly FieldStep[];
}

export interface HistoryEntryRow {
  readonly place: HistoryPlace;
  readonly at: string;
  readonly kind: HistoryKind;
  readonly title: string;
  readonly actor: string | null;
  /** In the shape of its type, with its id; of a change only the id is known. */
  readonly of: { readonly id: string };
  readonly change: LoggedStep | null;
}

/** An entry without what its source has for all of its entries. */
export const entryOf = (
  place: HistoryPlace,
  told: Pick<HistoryEntryRow, 'title' | 'actor' | 'of'> & { readonly change?: LoggedStep },
): HistoryEntryRow => ({
  place,
  at: new Date(place.at).toISOString(),
  kind: place.kind,
  change: null,
  ...told,
});

export interface HistoryRange {
  /** Entries from then on, in milliseconds since 1970. */
  readonly from: number | undefined;
  readonly bound: HistoryBound | undefined;
}

/** What a source has of one client; some of it missing where a company could not answer. */
export interface SourcePart<Value> {
  readonly value: Value;
  readonly missing: boolean;
}

/** An Error for a client of whom nothing can be said. */
type PartsOf<Value> = Promise<readonly (SourcePart<Value> | Error)[]>;

/** Where entries of one kind come from. Each is asked once for all clients, by their bare keys, and answers in their order. */
export interface HistorySource {
  readonly kind: HistoryKind;
  isOpenTo(context: RequestContext): boolean;
  entries(
    context: RequestContext,
    keys: readonly string[],
    range: HistoryRange,
    limit: number,
  ): PartsOf<readonly HistoryEntryRow[]>;
  /** Null where the number cannot be had. */
  count(context: RequestContext, keys: readonly string[], range: HistoryRange): PartsOf<number | null>;
}

const longestTitle = 120;

/** The first line that says something, cut where it is long. */
export function titleFrom(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  const signs = [...line.trim()];
  return signs.length > longestTitle ? `${signs.slice(0, longestTitle - 1).join('')}…` : signs.join('');
}
