import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { adminOf, makeKey, revokeKey, storedKey } from '../arrange/api-keys.ts';
import { now } from '../arrange/issuer.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import {
  askWith,
  bearer,
  loginConfig,
  refusedSignIns,
  startSigningIn,
  until,
  type SigningIn,
} from '../arrange/signing-in.ts';

let at: SigningIn;
/** Another service on the same database. */
let other: TestService;
beforeAll(async () => {
  at = await startSigningIn();
  other = await startTestService({ beside: at.service, login: loginConfig(at.issuer.url) });
});
afterAll(async () => {
  await other.close();
  await at.close();
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const statusOf = async (secret: string, service = at.service) =>
  (await askWith(service, bearer(secret))).status;
const lastReason = () =>
  (at.service.log.findLast(({ event }) => event === 'sign-in refused')?.fields as { reason: string }).reason;

describe('a program with a key', () => {
  it('is its maker with the permissions of the key, and by its own name in what it writes', async () => {
    const made = await makeKey(at, { name: 'Import', permissions: ['clients.read', 'cardtypes.define'] });
    const { body } = await askWith(at.service, bearer(made.secret));
    const name = `Import (ktk_${made.apiKey.prefix})`;
    expect(body.data?.['viewer']).toEqual({
      user: expect.objectContaining({ name: 'Anna Nowak' }) as unknown,
      roles: [],
      permissions: ['clients.read', 'cardtypes.define'],
      scope: 'ALL',
      apiKey: name,
    });
    const query = `mutation { defineCardType(input: { key: "by-key", name: "By key" }) { id } }`;
    await askWith(at.service, bearer(made.secret), { query });
    const [row] = await at.service.dataSource.query<object[]>(
      `SELECT actor, created_by FROM change JOIN card_type ON card_type.id = record_id WHERE key = 'by-key'`,
    );
    expect(row).toEqual({ actor: name, created_by: name });
  });

  it('sees what its maker sees: the roles of now, and no more than the key permits', async () => {
    const both = await adminOf(at, { sub: 'changing', roles: ['ADMIN'], iat: now() - 30 });
    const { secret } = await makeKey(at, { permissions: ['clients.read', 'erp.read', 'erp.debt'] }, both);
    const viewer = async () => (await askWith(at.service, bearer(secret))).body.data?.['viewer'];
    expect(await viewer()).toMatchObject({
      permissions: ['clients.read', 'erp.read', 'erp.debt'],
      scope: 'ALL',
    });
    await askWith(at.service, await adminOf(at, { sub: 'changing', roles: ['SALES'], iat: now() - 20 }));
    expect(await viewer()).toMatchObject({ permissions: ['clients.read', 'erp.read'], scope: 'OWN' });
    await askWith(at.service, await adminOf(at, { sub: 'changing', roles: [], iat: now() - 10 }));
    expect(await askWith(at.service, bearer(secret))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('is refused when its maker may not sign in any more', async () => {
    const { secret } = await makeKey(at, {}, await adminOf(at, { sub: 'leaving' }));
    await at.service.dataSource.query(`UPDATE user_account SET active = false WHERE subject = 'leaving'`);
    expect(await statusOf(secret)).toBe(401);
    expect(lastReason()).toBe('API_KEY_OF_INACTIVE_USER');
  });

  it('is refused from the moment the key is revoked, on every service of the database', async () => {
    const { secret, apiKey } = await makeKey(at);
    expect([await statusOf(secret), await statusOf(secret, other)]).toEqual([200, 200]);
    const { body } = await revokeKey(at, apiKey);
    expect(body.data?.['revokeApiKey']).toMatchObject({
      version: 2,
      revokedBy: 'Anna Nowak',
      revokedAt: expect.any(String) as unknown,
    });
    expect([await statusOf(secret, other), await statusOf(secret)]).toEqual([401, 401]);
    const told = await until(async () =>
      (await refusedSignIns(at.service)).find(({ reason }) => reason === 'API_KEY_REVOKED'),
    );
    expect(told.actor).toBe(`Power BI (ktk_${apiKey.prefix})`);
  });

  it('is refused when the key has ended', async () => {
    const made = await makeKey(at);
    await at.service.dataSource.query(`UPDATE api_key SET expires_at = now() WHERE prefix = $1`, [
      made.apiKey.prefix,
    ]);
    expect(await statusOf(made.secret)).toBe(401);
    expect(lastReason()).toBe('API_KEY_EXPIRED');
  });

  it.each([
    ['of the right prefix and another secret', (secret: string) => `${secret.slice(0, 13)}${'A'.repeat(43)}`],
    ['one sign short', (secret: string) => secret.slice(0, -1)],
    ['one sign long', (secret: string) => `${secret}A`],
    ['in capitals', (secret: string) => secret.toUpperCase().replace('KTK_', 'ktk_')],
    ['of nothing', () => 'ktk_'],
    ['of a prefix that is none', (secret: string) => secret.replace(/^ktk_.{8}/, 'ktk_aaaaaaaa')],
  ])('is refused with a key %s', async (_case, change) => {
    const { secret } = await makeKey(at);
    expect(await statusOf(change(secret))).toBe(401);
    expect(lastReason()).toBe('API_KEY_UNKNOWN');
  });

  it('works while the login cannot be reached', async () => {
    const { secret } = await makeKey(at);
    at.issuer.answerWith(500);
    expect(await statusOf(secret)).toBe(200);
    at.issuer.answerWith(undefined);
  });

  it('works after the service has started anew', async () => {
    const { secret } = await makeKey(at);
    const again = await startTestService({ beside: at.service, login: loginConfig(at.issuer.url) });
    stops.push(() => again.close());
    expect(await statusOf(secret, again)).toBe(200);
  });

  it('opens nothing where another login is configured than its maker came by', async () => {
    const { secret } = await makeKey(at);
    const moved = await startTestService({ beside: at.service, login: loginConfig('https://login.example') });
    stops.push(() => moved.close());
    expect(await statusOf(secret, moved)).toBe(403);
  });
});

describe('the use of a key', () => {
  it('is written down, at most once a minute', async () => {
    const made = await makeKey(at);
    await Promise.all([1, 2, 3, 4, 5].map(() => statusOf(made.secret)));
    const first = await until(
      async () => (await storedKey(at.service, made, 'last_used_at AS used'))?.['used'] ?? undefined,
    );
    await Promise.all([1, 2, 3].map(() => statusOf(made.secret, other)));
    expect((await storedKey(at.service, made, 'last_used_at AS used'))?.['used']).toEqual(first);
    await at.service.dataSource.query(
      `UPDATE api_key SET last_used_at = last_used_at - interval '61 seconds' WHERE prefix = $1`,
      [made.apiKey.prefix],
    );
    await statusOf(made.secret);
    await until(async () => {
      const row = await storedKey(at.service, made, `last_used_at > now() - interval '30 seconds' AS lately`);
      return row?.['lately'] === true ? true : undefined;
    });
  });

  it('is no change of the key: its version stays', async () => {
    const made = await makeKey(at);
    await statusOf(made.secret);
    await until(
      async () => (await storedKey(at.service, made, 'last_used_at AS used'))?.['used'] ?? undefined,
    );
    expect(await storedKey(at.service, made, 'version')).toEqual({ version: 1 });
  });
});
