/** Words of an engine, in upper case, by what a report may do with them. */
export interface Words {
  /** Reserved words of a query. */
  readonly syntax: ReadonlySet<string>;
  /** Words of a query that may be names elsewhere. */
  readonly either: ReadonlySet<string>;
  /** Words that no report may have outside of quotes, and why where that is not plain. */
  readonly refused: ReadonlyMap<string, Refusal>;
  readonly types: ReadonlySet<string>;
  readonly operators: ReadonlySet<string>;
}

export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

export interface Functions {
  readonly allowed: ReadonlySet<string>;
  readonly aggregates: ReadonlySet<string>;
  /** Why some are refused that somebody could look for; the first that fits. */
  readonly reasons: readonly (readonly [RegExp, string])[];
}

export interface SystemNames {
  /** Schemas and databases of the server's own, folded. */
  readonly schemas: ReadonlySet<string>;
  /** Relations of the server's own that need no schema. */
  readonly relations: RegExp;
}

export function listed(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/u));
}

/** One refusal for each of some words. */
export function refusals(
  groups: readonly (readonly [words: string, code: string, reason: string])[],
): ReadonlyMap<string, Refusal> {
  return new Map(
    groups.flatMap(([words, code, reason]) =>
      [...listed(words)].map((word) => [word, { code, reason }] as const),
    ),
  );
}
