import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export const USER = 'kartoteka';
export const PASSWORD = 'Zażółć gęślą jaźń!';

const HEADER = 8;
/** Version 0 and no encryption. */
export const PRELOGIN = Buffer.from('00000b00060100110001ff00000000000002', 'hex');
const ALL_HEADERS = Buffer.from('16000000120000000200000000000000000001000000', 'hex');

/** A TDS client made of bytes, for what no decent driver would send and for seeing exactly what comes back. */
export class RawClient {
  readonly socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #news = Promise.withResolvers<void>();
  ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#tell();
    });
    // A line that the server breaks is what many tests want; the close that follows tells it.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.ended = true;
      this.#tell();
    });
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  /** One packet, or as many as it takes at `size` bytes of content each. */
  send(type: number, content: Buffer, { size = 30_000, status = 0 } = {}): void {
    this.socket.write(packets(type, content, size, status));
  }

  sendBatch(text: string, how: { size?: number; status?: number } = {}): void {
    this.send(0x01, Buffer.concat([ALL_HEADERS, Buffer.from(text, 'utf16le')]), how);
  }

  sendCall(procedure: string, values: Buffer): void {
    const name = Buffer.from(procedure, 'utf16le');
    const length = Buffer.from([procedure.length, 0]);
    this.send(0x03, Buffer.concat([ALL_HEADERS, length, name, Buffer.from([0, 0]), values]));
  }

  sendAttention(): void {
    this.send(0x06, Buffer.alloc(0));
  }

  async logIn(
    login: { user?: string; password?: string; database?: string; packetSize?: number } = {},
  ): Promise<Buffer> {
    this.send(0x12, PRELOGIN);
    await this.message();
    this.send(
      0x10,
      loginContent({ user: USER, password: PASSWORD, database: 'erp', packetSize: 4096, ...login }),
    );
    return this.message();
  }

  /** Content of the next whole message, its packets joined. */
  async message(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let last = false; !last;) {
      await this.hasReceived(HEADER);
      const length = this.#received.readUInt16BE(2);
      await this.hasReceived(length);
      last = (this.#received.readUInt8(1) & 1) === 1;
      parts.push(this.#received.subarray(HEADER, length));
      this.#received = this.#received.subarray(length);
    }
    return Buffer.concat(parts);
  }

  /** Whatever has come and was not read. */
  get unread(): Buffer {
    return this.#received;
  }

  async closed(): Promise<void> {
    while (!this.ended) await this.#news.promise;
  }

  async hasReceived(length: number): Promise<void> {
    while (this.#received.length < length) {
      if (this.ended) throw new Error('the line is closed');
      await this.#news.promise;
    }
  }

  hangUp(): void {
    this.socket.destroy();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

export const packets = (type: number, content: Buffer, size: number, status: number): Buffer => {
  const parts: Buffer[] = [];
  for (let from = 0; from === 0 || from < content.length; from += size) {
    const part = content.subarray(from, from + size);
    const header = Buffer.from([type, status | (from + size >= content.length ? 1 : 0), 0, 0, 0, 0, 1, 0]);
    header.writeUInt16BE(part.length + HEADER, 2);
    parts.push(header, part);
  }
  return Buffer.concat(parts);
};

export const loginContent = (login: {
  user: string;
  password: string;
  database: string;
  packetSize: number;
}): Buffer => {
  const fixed = Buffer.alloc(94);
  const texts = { 40: login.user, 44: login.password, 68: login.database };
  let offset = fixed.length;
  const content: Buffer[] = [fixed];
  for (const [place, text] of Object.entries(texts)) {
    const bytes = Buffer.from(text, 'utf16le');
    if (place === '44')
      bytes.forEach((byte, at) => (bytes[at] = (((byte << 4) | (byte >> 4)) & 0xff) ^ 0xa5));
    fixed.writeUInt16LE(offset, Number(place));
    fixed.writeUInt16LE(text.length, Number(place) + 2);
    offset += bytes.length;
    content.push(bytes);
  }
  fixed.writeUInt32LE(offset, 0);
  fixed.writeUInt32LE(0x74000004, 4);
  fixed.writeUInt32LE(login.packetSize, 8);
  return Buffer.concat(content);
};

/** One parameter of a call: its name, flags (1: output), then type and value as given. */
export const argument = (name: string, bytes: string, flags = 0): Buffer =>
  Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name, 'utf16le'),
    Buffer.from([flags]),
    Buffer.from(bytes, 'hex'),
  ]);

export const textArgument = (value: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(value.length * 2);
  const content = Buffer.concat([length, Buffer.from(value, 'utf16le')]);
  return argument('', `e7401f1504d00000${content.toString('hex')}`);
};

/** The answer's last DONE token: status and row count. */
export const lastDone = (
  message: Buffer,
): { readonly token: number; readonly status: number; readonly rows: number } => {
  const done = message.subarray(-13);
  return { token: done.readUInt8(0), status: done.readUInt16LE(1), rows: Number(done.readBigUInt64LE(5)) };
};
