/** What the answers tell a browser: that it runs, frames and keeps nothing of them, and whose pages may read them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { rawAnswer } from '../arrange/raw-http.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { attach, somePdf } from '../arrange/uploads.ts';

const page = 'https://crm.example.com';
let alone: TestService;
let open: TestService;
beforeAll(async () => {
  alone = await startTestService();
  open = await startTestService({
    corsOrigins: [page, 'http://localhost:3000'],
    publicUrl: 'https://kartoteka.example.com',
  });
  for (const service of [alone, open]) await makeCardTypes(service);
});
afterAll(() => Promise.all([alone.close(), open.close()]));

const strict = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const json = { 'content-type': 'application/json' };
const asking = (query: string): RequestInit => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify({ query }),
});

const requests: readonly [string, string, RequestInit][] = [
  ['an answer', 'graphql', asking('{ __typename }')],
  ['an answer with errors', 'graphql', asking('{ nothing }')],
  ['a body that is no JSON', 'graphql', { method: 'POST', headers: json, body: '{' }],
  ['a form', 'graphql', { method: 'POST', body: new URLSearchParams({ query: '{ __typename }' }) }],
  ['a query by GET that a foreign page could send', 'graphql?query={__typename}', {}],
  ['nothing there', 'nowhere', {}],
  ['a method that is not taken', 'graphql', { method: 'DELETE' }],
  ['a question for methods', 'graphql', { method: 'OPTIONS' }],
  ['a link that is not signed', 'attachments/nothing', {}],
  ['health', 'health/ready', {}],
  ['metrics', 'metrics', {}],
];

describe('every answer is kept from doing anything in a browser:', () => {
  it.each(requests)('%s', async (_name, path, init) => {
    const { headers } = await fetch(new URL(path, alone.url), init);
    expect(Object.fromEntries(headers)).toMatchObject({
      ...strict,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('what is no HTTP', async () => {
    const { status, headers } = await rawAnswer(alone, 'nonsense\r\n\r\n');
    expect(status).toBe(400);
    expect(headers).toMatchObject({ ...strict, 'cache-control': 'no-store' });
  });

  it('the explorer, which runs nothing but its own', async () => {
    const { headers } = await fetch(alone.url);
    expect(Object.fromEntries(headers)).toMatchObject(strict);
    const policy = headers.get('content-security-policy') ?? '';
    for (const directive of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
      expect(policy.split('; ')).toContain(directive);
  });
});

it('browsers come by https alone where callers do', async () => {
  const { headers } = await fetch(new URL('health/live', open.url));
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
});

describe('pages of other origins', () => {
  const from = (origin: string, path = 'graphql', init: RequestInit = asking('{ __typename }')) =>
    fetch(new URL(path, open.url), { ...init, headers: { ...init.headers, origin } });
  const preflight = (origin: string) =>
    from(origin, 'graphql', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
  const corsOf = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

  it('may ask and read where the settings name them, never with credentials of the browser', async () => {
    const asked = await preflight(page);
    expect(asked.status).toBe(204);
    expect(corsOf(asked)).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'GET, POST',
      'access-control-max-age': '7200',
    });
    const headers = asked.headers.get('access-control-allow-headers')?.split(', ');
    expect(headers).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'apollo-require-preflight']),
    );
    const answered = await from(page);
    expect(corsOf(answered)).toEqual({
      'access-control-allow-origin': page,
      'access-control-expose-headers': expect.stringContaining('retry-after'),
    });
    expect(answered.headers.get('vary')).toBe('origin');
  });

  it.each([
    'https://evil.example.com',
    'https://crm.example.com.evil.example',
    'http://crm.example.com',
    'https://crm.example.com:8443',
    'null',
  ])('are told nothing where they are of %s, and a cache is told so', async (origin) => {
    for (const answer of [await preflight(origin), await from(origin)]) {
      expect(corsOf(answer)).toEqual({});
      expect(answer.headers.get('vary')).toBe('origin');
    }
  });

  it('are named where an answer varies by more', async () => {
    const { headers } = await from(page, '', {});
    expect(headers.get('vary')).toBe('origin, accept-encoding');
  });

  it('may show files where the settings name them, and in frames', async () => {
    const card = await makeClient(open);
    const { downloadUrl } = await attach(open, card, somePdf());
    const { pathname, search } = new URL(downloadUrl);
    const { headers } = await from(page, `${pathname}${search}`.slice(1), {});
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': `frame-ancestors 'self' ${page} http://localhost:3000`,
    });
  });

  it('may not show files where none are named', async () => {
    const { downloadUrl } = await attach(alone, await makeClient(alone), somePdf());
    expect(Object.fromEntries((await fetch(downloadUrl)).headers)).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "frame-ancestors 'self'",
    });
  });
});
