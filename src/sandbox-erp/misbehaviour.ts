import { SqlServerError } from './engine.ts';

/**
 * What can go wrong with a real server, to order: tests tell the sandbox how to misbehave and prove what the caller makes of
 * it. Rules are added and taken away while the server runs; each may be limited to a database, to statements whose text
 * matches, and to a number of times.
 */
export type Misbehaviour = ConnectionMisbehaviour | LoginMisbehaviour | StatementMisbehaviour;

type ConnectionMisbehaviour = { readonly times?: number } & (
  | { readonly kind: 'refuse-connection' }
  /** Takes the call and never says a word. */
  | { readonly kind: 'stall-connection' }
);

interface LoginMisbehaviour {
  readonly kind: 'refuse-login';
  readonly times?: number;
  readonly database?: string;
  /** 18456 where it is not given. */
  readonly error?: SqlServerError;
}

interface OrderedError {
  readonly number: number;
  readonly message?: string;
  readonly severity?: number;
}

type StatementMisbehaviour = {
  readonly times?: number;
  readonly database?: string;
  readonly text?: RegExp;
} & (
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Answers when that is fulfilled. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Never answers, but lets itself be cancelled. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'cut-before-first-row' }
  /** Half of that row (1 is the first) is sent; where the answer ends earlier, the line breaks there. */
  | { readonly kind: 'cut-in-row'; readonly row: number }
  | ({ readonly kind: 'error' } & OrderedError)
);

const knownErrors = new Map<number, { readonly message: string; readonly severity: number }>([
  [208, { message: 'Invalid object name.', severity: 16 }],
  [1205, { message: 'Transaction was deadlocked on lock resources with another process.', severity: 13 }],
  [1222, { message: 'Lock request time out period exceeded.', severity: 16 }],
]);

export const orderedError = ({ number, message, severity }: OrderedError): SqlServerError => {
  const known = knownErrors.get(number) ?? { message: `Error ${number}, to order.`, severity: 16 };
  return new SqlServerError(number, message ?? known.message, severity ?? known.severity);
};

interface Rule {
  readonly misbehaviour: Misbehaviour;
  left: number;
}

export class MisbehaviourRules {
  readonly #rules = new Set<Rule>();

  /** Returns what ends it. */
  add(misbehaviour: Misbehaviour): () => void {
    const rule: Rule = { misbehaviour, left: misbehaviour.times ?? Number.POSITIVE_INFINITY };
    this.#rules.add(rule);
    return () => {
      this.#rules.delete(rule);
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  forConnection(): ConnectionMisbehaviour | undefined {
    return this.#take((rule) =>
      rule.kind === 'refuse-connection' || rule.kind === 'stall-connection' ? rule : undefined,
    ).next().value;
  }

  forLogin(database: string): LoginMisbehaviour | undefined {
    return this.#take((rule) =>
      rule.kind === 'refuse-login' && (rule.database ?? database) === database ? rule : undefined,
    ).next().value;
  }

  /**
   * In the order in which they were added. What drivers send by themselves misbehaves only where a rule's text asks for it:
   * else a rule for one time would be spent before the test's own statement arrives.
   */
  forStatement(database: string, text: string, byDriver: boolean): readonly StatementMisbehaviour[] {
    const taken = this.#take((rule) => {
      if (
        rule.kind === 'refuse-connection' ||
        rule.kind === 'stall-connection' ||
        rule.kind === 'refuse-login'
      ) {
        return undefined;
      }
      const concerned =
        (rule.database ?? database) === database &&
        (rule.text === undefined ? !byDriver : text.search(rule.text) !== -1);
      return concerned ? rule : undefined;
    });
    return [...taken];
  }

  /** One by one, so that only a rule that is obeyed has one of its times spent. */
  *#take<Kind extends Misbehaviour>(
    pick: (misbehaviour: Misbehaviour) => Kind | undefined,
  ): Generator<Kind, undefined> {
    for (const rule of [...this.#rules]) {
      const picked = pick(rule.misbehaviour);
      if (picked === undefined) continue;
      rule.left -= 1;
      if (rule.left <= 0) this.#rules.delete(rule);
      yield picked;
    }
  }
}
