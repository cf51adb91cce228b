/**
 * Stands between the service and PostgreSQL and reads along what the service sends, so that a test counts the statements
 * that really were executed and not those somebody meant to.
 */
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

export interface WireCounter {
  /** The database's address by way of the counter. */
  readonly url: string;
  /** Texts of the statements executed since the last reset, in order of each connection. */
  statements(): readonly string[];
  reset(): void;
  close(): Promise<void>;
}

export async function countStatements(databaseUrl: string): Promise<WireCounter> {
  const target = new URL(databaseUrl);
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((caller) => {
    const database = connect(Number(target.port), target.hostname);
    const read = messageReader(statementReader(seen));
    for (const [from, to] of [
      [caller, database],
      [database, caller],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.on('data', (bytes) => {
        if (from === caller) read(bytes);
        to.write(bytes);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the counter listens nowhere');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  return {
    url: url.href,
    statements: () => [...seen],
    reset: () => void seen.splice(0),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Frontend messages: a type letter, a length that counts itself, and the rest. The first ones come without a letter. */
function messageReader(onMessage: (type: string, body: Buffer) => void): (bytes: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  let started = false;
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (;;) {
      const letter = started ? 1 : 0;
      if (waiting.length < letter + 4) return;
      const length = letter + waiting.readInt32BE(letter);
      if (waiting.length < length) return;
      const body = waiting.subarray(letter + 4, length);
      if (started) onMessage(String.fromCharCode(waiting[0] ?? 0), body);
      // What only asks for encryption is short and followed by the true start; its version number is 3.
      else started = body.readInt16BE(0) === 3;
      waiting = waiting.subarray(length);
    }
  };
}

function statementReader(seen: string[]): (type: string, body: Buffer) => void {
  const texts = new Map<string, string>();
  const portals = new Map<string, string>();
  return (type, body) => {
    const [first = '', second = ''] = body.toString('utf8').split('\0', 2);
    if (type === 'P') texts.set(first, second);
    if (type === 'B') portals.set(first, texts.get(second) ?? '?');
    if (type === 'E') seen.push(portals.get(first) ?? '?');
    if (type === 'Q') seen.push(first);
  };
}
