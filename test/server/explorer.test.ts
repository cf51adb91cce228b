import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
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

  describe('has a field for a token', () => {
    interface Field {
      readonly type: string;
      readonly defaultValue: string;
      readonly onBlur: (event: { readonly target: { readonly value: string } }) => void;
    }
    interface Kept {
      readonly map: Map<string, string>;
      readonly getItem: (name: string) => string | null;
      readonly setItem: (name: string, value: string) => void;
      readonly removeItem: (name: string) => void;
    }
    const storage = (): Kept => {
      const map = new Map<string, string>();
      return {
        map,
        getItem: (name) => map.get(name) ?? null,
        setItem: (name, value) => void map.set(name, value),
        removeItem: (name) => void map.delete(name),
      };
    };

    /** The page's script as a browser runs it, over stand-ins of what the page has loaded before. */
    async function open(session: Kept, local = storage()) {
      const script = await (await get('/explorer/start.js')).text();
      const fields: Field[] = [];
      const sent: Headers[] = [];
      let ask: (address: string, options: object) => unknown = () => undefined;
      let reloads = 0;
      runInNewContext(script, {
        React: { createElement: (type: unknown, props: Field) => type === 'input' && fields.push(props) },
        ReactDOM: { createRoot: () => ({ render: () => undefined }) },
        GraphiQL: { createFetcher: ({ fetch }: { fetch: typeof ask }) => void (ask = fetch) },
        document: { getElementById: () => undefined },
        location: { reload: () => (reloads += 1) },
        Headers,
        fetch: (_address: string, { headers }: { headers: Headers }) => sent.push(headers),
        sessionStorage: session,
        localStorage: local,
      });
      const [field] = fields;
      if (field === undefined) throw new Error('there is no field');
      return {
        field,
        reloads: () => reloads,
        send: (headers: object = {}) => {
          ask('/graphql', { headers });
          return sent.at(-1)?.get('authorization');
        },
      };
    }

    it('whose token goes with each request, is kept while the tab is open, and nowhere else', async () => {
      const [session, local] = [storage(), storage()];
      const before = await open(session, local);
      expect([before.field.type, before.field.defaultValue, before.send()]).toEqual(['password', '', null]);
      before.field.onBlur({ target: { value: ' Bearer a.b.c ' } });
      expect(before.reloads()).toBe(1);
      const after = await open(session, local);
      expect([after.field.defaultValue, after.send()]).toEqual(['a.b.c', 'Bearer a.b.c']);
      expect(after.send({ authorization: 'Bearer other' })).toBe('Bearer other');
      expect(JSON.stringify([...local.map])).not.toContain('a.b.c');
    });

    it('that forgets it when it is emptied', async () => {
      const session = storage();
      (await open(session)).field.onBlur({ target: { value: 'a.b.c' } });
      (await open(session)).field.onBlur({ target: { value: '' } });
      expect([...session.map]).toEqual([]);
      expect((await open(session)).send()).toBeNull();
    });
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
