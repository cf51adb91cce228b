/**
 * The one PostgreSQL server of a test run, in a folder of its own. A run that was killed leaves server and folder behind;
 * the next run clears them away.
 */
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DataDirInUse,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/crm-database/embedded/embedded-postgres.ts';
import { deleteDataDir, makeDataDir } from './data-dir.ts';

const prefix = 'kartoteka-test-run-';

let running: { readonly server: EmbeddedPostgres; readonly folder: string } | undefined;

export async function startSharedServer(): Promise<string> {
  await clearLeftovers();
  const folder = await makeDataDir(prefix);
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined, durable: false });
  running = { server, folder };
  return server.url('postgres');
}

export async function stopSharedServer(): Promise<void> {
  if (running === undefined) return;
  await running.server.stop();
  await deleteDataDir(running.folder);
  running = undefined;
}

async function clearLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    try {
      await deleteDataDir(join(tmpdir(), name));
    } catch (fault) {
      // In use: another run at this very moment. Anything else, such as another user's folder, is not ours to clear.
      if (!(fault instanceof DataDirInUse))
        process.stderr.write(`${name} was left behind: ${String(fault)}\n`);
    }
  }
}
