import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { exportSPKI, SignJWT } from 'jose';
import { makeSigner, now, publicJwk, type TokenWish } from '../arrange/issuer.ts';
import type { Reason } from '../../src/users/login/refused.ts';
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

const ask = async (wish?: TokenWish) => askWith(at.service, bearer(await at.issuer.token(wish)));
const lastReason = () =>
  at.service.log.findLast(({ event }) => event === 'sign-in refused')?.fields as
    { reason: string } | undefined;

const unauthenticated = {
  status: 401,
  body: {
    errors: [
      {
        message:
          'Sign in: send a valid access token or API key in the header Authorization: Bearer …, and nowhere else.',
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ],
  },
};

describe('a valid access token', () => {
  it('tells who asks, and by the roles what they may do', async () => {
    const { status, body } = await ask({
      claims: { sub: 'jan', name: 'Jan Kowalski', email: 'jan@firma.example', roles: ['SALES'] },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        viewer: {
          user: { id: expect.stringMatching(/^user_/), name: 'Jan Kowalski', email: 'jan@firma.example' },
          roles: ['SALES'],
          permissions: expect.arrayContaining(['clients.read', 'clients.write']),
          scope: 'OWN',
          apiKey: null,
        },
      },
    });
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('may be signed by %s', async (alg) => {
    await at.issuer.rotate({ alg, keep: true });
    expect((await ask()).status).toBe(200);
    await at.issuer.rotate();
  });

  it.each(['JWT', 'at+jwt', 'application/at+jwt', 'AT+JWT', undefined])('may call itself %s', async (typ) => {
    expect((await ask({ header: { typ } })).status).toBe(200);
  });

  it.each([
    ['that ended less than a minute ago', { exp: now() - 50 }],
    ['that is valid in less than a minute', { nbf: now() + 50 }],
    ['that was made by a clock less than a minute ahead', { iat: now() + 50 }],
    ['for several audiences', { aud: ['other', 'kartoteka'] }],
  ])('may be one %s', async (_case, claims) => {
    expect((await ask({ claims })).status).toBe(200);
  });

  it('ends when it says, also where it was valid a moment ago', async () => {
    const ends = now() - 58;
    const token = await at.issuer.token({ claims: { exp: ends } });
    expect((await askWith(at.service, bearer(token))).status).toBe(200);
    await until(async () => ((await askWith(at.service, bearer(token))).status === 401 ? true : undefined));
    expect(now()).toBeGreaterThanOrEqual(ends + 60);
  });

  it('lets records and the change log name the user', async () => {
    const token = await at.issuer.token({ claims: { sub: 'maria', name: 'Maria Łoś' } });
    const query = `mutation { defineCardType(input: { key: "hurt", name: "Hurt" }) { id } }`;
    expect((await askWith(at.service, bearer(token), { query })).body.errors).toBeUndefined();
    const [row] = await at.service.dataSource.query<object[]>(
      `SELECT actor, actor_id = (SELECT id FROM user_account WHERE subject = 'maria') AS same FROM change WHERE record_type = 'CARD_TYPE'`,
    );
    expect(row).toEqual({ actor: 'Maria Łoś', same: true });
  });
});

/** Three parts in base64, whatever is in them. */
const raw = (header: object, claims: object, signature = ''): string =>
  [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  `.${signature}`;
const lie = () => ({ iss: at.issuer.url, aud: 'kartoteka', sub: 'u', roles: ['ADMIN'], exp: now() + 600 });

async function signedByPublicKey(alg: string): Promise<string> {
  const secret = new TextEncoder().encode(await exportSPKI(at.issuer.signer.publicKey));
  return new SignJWT(lie()).setProtectedHeader({ alg, kid: at.issuer.signer.kid }).sign(secret);
}

const tampered = async (): Promise<string> => {
  const [header, , signature] = (await at.issuer.token()).split('.');
  return `${header}.${Buffer.from(JSON.stringify(lie())).toString('base64url')}.${signature}`;
};

describe('a token is refused', () => {
  it.each<readonly [string, Reason, () => string | Promise<string>]>([
    ['without a signature', 'ALGORITHM', () => raw({ alg: 'none' }, lie())],
    ['without a signature, by another spelling', 'ALGORITHM', () => raw({ alg: 'nOnE' }, lie())],
    ['signed with the public key as a secret', 'ALGORITHM', () => signedByPublicKey('HS256')],
    ['signed with the public key as a secret, longer', 'ALGORITHM', () => signedByPublicKey('HS512')],
    [
      'by an algorithm that is not allowed',
      'ALGORITHM',
      async () => at.issuer.token({ signer: await makeSigner('k', 'RS512') }),
    ],
    ['for another audience', 'AUDIENCE', () => at.issuer.token({ claims: { aud: 'another' } })],
    ['for nobody', 'AUDIENCE', () => at.issuer.token({ claims: { aud: undefined } })],
    ['of another issuer', 'ISSUER', () => at.issuer.token({ claims: { iss: 'https://login.example' } })],
    [
      'of an issuer that begins alike',
      'ISSUER',
      () => at.issuer.token({ claims: { iss: `${at.issuer.url}/` } }),
    ],
    ['that has ended', 'EXPIRED', () => at.issuer.token({ claims: { exp: now() - 90 } })],
    ['that never ends', 'CLAIMS', () => at.issuer.token({ claims: { exp: undefined } })],
    ['that is not yet valid', 'NOT_YET_VALID', () => at.issuer.token({ claims: { nbf: now() + 90 } })],
    ['that was made in the future', 'NOT_YET_VALID', () => at.issuer.token({ claims: { iat: now() + 90 } })],
    ['without a user', 'CLAIMS', () => at.issuer.token({ claims: { sub: undefined } })],
    ['with a user of nothing', 'CLAIMS', () => at.issuer.token({ claims: { sub: '' } })],
    ['with a user of control signs', 'CLAIMS', () => at.issuer.token({ claims: { sub: 'a\u0000b' } })],
    [
      'with a key that nobody has',
      'UNKNOWN_KEY',
      async () => at.issuer.token({ signer: await makeSigner('forged') }),
    ],
    [
      'with the name of a key that another one signed',
      'SIGNATURE',
      async () => at.issuer.token({ signer: await makeSigner(at.issuer.signer.kid) }),
    ],
    [
      'that brings its own key',
      'SIGNATURE',
      async () => {
        const own = await makeSigner(at.issuer.signer.kid);
        return at.issuer.token({ signer: own, header: { jwk: await publicJwk(own) } });
      },
    ],
    [
      'that tells where its key is',
      'UNKNOWN_KEY',
      () => at.issuer.token({ header: { kid: 'x', jku: 'http://127.0.0.1:1/keys' } }),
    ],
    [
      'with a path for the name of its key',
      'UNKNOWN_KEY',
      () => at.issuer.token({ header: { kid: '../../dev/null' } }),
    ],
    ['that was changed after it was signed', 'SIGNATURE', tampered],
    ['that is for telling the page who signed in', 'TYPE', () => at.issuer.token({ claims: { typ: 'ID' } })],
    ['that is for getting others', 'TYPE', () => at.issuer.token({ claims: { typ: 'Refresh' } })],
    ['of another type', 'TYPE', () => at.issuer.token({ header: { typ: 'logout+jwt' } })],
    [
      'that asks for what is not known',
      'NOT_A_TOKEN',
      () =>
        at.issuer
          .token({ header: { crit: ['x'], x: 1 } })
          .catch(() => raw({ alg: 'RS256', crit: ['x'], x: 1 }, lie(), 'AA')),
    ],
    ['of garbage', 'NOT_A_TOKEN', () => 'garbage'],
    ['of garbage in three parts', 'NOT_A_TOKEN', () => 'a.b.c'],
    ['encrypted', 'NOT_A_TOKEN', () => 'eyJhbGciOiJkaXIifQ.a.b.c.d'],
    ['of a header that is a list', 'NOT_A_TOKEN', () => raw([], lie(), 'AA')],
    [
      'of claims that are no object',
      'SIGNATURE',
      async () => {
        const [header] = (await at.issuer.token()).split('.');
        return `${header}.${Buffer.from('"x"').toString('base64url')}.AA`;
      },
    ],
    ['that is huge', 'TOO_LONG', () => at.issuer.token({ claims: { filler: 'x'.repeat(9_500) } })],
  ])('%s', async (_case, reason, make) => {
    const answer = await askWith(at.service, bearer(await make()));
    expect(answer).toMatchObject(unauthenticated);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="Kartoteka"');
    expect(lastReason()?.reason).toBe(reason);
  });

  it('with more headers than the door takes', async () => {
    const response = await fetch(`${at.service.url}graphql`, { headers: bearer('x'.repeat(20_000)) });
    expect(response.status).toBe(431);
  });

  it.each(['access_token', 'token', 'ACCESS_TOKEN', 'api_key'])(
    'in the address as %s, also beside a valid one in the header',
    async (name) => {
      const token = await at.issuer.token();
      const search = `?${name}=${token}`;
      expect(await askWith(at.service, {}, { search })).toMatchObject(unauthenticated);
      expect(await askWith(at.service, bearer(token), { search })).toMatchObject(unauthenticated);
      expect(lastReason()?.reason).toBe('TOKEN_IN_ADDRESS');
    },
  );

  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'Bearer a b', 'Token abc', 'Bearer ąę', ''])(
    'as %j',
    async (authorization) => {
      expect(
        await askWith(at.service, { authorization: Buffer.from(authorization).toString('latin1') }),
      ).toMatchObject(unauthenticated);
    },
  );

  it('where two are shown, though both are valid', async () => {
    const token = await at.issuer.token();
    const { hostname, port } = new URL(at.service.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.end(
      `GET /graphql?query={__typename} HTTP/1.1\r\nhost: localhost\r\napollo-require-preflight: 1\r\nconnection: close\r\n` +
        `authorization: Bearer ${token}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 /);
    expect(lastReason()?.reason).toBe('SEVERAL_CREDENTIALS');
  });

  it('where none is shown, in the same words', async () => {
    expect(await askWith(at.service, {})).toMatchObject(unauthenticated);
  });

  it('before anything of the request is looked at', async () => {
    const response = await fetch(`${at.service.url}graphql`, { method: 'POST', body: '{' });
    expect(response.status).toBe(401);
  });
});

it('writes down in the log and in errors nothing of what was shown', async () => {
  const token = await at.issuer.token({ claims: { aud: 'another' } });
  const answers = await Promise.all([
    askWith(at.service, bearer(token)),
    askWith(at.service, {}, { search: `?access_token=${token}` }),
    askWith(at.service, bearer(`ktk_abcdefgh_${'A'.repeat(43)}`)),
  ]);
  await until(async () => ((await refusedSignIns(at.service)).length > 0 ? true : undefined));
  const changes = await at.service.dataSource.query<object[]>('SELECT * FROM change');
  const said = JSON.stringify([answers.map(({ body }) => body), at.service.log, changes]);
  for (const part of [...token.split('.'), 'ktk_abcdefgh', 'A'.repeat(20)]) expect(said).not.toContain(part);
});
