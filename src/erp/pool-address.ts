/** A company's address, `mssql://user:password@host:port/database?encrypt=…&trustServerCertificate=…`, in the driver's terms. */
import { Socket, type NetConnectOpts } from 'node:net';

export interface PoolAddress {
  readonly server: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** On unless the address says otherwise. */
  readonly encrypt: boolean;
  /** Off unless the address says otherwise: a certificate nobody vouches for is refused. */
  readonly trustServerCertificate: boolean;
}

const flag = (options: URLSearchParams, name: string, fallback: boolean): boolean => {
  const value = options.get(name);
  if (value === null) return fallback;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new RangeError(`${name} in a company's url is true or false`);
};

export function readAddress(url: string): PoolAddress {
  const parts = new URL(url);
  return {
    server: parts.hostname.replace(/^\[|\]$/g, ''),
    port: parts.port === '' ? 1433 : Number(parts.port),
    user: decodeURIComponent(parts.username),
    password: decodeURIComponent(parts.password),
    database: decodeURIComponent(parts.pathname.slice(1)),
    encrypt: flag(parts.searchParams, 'encrypt', true),
    trustServerCertificate: flag(parts.searchParams, 'trustServerCertificate', false),
  };
}

const loginPacket = 0x10;

/**
 * The driver goes on in plain text when a server says that it cannot encrypt, and sends the password. Through this socket
 * it cannot: a login packet in plain text ends the connection before a byte of it leaves. Inside TLS the socket only ever
 * sees TLS records, none of which begins like a login packet.
 */
class NoPlainLogin extends Socket {
  override _write(chunk: unknown, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (isLogin(chunk)) done(new Error('the server offers no encryption, and this company asks for it'));
    else super._write(chunk, encoding, done);
  }

  override _writev(
    chunks: { chunk: unknown; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    if (chunks.some(({ chunk }) => isLogin(chunk))) {
      done(new Error('the server offers no encryption, and this company asks for it'));
    } else super._writev?.(chunks, done);
  }
}

const isLogin = (chunk: unknown): boolean => Buffer.isBuffer(chunk) && chunk[0] === loginPacket;

/** Connects within `timeoutMs`. */
export function connectGuarded(address: PoolAddress, timeoutMs: number): Promise<Socket> {
  const socket = address.encrypt ? new NoPlainLogin() : new Socket();
  const target: NetConnectOpts = { host: address.server, port: address.port };
  // As an option of connect() it would do nothing.
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new Error('the connection timed out')), timeoutMs);
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
    });
    socket.connect(target, () => {
      clearTimeout(timer);
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}
