import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DataDirInUse, startEmbeddedPostgres } from '../../src/crm-database/embedded/embedded-postgres.ts';
import { deleteDataDir, makeDataDir } from '../arrange/data-dir.ts';
import { launchService } from '../arrange/embedded-service.ts';
import { startedAt, storedShoes, storeShoe } from './embedded-arrange.ts';

describe('one data directory', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await makeDataDir();
  });
  afterEach(() => deleteDataDir(folder));

  it('serves one service at a time: the second is told the folder and the process, also by another path', async () => {
    const service = launchService(folder);
    const url = await startedAt(service.answer);
    await storeShoe(url);
    const otherPath = join(folder, 'same');
    await symlink(folder, otherPath);

    const refused = startEmbeddedPostgres({ dataDir: otherPath, log: () => undefined });

    await expect(refused).rejects.toThrow(DataDirInUse);
    await expect(refused).rejects.toThrow(
      `The data directory ${otherPath} is in use by process ${service.pid}. Stop it first, or set another DATA_DIR.`,
    );
    expect(await storedShoes(url)).toEqual(['Kłos']);
    await service.stop();
  });

  it('serves one service at a time within one process too, and the next once it is free', async () => {
    const options = { dataDir: folder, log: () => undefined, durable: false };
    const first = await startEmbeddedPostgres(options);

    await expect(startEmbeddedPostgres(options)).rejects.toThrow(`process ${process.pid}`);
    await first.stop();

    const second = await startEmbeddedPostgres(options);
    await second.stop();
  });

  it.each(['over a killed service whose server runs on', 'in an empty folder'])(
    'goes to exactly one of ten services that start at once %s',
    async (state) => {
      if (state !== 'in an empty folder') {
        const killed = launchService(folder);
        await startedAt(killed.answer);
        await killed.kill();
      }

      const services = Array.from({ length: 10 }, () => launchService(folder));
      const answers = await Promise.all(services.map(({ answer }) => answer));

      const winners = services.filter((_, n) => 'started' in (answers[n] ?? {}));
      expect(winners).toHaveLength(1);
      const refusals = answers.filter((answer) => 'refused' in answer);
      const inUse = `The data directory ${folder} is in use by process ${winners[0]?.pid}. Stop it first, or set another DATA_DIR.`;
      expect(refusals).toEqual(
        Array.from({ length: 9 }, () => ({ refused: 'DataDirInUse', message: inUse })),
      );
      await Promise.all(services.map(({ stop }) => stop()));
    },
  );
});
