import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { examples } from '../../src/server/explorer/examples.ts';
import { openDoor } from './arrange-door.ts';
import type { Door } from './arrange-door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(new URL(path, door.url), { headers, method });

async function addresses(): Promise<readonly string[]> {
  const page = await (await get('/')).text();
  return [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
}

describe('the explorer', () => {
  it('is a page named Kartoteka', async () => {
    const response = await get('/');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<title>Kartoteka</title>');
  });

  it('takes every file from this service, with its type', async () => {
    const found = await addresses();
    expect(found.length).toBeGreaterThan(5);
    for (const address of found) {
      expect(new URL(address, door.url).origin).toBe(new URL(door.url).origin);
      const response = await get(address);
      expect([address, response.status]).toEqual([address, 200]);
      expect(response.headers.get('content-type')).toMatch(/^(text\/javascript|text\/css|image\/svg\+xml)/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
  });

  it('has a style sheet that fetches nothing', async () => {
    const sheet = await (await get('/explorer/graphiql.css')).text();
    const fetched = [...sheet.matchAll(/url\(\s*['"]?([^)]{0,20})/g)].map(([, start]) => start);
    expect(fetched.filter((start) => !start?.startsWith('data:'))).toEqual([]);
    expect(sheet).not.toContain('@import');
  });

  it('forbids scripts in the page and anything from elsewhere', async () => {
    const response = await get('/');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
    expect(await response.text()).not.toMatch(/<script(?! src=)|<style|\son\w+=/);
  });

  it('is not sent again while it has not changed', async () => {
    const etag = (await get('/explorer/graphiql.js')).headers.get('etag') ?? '';
    const again = await get('/explorer/graphiql.js', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get('/explorer/graphiql.js', { 'if-none-match': 'W/"other"' })).status).toBe(200);
  });

  it('is compressed only for those who can read it', async () => {
    const packed = await get('/explorer/graphiql.js', { 'accept-encoding': 'br, gzip' });
    const plain = await get('/explorer/graphiql.js', { 'accept-encoding': 'gzip;q=0' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await packed.text()).toBe(await plain.text());
  });

  it('answers HEAD with the headers alone', async () => {
    const response = await get('/', {}, 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  });

  it.each([
    '/explorer/../package.json',
    '/explorer/%2e%2e/package.json',
    '/explorer/',
    '/__proto__',
    '//etc/passwd',
  ])('has nothing at %s', async (path) =>
    expect((await fetch(door.url.slice(0, -1) + path)).status).toBe(404),
  );

  it('opens with examples that can be read, each under its own name', () => {
    const names = examples.flatMap(({ query }) =>
      parse(query).definitions.map((definition) =>
        'name' in definition ? definition.name?.value : undefined,
      ),
    );
    expect(new Set(names).size).toBe(examples.length);
    expect(names).not.toContain(undefined);
  });
});
