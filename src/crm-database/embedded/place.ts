/**
 * Where the PostgreSQL of a data directory lies and who runs it. Usually in the folder `postgres` of the data directory, as
 * the user of the service. As root it runs as an unprivileged user; if that user cannot get to the data directory (it is
 * under /root, say), it lies under /var/lib/kartoteka, and `postgres-location.json` in the data directory tells where.
 */
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { run, type RunAs, type SystemUser } from './child.ts';
import { DataDirUnusable } from './data-dir-unusable.ts';
import { isMissing } from './fault.ts';

const elsewhere = '/var/lib/kartoteka';

export interface Place {
  /** The folder that holds the cluster, its lock and its log. */
  readonly home: string;
  readonly runAs: RunAs;
  readonly relocated: boolean;
}

const locationSchema = z.object({ home: z.string(), initialised: z.boolean() });
type Location = z.infer<typeof locationSchema>;

/** Finds or prepares the place. Throws DataDirUnusable. */
export async function findPlace(dataDir: string): Promise<Place> {
  try {
    await makeFolder(dataDir);
    const folder = await realpath(dataDir);
    const location = await readLocation(folder);
    const home = location?.home ?? (await chooseHome(folder));
    await openFolder(home);
    if (location?.initialised === true && !(await exists(join(home, 'server')))) {
      throw new DataDirUnusable(
        dataDir,
        `its database should be in ${home} but is not there. Put it back, or delete ${locationFile(folder)} to begin with an empty one`,
      );
    }
    return { home, runAs: await serverUser(home, dataDir), relocated: dirname(home) !== folder };
  } catch (fault) {
    if (fault instanceof DataDirUnusable) throw fault;
    throw new DataDirUnusable(dataDir, 'it cannot be written', fault);
  }
}

/** Asked for a whole path, Node says ENOENT on a read-only disk; asked for the last folder alone it tells the true reason. */
async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
  } catch (fault) {
    if (!isMissing(fault)) throw fault;
    await mkdir(dataDir);
  }
}

/** Called once the cluster exists: from then on a missing cluster is an error and never a reason to begin with an empty one. */
export async function confirmLocation(dataDir: string, home: string): Promise<void> {
  const folder = await realpath(dataDir);
  const location = await readLocation(folder);
  if (location?.home !== home || location.initialised) return;
  await rename(await writeLocation(folder, { home, initialised: true }), locationFile(folder));
}

async function chooseHome(folder: string): Promise<string> {
  const local = join(folder, 'postgres');
  const root = process.getuid?.() === 0;
  if (!root || (await exists(join(local, 'server')))) return local;
  if (await canEnter(await unprivilegedUser(folder), folder)) return local;
  // A name of its own and not one made from the path: whoever deletes the data directory and starts again gets an empty one.
  const home = join(elsewhere, randomBytes(8).toString('hex'));
  const complete = await writeLocation(folder, { home, initialised: false });
  try {
    await link(complete, locationFile(folder));
    return home;
  } catch (fault) {
    // Another process that starts at this moment was first: its choice holds, and the lock there decides.
    const location = await readLocation(folder);
    if (location === undefined) throw fault;
    return location.home;
  } finally {
    await rm(complete, { force: true });
  }
}

const locationFile = (folder: string) => join(folder, 'postgres-location.json');

async function writeLocation(folder: string, location: Location): Promise<string> {
  const path = `${locationFile(folder)}.${randomBytes(4).toString('hex')}`;
  const why = 'The database of this data directory lies in "home", because PostgreSQL does not run as root.';
  await writeFile(path, `${JSON.stringify({ why, ...location }, null, 2)}\n`, { flush: true });
  return path;
}

async function readLocation(folder: string): Promise<Location | undefined> {
  let text: string;
  try {
    text = await readFile(locationFile(folder), 'utf8');
  } catch (fault) {
    if (isMissing(fault)) return undefined;
    throw fault;
  }
  return locationSchema.parse(JSON.parse(text));
}

/** Made passable for the server's user whatever the umask; what is secret inside is closed by itself. */
async function openFolder(home: string): Promise<void> {
  const root = process.getuid?.() === 0;
  if ((await mkdir(home, { recursive: true })) === undefined || !root) return;
  await chmod(home, 0o755);
  if (dirname(home) === elsewhere) await chmod(elsewhere, 0o755);
}

/** An existing cluster keeps its owner: PostgreSQL starts for no one else. */
async function serverUser(home: string, dataDir: string): Promise<RunAs> {
  const me = process.getuid?.();
  const owner = await stat(join(home, 'server', 'data')).catch((fault: unknown) => {
    if (isMissing(fault)) return undefined;
    throw fault;
  });
  if (me === 0) return owner ?? (await unprivilegedUser(dataDir));
  if (owner !== undefined && owner.uid !== me) {
    throw new DataDirUnusable(
      dataDir,
      `its database belongs to user ${owner.uid} and the service runs as user ${me}. Start it as that user or as root`,
    );
  }
  return undefined;
}

/** `postgres` where the machine has one, otherwise `nobody`: a service should not add users to a machine. */
async function unprivilegedUser(dataDir: string): Promise<SystemUser> {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', name], undefined),
      run('id', ['-g', name], undefined),
    ]);
    if (uid.succeeded && gid.succeeded) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new DataDirUnusable(
    dataDir,
    'PostgreSQL does not run as root and there is neither a user postgres nor nobody. Start the service as an ordinary user',
  );
}

/** Asked of the system itself, as that user: permission bits alone do not tell of access lists and mounts. */
async function canEnter(user: SystemUser, folder: string): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user)).succeeded;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (fault) {
    if (isMissing(fault)) return false;
    throw fault;
  }
}
