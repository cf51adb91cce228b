/** What an ERP's set can be narrowed to. Nothing is filtered behind the ERP's back, page by page: what cannot be asked of it is refused. */
import { lastDay } from '../../erp/days.ts';
import { Unsupported } from './faults.ts';
import type { Condition, Literal, Operand } from './filter-condition.ts';
import type { Comparison } from './filter-parser.ts';
import type { ErpEntity } from './model.ts';

export interface Narrowing {
  readonly company?: string;
  readonly customerId?: string;
  readonly clientId?: string;
  /** Days, half-open. */
  readonly from?: string;
  readonly to?: string;
  /** RFC 3339 in UTC, whole milliseconds. */
  readonly updatedSince?: string;
  /** Whether rows of which the ERP does not say when it changed them belong there too. */
  readonly alsoUndated?: boolean;
  readonly asOf?: string;
}

const byName = ['company', 'customerId', 'clientId'] as const;
const modified = 'modifiedAt';
const asOf = 'asOf';

/** In words, and as names of properties. */
export function filterable({ set, day }: ErpEntity): readonly { name: string; how: string }[] {
  const has = (parameter: (typeof set.parameters)[number]): boolean => set.parameters.includes(parameter);
  return [
    ...byName.map((name) => ({ name, how: `${name} eq` })),
    ...(day !== undefined && has('from') ? [{ name: day, how: `${day} ge, gt, lt, le or eq` }] : []),
    ...(has('updatedSince')
      ? [{ name: modified, how: `${modified} ge or gt (perhaps: or ${modified} eq null)` }]
      : []),
    ...(has('asOf') ? [{ name: asOf, how: `${asOf} eq` }] : []),
  ];
}

const dayMs = 86_400_000;
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');
const nextDay = (day: string): string =>
  day >= lastDay ? lastDay : new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

/** The first whole millisecond at or after the instant; ERPs keep no finer ones. */
function wholeMs(instant: string, beyond: boolean): string {
  const ms = new Date(instant.replace(/(\.\d{3})\d+/, '$1')).getTime();
  const finer = /\.\d{3}\d*[1-9]/.test(instant);
  return new Date(Math.min(ms + (beyond || finer ? 1 : 0), lastMs)).toISOString();
}

interface Asked {
  readonly name: string;
  readonly operator: Comparison;
  readonly value: Literal;
}

const turned: Readonly<Partial<Record<Comparison, Comparison>>> = { gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' };

function asked(condition: Condition): Asked | undefined {
  if (condition.is !== 'compare') return undefined;
  const { operator } = condition;
  const pair = (left: Operand, right: Operand, sign: Comparison): Asked | undefined =>
    left.of === 'property' && right.of === 'literal'
      ? { name: left.property.name, operator: sign, value: right }
      : undefined;
  return (
    pair(condition.left, condition.right, operator) ??
    pair(condition.right, condition.left, turned[operator] ?? operator)
  );
}

/** `modifiedAt ge X or modifiedAt eq null`: the first of these, where it is that. */
function orUndated(condition: Condition): Condition | undefined {
  if (condition.is !== 'or' || condition.parts.length !== 2) return undefined;
  const undated = condition.parts.findIndex((part) => {
    const one = asked(part);
    return one?.name === modified && one.operator === 'eq' && one.value.type === 'null';
  });
  return undated < 0 ? undefined : condition.parts[1 - undated];
}

type Changes = { -readonly [Name in keyof Narrowing]: Narrowing[Name] };

class Reading {
  readonly narrowing: Changes = {};
  /** Two conditions contradict one another. */
  nothing = false;

  constructor(private readonly entity: ErpEntity) {}

  part(condition: Condition): void {
    if (condition.is === 'and') {
      for (const part of condition.parts) this.part(part);
      return;
    }
    const beside = orUndated(condition);
    const one = asked(beside ?? condition);
    const known = one && filterable(this.entity).some(({ name }) => name === one.name);
    if (!one || !known || one.value.type === 'null' || !this.take(one, beside !== undefined))
      throw this.refusal();
  }

  private refusal(): Error {
    const ways = filterable(this.entity).map(({ how }) => how);
    return new Unsupported(
      '$filter',
      `${this.entity.name} comes from an ERP, which is asked for ${ways.join('; ')}; joined by and. Filter by all else what has come`,
    );
  }

  private take({ name, operator, value }: Asked, orUnknown: boolean): boolean {
    if (name === modified) return this.since(operator, value.value, orUnknown);
    if (orUnknown) return false;
    const text = byName.find((one) => one === name);
    if (text !== undefined) return operator === 'eq' && this.exactly(text, value.value);
    if (name === asOf) return operator === 'eq' && this.exactly(asOf, value.value);
    return this.days(operator, value.value);
  }

  private exactly(name: (typeof byName)[number] | typeof asOf, value: string): true {
    const before = this.narrowing[name];
    if (before !== undefined && before !== value) this.nothing = true;
    this.narrowing[name] = value;
    return true;
  }

  private since(operator: Comparison, instant: string, orUnknown: boolean): boolean {
    if (operator !== 'ge' && operator !== 'gt') return false;
    const since = wholeMs(instant, operator === 'gt');
    const { updatedSince = '', alsoUndated = true } = this.narrowing;
    this.narrowing.updatedSince = since > updatedSince ? since : updatedSince;
    this.narrowing.alsoUndated = alsoUndated && orUnknown;
    return true;
  }

  private days(operator: Comparison, day: string): boolean {
    if (operator === 'ne') return false;
    const { from = '', to = lastDay } = this.narrowing;
    const begin = operator === 'gt' ? nextDay(day) : day;
    const end = operator === 'lt' ? day : nextDay(day);
    if (operator !== 'lt' && operator !== 'le') this.narrowing.from = begin > from ? begin : from;
    if (operator !== 'gt' && operator !== 'ge') this.narrowing.to = end < to ? end : to;
    return true;
  }
}

/** Undefined where nothing can meet it. Throws Unsupported. */
export function narrowingOf(entity: ErpEntity, filter: Condition | undefined): Narrowing | undefined {
  const reading = new Reading(entity);
  if (filter) reading.part(filter);
  const { from, to } = reading.narrowing;
  const emptyRange = from !== undefined && to !== undefined && from >= to;
  return reading.nothing || emptyRange ? undefined : reading.narrowing;
}
