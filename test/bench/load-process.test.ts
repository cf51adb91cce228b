/** The load counts as failed whatever is not a right answer, in whatever pieces it comes. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLoad } from '../../bench/installation.ts';
import { Workplace } from '../../bench/workplace.ts';
import type { LoadProcess } from '../../bench/contest.ts';

const workplace = new Workplace();
let load: LoadProcess;
let server: Server;
beforeAll(async () => {
  load = await startLoad(workplace);
});
afterEach(() => server.close().closeAllConnections());
afterAll(() => workplace.leave());

async function failuresOf(answer: (response: ServerResponse) => void) {
  server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { answered, failures } = await load.ask({ url, bodies: ['{}'], connections: 2, seconds: 0.2 });
  expect(answered).toBeGreaterThan(0);
  return failures === 0 ? 'none' : failures === answered ? 'all' : 'some';
}

/** Each piece by itself: the next goes once this one is on its way. */
const inPieces =
  (...pieces: readonly string[]) =>
  async (response: ServerResponse): Promise<void> => {
    for (const piece of pieces) {
      await new Promise<void>((sent) => response.write(piece, () => sent()));
      await new Promise(setImmediate);
    }
    response.end();
  };

const long = `{"data":{"text":"${'ż'.repeat(200_000)}"}}`;

it.each([
  ['right', ['{"data":{"client":null}}']],
  ['right and in pieces', ['{"d', 'ata', '":{"cli', 'ent":null}}']],
  ['right and long', [long]],
  ['right in single signs', [...'{"data":{}}']],
])('fails none of what is %s', async (_what, pieces: readonly string[]) => {
  expect(await failuresOf((response) => void inPieces(...pieces)(response))).toBe('none');
});

it.each([
  ['errors before the data', ['{"errors":[{"message":"x"}],"data":{}}']],
  ['errors behind', ['{"data":{"a":1},"errors":[{"message":"x"}]}']],
  ['errors in three pieces', ['{"data":{"a":1},"er', 'ro', 'rs":[]}']],
  ['errors in single signs', [...'{"data":{"a":1},"errors":[]}']],
  ['errors behind much else', [long.slice(0, -1), ',"errors":[]}']],
  ['no data', ['{"data":null}']],
  ['nothing at all', []],
  ['a page', ['<html></html>']],
])('fails all of what has %s', async (_what, pieces: readonly string[]) => {
  expect(await failuresOf((response) => void inPieces(...pieces)(response))).toBe('all');
});

it('fails what has another state, and what is cut off', async () => {
  expect(await failuresOf((response) => response.writeHead(500).end('{"data":{}}'))).toBe('all');
  server.close();
  expect(
    await failuresOf((response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"data":{}}', () => response.destroy());
    }),
  ).toBe('all');
});
