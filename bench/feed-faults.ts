/** What readers of the feed met, set against what was committed. */

export interface MetChange {
  /** `record:version`. */
  readonly change: string;
  readonly recordType: string;
  readonly position: string;
}

export interface MetBy {
  /** Null: all of them. */
  readonly recordTypes: readonly string[] | null;
  readonly met: readonly MetChange[];
}

/** In words; empty where every reader met every change once, in one order, and no record's versions out of theirs. */
export function feedFaults(committed: ReadonlySet<string>, readers: readonly MetBy[]): string[] {
  const whole = readers.find(({ recordTypes }) => recordTypes === null)?.met ?? [];
  const known = new Set(whole.map(({ change }) => change));
  return [
    ...[...committed].filter((change) => !known.has(change)).map((change) => `${change} was skipped`),
    ...whole
      .filter(({ change }) => !committed.has(change))
      .map(({ change }) => `${change} was never committed`),
    ...readers.flatMap(({ met, recordTypes }) => {
      const expected = recordTypes
        ? whole.filter(({ recordType }) => recordTypes.includes(recordType))
        : whole;
      const alike = met.map(({ change }) => change).join() === expected.map(({ change }) => change).join();
      const who = recordTypes?.join() ?? 'all';
      return [
        ...twice(met),
        ...outOfOrder(met),
        ...(alike ? [] : [`readers of ${who} did not meet the same changes in the same order`]),
      ];
    }),
  ];
}

function twice(met: readonly MetChange[]): string[] {
  const known = new Set<string>();
  return met.flatMap(({ change }) => {
    if (known.has(change)) return [`${change} came twice`];
    known.add(change);
    return [];
  });
}

function outOfOrder(met: readonly MetChange[]): string[] {
  const versions = new Map<string, number>();
  let last = 0n;
  return met.flatMap(({ change, position }) => {
    const [record = '', text] = change.split(':');
    const before = versions.get(record) ?? 0;
    versions.set(record, Number(text));
    const back = BigInt(position) <= last;
    last = BigInt(position);
    return [
      ...(Number(text) === before + 1 ? [] : [`${change} came after version ${before}`]),
      ...(back ? [`${change} came at a position before the last one`] : []),
    ];
  });
}
