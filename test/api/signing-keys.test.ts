import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, sign } from 'node:crypto';
import { makeSigner, publicJwk, startIssuer, type Issuer } from '../arrange/issuer.ts';
import { startTestService, type TestService, type TestServiceOptions } from '../arrange/service.ts';
import { askWith, bearer, loginConfig, until } from '../arrange/signing-in.ts';

let issuer: Issuer;
let service: TestService | undefined;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(async () => {
  await service?.close();
  service = undefined;
  await issuer.close();
});

type Keys = NonNullable<NonNullable<TestServiceOptions['signingIn']>['keys']>;

async function start(keys: Keys = {}, settings: Readonly<Record<string, string>> = {}): Promise<TestService> {
  service = await startTestService({ login: loginConfig(issuer.url, settings), signingIn: { keys } });
  return service;
}
const statusOf = async (at: TestService, token: string) => (await askWith(at, bearer(token))).status;

const unavailable = {
  status: 503,
  code: 'LOGIN_UNAVAILABLE',
  body: {
    errors: [
      {
        message:
          'The login cannot be reached, so this access token cannot be checked now. Try again in a moment.',
      },
    ],
  },
};

describe('the keys of the login', () => {
  it('are fetched once, however many ask', async () => {
    const at = await start();
    const token = await issuer.token();
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(at, token)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(issuer.asked).toBe(1);
  });

  it('may change while the service runs: the new one is known at its first token, and the old one no more', async () => {
    const at = await start({ cooldownMs: 0 });
    const old = await issuer.token();
    expect(await statusOf(at, old)).toBe(200);
    await issuer.rotate();
    expect(await statusOf(at, await issuer.token())).toBe(200);
    expect(await statusOf(at, old)).toBe(401);
  });

  it('make a token that was valid a moment ago invalid as soon as they are known to be others', async () => {
    const at = await start({ cooldownMs: 0 });
    const token = await issuer.token();
    for (let time = 0; time < 3; time += 1) expect(await statusOf(at, token)).toBe(200);
    issuer.publish([await publicJwk(await makeSigner('other'))]);
    const unknown = await issuer.token({ signer: await makeSigner('unknown') });
    expect(await statusOf(at, unknown)).toBe(401);
    expect(await statusOf(at, token)).toBe(401);
  });

  it('are taken from AUTH_JWKS_URL where it is given, without the discovery document', async () => {
    const at = await start({}, { AUTH_JWKS_URL: `${issuer.url}/keys` });
    expect(await statusOf(at, await issuer.token())).toBe(200);
  });

  it('are not asked for again at every invented name of a key', async () => {
    const at = await start({ cooldownMs: 60_000 });
    await statusOf(at, await issuer.token());
    for (let time = 0; time < 5; time += 1) {
      const forged = await issuer.token({ header: { kid: `forged-${time}` } });
      expect(await statusOf(at, forged)).toBe(401);
    }
    expect(issuer.asked).toBe(1);
  });

  it('of a secret kind open nothing', async () => {
    const secret = { kty: 'oct', k: Buffer.from('x'.repeat(32)).toString('base64url'), kid: 'secret' };
    issuer.publish([await publicJwk(issuer.signer), secret]);
    const at = await start();
    expect(await statusOf(at, await issuer.token({ header: { kid: 'secret' } }))).toBe(401);
    expect(await statusOf(at, await issuer.token())).toBe(200);
  });

  it('that are too short open nothing, and are no fault inside the service', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    issuer.publish([{ ...publicKey.export({ format: 'jwk' }), kid: 'short', alg: 'RS256' }]);
    const at = await start();
    const [, claims] = (await issuer.token()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'short' })).toString('base64url');
    const signature = sign('sha256', Buffer.from(`${header}.${claims}`), privateKey).toString('base64url');
    expect(await statusOf(at, `${header}.${claims}.${signature}`)).toBe(401);
    expect(at.log).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ reason: 'UNUSABLE_KEY' }) as unknown }),
    );
  });
});

describe('while the login cannot be reached', () => {
  it.each([
    ['answers with a failure', 500],
    ['leads elsewhere', 302],
    ['says nothing', 'silence'],
  ] as const)('and %s, nobody new is let in, and is told so', async (_case, answer) => {
    const at = await start({ cooldownMs: 0, patienceMs: 100 });
    issuer.answerWith(answer);
    const refused = await askWith(at, bearer(await issuer.token()));
    expect(refused).toMatchObject(unavailable);
    expect(refused.headers.get('retry-after')).toBe('10');
    issuer.answerWith(undefined);
    expect(await statusOf(at, await issuer.token())).toBe(200);
  });

  it('known keys go on working, and a token with an unknown one is not let in', async () => {
    const at = await start({ cooldownMs: 0, freshMs: 0, memoryMs: 0 });
    expect(await statusOf(at, await issuer.token())).toBe(200);
    issuer.answerWith(500);
    expect(await statusOf(at, await issuer.token())).toBe(200);
    const unknown = await issuer.token({ signer: await makeSigner('unknown') });
    expect(await askWith(at, bearer(unknown))).toMatchObject(unavailable);
    const forged = await issuer.token({ signer: await makeSigner(issuer.signer.kid) });
    expect(await statusOf(at, forged)).toBe(401);
  });

  it('known keys work so long and no longer', async () => {
    const at = await start({ cooldownMs: 0, freshMs: 0, memoryMs: 0, longestMs: 0 });
    expect(await statusOf(at, await issuer.token())).toBe(200);
    issuer.answerWith(500);
    expect(await askWith(at, bearer(await issuer.token()))).toMatchObject(unavailable);
  });

  it('it is not pressed: after a failure it is left alone for a while', async () => {
    const at = await start({ cooldownMs: 60_000 });
    issuer.answerWith(500);
    for (let time = 0; time < 5; time += 1)
      expect(await askWith(at, bearer(await issuer.token()))).toMatchObject(unavailable);
    const told = at.log.filter(({ event }) => event === 'the keys of the login cannot be fetched');
    expect(told).toHaveLength(1);
  });

  it('what says that it is another issuer is not believed', async () => {
    const at = await start({ cooldownMs: 0 }, { AUTH_ISSUER: `${issuer.url}/` });
    const token = await issuer.token({ claims: { iss: `${issuer.url}/` } });
    expect(await askWith(at, bearer(token))).toMatchObject(unavailable);
  });

  it('keys that are withdrawn meanwhile are forgotten as soon as it answers again', async () => {
    const at = await start({ cooldownMs: 0, freshMs: 0, memoryMs: 0 });
    const old = await issuer.token();
    expect(await statusOf(at, old)).toBe(200);
    issuer.answerWith(500);
    expect(await statusOf(at, old)).toBe(200);
    await issuer.rotate();
    issuer.answerWith(undefined);
    await until(async () => ((await statusOf(at, old)) === 401 ? true : undefined));
  });
});
