/**
 * A service reduced to its embedded PostgreSQL, as a process of its own, so that tests can kill it. Run as a program it
 * prints one line: the address, or the error; and it stops in order when its standard input ends.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../src/crm-database/embedded/embedded-postgres.ts';

export type Answer = { readonly started: string } | { readonly refused: string; readonly message: string };

export interface EmbeddedService {
  readonly pid: number;
  readonly answer: Promise<Answer>;
  /** As the operating system does it, without a word. */
  readonly kill: () => Promise<void>;
  /** In order. */
  readonly stop: () => Promise<void>;
}

const program = fileURLToPath(import.meta.url);

/** `file` may be a copy of this program elsewhere; `environment` is added to this process's own. */
export function launchService(
  dataDir: string,
  { file = program, environment = {} }: { file?: string; environment?: Record<string, string> } = {},
): EmbeddedService {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, dataDir], {
    env: { ...process.env, ...environment, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answer = readAnswer(child);
  // One that is killed before it answers is not asked any more.
  answer.catch(() => undefined);
  const ended = once(child, 'exit');
  if (child.pid === undefined) throw new Error('the service could not be launched');
  return {
    pid: child.pid,
    answer,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

async function readAnswer(child: ChildProcess): Promise<Answer> {
  if (child.stdout === null) throw new Error('the service has no output');
  for await (const line of createInterface(child.stdout)) {
    const answer: unknown = JSON.parse(line);
    if (isAnswer(answer)) return answer;
  }
  throw new Error('the service ended without a word');
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && ('started' in value || 'refused' in value);
}

/** Waits for a condition that another process brings about; rejects when it does not come. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 8_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`did not come true: ${condition.toString()}`);
    await delay(2);
  }
}

async function main(dataDir: string): Promise<void> {
  const say = (answer: Answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  try {
    const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    await server.ensureDatabase('card');
    say({ started: server.url('card') });
    process.stdin.resume().once('end', () => void server.stop());
  } catch (fault) {
    const { name, message } = fault instanceof Error ? fault : new Error(String(fault));
    say({ refused: name, message });
    process.stdin.destroy();
  }
}

const [, script, dataDir] = process.argv;
if (script === program && dataDir !== undefined) await main(dataDir);
