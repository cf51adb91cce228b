/** What a filter means for the records of one set: its properties are there, its values are of their types, its functions are known. */
import { isDay, toUtcInstant } from '../../values/scalars.ts';
import { rejectedAt, shown, Unsupported } from './faults.ts';
import type { Condition, Literal, Operand, ValueType } from './filter-condition.ts';
import { functionNames, functionOf } from './filter-functions.ts';
import type { Comparison, FilterNode, LiteralNode } from './filter-parser.ts';
import type { Entity } from './model.ts';

const valueTypes = {
  text: 'text',
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  instant: 'instant',
  list: undefined,
  json: undefined,
} as const;

const examples: Readonly<Record<ValueType, string>> = {
  text: "'Łódź'",
  number: '12.5',
  boolean: 'true',
  date: '2026-01-31',
  instant: '2026-01-31T08:00:00Z',
};

const numberForm = /^-?\d{1,30}(\.\d{1,15})?(e[+-]?\d{1,2})?$/i;

/** With seconds, and the plus sign that was lost on its way; undefined where there is no such instant. */
function instantOf(text: string): string | undefined {
  const [, day = '', time = '', seconds = ':00', offset = ''] =
    /^(.{10})T(\d\d:\d\d)(:[\d.]+)?(.+)$/i.exec(text) ?? [];
  const whole = `${day}T${time}${seconds}${offset.replace(' ', '+').toUpperCase()}`;
  const checked = whole.replace(/(\.\d{9})\d+/, '$1');
  return toUtcInstant(checked) === undefined ? undefined : checked;
}

class Meaning {
  constructor(
    private readonly option: string,
    private readonly entity: Entity,
  ) {}

  condition(node: FilterNode): Condition {
    switch (node.node) {
      case 'and':
      case 'or':
        return { is: node.node, parts: node.parts.map((part) => this.condition(part)) };
      case 'not':
        return { is: 'not', of: this.condition(node.of) };
      case 'compare':
        return this.comparison(node);
      case 'in':
        return this.membership(node);
      case 'call':
      case 'property':
      case 'literal':
        return { is: 'test', of: this.truth(node) };
    }
  }

  private fault(at: number, code: string, message: string, more?: string): Error {
    return rejectedAt(this.option, at, code, message, more);
  }

  private truth(node: FilterNode): Operand {
    const operand = this.operand(node);
    if (operand.type === 'boolean') return operand;
    throw this.fault(
      node.at,
      'TYPE',
      'what is true or false is expected here: a comparison, or in brackets what not stands before',
    );
  }

  private comparison(node: Extract<FilterNode, { node: 'compare' }>): Condition {
    const { operator, left, right, at } = node;
    if (isLogical(left)) return this.known(left, operator, right, at);
    if (isLogical(right)) return this.known(right, operator, left, at);
    const sides = [this.operand(left), this.operand(right)] as const;
    this.requireAlike(sides, at);
    if (sides[0].type === 'boolean' && operator !== 'eq' && operator !== 'ne')
      throw this.fault(at, 'TYPE', `true and false are not compared by ${operator}`);
    return { is: 'compare', operator, left: sides[0], right: sides[1] };
  }

  private known(of: FilterNode, operator: Comparison, other: FilterNode, at: number): Condition {
    const truth = this.condition(of);
    const isTruth = other.node === 'literal' && other.type === 'boolean';
    if (!isTruth || (operator !== 'eq' && operator !== 'ne'))
      throw new Unsupported(
        this.option,
        `a condition is compared with true or false, by eq or ne, and nothing else, at character ${at}`,
      );
    const condition: Condition = { is: 'known', of: truth, truth: other.value === 'true' };
    return operator === 'eq' ? condition : { is: 'not', of: condition };
  }

  private membership({ of, list, at }: Extract<FilterNode, { node: 'in' }>): Condition {
    const operand = this.operand(of);
    const values = list.map((value) => this.literal(value));
    for (const value of values) this.requireAlike([operand, value], at);
    return { is: 'in', of: operand, list: values };
  }

  private requireAlike([left, right]: readonly [Operand, Operand], at: number): void {
    if (left.type === right.type || left.type === 'null' || right.type === 'null') return;
    const [known, other] = left.of === 'literal' ? [right, left] : [left, right];
    const what = known.of === 'property' ? known.property.name : `what is compared`;
    const how = known.type === 'null' ? '' : `: it is compared with such as ${examples[known.type]}`;
    throw this.fault(at, 'TYPE', `${what} is of type ${known.type} and not ${other.type}${how}`);
  }

  private operand(node: FilterNode): Operand {
    switch (node.node) {
      case 'literal':
        return this.literal(node);
      case 'property':
        return this.property(node.name, node.at);
      case 'call':
        return this.call(node);
      case 'and':
      case 'or':
      case 'not':
      case 'compare':
      case 'in':
        throw this.fault(node.at, 'TYPE', 'a value is expected here, and not a condition');
    }
  }

  private property(name: string, at: number): Operand {
    const property = this.entity.properties.get(name);
    if (!property)
      throw this.fault(
        at,
        'PROPERTY',
        `${this.entity.name} has no property ${shown(name)}`,
        `it has ${[...this.entity.properties.keys()].join(', ')}`,
      );
    const type = valueTypes[property.type];
    if (type === undefined)
      throw new Unsupported(
        this.option,
        `${name} is not a single value, and filtering by it is not supported, at character ${at}`,
      );
    return { of: 'property', type, property };
  }

  private call({ name, given, at }: Extract<FilterNode, { node: 'call' }>): Operand {
    const known = functionOf(name);
    if (!known)
      throw new Unsupported(
        this.option,
        `the function ${shown(name)} is not supported: there are ${functionNames.join(', ')}; at character ${at}`,
      );
    const operands = given.map((one) => this.operand(one));
    const types = operands.map(({ type }) => type);
    const fits = known.takes.some(
      (wanted) => wanted.length === types.length && wanted.every((type, place) => type === types[place]),
    );
    const forms = known.takes.map((wanted) => `${name}(${wanted.join(', ')})`).join(' or ');
    if (!fits) throw this.fault(at, 'TYPE', `it is ${forms}`);
    return { of: 'call', type: known.gives, name, given: operands };
  }

  private literal({ type, value, at }: LiteralNode): Literal {
    switch (type) {
      case 'number':
        if (!numberForm.test(value)) throw this.fault(at, 'VALUE', `${shown(value)} has too many digits`);
        return { of: 'literal', type, value };
      case 'date':
        if (!isDay(value)) throw this.fault(at, 'VALUE', `there is no day ${value}`);
        return { of: 'literal', type, value };
      case 'instant': {
        const instant = instantOf(value);
        if (instant === undefined) throw this.fault(at, 'VALUE', `there is no instant ${value}`);
        return { of: 'literal', type, value: instant };
      }
      case 'text':
      case 'boolean':
      case 'null':
        return { of: 'literal', type, value };
    }
  }
}

const isLogical = ({ node }: FilterNode): boolean =>
  node === 'and' || node === 'or' || node === 'not' || node === 'compare' || node === 'in';

/** Throws InputRejected with the place of what is wrong, and Unsupported. */
export const meaningOf = (option: string, node: FilterNode, entity: Entity): Condition =>
  new Meaning(option, entity).condition(node);
