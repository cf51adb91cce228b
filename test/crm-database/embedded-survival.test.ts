import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { isAlive } from '../../src/crm-database/embedded/data-dir-lock.ts';
import { deleteDataDir, homeOf, makeDataDir } from '../arrange/data-dir.ts';
import { launchService, until, type EmbeddedService } from '../arrange/embedded-service.ts';
import { startedAt, storedShoes, storeShoe } from './embedded-arrange.ts';

describe('the embedded PostgreSQL survives', () => {
  let folder: string;
  let services: EmbeddedService[];

  const launch = () => {
    const service = launchService(folder);
    services.push(service);
    return service;
  };
  const start = () => startedAt(launch().answer);
  const cluster = async () => join(await homeOf(folder), 'server', 'data');
  const pidFile = async () => join(await cluster(), 'postmaster.pid');
  const serverPid = async () => Number((await readFile(await pidFile(), 'utf8')).split('\n')[0]);

  beforeEach(async () => {
    folder = await makeDataDir();
    services = [];
  });
  afterEach(async () => {
    for (const service of services) await service.kill();
    await deleteDataDir(folder);
  });

  it('a killed service whose server runs on: the next start stops that server and loses nothing', async () => {
    const service = launch();
    const url = await startedAt(service.answer);
    await storeShoe(url);
    const leftBehind = await serverPid();
    const client = new pg.Client({ connectionString: url });
    const thrownOff = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query("BEGIN; INSERT INTO shoe VALUES ('never committed')");

    await service.kill();
    expect(isAlive(leftBehind)).toBe(true);

    expect(await storedShoes(await start())).toEqual(['Kłos']);
    expect(await serverPid()).not.toBe(leftBehind);
    expect(await thrownOff).toBeDefined();
  });

  it('a service and a server killed together', async () => {
    const service = launch();
    await storeShoe(await startedAt(service.answer));
    const server = await serverPid();

    process.kill(server, 'SIGKILL');
    await service.kill();

    expect(await storedShoes(await start())).toEqual(['Kłos']);
  });

  it('five kills at different moments of the start', async () => {
    const first = launch();
    await storeShoe(await startedAt(first.answer));
    await first.kill();
    const log = join(await homeOf(folder), 'server.log');
    const inode = async () => (await stat(log).catch(() => undefined))?.ino;

    for (const moment of [
      '',
      'starting PostgreSQL',
      'listening on',
      'database system was',
      'ready to accept',
    ]) {
      const before = await inode();
      const service = launch();
      await until(async () => {
        const now = await inode();
        return now !== undefined && now !== before && (await readFile(log, 'utf8')).includes(moment);
      });
      await service.kill();
    }

    expect(await storedShoes(await start())).toEqual(['Kłos']);
  });

  it('an initialisation that was killed half way', async () => {
    const home = join(folder, 'postgres');
    const service = launch();
    const names = (path: string) => readdir(path).catch((): string[] => []);
    const drafts = () => readdirSync(home).filter((name) => name.startsWith('server.new-'));
    await until(async () => {
      const found = await names(home);
      const draft = found.find((name) => name.startsWith('server.new-'));
      return draft !== undefined && (await names(join(home, draft, 'data'))).includes('global');
    });
    await service.kill();
    expect(drafts()).toHaveLength(1);

    await storeShoe(await start());

    expect(drafts()).toEqual([]);
  });

  describe('a pid file', () => {
    beforeEach(async () => {
      const service = launch();
      await storeShoe(await startedAt(service.answer));
      await service.stop();
    });

    const writePidFile = async (pid: number) =>
      writeFile(await pidFile(), `${pid}\n${await cluster()}\n1700000000\n5432\n\n127.0.0.1\n\nready   \n`);

    it('whose process is dead', async () => {
      const dead = spawn('true');
      await once(dead, 'exit');
      await writePidFile(dead.pid ?? 0);

      expect(await storedShoes(await start())).toEqual(['Kłos']);
    });

    it('whose number now belongs to another program of the same user, which is left alone', async () => {
      const { uid, gid } = await stat(await cluster());
      const stranger = spawn('sleep', ['600'], { cwd: '/', uid, gid });
      await once(stranger, 'spawn');
      await writePidFile(stranger.pid ?? 0);

      expect(await storedShoes(await start())).toEqual(['Kłos']);

      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
      stranger.kill();
      await once(stranger, 'exit');
    });

    it('that was cut short', async () => {
      for (const text of ['', '12', 'not a number\n']) {
        await writeFile(await pidFile(), text);
        const service = launch();
        expect(await storedShoes(await startedAt(service.answer))).toEqual(['Kłos']);
        await service.stop();
      }
    });
  });

  it('a folder of the database that is there but empty', async () => {
    await mkdir(join(folder, 'postgres'));

    await storeShoe(await start());
  });
});
