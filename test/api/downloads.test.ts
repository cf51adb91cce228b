import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DownloadLinks } from '../../src/clients/attachments/download-links.ts';
import { installationSecret } from '../../src/clients/attachments/installation-secret.ts';
import { makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { storedKeys } from '../arrange/stored-files.ts';
import { attach, pdfBytes, type Attachment } from '../arrange/uploads.ts';

let service: TestService;
let card: Written;
let attachment: Attachment;
const bytes = pdfBytes(1_000);
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service);
  attachment = await attach(service, card, { name: 'Umowa "żółta", łąka; 5%.pdf', bytes });
});
afterAll(() => service.close());

const get = (headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  fetch(attachment.downloadUrl, { method, headers });

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('a download', () => {
  it('says what it is, under a name that every browser reads', async () => {
    const response = await get();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-length': '1000',
      'content-type': 'application/pdf',
      'content-disposition':
        'inline; filename="Umowa _zolta_, laka_ 5_.pdf"; ' +
        "filename*=UTF-8''Umowa%20_%C5%BC%C3%B3%C5%82ta_%2C%20%C5%82%C4%85ka%3B%205%25.pdf",
      etag: `"${attachment.sha256}"`,
      'x-content-type-options': 'nosniff',
    });
    expect(await bytesOf(response)).toEqual(bytes);
  });

  it('runs nothing of a page or a drawing, and offers it for saving', async () => {
    const page = await attach(service, card, {
      name: 'Oferta.html',
      bytes: Buffer.from('<script>alert(1)</script>'),
    });
    const drawing = await attach(service, card, { name: 'Logo.svg', bytes: Buffer.from('<svg/>') });
    for (const [{ downloadUrl }, type] of [
      [page, 'text/html'],
      [drawing, 'image/svg+xml'],
    ] as const) {
      const { headers } = await fetch(downloadUrl);
      expect([headers.get('content-type'), headers.get('content-security-policy')]).toEqual([
        type,
        "default-src 'none'; sandbox; frame-ancestors 'self'",
      ]);
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    }
  });

  it('by HEAD has the headers only', async () => {
    const response = await get({ range: 'bytes=0-9' }, 'HEAD');
    expect([
      response.status,
      response.headers.get('content-length'),
      (await bytesOf(response)).length,
    ]).toEqual([200, '1000', 0]);
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=0-99', 0, 100],
    ['bytes=990-', 990, 1_000],
    ['bytes=-10', 990, 1_000],
    ['bytes=-5000', 0, 1_000],
    ['bytes=500-5000', 500, 1_000],
  ])('of %s has exactly those', async (range, start, end) => {
    const response = await get({ range });
    expect([
      response.status,
      response.headers.get('content-range'),
      response.headers.get('content-length'),
    ]).toEqual([206, `bytes ${start}-${end - 1}/1000`, String(end - start)]);
    expect(await bytesOf(response)).toEqual(bytes.subarray(start, end));
  });

  it.each(['bytes=0-9,20-29', 'bytes=9-0', 'lines=0-9', 'bytes=x', 'bytes=-'])(
    'of %s is the whole file',
    async (range) => {
      const response = await get({ range });
      expect([response.status, (await bytesOf(response)).length]).toEqual([200, 1_000]);
    },
  );

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('of %s is refused with the size', async (range) => {
    const response = await get({ range });
    expect([response.status, response.headers.get('content-range'), await codeOf(response)]).toEqual([
      416,
      'bytes */1000',
      'BAD_USER_INPUT',
    ]);
  });

  it('goes on only with the file it began with', async () => {
    const range = 'bytes=990-';
    const modified = (await get()).headers.get('last-modified') ?? '';
    const status = async (ifRange: string) => (await get({ range, 'if-range': ifRange })).status;
    expect(await status(`"${attachment.sha256}"`)).toBe(206);
    expect(await status(modified)).toBe(206);
    expect(await status('"another"')).toBe(200);
    expect(await status(`W/"${attachment.sha256}"`)).toBe(200);
    expect(await status('Thu, 01 Jan 2015 00:00:00 GMT')).toBe(200);
  });

  it('is not sent again to whoever has it', async () => {
    const modified = (await get()).headers.get('last-modified') ?? '';
    const status = async (headers: Readonly<Record<string, string>>) => (await get(headers)).status;
    expect(await status({ 'if-none-match': `"x", "${attachment.sha256}"` })).toBe(304);
    expect(await status({ 'if-none-match': '*' })).toBe(304);
    expect(await status({ 'if-modified-since': modified })).toBe(304);
    expect(await status({ 'if-none-match': '"x"', 'if-modified-since': modified })).toBe(200);
    expect(await status({ 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' })).toBe(200);
  });
});

describe('a link', () => {
  it('tampered with anywhere leads nowhere', async () => {
    const { href } = new URL(attachment.downloadUrl);
    const tampered = [
      href.replace('/1/', '/2/'),
      href.replace(/expires=\d/, 'expires=9'),
      href.replace(/signature=./, (sign) => (sign.endsWith('A') ? 'signature=B' : 'signature=A')),
      href.replace(/&signature=.*/, ''),
      href.replace('Umowa', 'Inna'),
      href.replace(/\?.*/, ''),
      href.replace(/attachment_./, (start) => (start.endsWith('0') ? 'attachment_1' : 'attachment_0')),
    ];
    for (const url of tampered) {
      const response = await fetch(url);
      expect([url, response.status, await codeOf(response)]).toEqual([url, 403, 'FORBIDDEN']);
    }
  });

  it('lives for a short time', async () => {
    const key = await installationSecret(service.dataSource, 'downloads');
    const madeAgo = (minutes: number) => {
      const links = new DownloadLinks(key, () => Date.now() - minutes * 60_000);
      links.serveAt(service.url);
      return links.to(attachment.id, 1, attachment.fileName);
    };
    expect((await fetch(madeAgo(9))).status).toBe(200);
    const late = await fetch(madeAgo(16));
    expect([late.status, await codeOf(late)]).toEqual([403, 'FORBIDDEN']);
  });

  it('to a revision that does not exist is answered 404', async () => {
    const links = new DownloadLinks(await installationSecret(service.dataSource, 'downloads'));
    links.serveAt(service.url);
    const response = await fetch(links.to(attachment.id, 7, 'Umowa.pdf'));
    expect([response.status, await codeOf(response)]).toEqual([404, 'NOT_FOUND']);
  });

  it('is the same for some minutes, so that browsers keep what they loaded', () => {
    const links = new DownloadLinks(Buffer.alloc(32), () => 1_800_000_000_000);
    const later = new DownloadLinks(Buffer.alloc(32), () => 1_800_000_000_000 - 299_999);
    expect(links.to(attachment.id, 1, 'a.pdf')).toBe(later.to(attachment.id, 1, 'a.pdf'));
  });

  it.each(['POST', 'DELETE'])('is not for %s', async (method) => {
    expect((await get({}, method)).status).toBe(405);
  });

  it('to bytes that are lost is a fault of the service, told as such', async () => {
    const before = await storedKeys(service.storageFolder);
    const lost = await attach(service, card);
    const [key = ''] = (await storedKeys(service.storageFolder)).files.filter(
      (name) => !before.files.includes(name),
    );
    await rm(join(service.storageFolder, 'files', key.slice(-2), key));
    const response = await fetch(lost.downloadUrl);
    expect([response.status, await codeOf(response)]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    expect(service.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'request failed' }));
  });
});
