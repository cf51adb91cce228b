/**
 * What lists of clients need of definable features, which this room does not know: whoever has the definitions checks a
 * filter's conditions and makes SQL of them, and sorts.
 */
import type { Problem } from '../errors.ts';
import type { Bind, JoinedSort } from '../reads/declaration.ts';
import type { RequestContext } from '../request.ts';
import type { FeatureFilter } from '../values/filters.ts';

/** A condition on the row `t`. */
export type FeatureCondition = (bind: Bind) => string;

export interface FeaturesInLists {
  problems(filter: FeatureFilter, path: string): readonly Problem[];
  /** Of a filter without problems. */
  condition(filter: FeatureFilter): FeatureCondition;
  /** The sort, or why there is none. */
  sort(key: string): JoinedSort | Pick<Problem, 'code' | 'message'>;
}

export interface ClientFeatures {
  inLists(context: RequestContext): Promise<FeaturesInLists>;
}
