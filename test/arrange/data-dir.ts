/** Data directories for tests: fresh, open to the database's unprivileged user where the runner is root, and gone afterwards. */
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from '../../src/crm-database/embedded/data-dir-lock.ts';
import { stopServerLeftBehind } from '../../src/crm-database/embedded/running-server.ts';

export async function makeDataDir(prefix = 'kartoteka-test-'): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), prefix));
  await chmod(folder, 0o755);
  return folder;
}

/** Where its database lies: in it, or where it says. */
export async function homeOf(dataDir: string): Promise<string> {
  const location = join(dataDir, 'postgres-location.json');
  if (!existsSync(location)) return join(dataDir, 'postgres');
  const home = /"home": "([^"]+)"/.exec(await readFile(location, 'utf8'))?.[1];
  if (home === undefined) throw new Error(`${location} names no home`);
  return home;
}

/** With its database, wherever that lies, and a server left running on it. Throws DataDirInUse while somebody uses it. */
export async function deleteDataDir(dataDir: string): Promise<void> {
  const home = await homeOf(dataDir);
  if (existsSync(home)) {
    const lock = await lockDataDir(home, dataDir);
    await stopServerLeftBehind(join(home, 'server', 'data'));
    await rm(home, { recursive: true, force: true });
    await lock.release();
  }
  await rm(dataDir, { recursive: true, force: true });
}
