/** What could not be read as HTTP, or came too slowly: told in one last answer, where one can still be sent. */
import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal } from './refusal.ts';
import { strictHeaders } from './standing-headers.ts';

function refusalOf(code: string): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal(431, 'PAYLOAD_TOO_LARGE', 'The headers, or the address, are too large.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Refusal(413, 'PAYLOAD_TOO_LARGE', 'The chunk extensions are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, 'BAD_USER_INPUT', 'The request did not arrive in time.');
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
