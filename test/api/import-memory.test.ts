import { expect, it } from '@jest/globals';
import { runBench } from '../arrange/commands.ts';

// npm run soak -- import does it with a hundred thousand.
it('imports twelve hundred rows, each once, in memory that does not grow with them', async () => {
  const { faults, grown } = await runBench('import-check.ts', '1200');

  expect(faults).toEqual([]);
  expect(grown).toBeLessThan(64);
});
