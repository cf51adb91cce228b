/**
 * Reads a GraphQL multipart request (github.com/jaydenseric/graphql-multipart-request-spec): the operation can run as soon
 * as `operations` and `map` are there, while the files that follow go one by one to whoever receives them, no faster than
 * they are taken. Everything but the files' bytes stays within the limit for bodies; a caller who stops sending is let go.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { DomainError, InputRejected } from '../../errors.ts';
import type { Upload } from '../../values/upload.ts';
import { placeUploads } from './multipart-map.ts';
import { CallerGone, discardRest, parseJson } from './request-body.ts';
import { RequestOver } from './request-lifetime.ts';

interface FilePart {
  /** As the sender calls it. */
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Takes files in. What it answers for one stands in the operation's variables. */
export interface UploadReceiver<File> {
  receive(part: FilePart): Promise<File>;
  /** Called for each file at the end of its request. */
  discard(file: File): Promise<void>;
}

export interface MultipartLimits {
  /** For all that is not a file's bytes. */
  readonly maxBodyBytes: number;
  /** How long nothing may come from the caller. */
  readonly idleMs: number;
}

const maximumFiles = 10;

/** The parser has read so much ahead of whoever takes a file's bytes; it is not yet known to be a file's. */
const readAhead = 1_048_576;

class TooMuchBesideFiles extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';
  constructor(private readonly most: number) {
    super(`what comes beside the files is larger than the ${most} bytes that are accepted`);
  }
  override get details() {
    return { limit: 'body', most: this.most };
  }
}

const refused = (path: string, code: string, message: string): InputRejected =>
  new InputRejected([{ path, code, message }]);

export const isMultipart = ({ headers }: IncomingMessage): boolean =>
  /^\s*multipart\/form-data\s*(;|$)/i.test(headers['content-type'] ?? '');

export class MultipartReading<File> {
  /** The parsed operation, uploads in place. Rejects with a DomainError or Refusal, or CallerGone. */
  readonly operation: Promise<unknown>;
  /** Resolves when nothing more is read. */
  readonly over: Promise<void>;

  private readonly parser: ReturnType<typeof busboy>;
  private readonly settle = Promise.withResolvers<unknown>();
  private readonly ending = Promise.withResolvers<void>();
  /** Files are handed over only when the whole request has come: one that is cut off anywhere changes nothing. */
  private readonly whole = Promise.withResolvers<void>();
  private readonly receiving: Promise<File>[] = [];
  private readonly idle: NodeJS.Timeout;
  private operations: Record<string, unknown> | undefined;
  private uploads: Map<string, Upload> | undefined;
  private fault: Error | undefined;
  private finished = false;
  private allBytes = 0;
  private fileBytes = 0;

  /** Begins to read. Throws InputRejected for a content type without a boundary. */
  constructor(
    private readonly request: IncomingMessage,
    response: ServerResponse,
    private readonly limits: MultipartLimits,
    private readonly receiver: UploadReceiver<File>,
  ) {
    this.operation = this.settle.promise;
    this.over = this.ending.promise;
    this.whole.promise.catch(() => undefined);
    this.parser = parserFor(request, limits.maxBodyBytes);
    this.idle = setTimeout(() => this.stop(refused('body', 'IDLE', 'nothing more came')), limits.idleMs);
    this.listen();
    if (request.headers.expect) response.writeContinue();
    request.pipe(this.parser);
  }

  /** Reads no further, and discards what was received; to be called when the operation has been answered. */
  async end(): Promise<void> {
    this.stop(new RequestOver('CALLER_GONE'));
    for (const file of await Promise.allSettled(this.receiving))
      if (file.status === 'fulfilled') await this.receiver.discard(file.value);
  }

