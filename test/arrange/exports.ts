/** Exports as a tool takes them. */
import type { TestService } from './service.ts';

export type ExportedRow = Readonly<Record<string, unknown>>;

type Headers = Readonly<Record<string, string>>;

export const getExport = (
  { url }: Pick<TestService, 'url'>,
  address: string,
  headers: Headers = {},
  init: RequestInit = {},
): Promise<Response> => fetch(new URL(`export/${address}`, url), { headers, ...init });

/** The rows of one told as JSON lines; throws with the answer where it is refused. */
export async function exportedRows(
  service: Pick<TestService, 'url'>,
  address: string,
  headers: Headers = {},
): Promise<ExportedRow[]> {
  const response = await getExport(service, address, headers);
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ExportedRow);
}

interface Refused {
  readonly errors: readonly {
    readonly extensions: {
      readonly code: string;
      readonly problems?: readonly { readonly path: string; readonly code: string }[];
    };
  }[];
}

/** Status, code, and of each problem where and which. */
export async function exportRefusal(
  service: Pick<TestService, 'url'>,
  address: string,
  headers: Headers = {},
): Promise<unknown> {
  const response = await getExport(service, address, headers);
  const { errors } = (await response.json()) as Refused;
  const { code, problems } = errors[0]?.extensions ?? {};
  return [response.status, code, problems?.map((one) => `${one.path} ${one.code}`)];
}

/** A row of JSON as CSV has it. */
export const asTexts = (row: ExportedRow): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value === null
        ? ''
        : Array.isArray(value)
          ? value.join(' ')
          : String(value as string | number | boolean),
    ]),
  );

export const idsOf = (rows: readonly ExportedRow[]): unknown[] => rows.map(({ id }) => id);
