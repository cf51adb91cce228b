/**
 * The peers are no part of the product: they have a package.json and a lock file of their own in this folder's parent, and are installed
 * there when one is asked for, and again when the lock file has changed.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const home = resolve(import.meta.dirname, '..');
/** Holds the digest of the lock file that was installed; npm takes it away with the rest. */
const mark = join(home, 'node_modules', '.kartoteka-peers');

/** Throws, with what npm said, where there is no way to them. */
export async function installPeers(): Promise<void> {
  const wanted = createHash('sha256')
    .update(await readFile(join(home, 'package-lock.json')))
    .digest('hex');
  const installed = await readFile(mark, 'utf8').catch(() => undefined);
  if (installed === wanted) return;
  process.stderr.write('installing the peers (npm ci in bench/), once\n');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  try {
    await promisify(execFile)('npm', args, { cwd: home });
  } catch (fault) {
    const why =
      fault instanceof Error && 'stderr' in fault ? whatNpmSays(String(fault.stderr)) : String(fault);
    throw new Error(
      `the peers could not be installed, for which the package registry is needed once: npm ${args.join(' ')} in bench/: ${why}`,
      { cause: fault },
    );
  }
  await writeFile(mark, wanted);
}

/** Its first errors say what is wrong; behind them comes advice. */
const whatNpmSays = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /^npm error \S/.test(line))
    .slice(0, 3)
    .map((line) => line.slice('npm error '.length))
    .join('; ');
