import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const killLoop = fileURLToPath(new URL('../../bench/kill-loop.ts', import.meta.url));

// One kill a test, each at another moment, so that none takes long; npm run soak -- kill does a hundred on one folder.
it.each([1, 2, 3, 4, 5])(
  'has every answered write, and a change log that agrees, after kill %i of five',
  async (kill) => {
    const { stdout } = await promisify(execFile)(process.execPath, [killLoop, '1', String(kill)], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const { answered, unanswered, ...finding } = JSON.parse(stdout) as {
      answered: number;
      unanswered: number;
    };
    expect(finding).toEqual({ kills: 1, faults: [] });
    expect(answered).toBeGreaterThanOrEqual(20);
    expect(unanswered).toBeGreaterThan(0);
  },
);
