import { expect, it } from '@jest/globals';
import { runBench } from '../../arrange/commands.ts';

// npm run soak -- reports does it with a million.
it('reads every row of a report once, on both engines, in memory that does not grow with them', async () => {
  const { findings } = await runBench('reports-check.ts', '20000');

  expect(findings).toMatchObject([
    { on: 'CRM', faults: [] },
    { on: 'ERP', faults: [] },
  ]);
});
