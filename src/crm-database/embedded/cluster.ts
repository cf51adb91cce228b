/**
 * The cluster on disk and its password. Both are made beside their final place and come there by one rename, so that an
 * initialisation cut short at any moment leaves nothing but a folder to be thrown away at the next start, and password
 * and cluster can never disagree.
 */
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { run, type RunAs } from './child.ts';

export const superuser = 'kartoteka';

interface Cluster {
  /** PostgreSQL's own data directory. */
  readonly folder: string;
  readonly password: string;
}

interface ClusterWish {
  readonly home: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  readonly durable: boolean;
}

const unfinished = 'server.new-';

/** Reads the cluster of `home`, or makes it. Only for the holder of the lock. */
export async function openCluster(wish: ClusterWish): Promise<Cluster & { readonly created: boolean }> {
  const server = join(wish.home, 'server');
  for (const name of await readdir(wish.home)) {
    // Its initdb may outlive its parent by a moment and go on writing there.
    if (name.startsWith(unfinished))
      await rm(join(wish.home, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
  const created = await stat(server).then(
    () => false,
    () => true,
  );
  if (created) await initialise(wish, server);
  return { ...(await readCluster(wish.home)), created };
}

/** Of a cluster that there is. */
export async function readCluster(home: string): Promise<Cluster> {
  const server = join(home, 'server');
  const password = (await readFile(join(server, 'password'), 'utf8')).trim();
  return { folder: join(server, 'data'), password };
}

async function initialise({ home, binaries, runAs, durable }: ClusterWish, server: string): Promise<void> {
  const draft = join(home, `${unfinished}${randomBytes(4).toString('hex')}`);
  const folder = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  await mkdir(draft);
  await chmod(draft, 0o755);
  await mkdir(folder, { mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true });
  if (runAs !== undefined) for (const path of [folder, passwordFile]) await chown(path, runAs.uid, runAs.gid);

  const failures: string[] = [];
  for (const characters of ['C.UTF-8', 'en_US.UTF-8']) {
    const args = initdbArguments(folder, passwordFile, characters, durable);
    const { succeeded, output } = await run(binaries.initdb, args, runAs);
    if (succeeded) {
      await rename(draft, server);
      await syncFolder(home);
      return;
    }
    failures.push(lastLines(output, 10));
    if (!output.includes('invalid locale name')) break;
  }
  await rm(draft, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make its cluster in ${home}: ${failures.join('\n')}`);
}

/**
 * Order and case come from PostgreSQL's builtin C.UTF-8: the same on every machine, and no index breaks when the system's
 * C library changes. The character classes must be a UTF-8 locale of the system even so: pg_trgm asks them, and under
 * plain C it takes no Polish letter for a letter.
 */
function initdbArguments(
  folder: string,
  passwordFile: string,
  characters: string,
  durable: boolean,
): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${characters}`,
    '--text-search-config=simple',
    '--data-checksums',
    ...(durable ? [] : ['--no-sync']),
  ];
}

/** A rename survives a power cut only once the folder around it is written. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const lastLines = (text: string, count: number) => text.trimEnd().split('\n').slice(-count).join('\n');
