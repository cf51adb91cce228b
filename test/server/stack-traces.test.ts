/** Traces of the built service name the lines of its sources. */
import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../src/config.ts';

const built = (file: string): string => JSON.stringify(pathToFileURL(join(packageRoot, 'dist', file)).href);

async function printed(program: string): Promise<string> {
  const args = ['--input-type=module', '--eval', program];
  return (await promisify(execFile)(process.execPath, args, { cwd: packageRoot })).stdout;
}

it('names file and line of the source', async () => {
  const trace = await printed(`const { nameSourceLines } = await import(${built('stack-traces.js')});
    const { withSessionSettings } = await import(${built('crm-database/session-url.js')});
    nameSourceLines();
    try { withSessionSettings('no address', {}); } catch (fault) { console.log(fault.stack); }`);
  const [first = '', ...frames] = trace.trimEnd().split('\n');
  expect(first).toBe('TypeError: Invalid URL');
  const [, line] =
    /at withSessionSettings \(file:.*\/src\/crm-database\/session-url\.ts:(\d+):\d+\)/.exec(trace) ?? [];
  const source = await readFile(join(packageRoot, 'src/crm-database/session-url.ts'), 'utf8');
  expect(source.split('\n')[Number(line) - 1]).toContain('new URL(address)');
  expect(frames.every((frame) => frame.startsWith('    at '))).toBe(true);
});

it('is in the way of no error, however odd', async () => {
  const trace = await printed(`const { nameSourceLines } = await import(${built('stack-traces.js')});
    nameSourceLines();
    const odd = Object.create(null);
    Error.captureStackTrace(odd);
    console.log(odd.stack.split('\\n')[0], new Error('plain').stack.split('\\n')[0]);`);
  expect(trace).toBe('Error Error: plain\n');
});
