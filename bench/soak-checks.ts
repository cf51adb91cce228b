/** The checks that soak knows, each with the count its promise is measured with. */
import { feedCheck } from './feed-check.ts';
import { killCheck } from './kill-loop.ts';
import type { SoakCheck } from './soak-harness.ts';

export const soakChecks: readonly SoakCheck[] = [killCheck, feedCheck];
