/** Bytes as they are, for what no honest client would send. */
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 where the line was closed without a word. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function parse(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  };
}

/**
 * Writes the bytes and answers the first answer that comes back until the line closes; one that the service keeps open is closed
 * when it has answered.
 */
export async function rawAnswer(
  { url }: { readonly url: string },
  bytes: string | Buffer,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const { status, headers, body } = parse(text);
    if (status !== 0 && Buffer.byteLength(body) >= Number(headers['content-length'] ?? Infinity))
      socket.end();
  });
  socket.write(bytes);
  await new Promise<void>((resolve) => {
    // A line that is reset in the middle of what was written is an answer too.
    socket.on('error', () => undefined).on('close', () => resolve());
  });
  return parse(text);
}
