import type { Parameter } from '../engine.ts';

/** 'driver' is what drivers send by themselves: SET options after login, and a question whether the line still lives. */
export type StatementKind = 'batch' | 'call' | 'prepare' | 'transaction' | 'driver';

export interface Statement {
  readonly kind: StatementKind;
  readonly database: string;
  readonly text: string;
  /** Names and types; the values are nobody's business. */
  readonly parameters: readonly Omit<Parameter, 'value'>[];
}

interface StatementFilter {
  readonly database?: string;
  readonly text?: RegExp;
  /** Everything but the drivers' own where it is not given. */
  readonly kinds?: readonly StatementKind[];
}

const KEPT = 2000;
const QUERIES: readonly StatementKind[] = ['batch', 'call', 'prepare', 'transaction'];

/** What arrived on the wire, so that a test can say "one statement per relation". Keeps the latest only. */
export class StatementLog {
  #kept: Statement[] = [];
  #forgotten = 0;

  add(statement: Statement): void {
    this.#kept.push(statement);
    if (this.#kept.length < KEPT * 2) return;
    this.#forgotten += KEPT;
    this.#kept = this.#kept.slice(KEPT);
  }

  /** Oldest first. Throws when some were forgotten since the last clear: a count must never be silently too low. */
  list({ database, text, kinds = QUERIES }: StatementFilter = {}): readonly Statement[] {
    if (this.#forgotten > 0)
      throw new Error(`${this.#forgotten} statements were forgotten: clear() before counting.`);
    return this.#kept.filter(
      (statement) =>
        kinds.includes(statement.kind) &&
        (database === undefined || statement.database === database) &&
        (text === undefined || statement.text.search(text) !== -1),
    );
  }

  /** All since the last clear, the drivers' own included. */
  get total(): number {
    return this.#forgotten + this.#kept.length;
  }

  clear(): void {
    this.#kept = [];
    this.#forgotten = 0;
  }
}
