/** Files sent by GraphQL multipart, as any client library sends them, and what the least of them hold. */
import { randomBytes } from 'node:crypto';
import type { Written } from './cards.ts';
import type { Answer, TestService } from './service.ts';

export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Caller = Pick<TestService, 'url'>;

export const pdfBytes = (size = 1_000): Buffer => {
  const text = Buffer.from('%PDF-1.7\n');
  return Buffer.concat([text, randomBytes(size - text.length)]);
};

export const somePdf = (given: Partial<SentFile> = {}): SentFile => ({
  name: 'Umowa.pdf',
  bytes: pdfBytes(),
  ...given,
});

const fields = `id version fileName mediaType size sha256 category description validFrom validUntil downloadUrl deletedAt
  revisions { number fileName size sha256 createdBy downloadUrl } client { id }`;

export const addAttachment = `mutation ($input: AddAttachmentInput!, $file: Upload!) {
  written: addAttachment(input: $input, file: $file) { ${fields} }
}`;
export const reviseAttachment = `mutation ($input: VersionedId!, $file: Upload!) {
  written: reviseAttachment(input: $input, file: $file) { ${fields} }
}`;

export interface Attachment extends Written {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly downloadUrl: string;
  readonly revisions: readonly {
    readonly number: number;
    readonly fileName: string;
    readonly size: number;
    readonly sha256: string;
    readonly downloadUrl: string;
  }[];
}

/** Form of an operation with one file at `variables.file`. */
function formOf(query: string, variables: object, { name, bytes }: SentFile): FormData {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { ...variables, file: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.file'] }));
  form.set('0', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

/** Sends a form as it is; `headers` instead of the one that proves it is no foreign page's. */
export async function sendForm<Data>(
  { url }: Caller,
  form: FormData,
  headers: Readonly<Record<string, string>> = { 'apollo-require-preflight': '1' },
): Promise<Answer<Data>> {
  const response = await fetch(new URL('graphql', url), { method: 'POST', headers, body: form });
  const { data, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
  return { status: response.status, data, errors };
}

export const sendFile = <Data = { written: Attachment | null }>(
  service: Caller,
  query: string,
  input: object,
  file: SentFile,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer<Data>> => sendForm<Data>(service, formOf(query, { input }, file), headers);

export const attachmentInput = (card: Written, given: object = {}) => ({
  clientId: card.id,
  category: 'CONTRACT',
  ...given,
});

/** The attachment written; throws for an answer with errors. */
export async function attach(
  service: Caller,
  card: Written,
  file: SentFile = somePdf(),
  given: object = {},
): Promise<Attachment> {
  const { data, errors } = await sendFile(service, addAttachment, attachmentInput(card, given), file);
  if (!data?.written) throw new Error(`refused: ${JSON.stringify(errors)}`);
  return data.written;
}

const boundary = 'kartoteka-boundary';

/** A part of a request written by hand. */
export const field = (name: string, value: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** `content` in Latin-1: a sign is a byte. The name goes as it is, quotes marked. */
export const rawFile = (
  name: string,
  fileName = 'Umowa.pdf',
  content = pdfBytes().toString('latin1'),
): string => {
  const called = Buffer.from(fileName.replaceAll(/[\\"]/g, String.raw`\$&`)).toString('latin1');
  return (
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${called}"\r\n` +
    `content-type: application/octet-stream\r\n\r\n${content}\r\n`
  );
};

export const rawHeaders = {
  'content-type': `multipart/form-data; boundary=${boundary}`,
  'apollo-require-preflight': '1',
} as const;

/** All parts and the end. */
export const rawBody = (parts: readonly string[]): Buffer =>
  Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'latin1');

/** The field with an operation that adds an attachment to the card, its file at `variables.file`. */
export const addOperation = (card: Pick<Written, 'id'>, given: object = {}): string =>
  field(
    'operations',
    JSON.stringify({
      query: addAttachment,
      variables: { input: { clientId: card.id, category: 'OTHER', ...given }, file: null },
    }),
  );

/** The field that leads the part `0` there. */
export const mapOfOne = field('map', '{"0":["variables.file"]}');

export async function sendRaw<Data = { written: Attachment | null }>(
  { url }: Caller,
  parts: readonly string[],
): Promise<Answer<Data>> {
  const body = new Uint8Array(rawBody(parts));
  const response = await fetch(new URL('graphql', url), { method: 'POST', headers: rawHeaders, body });
  const { data, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
  return { status: response.status, data, errors };
}