  private listen(): void {
    const { parser, request } = this;
    const tooMany = () => this.stop(refused('body', 'TOO_MANY', 'the request has too many parts'));
    parser.on('field', (name, value, { valueTruncated }) =>
      this.orStop(() => this.takeField(name, value, valueTruncated)),
    );
    parser.on('file', (name, bytes, { filename }) => this.takeFile(name, bytes, filename ?? ''));
    parser.on('filesLimit', tooMany).on('fieldsLimit', tooMany).on('partsLimit', tooMany);
    parser.on('error', ({ message }) => this.stop(refused('body', 'MULTIPART', message)));
    parser.on('close', () => this.complete());
    request.on('data', (chunk: Buffer) => {
      this.idle.refresh();
      this.allBytes += chunk.length;
      const { maxBodyBytes } = this.limits;
      if (this.allBytes - this.fileBytes > maxBodyBytes + readAhead)
        this.stop(new TooMuchBesideFiles(maxBodyBytes));
    });
    request.once('error', () => this.hangUp());
    request.once('close', () => this.hangUp());
  }

  private takeField(name: string, value: string, truncated: boolean): void {
    if (truncated) throw new TooMuchBesideFiles(this.limits.maxBodyBytes);
    if (name === 'operations') {
      const parsed = parseJson(value, 'operations');
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
        throw refused('operations', 'OBJECT', 'operations must be one JSON object');
      this.operations = { ...parsed };
      return;
    }
    if (name !== 'map') throw refused('body', 'FIELD', 'only operations, map and files are expected');
    if (!this.operations) throw refused('map', 'ORDER', 'map must come after operations');
    this.uploads = placeUploads(this.operations, parseJson(value, 'map'), maximumFiles);
    this.settle.resolve(this.operations);
  }

  private takeFile(name: string, stream: Readable, fileName: string): void {
    // One that the parser breaks off is told of by whoever reads it.
    stream.on('error', () => undefined);
    const upload = this.uploads?.get(name);
    if (!upload || upload.file !== undefined) {
      if (!this.uploads) this.stop(refused('map', 'ORDER', 'files must come after operations and map'));
      // One that map does not name, or a second one of that name, counts with what is no file.
      stream.resume();
      return;
    }
    const file = this.receiver
      .receive({ fileName, bytes: this.counted(stream) })
      .catch((fault: unknown) => {
        throw this.fault ?? fault;
      })
      // Whatever was not read would hold up the parts behind it.
      .finally(() => stream.resume());
    this.receiving.push(file);
    upload.resolve(file.then((received) => this.whole.promise.then(() => received)));
  }

  private async *counted(stream: Readable): AsyncIterable<Uint8Array> {
    // Destroyed in the middle the stream would stop the parser for good.
    for await (const part of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      this.fileBytes += part.length;
      yield part;
    }
  }

  private complete(): void {
    if (this.finished) return;
    if (!this.uploads) {
      const missing = this.operations ? 'map' : 'operations';
      this.stop(refused(missing, 'REQUIRED', `the field ${missing} is missing`));
      return;
    }
    for (const [name, upload] of this.uploads)
      if (upload.file === undefined)
        upload.reject(refused(`map.${name.slice(0, 60)}`, 'FILE_MISSING', 'its file did not come'));
    this.whole.resolve();
    this.finish();
  }

  private hangUp(): void {
    if (this.request.complete) return;
    this.settle.reject(new CallerGone());
    this.stop(new RequestOver('CALLER_GONE'));
  }

  private orStop(take: () => void): void {
    if (this.finished) return;
    try {
      take();
    } catch (fault) {
      this.stop(fault instanceof Error ? fault : new Error(String(fault)));
    }
  }

  private stop(fault: Error): void {
    if (this.finished) return;
    this.fault = fault;
    this.settle.reject(fault);
    this.whole.reject(fault);
    for (const upload of this.uploads?.values() ?? []) if (upload.file === undefined) upload.reject(fault);
    this.request.unpipe(this.parser);
    this.parser.destroy();
    discardRest(this.request);
    this.finish();
  }

  private finish(): void {
    this.finished = true;
    clearTimeout(this.idle);
    this.ending.resolve();
  }
}

function parserFor({ headers }: IncomingMessage, fieldSize: number): ReturnType<typeof busboy> {
  const limits = { fieldSize, fields: 2, files: maximumFiles, parts: maximumFiles + 2 };
  try {
    return busboy({ headers, limits, defParamCharset: 'utf8' });
  } catch (fault) {
    throw refused('content-type', 'MULTIPART', fault instanceof Error ? fault.message : String(fault));
  }
}
