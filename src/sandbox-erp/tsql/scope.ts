import { SqlServerError, type SqlType } from '../engine.ts';
import { refuse } from './types.ts';
import type { Typed } from './typed.ts';

/** A column that a query gives: its name as T-SQL has it, null where it has none. */
export interface GivenColumn {
  readonly name: string | null;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly isNullLiteral: boolean;
}

export interface BoundColumn extends Typed {
  readonly name: string;
}

/** A table, view or derived table in a FROM, under the name it goes by there. */
export interface BoundSource {
  /** Outermost first, without its database: `['dbo', 'invoice']`, or the alias alone. */
  readonly path: readonly string[];
  readonly columns: readonly BoundColumn[];
}

/** What names a query may use: its own sources, then those around it. */
export class Scope {
  constructor(
    readonly sources: readonly BoundSource[],
    private readonly outer: Scope | null,
    private readonly common: ReadonlyMap<string, CommonTable> = new Map(),
  ) {}

  with(sources: readonly BoundSource[]): Scope {
    return new Scope(sources, this.outer, this.common);
  }

  /** Throws 207 for no such column, 209 for several, 4104 for no such table. */
  column(path: readonly string[]): BoundColumn {
    const found = this.find(path);
    if (found !== undefined) return found;
    if (path.length === 1) throw new SqlServerError(207, `Invalid column name '${path[0] ?? ''}'.`);
    if (this.source(path.slice(0, -1)) !== undefined)
      throw new SqlServerError(207, `Invalid column name '${path.at(-1) ?? ''}'.`);
    throw new SqlServerError(4104, `The multi-part identifier "${path.join('.')}" could not be bound.`);
  }

  private find(path: readonly string[]): BoundColumn | undefined {
    const name = path.at(-1)?.toLowerCase();
    const owner = path.slice(0, -1);
    const sources = owner.length === 0 ? this.sources : this.sources.filter((one) => isNamed(one, owner));
    const found = sources.flatMap((one) =>
      one.columns.filter((column) => column.name.toLowerCase() === name),
    );
    if (found.length > 1) throw new SqlServerError(209, `Ambiguous column name '${path.at(-1) ?? ''}'.`);
    return found[0] ?? (sources.length > 0 && owner.length > 0 ? undefined : this.outer?.find(path));
  }

  private source(owner: readonly string[]): BoundSource | undefined {
    return this.sources.find((one) => isNamed(one, owner)) ?? this.outer?.source(owner);
  }

  /** Throws 107 when nothing here goes by that name. */
  starOf(owner: string): BoundSource {
    const source = this.sources.find((one) => isNamed(one, [owner]));
    if (source === undefined)
      throw new SqlServerError(
        107,
        `The column prefix '${owner}' does not match with a table name or alias name used in the query.`,
        15,
      );
    return source;
  }

  commonTable(name: string): CommonTable | undefined {
    return this.common.get(name.toLowerCase()) ?? this.outer?.commonTable(name);
  }
}

/** A common table expression, under the name PostgreSQL knows it by. */
export interface CommonTable {
  readonly alias: string;
  readonly columns: readonly GivenColumn[];
}

function isNamed(source: BoundSource, owner: readonly string[]): boolean {
  if (owner.length > 2) throw refuse('a column name with a database in it');
  const path = source.path.slice(-owner.length);
  return (
    path.length === owner.length && path.every((part, at) => part.toLowerCase() === owner[at]?.toLowerCase())
  );
}
