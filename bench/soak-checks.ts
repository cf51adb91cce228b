/** The checks that soak knows, each with the count its promise is measured with. */
import { faultCheck } from './fault-soak.ts';
import { feedCheck } from './feed-check.ts';
import { fuzzCheck } from './fuzz-check.ts';
import { importCheck } from './import-check.ts';
import { killCheck } from './kill-loop.ts';
import { plansCheck } from './plans-check.ts';
import { reportsCheck } from './reports-check.ts';
import type { SoakCheck } from './soak-harness.ts';
import { spellingCheck } from './spelling-check.ts';
import { writersCheck } from './writers-check.ts';
import { uploadKillCheck } from './upload-kill.ts';
import { uploadSizeCheck } from './upload-size.ts';

export const soakChecks: readonly SoakCheck[] = [
  killCheck,
  writersCheck,
  feedCheck,
  faultCheck,
  uploadKillCheck,
  uploadSizeCheck,
  importCheck,
  reportsCheck,
  spellingCheck,
  fuzzCheck,
  plansCheck,
];
