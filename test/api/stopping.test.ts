import { afterEach, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config.ts';
import { deleteDataDir, makeDataDir } from '../arrange/data-dir.ts';

let dataDir: string | undefined;
let child: ChildProcess | undefined;

afterEach(async () => {
  if (child?.exitCode === null) child.kill('SIGKILL');
  if (dataDir !== undefined) await deleteDataDir(dataDir);
  dataDir = undefined;
});

interface Started {
  readonly said: readonly string[];
  readonly ended: Promise<unknown[]>;
}

/** Runs the command of `npm start` in a shell of its own, as npm does, until it says that it is ready. */
async function start(): Promise<Started> {
  dataDir = await makeDataDir();
  const { scripts } = (await import('../../package.json', { with: { type: 'json' } })).default;
  const command = scripts.start.replace('npm run --silent build && ', '');
  const process_ = spawn('sh', ['-c', command], {
    cwd: packageRoot,
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ERP_COMPANIES: '[]', PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = process_;
  const said: string[] = [];
  const ended = once(process_, 'exit');
  const ready = new Promise<void>((resolve) => {
    createInterface(process_.stdout).on('line', (line) => {
      said.push(line);
      if (line.includes('Kartoteka is ready')) resolve();
    });
  });
  await Promise.race([ready, ended]);
  return { said, ended };
}

it('stops in order, its database too, when whoever ran npm start is told to end', async () => {
  const { said, ended } = await start();
  child?.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(said.join('\n')).toContain('"msg":"stopped"');
});

it('ends with an error when its PostgreSQL is gone, so that whoever watches over it starts it again', async () => {
  const { said, ended } = await start();
  const server = said
    .map((line) => /"pid":(\d+).*PostgreSQL started/.exec(line)?.[1])
    .find((pid) => pid !== undefined);
  process.kill(Number(server), 'SIGKILL');
  expect(await ended).toEqual([1, null]);
  expect(said.join('\n')).toContain('PostgreSQL ended by itself');
});
