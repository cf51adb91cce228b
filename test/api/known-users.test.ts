import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { now, type TokenWish } from '../arrange/issuer.ts';
import {
  askWith,
  bearer,
  refusedSignIns,
  startSigningIn,
  until,
  type SigningIn,
} from '../arrange/signing-in.ts';

let at: SigningIn;
beforeAll(async () => {
  at = await startSigningIn();
});
afterAll(() => at.close());

const ask = async (claims: NonNullable<TokenWish['claims']>) =>
  askWith(at.service, bearer(await at.issuer.token({ claims })));

interface Viewer {
  readonly user: { readonly id: string; readonly name: string; readonly email: string | null };
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}
const viewer = async (claims: NonNullable<TokenWish['claims']>) =>
  (await ask(claims)).body.data?.['viewer'] as Viewer;

const changesOf = (subject: string) =>
  at.service.dataSource.query<{ action: string; actor: string; version: number; fields: object[] }[]>(
    `SELECT action, actor, version, fields FROM change
     WHERE record_id = (SELECT id FROM user_account WHERE subject = $1) AND record_type = 'USER' ORDER BY id`,
    [subject],
  );

describe('a user of the login', () => {
  it('is made once, however many requests come first', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => viewer({ sub: 'many' })));
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    const changes = await changesOf('many');
    expect(changes.map(({ action, version }) => [action, version])).toEqual([['CREATED', 1]]);
    expect(changes[0]?.fields).toContainEqual({ name: 'roles', before: null, after: 'ADMIN' });
  });

  it('is told apart by issuer and subject, not by name or e-mail', async () => {
    const [one, other] = [await viewer({ sub: 'one' }), await viewer({ sub: 'other' })];
    expect(one.user.id).not.toBe(other.user.id);
  });

  it('is brought up to date when a newer token tells something else, and the change log tells it', async () => {
    await viewer({ sub: 'ewa', name: 'Ewa Lis', roles: ['SALES'], iat: now() - 20 });
    const after = await viewer({
      sub: 'ewa',
      name: 'Ewa Wilk',
      email: 'wilk@firma.example',
      roles: ['SALES', 'FINANCE'],
      iat: now() - 10,
    });
    expect(after).toMatchObject({
      user: { name: 'Ewa Wilk', email: 'wilk@firma.example' },
      roles: ['FINANCE', 'SALES'],
    });
    const [, changed] = await changesOf('ewa');
    expect(changed).toMatchObject({
      action: 'UPDATED',
      actor: new URL(at.issuer.url).host,
      fields: expect.arrayContaining([
        { name: 'roles', before: 'SALES', after: 'FINANCE, SALES' },
      ]) as unknown,
    });
  });

  it('has what the newest token tells: an older one gives nothing back', async () => {
    const old = { sub: 'jan', roles: ['ADMIN'], iat: now() - 30 };
    await viewer(old);
    await viewer({ sub: 'jan', roles: ['VIEWER'], iat: now() - 10 });
    expect(await viewer(old)).toMatchObject({
      roles: ['VIEWER'],
      permissions: ['clients.read', 'attachments.read'],
    });
    expect(await changesOf('jan')).toHaveLength(2);
  });

  it('writes nothing while nothing changes', async () => {
    for (const iat of [now() - 3, now() - 2, now() - 1]) await viewer({ sub: 'same', iat });
    expect(await changesOf('same')).toHaveLength(1);
  });

  it('who is not active any more is refused, and the change log tells who it was', async () => {
    const { user } = await viewer({ sub: 'former', name: 'Były Pracownik' });
    await at.service.dataSource.query(`UPDATE user_account SET active = false WHERE subject = 'former'`);
    expect(await ask({ sub: 'former', name: 'Były Pracownik' })).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    const told = await until(async () =>
      (await refusedSignIns(at.service)).find(({ actor }) => actor === 'Były Pracownik'),
    );
    expect(told).toEqual({ actor: 'Były Pracownik', reason: 'USER_INACTIVE', address: '127.0.0.1' });
    expect(user.name).toBe('Były Pracownik');
  });

  it.each([
    ['no roles', { roles: undefined }],
    [
      'roles that are none here',
      { roles: ['offline_access', 'uma_authorization', '__proto__', 'constructor'] },
    ],
    ['roles of another form', { roles: { ADMIN: true } }],
    ['a role that is no text', { roles: [['ADMIN']] }],
  ])('with %s is told so, and is not made', async (_case, claims) => {
    const answer = await ask({ sub: 'stranger', ...claims });
    expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(answer.body.errors?.[0]?.message).toMatch(/^You are signed in, but nothing is permitted/);
    expect(await changesOf('stranger')).toEqual([]);
  });

  it('who is shut out stays out, keys too, until they are let in again, and the change log tells who did it', async () => {
    const admin = bearer(await at.issuer.token({ claims: { sub: 'chief', name: 'Szefowa' } }));
    const leaver = bearer(await at.issuer.token({ claims: { sub: 'leaver', name: 'Jan Odchodny' } }));
    const { body } = await askWith(at.service, leaver, { query: '{ viewer { user { id } } }' });
    const { id } = (body.data as { viewer: { user: { id: string } } }).viewer.user;
    const making =
      'mutation { createApiKey(input: { name: "x", permissions: ["clients.read"] }) { secret } }';
    const made = await askWith(at.service, leaver, { query: making });
    const { secret } = made.body.data?.['createApiKey'] as { secret: string };
    const query = 'mutation ($input: SetUserActiveInput!) { setUserActive(input: $input) { active } }';
    const setting = (headers: Record<string, string>, input: object) =>
      askWith(at.service, headers, { query, variables: { input } });
    const statuses = async () => [
      (await askWith(at.service, leaver)).status,
      (await askWith(at.service, bearer(secret), { query: '{ viewer { scope } }' })).status,
    ];

    const before = await statuses();
    expect((await setting(leaver, { id, active: false })).code).toBe('BAD_USER_INPUT');
    expect((await setting(admin, { id, active: false })).body.data).toEqual({
      setUserActive: { active: false },
    });
    const meanwhile = await statuses();
    await setting(admin, { id, active: true });

    expect([before, meanwhile, await statuses()]).toEqual([
      [200, 200],
      [401, 401],
      [200, 200],
    ]);
    expect(await changesOf('leaver')).toMatchObject([
      {},
      { actor: 'Szefowa', fields: [{ name: 'active', before: 'true', after: 'false' }] },
      { actor: 'Szefowa', fields: [{ name: 'active', before: 'false', after: 'true' }] },
    ]);
  });

  it('whose roles were taken away is told so, and the change log tells when', async () => {
    await viewer({ sub: 'gone', iat: now() - 20 });
    expect(await ask({ sub: 'gone', roles: [], iat: now() - 10 })).toMatchObject({ status: 403 });
    expect((await changesOf('gone')).at(-1)?.fields).toEqual([
      { name: 'roles', before: 'ADMIN', after: null },
    ]);
  });

  it('has a name that can be shown, whatever the token holds', async () => {
    expect((await viewer({ sub: 'odd', name: `  Ż\u0000\n${'x'.repeat(500)}` })).user.name).toMatch(
      /^Ż {2}x{197}$/,
    );
    expect((await viewer({ sub: 'nameless', name: 7, email: { a: 1 } })).user).toMatchObject({
      name: 'nameless',
      email: null,
    });
  });
});

describe('claims', () => {
  it('may lie deep, and have dots in their names', async () => {
    const deep = await startSigningIn({
      settings: {
        AUTH_CLAIM_USER: 'oid',
        AUTH_CLAIM_ROLES: 'resource_access.my.service.roles',
        AUTH_CLAIM_EMAIL: 'https://firma.example/email',
        AUTH_CLAIM_NAME: 'profile.display',
        AUTH_ROLES: JSON.stringify({
          claims: { sprzedaz: 'SALES', magazyn: 'STORE' },
          roles: { STORE: { scope: 'ALL', permissions: ['clients.read'] } },
        }),
      },
    });
    const token = await deep.issuer.token({
      claims: {
        oid: 'o-1',
        'https://firma.example/email': 'a@firma.example',
        profile: { display: 'Ala' },
        resource_access: { 'my.service': { roles: ['magazyn', 'ADMIN'] } },
      },
    });
    const { body } = await askWith(deep.service, bearer(token)).finally(() => deep.close());
    expect(body.data?.['viewer']).toMatchObject({
      user: { name: 'Ala', email: 'a@firma.example' },
      roles: ['STORE'],
      permissions: ['clients.read'],
      scope: 'ALL',
    });
  });
});
