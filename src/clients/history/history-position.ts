/**
 * Where an entry of a history stands: by its instant, newest first, then by kind, then by what its source sorts it by. A page goes on behind
 * one entry; each source is asked for what follows it there.
 */
import { InputRejected } from '../../errors.ts';
import { decodeCursor, encodeCursor } from '../../values/page.ts';
import { toUtcInstant } from '../../values/scalars.ts';

/** In the order in which entries of one instant stand. */
export const historyKinds = ['CHANGE', 'NOTE', 'ATTACHMENT', 'EVENT', 'ORDER', 'INVOICE', 'PAYMENT'] as const;
export type HistoryKind = (typeof historyKinds)[number];

export interface HistoryPosition {
  /** RFC 3339 in UTC, with milliseconds. */
  readonly at: string;
  readonly kind: HistoryKind;
  /** The source's own. */
  readonly key: string;
}

const list = 'history';
const isKind = (text: string | null | undefined): text is HistoryKind =>
  historyKinds.some((kind) => kind === text);

export const writeHistoryCursor = ({ at, kind, key }: HistoryPosition): string =>
  encodeCursor(list, [at, kind, key]);

/** Throws InputRejected with code CURSOR. */
export function readHistoryCursor(cursor: string): HistoryPosition {
  const [at, kind, key] = decodeCursor(list, 3, cursor, 'after');
  if (at == null || key == null || !isKind(kind) || toUtcInstant(at) !== at) throw notACursor();
  return { at, kind, key };
}

export const notACursor = (): InputRejected =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is not a cursor of this list' }]);

/** Whether entries of a kind that share the position's instant stand behind it, before it, or on both sides. */
export function besides(kind: HistoryKind, position: HistoryPosition): 'behind' | 'before' | 'among' {
  const [own, other] = [historyKinds.indexOf(kind), historyKinds.indexOf(position.kind)];
  if (own === other) return 'among';
  return own > other ? 'behind' : 'before';
}
