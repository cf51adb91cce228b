import { aggregate, isAggregate } from './aggregates.ts';
import { sortable } from './comparison.ts';
import type { Expression, Ordering, Window } from './syntax.ts';
import type { Place } from './translation.ts';
import type { Typed } from './typed.ts';
import { refuse } from './types.ts';

const ranking = new Map([
  ['ROW_NUMBER', 'row_number()'],
  ['RANK', 'rank()'],
  ['DENSE_RANK', 'dense_rank()'],
]);

/** OVER (PARTITION BY … ORDER BY …): ranking functions and aggregates. */
export function windowed(place: Place, expression: Extract<Expression, { kind: 'window' }>): Typed {
  const { call } = expression;
  const over = `OVER (${windowText(place, expression.over)})`;
  if (isAggregate(call)) return aggregate(place, call, over);
  const rank = ranking.get(call.name);
  if (rank === undefined) throw refuse(`${call.name} OVER`);
  if (expression.over.order.length === 0) throw refuse(`${call.name} without ORDER BY`);
  return { sql: `${rank} ${over}`, type: { name: 'bigint' }, nullable: true };
}

function windowText(place: Place, window: Window): string {
  const parts = [];
  if (window.partition.length > 0)
    parts.push(`PARTITION BY ${window.partition.map((one) => place.value(one).sql).join(', ')}`);
  if (window.order.length > 0)
    parts.push(
      `ORDER BY ${window.order.map((one) => orderText(sortable(place.value(one.by)), one)).join(', ')}`,
    );
  if (window.frame !== null) parts.push(window.frame);
  return parts.join(' ');
}

/** NULL comes first in T-SQL, and last when the order is turned round. */
export function orderText(sql: string, ordering: Pick<Ordering, 'descending'>): string {
  return ordering.descending ? `${sql} DESC NULLS LAST` : `${sql} ASC NULLS FIRST`;
}
