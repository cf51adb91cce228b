import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const killLoop = fileURLToPath(new URL('../../bench/kill-loop.ts', import.meta.url));

it('has every answered write, and a change log that agrees, after each of five kills', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [killLoop, '5'], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  expect(JSON.parse(stdout)).toEqual({
    kills: 5,
    answered: expect.any(Number),
    unanswered: expect.any(Number),
    faults: [],
  });
  const { answered, unanswered } = JSON.parse(stdout) as { answered: number; unanswered: number };
  expect(answered).toBeGreaterThan(100);
  expect(unanswered).toBeGreaterThan(0);
}, 60_000);
