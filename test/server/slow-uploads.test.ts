import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import type { UploadReceiver } from '../../src/server/http/multipart.ts';
import { field, mapOfOne, rawBody, rawFile, rawHeaders } from '../arrange/uploads.ts';
import { openDoor, type Door } from './arrange-door.ts';

let door: Door;
afterEach(() => door.close());

const receiver = () => {
  const discarded: string[] = [];
  const uploads: UploadReceiver<string> = {
    receive: async ({ bytes }) => `${(await buffer(Readable.from(bytes))).length} bytes`,
    discard: (file) => {
      discarded.push(file);
      return Promise.resolve();
    },
  };
  return { uploads, discarded };
};

const query = 'mutation ($file: Upload!) { upload(file: $file) }';
const body = rawBody([
  field('operations', JSON.stringify({ query, variables: { file: null } })),
  mapOfOne,
  rawFile('0', 'a.pdf', 'x'.repeat(1_000)),
]);

const begin = (): ClientRequest =>
  httpRequest(new URL('graphql', door.url), {
    method: 'POST',
    headers: { ...rawHeaders, 'content-length': body.length },
  });

it('an upload may take longer than any other request, as long as something comes', async () => {
  const { uploads, discarded } = receiver();
  door = await openDoor({ uploads, uploadIdleMs: 2_000, receiveTimeoutMs: 100, requestTimeoutMs: 100 });
  const request = begin();
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  const step = Math.ceil(body.length / 10);
  for (let at = 0; at < body.length; at += step) {
    request.write(body.subarray(at, at + step));
    // Ten of these are several times as long as what other requests are given.
    await delay(40);
  }
  request.end();
  const [response] = await answered;
  expect(await json(response)).toEqual({ data: { upload: '1000 bytes' } });
  await expectDiscarded(discarded);
});

it('a caller who stops sending in the middle of a file is told', async () => {
  const { uploads } = receiver();
  door = await openDoor({ uploads, uploadIdleMs: 100 });
  const request = begin();
  request.on('error', () => undefined);
  request.write(body.subarray(0, body.length - 500));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(await json(response)).toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT', problems: [{ code: 'IDLE' }] } }],
  });
  request.destroy();
});

it('a line kept open after an upload serves the next request', async () => {
  const { uploads } = receiver();
  door = await openDoor({ uploads });
  for (let round = 1; round <= 2; round += 1) {
    const response = await fetch(new URL('graphql', door.url), {
      method: 'POST',
      headers: rawHeaders,
      body: new Uint8Array(body),
    });
    expect(await response.json()).toEqual({ data: { upload: '1000 bytes' } });
  }
});

it('without anybody to take files in, a multipart request is refused', async () => {
  door = await openDoor();
  const response = await fetch(new URL('graphql', door.url), {
    method: 'POST',
    headers: rawHeaders,
    body: new Uint8Array(body),
  });
  expect(response.status).toBe(415);
});

/** A moment after the answer. */
async function expectDiscarded(discarded: readonly string[]): Promise<void> {
  while (discarded.length === 0) await delay(1);
  expect(discarded).toEqual(['1000 bytes']);
}
