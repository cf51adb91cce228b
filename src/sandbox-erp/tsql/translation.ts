import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import type { Catalog } from './catalog.ts';
import type { GivenColumn, Scope } from './scope.ts';
import type { Expression, Query } from './syntax.ts';
import { variableValue } from './typed.ts';
import type { Typed } from './typed.ts';

export interface TranslatedQuery {
  readonly sql: string;
  readonly columns: readonly GivenColumn[];
}

/** How a query is used: 'named' columns can be referred to, 'bare' ones only come out in order. */
export type QueryUse = 'named' | 'bare';

export interface Translators {
  query(translation: Translation, query: Query, outer: Scope | null, use: QueryUse): TranslatedQuery;
  view(translation: Translation, definition: string): TranslatedQuery;
}

/**
 * One statement on its way into PostgreSQL's words: what it may refer to, and which variables it came to use. Variables
 * become parameters in the order of `used`; the session's own values (@@TRANCOUNT, the user) are variables as well.
 */
export class Translation {
  readonly used: string[] = [];
  private aliases = 0;

  constructor(
    readonly catalog: Catalog,
    readonly variables: ReadonlyMap<string, SqlType>,
    readonly translators: Translators,
    /** SET IDENTITY_INSERT … ON. */
    readonly identityInsert = false,
  ) {}

  alias(): string {
    this.aliases += 1;
    return `t${this.aliases}`;
  }

  variable(name: string): Typed {
    return this.sessionValue(name, this.declared(name).type);
  }

  /** Throws 137 for a variable that nobody declared. */
  declared(name: string): { readonly type: SqlType } {
    const type = this.variables.get(name);
    if (type === undefined) throw new SqlServerError(137, `Must declare the scalar variable "${name}".`, 15);
    return { type };
  }

  /** A value that the session knows at the moment the statement runs. */
  sessionValue(name: string, type: SqlType): Typed {
    let place = this.used.indexOf(name);
    if (place < 0) place = this.used.push(name) - 1;
    return variableValue(`$${place + 1}`, type);
  }

  /** A query inside another. */
  query(query: Query, outer: Scope | null, use: QueryUse): TranslatedQuery {
    const cut = query.offset !== null || (query.body.kind === 'select' && query.body.top !== null);
    if (query.order.length > 0 && !cut)
      throw new SqlServerError(
        1033,
        'The ORDER BY clause is invalid in views, derived tables, subqueries, and common table expressions, unless TOP or OFFSET is also specified.',
        15,
      );
    return this.translators.query(this, query, outer, use);
  }
}

/** The translators of values and of conditions, handed to the files that need both without knowing where they are. */
export interface Place {
  readonly translation: Translation;
  readonly scope: Scope;
  value(expression: Expression): Typed;
  condition(expression: Expression): string;
}
