import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { startTestService, type Answer, type TestService } from '../arrange/service.ts';
import { storedKeys, waitForStored } from '../arrange/stored-files.ts';
import {
  addOperation,
  attach,
  mapOfOne,
  pdfBytes,
  rawBody,
  rawFile,
  rawHeaders,
  type Attachment,
} from '../arrange/uploads.ts';

let service: TestService;
let card: Written;
let body: Buffer;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service);
  body = rawBody([
    addOperation(card),
    mapOfOne,
    rawFile('0', 'Umowa.pdf', pdfBytes(200_000).toString('latin1')),
  ]);
});
afterAll(() => service.close());

const head = (length: number): Buffer =>
  Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${length}\r\n` +
      Object.entries(rawHeaders)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('') +
      '\r\n',
  );

/** Sends these bytes and nothing more; waits until the service has let go. Answers what it said. */
async function sendAndStop(bytes: Buffer, how: 'hang up' | 'break off'): Promise<string> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  const said: Buffer[] = [];
  socket.on('data', (part: Buffer) => said.push(part));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  const closed = once(socket, 'close');
  if (how === 'hang up') socket.end();
  else socket.resetAndDestroy();
  await closed;
  return Buffer.concat(said).toString('latin1');
}

const attachmentCount = async (): Promise<number> => {
  const { attachments } = await service.ask<{ attachments: { totalCount: number } }>(
    '{ attachments(first: 1) { totalCount } }',
  );
  return attachments.totalCount;
};

/** The file is whole by then, and the request is not. */
const lastBytes = [1, 2, 3, 4, 5];

/** Anywhere, and often near where something begins or ends. */
const cutPoints = () => {
  const fileAt = body.indexOf('%PDF');
  const near = (place: number) =>
    fc.integer({ min: Math.max(0, place - 40), max: Math.min(body.length - 1, place + 40) });
  return fc.oneof(
    fc.integer({ min: 0, max: body.length - 1 }),
    near(0),
    near(fileAt),
    near(body.length),
    near(fileAt + 65_536),
  );
};

it('cut off at any byte leaves neither a record nor bytes', async () => {
  const before = await storedKeys(service.storageFolder);
  await fc.assert(
    fc.asyncProperty(cutPoints(), fc.constantFrom('hang up', 'break off'), async (cut, how) => {
      const said = await sendAndStop(Buffer.concat([head(body.length), body.subarray(0, cut)]), how);
      expect(said).not.toContain(' 200 ');
      await waitForStored(service.storageFolder, before.files);
    }),
    { numRuns: 60, examples: lastBytes.map((last) => [body.length - last, 'hang up']) },
  );
  expect(await attachmentCount()).toBe(0);
});

it('that ends too soon, though as long as it says, is refused clearly and leaves nothing', async () => {
  const before = await storedKeys(service.storageFolder);
  // All but the last line's end: what follows the closing mark is not asked for.
  const cuts = cutPoints().filter((cut) => cut < body.length - 2);
  await fc.assert(
    fc.asyncProperty(cuts, async (cut) => {
      const response = await fetch(new URL('graphql', service.url), {
        method: 'POST',
        headers: rawHeaders,
        body: new Uint8Array(body.subarray(0, cut)),
      });
      const { errors } = (await response.json()) as Answer<{ written: Attachment }>;
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      await waitForStored(service.storageFolder, before.files);
    }),
    { numRuns: 40 },
  );
  expect(await attachmentCount()).toBe(0);
});

it('cut off does not disturb the next', async () => {
  expect((await attach(service, card)).version).toBe(1);
  expect(service.log.filter(({ level }) => level === 'error')).toEqual([]);
});
