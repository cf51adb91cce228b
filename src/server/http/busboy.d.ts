/** The part of busboy 1 that is used here; the package brings no types. */
declare module 'busboy' {
  import type { IncomingHttpHeaders } from 'node:http';
  import type { Readable, Writable } from 'node:stream';

  interface Limits {
    readonly fieldSize?: number;
    readonly fields?: number;
    readonly files?: number;
    readonly parts?: number;
  }

  interface Parser extends Writable {
    on(
      event: 'field',
      listener: (name: string, value: string, info: { readonly valueTruncated: boolean }) => void,
    ): this;
    on(
      event: 'file',
      listener: (name: string, stream: Readable, info: { readonly filename?: string }) => void,
    ): this;
    on(
      event: 'filesLimit' | 'fieldsLimit' | 'partsLimit' | 'close' | 'drain' | 'finish',
      listener: () => void,
    ): this;
    on(event: 'error', listener: (fault: Error) => void): this;
    on(event: 'pipe' | 'unpipe', listener: (source: Readable) => void): this;
  }

  /** Throws where the content type is no multipart, or has no boundary. */
  export default function busboy(options: {
    readonly headers: IncomingHttpHeaders;
    readonly limits?: Limits;
    readonly defParamCharset?: string;
  }): Parser;
}
