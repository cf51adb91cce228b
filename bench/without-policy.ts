/** Preloaded before the service, it takes the policy and the reckoning of costs out of it: what they cost is then the difference. */
import { built } from './built.ts';
import type * as Policy from '../src/access/operation-policy.ts';
import type * as Cost from '../src/server/limits/operation-cost.ts';

const { OperationPolicy } = await built<typeof Policy>('access/operation-policy.js');
const { OperationCost } = await built<typeof Cost>('server/limits/operation-cost.js');
OperationPolicy.prototype.check = () => undefined;
OperationCost.prototype.check = () => 0;
