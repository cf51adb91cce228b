/**
 * The row scope in SQL: which cards somebody with scope OWN sees, those one looks after (opiekun) and those shared with one.
 * What belongs to a card is seen with it; what belongs to none is seen by whoever may ask for it at all.
 */
import type { RequestContext } from '../request.ts';
import type { Bind } from './declaration.ts';

/** Whose cards alone are seen. Undefined where sight is not limited. */
export interface Sight {
  readonly userKey: string;
}

/** What a card's read says of the card that its rows belong to: each is one. */
export const ownCard = 't.id';

export const sightOf = ({
  actor,
}: {
  readonly actor: Pick<RequestContext['actor'], 'access' | 'id'>;
}): Sight | undefined => (actor.access.scope === 'OWN' ? { userKey: actor.id } : undefined);

/** For a few rows whose card is known: asked of each. `card` is the expression of the card's key. */
export function isOwn(card: string | null, sight: Sight | undefined, bind: Bind): string[] {
  if (!sight || card === null) return [];
  const user = bind(sight.userKey, 'uuid');
  return [
    `EXISTS (SELECT FROM client c WHERE c.id = ${card} AND (c.account_manager_id = ${user} OR ${user} = ANY(c.shared_with)))`,
  ];
}

/**
 * For lists over everything: one's own cards are few among them and lead to the rows. With `cardless` rows that belong to no card are
 * seen, too, by whoever may ask.
 */
export function amongOwn(
  card: string | null,
  sight: Sight | undefined,
  bind: Bind,
  cardless = false,
): string[] {
  if (!sight || card === null) return [];
  const user = bind(sight.userKey, 'uuid');
  // The index of what is shared leaves out all the cards that are shared with nobody.
  const managed = (row: string) => `${row}.account_manager_id = ${user}`;
  const shared = (row: string) => `${row}.shared_with <> '{}' AND ${row}.shared_with @> ARRAY[${user}]`;
  // Of cards themselves the planner sees whether one's own are many: then it goes along the order, and not through all of them.
  if (card === ownCard) return [`(${managed('t')} OR (${shared('t')}))`];
  const own = `${card} IN (SELECT c.id FROM client c WHERE ${managed('c')} UNION ALL SELECT c.id FROM client c WHERE ${shared('c')})`;
  return [cardless ? `(${card} IS NULL OR ${own})` : own];
}
