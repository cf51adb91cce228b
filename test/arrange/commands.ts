/** The project's commands as npm runs them, but for the build, in whatever environment a test gives them. */
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/config.ts';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

export const launched = (command: string, words: readonly string[], settings: Record<string, string> = {}) =>
  spawn(process.execPath, [join(packageRoot, 'dist', 'server', `${command}.js`), ...words], {
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

export function run(
  command: string,
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<Ended> {
  const child = launched(command, words, settings);
  let [out, errors] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, errors }));
  });
}

/** A program of the bench in a process of its own, over the built service in another; what it found. */
export async function runBench(
  program: string,
  ...args: readonly string[]
): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(packageRoot, 'bench', program), ...args],
    {
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}
