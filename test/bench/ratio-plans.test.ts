import { expect, it } from '@jest/globals';
import { ratiosOf } from '../../bench/ratio-plans.ts';

it('sets each way of the service beside whoever is no service, with the aim for the two', () => {
  const aims = { service: { postgraphile: 2.5 }, 'first-stage': { postgraphile: 1.8 } };
  expect(ratiosOf(['service', 'limit', 'postgraphile', 'first-stage'], aims)).toEqual([
    { of: 'service', to: 'limit', measure: 'requests', aim: null },
    { of: 'service', to: 'postgraphile', measure: 'requests', aim: 2.5 },
    { of: 'first-stage', to: 'limit', measure: 'requests', aim: null },
    { of: 'first-stage', to: 'postgraphile', measure: 'requests', aim: 1.8 },
  ]);
});
