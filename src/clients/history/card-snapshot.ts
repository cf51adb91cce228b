/**
 * A card's own fields as they were, from the change log: by the version that the card had at the instant. Writers' clocks overlap, so that is the
 * highest version written by then; what lower ones wrote was there when it was written, whatever their clock said.
 */
import type { FieldStep } from '../../changes/change.entity.ts';
import { clientKind } from '../client.kind.ts';
import type { ClientRow } from '../client.read.ts';

export interface CardLine {
  readonly at: string;
  readonly version: number;
  readonly fields: readonly FieldStep[];
}

export interface Snapshot {
  readonly id: string;
  readonly at: string;
  readonly version: number;
  readonly fields: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly erased: boolean;
  }[];
}

/** Of a card of which the log does not tell from the beginning, such as one of made-up data, what it says of itself counts. */
function versionAt(
  { createdAt, version }: ClientRow,
  lines: readonly CardLine[],
  at: string,
): number | undefined {
  const written = lines.filter((line) => line.at <= at).map((line) => line.version);
  if (written.length > 0) return Math.max(...written);
  if (createdAt > at) return undefined;
  const [first] = lines;
  return first ? first.version - 1 : version;
}

const own = [...Object.keys(clientKind.traced), 'deletedAt'];

/** As the log would have it. */
function valueNow(card: ClientRow, name: string): string | null {
  const { address, cardTypeId, ...fields } = card;
  const places = Object.entries(address).map(([part, value]) => [`address.${part}`, value] as const);
  type Value = string | number | boolean | readonly string[] | null;
  const values = new Map<string, Value>([...Object.entries(fields), ['cardType', cardTypeId], ...places]);
  const value = values.get(name) ?? null;
  if (value === null || typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? null : value.join(', ');
}

interface Traced {
  readonly version: number;
  readonly step: FieldStep;
}

/** The last word on the field up to the version; else what the first one after it found. */
function valueAt(steps: readonly Traced[], version: number) {
  const last = steps.findLast((traced) => traced.version <= version)?.step;
  if (last) return { value: last.after, erased: last.erased ?? false };
  const next = steps[0]?.step;
  return next && { value: next.before, erased: next.erased ?? false };
}

/** `lines` in the order of their versions. Undefined where there was no card yet. */
export function snapshotAt(card: ClientRow, lines: readonly CardLine[], at: string): Snapshot | undefined {
  const version = versionAt(card, lines, at);
  if (version === undefined) return undefined;
  const traced = lines.flatMap((line) => line.fields.map((step) => ({ version: line.version, step })));
  const steps = Map.groupBy(traced, ({ step }) => step.name);
  const others = [...steps.keys()].filter((name) => !own.includes(name)).toSorted();
  const fields = [...own, ...others].flatMap((name) => {
    const told = valueAt(steps.get(name) ?? [], version);
    if (own.includes(name)) return [{ name, ...(told ?? { value: valueNow(card, name), erased: false }) }];
    return told && (told.value !== null || told.erased) ? [{ name, ...told }] : [];
  });
  return { id: card.id, at, version, fields };
}
