/** OData as a tool takes it: pages along their links, numbers by their digits. */
import type { TestService } from './service.ts';

type Asked = Pick<TestService, 'url'>;
type Headers = Readonly<Record<string, string>>;

export type OdataRow = Readonly<Record<string, unknown>>;

/** A value in its own letters. */
export const lettersOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

export interface OdataBody {
  readonly '@odata.context'?: string;
  readonly '@odata.count'?: unknown;
  readonly '@odata.nextLink'?: string;
  readonly value: OdataRow[];
  readonly [name: string]: unknown;
}

/** An address below `/odata/`, with its options as they are read; or a whole one, such as a link to the next page. */
export const getOdata = ({ url }: Asked, address: string, headers: Headers = {}): Promise<Response> =>
  fetch(address.startsWith('http') ? address : new URL(`odata/${encoded(address)}`, url), { headers });

function encoded(address: string): string {
  const question = address.indexOf('?');
  if (question < 0) return encodeURI(address);
  const options = address
    .slice(question + 1)
    .split(/&(?=\$)/)
    .map((option) => {
      const sign = option.indexOf('=');
      return sign < 0
        ? encodeURIComponent(option)
        : `${option.slice(0, sign)}=${encodeURIComponent(option.slice(sign + 1))}`;
    });
  return `${encodeURI(address.slice(0, question))}?${options.join('&')}`;
}

/** With numbers as the texts that they are written in. */
const exactly = (text: string): unknown =>
  JSON.parse(text, ((_name: string, value: unknown, { source }: { source?: string }) =>
    typeof value === 'number' ? source : value) as (name: string, value: unknown) => unknown);

export async function odataBody(service: Asked, address: string, headers: Headers = {}): Promise<OdataBody> {
  const answer = await getOdata(service, address, headers);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  return exactly(text) as OdataBody;
}

export const rowsOfPage = async (service: Asked, address: string, headers: Headers = {}) =>
  (await odataBody(service, address, headers)).value;

/** Every page, from the first along the links. */
export async function pagesOf(
  service: Asked,
  address: string,
  headers: Headers = {},
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<OdataBody[]> {
  const pages: OdataBody[] = [];
  for (let next: string | undefined = address; next !== undefined;) {
    const page: OdataBody = await odataBody(service, next, headers);
    pages.push(page);
    next = page['@odata.nextLink'];
    if (next !== undefined) await between();
  }
  return pages;
}

export const inPagesOf = (size: number): Headers => ({ prefer: `odata.maxpagesize=${size}` });

export interface OdataRefusal {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly message: string;
  /** Of each problem where and which. */
  readonly details: readonly string[] | undefined;
}

export async function odataRefusal(
  service: Asked,
  address: string,
  headers: Headers = {},
): Promise<OdataRefusal> {
  const answer = await getOdata(service, address, headers);
  const { error } = (await answer.json()) as {
    error: {
      code: string;
      message: string;
      target?: string;
      details?: { code: string; message: string; target: string }[];
    };
  };
  return {
    status: answer.status,
    code: error.code,
    target: error.target,
    message: error.message,
    details: error.details?.map(({ code, target }) => `${target} ${code}`),
  };
}
