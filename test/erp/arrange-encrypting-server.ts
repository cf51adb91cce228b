/** A SQL Server reduced to its door: it encrypts, with a certificate of the test's choice, and notes whether it is sent a login. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificate } from '../arrange/certificates.ts';

const preloginPacket = 0x12;
const answerPacket = 0x04;
const loginPacket = 0x10;
const headerLength = 8;

const packet = (type: number, body: Buffer): Buffer => {
  const header = Buffer.from([type, 1, 0, 0, 0, 0, 1, 0]);
  header.writeUInt16BE(headerLength + body.length, 2);
  return Buffer.concat([header, body]);
};

/** A version, and that everything is encrypted. */
const preloginAnswer = packet(
  answerPacket,
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 1]),
);

export interface EncryptingServer {
  readonly port: number;
  readonly logins: number;
  close(): Promise<void>;
}

/** The handshake travels in packets of the protocol, all that follows as it is. */
function encrypt(
  socket: Socket,
  { certificate, key }: Certificate,
  onLogin: () => void,
): (bytes: Buffer) => void {
  const line = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      if (socket.writable) socket.write(packet(preloginPacket, bytes));
      done();
    },
  });
  const secureContext = createSecureContext({ cert: certificate, key, maxVersion: 'TLSv1.2' });
  const inside = new TLSSocket(line, { isServer: true, secureContext });
  inside.on('error', () => socket.destroy());
  inside.on('data', (bytes: Buffer) => {
    if (bytes[0] === loginPacket) onLogin();
    socket.destroy();
  });
  return (bytes) => void line.push(bytes);
}

export async function startEncryptingServer(certificate: Certificate): Promise<EncryptingServer> {
  let logins = 0;
  const server = createServer((socket) => {
    const take = encrypt(socket, certificate, () => (logins += 1));
    let greeted = false;
    let rest = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      while (
        rest[0] === preloginPacket &&
        rest.length >= headerLength &&
        rest.length >= rest.readUInt16BE(2)
      ) {
        const end = rest.readUInt16BE(2);
        if (greeted) take(rest.subarray(headerLength, end));
        else socket.write(preloginAnswer);
        greeted = true;
        rest = rest.subarray(end);
      }
      if (rest.length === 0 || rest[0] === preloginPacket) return;
      take(rest);
      rest = Buffer.alloc(0);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    get logins() {
      return logins;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
