/** What a hostile caller sends, and what they are to be told. */
import type { Written } from '../cards.ts';
import { rawAnswer } from '../raw-http.ts';
import type { Attachment } from '../uploads.ts';

export interface HostilePlace {
  readonly url: string;
  readonly card: Written;
  readonly file: Attachment;
}

interface Told {
  readonly status: number;
  /** The error's code, and the rule that was broken where there is one; empty where there is no error. */
  readonly code: string;
}

export interface HostileRow extends Told {
  readonly name: string;
  readonly send: (place: HostilePlace) => Promise<Told>;
}

export const row = (name: string, status: number, code: string, send: HostileRow['send']): HostileRow => ({
  name,
  status,
  code,
  send,
});

interface Refused {
  readonly extensions?: {
    readonly code?: string;
    readonly limit?: string;
    readonly problems?: readonly { readonly code: string }[];
  };
}

function codeIn(text: string): string {
  let told: { readonly errors?: readonly Refused[] };
  try {
    told = JSON.parse(text) as typeof told;
  } catch {
    return '';
  }
  const { code = '', limit, problems } = told.errors?.[0]?.extensions ?? {};
  const rule = problems?.[0]?.code ?? limit;
  return rule === undefined ? code : `${code} ${rule}`;
}

type Headers = Readonly<Record<string, string>>;

export async function sending(url: URL | string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, code: codeIn(await response.text()) };
}

/** By the media type whose statuses tell everything. */
export const jsonHeaders: Headers = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json',
};

export const posting =
  (body: string | Buffer, headers: Headers = {}): HostileRow['send'] =>
  ({ url }) =>
    sending(new URL('graphql', url), {
      method: 'POST',
      headers: { ...jsonHeaders, ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });

export const asking = (query: string, variables?: unknown, more: object = {}): HostileRow['send'] =>
  posting(JSON.stringify({ query, variables, ...more }));

export const getting =
  (path: string, init: RequestInit = {}): HostileRow['send'] =>
  ({ url }) =>
    sending(new URL(path, url), init);

/** The bytes as they are; `HOST` stands for the service's own name. */
export const writing =
  (bytes: string | Buffer): HostileRow['send'] =>
  async (place) => {
    const sent = typeof bytes === 'string' ? bytes.replaceAll('HOST', new URL(place.url).host) : bytes;
    const { status, body } = await rawAnswer(place, sent);
    return { status, code: codeIn(body) };
  };

export const times = (count: number, item: (index: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(between);
