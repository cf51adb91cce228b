import { expect, it } from '@jest/globals';
import { runBench } from '../arrange/commands.ts';

// npm run soak -- import does it with a hundred thousand.
it('imports five hundred rows, each once, in memory that does not grow with them', async () => {
  const { faults, grown } = await runBench('import-check.ts', '500');

  expect(faults).toEqual([]);
  expect(grown).toBeLessThan(64);
});
