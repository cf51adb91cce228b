/** The built service as a process of its own, as `npm start` runs it, in whatever environment a test gives it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config.ts';

export interface BuiltService {
  readonly dataDir: string;
  readonly url: string;
  ask(query: string, variables?: object): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startBuiltService(
  environment: Readonly<Record<string, string>>,
  { largestFileKiB }: { readonly largestFileKiB?: number } = {},
): Promise<BuiltService> {
  const program = [process.execPath, join(packageRoot, 'dist', 'main.js')];
  // The shell counts in blocks of 512 bytes.
  const limited = `ulimit -f ${(largestFileKiB ?? 0) * 2} && exec "$@"`;
  const [command = '', ...args] = largestFileKiB ? ['sh', '-c', limited, 'sh', ...program] : program;
  // Never the checkout's own, which another run's database may have left its mark in.
  const dataDir = await mkdtemp(join(tmpdir(), 'kartoteka-built-'));
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...environment, PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const said: string[] = [];
  let url: string | undefined;
  for await (const line of lines) {
    said.push(line);
    url = /"url":"([^"]+)".*Kartoteka is ready/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error(`the service did not come up:\n${said.join('\n')}`);
  child.stdout.resume();
  const address = url;
  return {
    dataDir,
    url: address,
    ask: async (query, variables = {}) => {
      const response = await fetch(`${address}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
