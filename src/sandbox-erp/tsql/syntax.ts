import type { SqlType } from '../engine.ts';

/** T-SQL as the engine understands it: what the reader makes of the parser's tree, and all the translator ever sees. */
export type Expression =
  | { readonly kind: 'column'; readonly path: readonly string[] }
  | { readonly kind: 'variable' | 'system'; readonly name: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string; readonly national: boolean }
  | { readonly kind: 'binary'; readonly hex: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'default' }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
      /** Whether it stands in brackets of its own. */
      readonly bracketed?: boolean;
    }
  | {
      readonly kind: 'compare';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'AND' | 'OR';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'between';
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly not: boolean;
    }
  | {
      readonly kind: 'in';
      readonly value: Expression;
      readonly among: readonly Expression[] | Query;
      readonly not: boolean;
    }
  | {
      readonly kind: 'like';
      readonly value: Expression;
      readonly pattern: Expression;
      readonly escape: Expression | null;
    }
  | { readonly kind: 'isNull'; readonly value: Expression; readonly not: boolean }
  | { readonly kind: 'exists'; readonly query: Query }
  | {
      readonly kind: 'case';
      readonly operand: Expression | null;
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression | null;
    }
  | {
      readonly kind: 'cast';
      readonly value: Expression;
      readonly type: SqlType;
      readonly style: Expression | null;
      readonly attempt: boolean;
    }
  | Call
  | { readonly kind: 'window'; readonly call: Call; readonly over: Window }
  | { readonly kind: 'scalar'; readonly query: Query };

export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^';
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface Call {
  readonly kind: 'call';
  /** In upper case. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  /** The date part of DATEADD and its kin, in lower case. */
  readonly part: string | null;
}

export interface Window {
  readonly partition: readonly Expression[];
  readonly order: readonly Ordering[];
  readonly frame: string | null;
}

export interface Ordering {
  readonly by: Expression;
  readonly descending: boolean;
}

export type SelectItem =
  | { readonly kind: 'star'; readonly source: string | null }
  | {
      readonly kind: 'item';
      readonly value: Expression;
      readonly name: string | null;
      readonly aliased: boolean;
    }
  | { readonly kind: 'assign'; readonly variable: string; readonly value: Expression };

export type ObjectName = readonly string[];

export type Source =
  | { readonly kind: 'object'; readonly name: ObjectName; readonly alias: string | null }
  | {
      readonly kind: 'derived';
      readonly query: Query;
      readonly alias: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'values';
      readonly rows: readonly (readonly Expression[])[];
      readonly alias: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'described';
      readonly batch: string;
      /** Its parameters, as written: '@a int, @b date'. */
      readonly declared: string | null;
      /** Whether the columns of base tables are told. */
      readonly browse: boolean;
      readonly alias: string;
    }
  | { readonly kind: 'joined'; readonly first: Source; readonly joins: readonly Join[] };

export interface Join {
  readonly how: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS' | 'CROSS APPLY' | 'OUTER APPLY';
  readonly source: Source;
  readonly on: Expression | null;
}

export interface Select {
  readonly kind: 'select';
  readonly items: readonly SelectItem[];
  readonly distinct: boolean;
  readonly top: Expression | null;
  readonly from: Source | null;
  readonly where: Expression | null;
  readonly group: readonly Expression[];
  readonly having: Expression | null;
}

export interface Combination {
  readonly kind: 'combination';
  readonly operator: 'UNION' | 'UNION ALL' | 'EXCEPT' | 'INTERSECT';
  readonly left: Query;
  readonly right: Query;
}

export interface Query {
  readonly body: Select | Combination;
  readonly common: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly query: Query;
  }[];
  readonly order: readonly Ordering[];
  readonly offset: Expression | null;
  readonly fetch: Expression | null;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean | null;
  readonly identity: { readonly seed: string; readonly step: string } | null;
  readonly byDefault: Expression | null;
}

export type TableConstraint =
  | {
      readonly kind: 'key';
      readonly primary: boolean;
      readonly name: string | null;
      readonly columns: readonly IndexColumn[];
    }
  | {
      readonly kind: 'foreign';
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly table: ObjectName;
      readonly references: readonly string[];
      readonly onDelete: 'NO ACTION' | 'CASCADE';
    }
  | { readonly kind: 'check'; readonly name: string | null; readonly condition: Expression };

export interface IndexColumn {
  readonly name: string;
  readonly descending: boolean;
}

export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | {
      readonly kind: 'insert';
      readonly table: ObjectName;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Expression[])[] | Query;
    }
  | {
      readonly kind: 'update';
      readonly table: ObjectName;
      readonly changes: readonly { readonly column: string; readonly value: Expression }[];
      readonly where: Expression | null;
    }
  | { readonly kind: 'delete'; readonly table: ObjectName; readonly where: Expression | null }
  | { readonly kind: 'createSchema'; readonly name: string }
  | {
      readonly kind: 'createTable';
      readonly name: ObjectName;
      readonly columns: readonly ColumnDefinition[];
      readonly constraints: readonly TableConstraint[];
    }
  | {
      readonly kind: 'createIndex';
      readonly name: string;
      readonly table: ObjectName;
      readonly unique: boolean;
      readonly columns: readonly IndexColumn[];
      readonly include: readonly string[];
      readonly where: Expression | null;
    }
  | {
      readonly kind: 'createView';
      readonly name: ObjectName;
      readonly columns: readonly string[];
      readonly query: Query;
      readonly mode: 'create' | 'alter' | 'createOrAlter';
    }
  | {
      readonly kind: 'drop';
      readonly what: 'TABLE' | 'VIEW';
      readonly names: readonly ObjectName[];
      readonly ifExists: boolean;
    }
  | { readonly kind: 'dropSchema'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'truncate'; readonly table: ObjectName };
