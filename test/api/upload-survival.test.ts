import { expect, it } from '@jest/globals';
import { runBench as run } from '../arrange/commands.ts';

// npm run soak -- upload-kill does fifty on one folder.
it.each([1, 2, 3])(
  'keeps every answered upload, and nothing of the others, after kill %i of three',
  async (kill) => {
    const { answered, unanswered, ...finding } = await run('upload-kill.ts', '1', String(kill));
    expect(finding).toEqual({ kills: 1, faults: [] });
    expect(answered).toBeGreaterThanOrEqual(8);
    expect(unanswered).toBeGreaterThan(0);
  },
);

// npm run soak -- upload does it with 2 GB.
it('moves 64 MB up and down while its memory grows by less', async () => {
  const { faults, grownGoingUp, grownGoingDown } = await run('upload-size.ts', '64');
  expect(faults).toEqual([]);
  expect(Math.max(Number(grownGoingUp), Number(grownGoingDown))).toBeLessThan(64);
});
