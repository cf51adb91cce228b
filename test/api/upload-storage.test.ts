import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Sweep } from '../../src/clients/attachments/sweep.ts';
import { createAttachments } from '../../src/server/attachments.ts';
import { FolderStorage } from '../../src/storage/folder-storage.ts';
import { startBuiltService } from '../arrange/built-service.ts';
import { makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { createTestDatabase } from '../arrange/postgres.ts';
import { startTestService, type Answer, type TestService } from '../arrange/service.ts';
import { storedKeys, waitForStored } from '../arrange/stored-files.ts';
import { addAttachment, attach, attachmentInput, pdfBytes, sendFile, somePdf } from '../arrange/uploads.ts';

const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-storage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a storage without room', () => {
  const cleanUp: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  });

  const refusal = { code: 'PAYLOAD_TOO_LARGE', storageFull: true };

  // The system itself refuses to let a file grow, as on a full disk; nobody need be root for it.
  it('is told of clearly, keeps nothing, and serves the next file that fits', async () => {
    const database = await createTestDatabase();
    cleanUp.push(database.drop);
    const dataDir = await mkdtemp(join(folder, 'data-'));
    const environment = { DATABASE_URL: database.url, DATA_DIR: dataDir, ERP_COMPANIES: '[]' };
    const service = await startBuiltService(environment, { largestFileKiB: 512 });
    cleanUp.push(() => service.stop());
    const caller = { url: service.url, ask: askOf(service) };
    await makeCardTypes(caller);
    const card = await makeClient(caller);
    const send = (size: number) =>
      sendFile(service, addAttachment, attachmentInput(card), somePdf({ bytes: pdfBytes(size) }));
    expect((await send(1_000_000)).errors).toMatchObject([{ extensions: refusal }]);
    await waitForStored(join(dataDir, 'attachments'), []);
    expect((await send(100_000)).errors).toEqual([]);
  });

  const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
  (mayMount ? it : it.skip)('is so for a disk that is full', async () => {
    const mounted = await mkdtemp(join(folder, 'disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', mounted]);
    cleanUp.push(() => run('umount', [mounted]));
    const service = await startTestService({ storage: await FolderStorage.at(mounted) });
    cleanUp.push(() => service.close());
    await makeCardTypes(service);
    const card = await makeClient(service);
    const send = (size: number) =>
      sendFile(service, addAttachment, attachmentInput(card), somePdf({ bytes: pdfBytes(size) }));
    expect((await send(900_000)).errors).toMatchObject([{ extensions: refusal }]);
    await waitForStored(mounted, []);
    expect(service.log).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'the storage of attachments is full' }),
    );
    expect((await send(100_000)).errors).toEqual([]);
  });
});

describe('the sweep', () => {
  let service: TestService;
  let card: Written;
  let storage: FolderStorage;
  beforeAll(async () => {
    service = await startTestService();
    storage = await FolderStorage.at(service.storageFolder);
    await makeCardTypes(service);
    card = await makeClient(service);
  });
  afterAll(() => service.close());

  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  /** Of anything older than so many milliseconds; a negative number takes what is made this moment too. */
  const sweepOf = (safeAgeMs: number) =>
    new Sweep({ dataSource: service.dataSource, storage, log: silent, safeAgeMs });
  const put = (key: string) => storage.put(key, Readable.from([Buffer.from('x')]));

  it('removes old bytes without a record, in more batches than one, and nothing else', async () => {
    const kept = [];
    for (let number = 0; number < 3; number += 1) kept.push(await attach(service, card));
    const removed = await attach(service, card);
    await service.ask('mutation ($input: VersionedId!) { removeAttachment(input: $input) { id } }', {
      input: { id: removed.id, version: 1 },
    });
    const before = await storedKeys(service.storageFolder);
    for (let number = 0; number < 250; number += 1) await put(`unknown-${number}`);
    expect(await sweepOf(60_000).sweep()).toBe(0);
    expect(await sweepOf(-60_000).sweep()).toBe(250);
    expect((await storedKeys(service.storageFolder)).files).toEqual(before.files);
    for (const { downloadUrl } of kept) expect((await fetch(downloadUrl)).status).toBe(200);
    // The mark of the owner is no record's either.
    await expect(createAttachmentsOver(service)).resolves.toBeDefined();
  });

  it('waits for a transaction in flight, whose bytes it then knows', async () => {
    await put('in-flight');
    const runner = service.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT pg_advisory_xact_lock_shared(7423902)');
    const swept = sweepOf(-60_000).sweep();
    const ended = { yes: false };
    swept.finally(() => (ended.yes = true)).catch(() => undefined);
    await waitingForLock(service);
    expect([ended.yes, (await storedKeys(service.storageFolder)).files.includes('in-flight')]).toEqual([
      false,
      true,
    ]);
    await runner.rollbackTransaction();
    await runner.release();
    expect(await swept).toBe(1);
  });

  it('leaves an upload no record when it comes between bytes and transaction', async () => {
    const before = await storedKeys(service.storageFolder);
    const hungry = sweepOf(-60_000);
    const receive = service.attachments.receiver.receive;
    Object.assign(service.attachments.receiver, {
      receive: async (part: Parameters<typeof receive>[0]) => {
        const file = await receive(part);
        await hungry.sweep();
        return file;
      },
    });
    const { data, errors } = await sendFile(service, addAttachment, attachmentInput(card), somePdf());
    Object.assign(service.attachments.receiver, { receive });
    expect([data, errors[0]?.extensions.code]).toEqual([null, 'INTERNAL_SERVER_ERROR']);
    expect((await storedKeys(service.storageFolder)).files).toEqual(before.files);
  });
});

describe('a storage of another database', () => {
  it('is refused before anything in it is touched', async () => {
    const one = await startTestService();
    const other = await startTestService();
    try {
      await makeCardTypes(one);
      await attach(one, await makeClient(one));
      const { files } = await storedKeys(one.storageFolder);
      await expect(createAttachmentsOver(other, one.storageFolder)).rejects.toThrow(
        'belongs to another database',
      );
      expect((await storedKeys(one.storageFolder)).files).toEqual(files);
    } finally {
      await one.close();
      await other.close();
    }
  });
});

describe('bytes that cannot be kept', () => {
  it('leave nothing, whatever breaks', async () => {
    const at = await mkdtemp(join(folder, 'broken-'));
    const storage = await FolderStorage.at(at);
    async function* broken(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(Buffer.alloc(100_000));
      throw new Error('the line broke');
    }
    await expect(storage.put('some-key-1', broken())).rejects.toThrow('the line broke');
    expect([await readdir(join(at, 'incoming')), await storage.sizeOf('some-key-1')]).toEqual([
      [],
      undefined,
    ]);
  });
});

const createAttachmentsOver = async ({ dataSource, storageFolder }: TestService, at = storageFolder) =>
  createAttachments({
    dataSource,
    storage: await FolderStorage.at(at),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    maxUploadBytes: 1_000,
    sweepAgeMs: 1_000,
  });

function askOf(service: { ask(query: string, variables?: object): Promise<unknown> }): TestService['ask'] {
  return async <Data>(query: string, variables?: object) => {
    const { data } = (await service.ask(query, variables)) as Answer<Data>;
    if (data == null) throw new Error('refused');
    return data;
  };
}

async function waitingForLock({ dataSource }: TestService): Promise<void> {
  for (;;) {
    const [row] = await dataSource.query<{ waiting: number }[]>(
      "SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 7423902",
    );
    if (row && row.waiting > 0) return;
  }
}
