import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { openDoor } from './arrange-door.ts';
import type { Door } from './arrange-door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const audits = serverAudits({ url: () => `${door.url}graphql` });
const binding = audits.filter(({ name }) => /^(MUST|SHOULD)/.test(name));

/** GET without a header that forces a preflight is refused as possible request forgery; the specification leaves that free. */
const leftOut = ['5A70', 'D6D5', '6A70'];

async function outcome(audit: (typeof audits)[number]) {
  const result = await audit.fn();
  return result.status === 'ok' ? 'ok' : result.reason;
}

describe('the GraphQL over HTTP specification', () => {
  it('has more than thirty audits that bind', () => expect(binding.length).toBeGreaterThan(30));

  it.each(binding.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))(
    '%s',
    async (_name, audit) => {
      expect(await outcome(audit)).toBe('ok');
    },
  );

  const optional = audits.filter((audit) => !binding.includes(audit) && !leftOut.includes(audit.id));
  it.each(optional.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))(
    '%s',
    async (_name, audit) => {
      expect(await outcome(audit)).toBe('ok');
    },
  );
});

const query = '?query=%7Bhello%7D';

describe('the ways of asking', () => {
  it('answers a query by GET when the caller could not have been a foreign page', async () => {
    const response = await fetch(`${door.url}graphql${query}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect([response.status, await response.json()]).toEqual([200, { data: { hello: 'Dzień dobry' } }]);
  });

  it('refuses a GET that a foreign page could send', async () => {
    const response = await fetch(`${door.url}graphql${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Cross-Site Request Forgery');
  });

  it('refuses a mutation by GET with 405 in both media types', async () => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const response = await fetch(`${door.url}graphql?query=mutation%7Bhello%7D`, {
        headers: { accept, 'apollo-require-preflight': '1' },
      });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it.each([
    ['application/json;q=0.5, application/graphql-response+json', 'application/graphql-response+json'],
    ['application/graphql-response+json;q=0.5, application/*', 'application/json'],
    ['application/json, multipart/mixed', 'application/json'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['application/json;q=0, */*', 'application/graphql-response+json'],
  ])('answers accept: %s with %s', async (accept, type) => {
    const response = await door.post({ query: '{ hello }' }, { accept });
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  it('refuses a caller who wants neither media type before anything runs', async () => {
    const response = await door.post({ query: 'mutation { hello }' }, { accept: 'text/html' });
    expect(response.status).toBe(406);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('answers a failed field with 200 and the rest of the data', async () => {
    const response = await door.post({ query: '{ hello check(count: 1) }' });
    expect([response.status, await response.json()]).toEqual([
      200,
      { data: { hello: 'Dzień dobry', check: 'accepted' } },
    ]);
  });

  it('says which methods an address takes', async () => {
    const options = await fetch(`${door.url}graphql`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, POST, OPTIONS']);
    const put = await fetch(`${door.url}graphql`, { method: 'PUT', body: '{}' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
  });

  it('answers an unknown address with a JSON error', async () => {
    const response = await fetch(`${door.url}nowhere`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});

describe('the request id', () => {
  const given = async (id: string) => {
    const response = await door.post({ query: '{ requestId }' }, { 'x-request-id': id });
    const body = (await response.json()) as { data: { requestId: string } };
    return { header: response.headers.get('x-request-id'), seen: body.data.requestId };
  };

  it("is the caller's when it is well formed", async () => {
    expect(await given('report-7.a_B')).toEqual({ header: 'report-7.a_B', seen: 'report-7.a_B' });
  });

  it.each(['with space', 'x'.repeat(65), 'a"b', '<id>'])(
    'is a new one when the caller sends %j',
    async (id) => {
      const { header, seen } = await given(id);
      expect(header).toMatch(/^[0-9a-f-]{36}$/);
      expect(seen).toBe(header);
    },
  );
});
