/** An SsrsServer over the double, as the settings would make it. */
import { buffer } from 'node:stream/consumers';
import { silentLog } from '../../../src/log.ts';
import { SsrsServer, type RenderWish } from '../../../src/reports/ssrs/ssrs-server.ts';
import type { SsrsConfig } from '../../../src/ssrs-config.ts';
import { account, type SsrsDouble } from './double.ts';
import { renderedBytes, sha256, turnover } from './reports.ts';

export const ssrsConfig = (
  { url, restUrl }: Pick<SsrsDouble, 'url' | 'restUrl'>,
  more: Partial<SsrsConfig> = {},
): SsrsConfig => ({
  url,
  restUrl,
  login: 'ntlm',
  ...account,
  locale: 'pl-PL',
  folders: { '/Sprzedaż': ['SALES', 'MANAGER'], '/Sprzedaż/Zarząd': ['ADMIN'] },
  clientParameters: { KlientId: 'CUSTOMER_ID', NIP: 'NIP' },
  timeoutMs: 60_000,
  cacheMs: 0,
  connections: 4,
  ...more,
});

export const serverOver = (double: SsrsDouble, more: Partial<SsrsConfig> = {}, log = silentLog): SsrsServer =>
  new SsrsServer(ssrsConfig(double, more), log);

/** Of the report with parameters, with the one that it needs. */
export const wish = (more: Partial<RenderWish> = {}): RenderWish => ({
  path: turnover,
  format: 'pdf',
  parameters: new Map([['KlientId', ['7']]]),
  signal: new AbortController().signal,
  ...more,
});

/** Of all bytes that come. */
export async function shaOf(server: SsrsServer, asked: RenderWish): Promise<string> {
  const { body } = await server.render(asked);
  return sha256(await buffer(body));
}

/** Of the bytes that the double writes for the report with parameters. */
export const expectedSha = (
  values: readonly (readonly [name: string, value: string | null])[],
  { path = turnover, renderer = 'PDF', language = 'pl-PL' } = {},
): string => sha256(renderedBytes(path, renderer, language, values));
