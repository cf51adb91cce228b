/** The order of a list of clients as the declared read knows it. */
import { InputRejected, type Problem } from '../errors.ts';
import type { AnyOrder } from '../reads/declaration.ts';
import type { FeaturesInLists } from './client-features.ts';
import { ClientOrderField, Direction, type ClientOrderBy } from './client.inputs.ts';
import type { ClientSort } from './client.read.ts';

const bestFirst: readonly AnyOrder<ClientSort>[] = [
  { sort: 'RELEVANCE', direction: 'ASC' },
  { sort: 'SHORT_NAME', direction: 'ASC' },
];

const mostFeatures = 3;

/** Whether the definitions of features are needed to understand the order. */
export const sortsByFeature = (orderBy: readonly ClientOrderBy[] | null | undefined): boolean =>
  orderBy?.some(({ field }) => field === ClientOrderField.FEATURE) ?? false;

type Wrong = Pick<Problem, 'code' | 'message'> & { readonly member: 'field' | 'featureKey' };

const wrong = (member: Wrong['member'], code: string, message: string): Wrong => ({ member, code, message });

interface Given {
  readonly searched: boolean;
  /** Where the order asks them. */
  readonly features: FeaturesInLists | undefined;
}

function orderOf(
  { field, direction: given, featureKey }: ClientOrderBy,
  { searched, features }: Given,
): AnyOrder<ClientSort> | Wrong {
  const direction = given ?? Direction.ASC;
  if (field === ClientOrderField.FEATURE) {
    if (featureKey == null) return wrong('featureKey', 'REQUIRED', 'names the feature to sort by');
    const by = features?.sort(featureKey);
    if (!by) return wrong('featureKey', 'FEATURE_UNKNOWN', 'clients have no features');
    return 'code' in by ? { member: 'featureKey', ...by } : { by, direction };
  }
  if (featureKey != null) return wrong('featureKey', 'NOT_FOR_FIELD', 'is for FEATURE only');
  if (field === ClientOrderField.RELEVANCE && !searched)
    return wrong('field', 'RELEVANCE', 'only what is searched for has a relevance');
  return { sort: field, direction };
}

/** Best first for a search, where nothing else is asked for. Throws InputRejected with every problem. */
export function clientOrder(
  orderBy: readonly ClientOrderBy[] | null | undefined,
  given: Given,
): readonly AnyOrder<ClientSort>[] | undefined {
  if (!orderBy || orderBy.length === 0) return given.searched ? bestFirst : undefined;
  const order: AnyOrder<ClientSort>[] = [];
  const problems: Problem[] = [];
  for (const [place, one] of orderBy.entries()) {
    const made = orderOf(one, given);
    if ('member' in made) {
      const { member, ...why } = made;
      problems.push({ path: `orderBy.${place}.${member}`, ...why });
    } else order.push(made);
  }
  if (order.filter(({ by }) => by).length > mostFeatures)
    problems.push({ path: 'orderBy', code: 'TOO_MANY', message: `by ${mostFeatures} features at most` });
  if (problems.length > 0) throw new InputRejected(problems);
  return order;
}
