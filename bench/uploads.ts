/** Sends and fetches attachments as a caller does, of any size, never holding a whole file. */
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

interface Refused {
  readonly message: string;
  readonly extensions: { readonly code: string };
}

export interface UploadAnswer {
  readonly data?: { readonly written: { readonly id: string; readonly downloadUrl: string } } | null;
  readonly errors?: readonly Refused[];
}

const boundary = 'kartoteka-bench';
const pdf = Buffer.from('%PDF-1.7\n');

const add = `mutation ($input: AddAttachmentInput!, $file: Upload!) {
  written: addAttachment(input: $input, file: $file) { id downloadUrl }
}`;

const mebibyte = 1_048_576;

/** So many bytes of a PDF that no other is like. */
function* pdfOf(size: number): Iterable<Buffer> {
  const block = randomBytes(mebibyte);
  yield pdf;
  for (let left = size - pdf.length; left > 0; left -= block.length)
    yield left < block.length ? block.subarray(0, left) : block;
}

const field = (name: string, value: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** Rejects when the line breaks. */
export async function upload(
  url: string,
  input: object,
  size: number,
): Promise<{ readonly answer: UploadAnswer; readonly sha256: string }> {
  const head =
    field('operations', JSON.stringify({ query: add, variables: { input, file: null } })) +
    field('map', '{"0":["variables.file"]}') +
    `--${boundary}\r\ncontent-disposition: form-data; name="0"; filename="Umowa.pdf"\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const hash = createHash('sha256');
  function* body(): Iterable<Buffer> {
    yield Buffer.from(head);
    for (const part of pdfOf(size)) {
      hash.update(part);
      yield part;
    }
    yield Buffer.from(tail);
  }
  const request = httpRequest(url, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + size + tail.length,
      'apollo-require-preflight': '1',
    },
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  const [[response]] = await Promise.all([answered, pipeline(Readable.from(body()), request)]);
  const answer = (await json(response)) as UploadAnswer;
  return { answer, sha256: hash.digest('hex') };
}

/** The SHA-256 of what a link leads to. */
export async function fetchedSha256(url: string): Promise<string> {
  const response = await fetch(url);
  if (response.status !== 200 || response.body === null)
    throw new Error(`a download was answered ${response.status}`);
  const hash = createHash('sha256');
  for await (const part of response.body) hash.update(part as Uint8Array);
  return hash.digest('hex');
}

export async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(`refused: ${JSON.stringify(errors)}`);
  return data;
}

/** A card to keep files with; its id. */
export async function makeCard(url: string): Promise<string> {
  await ask(url, 'mutation ($input: DefineCardTypeInput!) { defineCardType(input: $input) { id } }', {
    input: { key: 'uploads', name: 'Uploads' },
  });
  const { card } = await ask<{ card: { id: string } }>(
    url,
    'mutation ($input: CreateClientInput!) { card: createClient(input: $input) { id } }',
    { input: { code: 'UPLOADS', cardType: 'uploads', shortName: 'Trzewik', fullName: 'Trzewik sp. z o.o.' } },
  );
  return card.id;
}
