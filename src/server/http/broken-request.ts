/** What could not be read as HTTP, or came too slowly: told in one last answer, where one can still be sent. */
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal } from './refusal.ts';
import { strictHeaders } from './standing-headers.ts';

/** Fixed in node:http. */
const mostChunkExtensions = 16_384;

const tooLarge = (status: number, limit: string, most: number, what: string): Refusal =>
  new Refusal(status, 'PAYLOAD_TOO_LARGE', `${what} are larger than the ${most} bytes that are accepted.`, {
    details: { limit, most },
  });

function refusalOf(code: string): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return tooLarge(431, 'headers', maxHeaderSize, 'The headers and the address');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return tooLarge(413, 'chunkExtensions', mostChunkExtensions, 'The chunk extensions');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, 'BAD_USER_INPUT', 'The request did not arrive in time.', {
        details: { limit: 'time' },
      });
    default:
      return new Refusal(400, 'BAD_USER_INPUT', 'This is not a valid HTTP request.');
  }
}

/** `answers`: those under way on this connection; once one has begun, more bytes would corrupt it. */
export function refuseBrokenRequest(
  fault: NodeJS.ErrnoException,
  socket: Duplex,
  answers: ReadonlySet<ServerResponse>,
): void {
  const begun = [...answers].some((response) => response.headersSent);
  if (!socket.writable || begun || fault.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, body } = refusalOf(fault.code ?? '');
  const text = JSON.stringify(body);
  const strict = Object.entries(strictHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `${strict.join('')}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
