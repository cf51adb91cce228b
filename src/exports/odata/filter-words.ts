/** A filter as the change log tells it: what was asked for, without texts that could be somebody's name. */
import type { Condition, Literal, Operand } from './filter-condition.ts';

const isId = /^[a-z]+_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const literalWords = ({ type, value }: Literal): string =>
  type === 'text' ? (isId.test(value) ? `'${value}'` : "'…'") : value;

function operandWords(operand: Operand): string {
  switch (operand.of) {
    case 'literal':
      return literalWords(operand);
    case 'property':
      return operand.property.name;
    case 'call':
      return `${operand.name}(${operand.given.map(operandWords).join(',')})`;
  }
}

export function conditionWords(condition: Condition): string {
  switch (condition.is) {
    case 'and':
    case 'or':
      return `(${condition.parts.map(conditionWords).join(` ${condition.is} `)})`;
    case 'not':
      return `not (${conditionWords(condition.of)})`;
    case 'compare':
      return `${operandWords(condition.left)} ${condition.operator} ${operandWords(condition.right)}`;
    case 'in':
      return `${operandWords(condition.of)} in (${condition.list.map(literalWords).join(',')})`;
    case 'known':
      return `(${conditionWords(condition.of)}) eq ${condition.truth}`;
    case 'test':
      return operandWords(condition.of);
  }
}
