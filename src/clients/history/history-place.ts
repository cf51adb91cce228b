/**
 * The order of a client's history and a page's place in it: newest first, then by kind, then by the key that the entry's source
 * knows it by. That order is total and each source keeps its own part of it, so that a page is cut from the sources' first rows,
 * and a cursor, which holds the three of its entry, says to each source where to go on.
 */
import { InputRejected } from '../../errors.ts';
import { decodeCursor, encodeCursor } from '../../values/page.ts';
import { toUtcInstant } from '../../values/scalars.ts';

/** In the order in which they stand where they share an instant. */
export const historyKinds = ['CHANGE', 'NOTE', 'ATTACHMENT', 'EVENT', 'ORDER', 'INVOICE', 'PAYMENT'] as const;
export type HistoryKind = (typeof historyKinds)[number];

export interface HistoryPlace {
  /** Milliseconds since 1970, which is as fine as anything is kept here. */
  readonly at: number;
  readonly kind: HistoryKind;
  /** Of a change its number, of a record its key, of a document its company and the ERP's key. */
  readonly key: readonly string[];
}

/** Entries of a source that are to come: those before the instant; and, with a key, those at it which stand behind the key. */
export interface HistoryBound {
  readonly at: number;
  readonly key?: readonly string[];
}

const list = 'history';

export const writePlace = ({ at, kind, key }: HistoryPlace): string =>
  encodeCursor(list, [new Date(at).toISOString(), kind, JSON.stringify(key)]);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const one = (form: RegExp) => (key: readonly string[]) => key.length === 1 && form.test(key[0] ?? '');
/** The column types of the key are looked at by the company that it names. */
const document = (key: readonly string[]) => key.length > 1;

/** Callers can write cursors themselves. */
const keyForms: Readonly<Record<HistoryKind, (key: readonly string[]) => boolean>> = {
  CHANGE: one(/^[1-9]\d{0,17}$/),
  NOTE: one(uuid),
  ATTACHMENT: one(uuid),
  EVENT: one(uuid),
  ORDER: document,
  INVOICE: document,
  PAYMENT: document,
};

const isKind = (text: string): text is HistoryKind => Object.hasOwn(keyForms, text);

const refused = (): InputRejected =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is not a cursor of this service' }]);

function texts(json: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refused();
  }
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value;
  throw refused();
}

/** Throws InputRejected with code CURSOR. */
export function readPlace(cursor: string): HistoryPlace {
  const [at, kind, keyJson] = decodeCursor(list, 3, cursor, 'after');
  if (at == null || kind == null || keyJson == null || !isKind(kind)) throw refused();
  const instant = toUtcInstant(at);
  const key = texts(keyJson);
  if (instant === undefined || !keyForms[kind](key)) throw refused();
  return { at: Date.parse(instant), kind, key };
}

/** What is later has no form that anybody reads. */
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

function afterPlace(kind: HistoryKind, place: HistoryPlace): HistoryBound {
  if (kind === place.kind) return { at: place.at, key: place.key };
  const passed = historyKinds.indexOf(kind) < historyKinds.indexOf(place.kind);
  return { at: passed ? place.at : Math.min(place.at + 1, lastInstant) };
}

/** Where a source goes on behind a place, in a history that ends before `to`. Undefined: from its newest entry. */
export function boundOf(
  kind: HistoryKind,
  place: HistoryPlace | undefined,
  to: number | undefined,
): HistoryBound | undefined {
  const after = place && afterPlace(kind, place);
  if (to === undefined || (after && after.at < to)) return after;
  return { at: to };
}

/** The first `size` of what the sources have, each in its own order, with `size` + 1 entries where it has them, and by kinds. */
export function mergeEntries<Entry extends { readonly place: Pick<HistoryPlace, 'at'> }>(
  sources: readonly (readonly Entry[])[],
  size: number,
): { entries: readonly Entry[]; more: boolean } {
  // The sort is stable: at one instant kinds stay in their order, and a source's entries in its own.
  const all = sources.flat().toSorted((left, right) => right.place.at - left.place.at);
  return { entries: all.slice(0, size), more: all.length > size };
}
