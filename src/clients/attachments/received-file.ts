/**
 * Takes an uploaded file in: straight into storage, hashed and measured on the way, its kind told from the bytes. What no
 * transaction takes up is deleted when the request ends; what a crash leaves is the sweep's (sweep.ts).
 */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { v7 as uuidV7 } from 'uuid';
import { DomainError, InputRejected } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { StorageFull, type Storage } from '../../storage/storage.ts';
import { cleanFileName } from './file-name.ts';
import { detectMediaType, sampleSize } from './media-type.ts';

export interface IncomingFile {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

class FileTooLarge extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';
  constructor(private readonly most: number) {
    super(`file: is larger than the ${most} bytes that are accepted`);
  }
  override get details() {
    return { path: 'file', limit: 'file', most: this.most };
  }
}

class NoRoomForFile extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';
  constructor() {
    super('file: the storage of the service is full; nothing was kept');
  }
  override get details() {
    return { path: 'file', storageFull: true };
  }
}

const refused = (code: string, message: string): InputRejected =>
  new InputRejected([{ path: 'file', code, message }]);

interface Measured {
  readonly size: number;
  readonly sha256: string;
}

export class ReceivedFile implements Measured {
  private taken = false;

  constructor(
    /** Under which the bytes are stored. */
    readonly key: string,
    readonly fileName: string,
    readonly mediaType: string,
    readonly size: number,
    readonly sha256: string,
  ) {}

  /** For the one record that is to have it. Throws InputRejected the second time. */
  take(): this {
    if (this.taken) throw refused('FILE_TAKEN', 'one file cannot be two attachments: upload it twice');
    this.taken = true;
    return this;
  }

  /** Whether a transaction may have written of it: then only the database knows whether it is needed. */
  get isTaken(): boolean {
    return this.taken;
  }

  /** The transaction is known to have come to nothing. */
  giveBack(): void {
    this.taken = false;
  }
}

export class FileReceiver {
  constructor(
    private readonly storage: Storage,
    private readonly maxBytes: number,
    private readonly log: Log,
  ) {}

  /** Throws InputRejected, FileTooLarge, NoRoomForFile; then nothing is kept. */
  readonly receive = async ({ fileName: given, bytes }: IncomingFile): Promise<ReceivedFile> => {
    const fileName = cleanFileName(given);
    if (fileName === undefined) throw refused('FILE_NAME', 'the file has no usable name');
    const key = uuidV7();
    const { size, sha256 } = await this.store(key, bytes);
    try {
      if (size === 0) throw refused('EMPTY', 'the file is empty');
      return new ReceivedFile(key, fileName, await this.mediaTypeOf(key, fileName), size, sha256);
    } catch (fault) {
      await this.storage.delete(key);
      throw fault;
    }
  };

  /** At the end of a request: what nobody took is of no use to anybody. */
  readonly discard = async (file: ReceivedFile): Promise<void> => {
    if (!file.isTaken) await this.storage.delete(file.key);
  };

  private async store(key: string, bytes: AsyncIterable<Uint8Array>): Promise<Measured> {
    const { maxBytes } = this;
    const hash = createHash('sha256');
    let size = 0;
    async function* measured() {
      for await (const part of bytes) {
        size += part.length;
        if (size > maxBytes) throw new FileTooLarge(maxBytes);
        hash.update(part);
        yield part;
      }
    }
    try {
      await this.storage.put(key, measured());
    } catch (fault) {
      if (!(fault instanceof StorageFull)) throw fault;
      this.log.error({ size }, 'the storage of attachments is full');
      throw new NoRoomForFile();
    }
    return { size, sha256: hash.digest('hex') };
  }

  private async mediaTypeOf(key: string, fileName: string): Promise<string> {
    const beginning = await this.storage.open(key, { start: 0, end: sampleSize - 1 });
    const detected = await detectMediaType(fileName, await buffer(beginning));
    if ('mediaType' in detected) return detected.mediaType;
    const kind = detected.found ?? 'of an unknown kind';
    throw detected.refused === 'ENDING'
      ? refused('FILE_ENDING', `the bytes are ${kind}, which the ending of the name does not fit`)
      : refused('FILE_KIND', `files such as this are not accepted: the bytes are ${kind}`);
  }
}
