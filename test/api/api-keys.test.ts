import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  adminOf,
  askForKey,
  listOfKeys,
  makeKey,
  revokeKey,
  storedKey,
  type ApiKey,
} from '../arrange/api-keys.ts';
import { askWith, bearer, startSigningIn, type SigningIn } from '../arrange/signing-in.ts';

let at: SigningIn;
beforeAll(async () => {
  const keeper = { scope: 'ALL', permissions: ['clients.read', 'keys.manage'] };
  at = await startSigningIn({ settings: { AUTH_ROLES: JSON.stringify({ roles: { KEEPER: keeper } }) } });
});
afterAll(() => at.close());

const problemsOf = async (input: object, headers?: Record<string, string>) => {
  const { body } = await askForKey(at, input, headers);
  const extensions = body.errors?.[0]?.extensions as
    { problems?: { path: string; code: string }[] } | undefined;
  return extensions?.problems?.map(({ path, code }) => [path, code]);
};
describe('a new key', () => {
  it('is told once, and of it only a hash is kept', async () => {
    const made = await makeKey(at);
    expect(made.secret).toMatch(/^ktk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
    expect(made.apiKey).toMatchObject({
      name: 'Power BI',
      permissions: ['clients.read'],
      lastUsedAt: null,
      maker: { name: 'Anna Nowak' },
    });
    const hash = createHash('sha256').update(made.secret).digest();
    expect(await storedKey(at.service, made, 'hash')).toEqual({ hash });
    const everything = await at.service.dataSource.query<object[]>(
      `SELECT to_jsonb(k) AS row FROM api_key k UNION ALL SELECT to_jsonb(c) FROM change c`,
    );
    const { body } = await askWith(at.service, await adminOf(at), { query: listOfKeys });
    const said = JSON.stringify([everything, body, at.service.log]);
    expect(said).toContain(made.apiKey.prefix);
    expect(said).not.toContain(made.secret.slice(13));
  });

  it('ends after a year where nothing else is said', async () => {
    const { apiKey } = await makeKey(at);
    const days = (new Date(apiKey.expiresAt).getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(365);
  });

  it('is in the change log without its hash, and so is its end', async () => {
    const { apiKey } = await makeKey(at, { name: 'Raporty' });
    await revokeKey(at, apiKey);
    const query = `{ changes(first: 200, recordTypes: [API_KEY]) { nodes { actor action recordId fields { name after } } } }`;
    const { body } = await askWith(at.service, await adminOf(at), { query });
    const { nodes } = body.data?.['changes'] as {
      nodes: { recordId: string; action: string; actor: string; fields: object[] }[];
    };
    const own = nodes.filter(({ recordId }) => recordId === apiKey.id);
    expect(own.map(({ action, actor }) => [action, actor])).toEqual([
      ['CREATED', 'Anna Nowak'],
      ['DELETED', 'Anna Nowak'],
    ]);
    expect(own[0]?.fields.map((field) => (field as { name: string }).name).sort()).toEqual([
      'expiresAt',
      'name',
      'permissions',
      'prefix',
    ]);
  });

  it('is not made twice with an id of the caller, nor told again', async () => {
    const id = '0190c2d4-0000-7000-8000-00000000abcd';
    await makeKey(at, { id });
    const { body } = await askForKey(at, { id });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'DUPLICATE', existingId: `apikey_${id}` });
    expect(body.data ?? null).toBeNull();
  });

  it.each([
    ['no permissions', { permissions: [] }, [['input.permissions', 'REQUIRED']]],
    [
      'unknown permissions',
      { permissions: ['clients.read', 'all'] },
      [['input.permissions.1', 'PERMISSION']],
    ],
    ['the management of keys', { permissions: ['keys.manage'] }, [['input.permissions.0', 'PERMISSION']]],
    [
      'a permission of no use without another',
      { permissions: ['clients.write'] },
      [['input.permissions', 'PERMISSION']],
    ],
    ['an end that is past', { expiresAt: '2020-01-01T00:00:00Z' }, [['input.expiresAt', 'PAST']]],
    ['no end to speak of', { expiresAt: '2099-01-01T00:00:00Z' }, [['input.expiresAt', 'TOO_LATE']]],
    ['no name', { name: ' ' }, [['input.name', 'REQUIRED']]],
    [
      'several faults',
      { permissions: ['x', 'y'], expiresAt: '2020-01-01T00:00:00Z' },
      [
        ['input.permissions.0', 'PERMISSION'],
        ['input.permissions.1', 'PERMISSION'],
        ['input.expiresAt', 'PAST'],
      ],
    ],
  ])('is refused with %s', async (_case, input, problems) => {
    expect(await problemsOf(input)).toEqual(problems);
  });

  it('permits nothing that its maker is not permitted', async () => {
    const keeper = bearer(await at.issuer.token({ claims: { sub: 'keeper', roles: ['KEEPER'] } }));
    expect(await problemsOf({ permissions: ['clients.read', 'erp.debt', 'clients.delete'] }, keeper)).toEqual(
      [
        ['input.permissions.1', 'PERMISSION'],
        ['input.permissions.2', 'PERMISSION'],
      ],
    );
  });
});

describe('the list of keys', () => {
  it('has those that are not revoked, or those that are, the newest first', async () => {
    const [one, two] = [await makeKey(at, { name: 'One' }), await makeKey(at, { name: 'Two' })];
    await revokeKey(at, one.apiKey);
    const names = async (revoked: boolean) => {
      const { body } = await askWith(at.service, await adminOf(at), {
        query: listOfKeys,
        variables: { filter: { revoked } },
      });
      return (body.data?.['apiKeys'] as { nodes: ApiKey[] }).nodes.map(({ id }) => id);
    };
    expect((await names(false))[0]).toBe(two.apiKey.id);
    expect(await names(false)).not.toContain(one.apiKey.id);
    expect(await names(true)).toContain(one.apiKey.id);
  });

  it('holds nothing that can be revoked twice', async () => {
    const { apiKey } = await makeKey(at);
    const ask = async (version: number) => (await revokeKey(at, { id: apiKey.id, version })).code;
    expect([await ask(1), await ask(2), await ask(1)]).toEqual([undefined, 'CONFLICT', 'CONFLICT']);
  });
});
