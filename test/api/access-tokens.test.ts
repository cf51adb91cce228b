import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { forgedTokens } from '../arrange/hostile/credentials.ts';
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

describe('a token is refused', () => {
  it.each(forgedTokens)('%s', async (_case, reason, make) => {
    const answer = await askWith(at.service, bearer(await make(at.issuer)));
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
