/** The line to a company's server: encrypted before the password leaves, where that is asked for. */
import { Socket, type NetConnectOpts } from 'node:net';
import type { ServerAddress } from '../values/server-address.ts';

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
export function connectGuarded(address: ServerAddress, timeoutMs: number): Promise<Socket> {
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
