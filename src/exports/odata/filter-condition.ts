/** Filters once they are understood: conditions over values whose types are known. */
import type { Comparison } from './filter-parser.ts';
import type { Property } from './model.ts';

export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'instant';

export interface Literal {
  readonly of: 'literal';
  readonly type: ValueType | 'null';
  /** Checked, in a form that the database reads. */
  readonly value: string;
}
interface PropertyOperand {
  readonly of: 'property';
  readonly type: ValueType;
  readonly property: Property;
}
export interface CallOperand {
  readonly of: 'call';
  readonly type: ValueType;
  readonly name: string;
  readonly given: readonly Operand[];
}
export type Operand = Literal | PropertyOperand | CallOperand;

export type Condition =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly is: 'not'; readonly of: Condition }
  | {
      readonly is: 'compare';
      readonly operator: Comparison;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly is: 'in'; readonly of: Operand; readonly list: readonly Literal[] }
  | { readonly is: 'test'; readonly of: Operand }
  /** Whether a condition is known to be true, or to be false. */
  | { readonly is: 'known'; readonly of: Condition; readonly truth: boolean };
