/** Tokens that nobody with a right to it has made, and credentials where they do not belong. */
import { exportSPKI, SignJWT } from 'jose';
import type { Reason } from '../../../src/users/login/refused.ts';
import { makeSigner, now, publicJwk, type Issuer } from '../issuer.ts';
import { bearer, type SigningIn } from '../signing-in.ts';
import { jsonHeaders, row, sending, type HostileRow } from './row.ts';

/** Three parts in base64, whatever is in them. */
const raw = (header: object, claims: object, signature = ''): string =>
  [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  `.${signature}`;
const lie = (issuer: Issuer) => ({
  iss: issuer.url,
  aud: 'kartoteka',
  sub: 'u',
  roles: ['ADMIN'],
  exp: now() + 600,
});

async function signedByPublicKey(issuer: Issuer, alg: string): Promise<string> {
  const secret = new TextEncoder().encode(await exportSPKI(issuer.signer.publicKey));
  return new SignJWT(lie(issuer)).setProtectedHeader({ alg, kid: issuer.signer.kid }).sign(secret);
}

const tampered = async (issuer: Issuer): Promise<string> => {
  const [header, , signature] = (await issuer.token()).split('.');
  return `${header}.${Buffer.from(JSON.stringify(lie(issuer))).toString('base64url')}.${signature}`;
};

/** Each with the reason that the log is told, and nobody else. */
export const forgedTokens: readonly (readonly [
  string,
  Reason,
  (issuer: Issuer) => string | Promise<string>,
])[] = [
  ['without a signature', 'ALGORITHM', (issuer) => raw({ alg: 'none' }, lie(issuer))],
  ['without a signature, by another spelling', 'ALGORITHM', (issuer) => raw({ alg: 'nOnE' }, lie(issuer))],
  ['signed with the public key as a secret', 'ALGORITHM', (issuer) => signedByPublicKey(issuer, 'HS256')],
  [
    'signed with the public key as a secret, longer',
    'ALGORITHM',
    (issuer) => signedByPublicKey(issuer, 'HS512'),
  ],
  [
    'by an algorithm that is not allowed',
    'ALGORITHM',
    async (issuer) => issuer.token({ signer: await makeSigner('k', 'RS512') }),
  ],
  ['for another audience', 'AUDIENCE', (issuer) => issuer.token({ claims: { aud: 'another' } })],
  ['for nobody', 'AUDIENCE', (issuer) => issuer.token({ claims: { aud: undefined } })],
  ['of another issuer', 'ISSUER', (issuer) => issuer.token({ claims: { iss: 'https://login.example' } })],
  [
    'of an issuer that begins alike',
    'ISSUER',
    (issuer) => issuer.token({ claims: { iss: `${issuer.url}/` } }),
  ],
  ['that has ended', 'EXPIRED', (issuer) => issuer.token({ claims: { exp: now() - 90 } })],
  ['that never ends', 'CLAIMS', (issuer) => issuer.token({ claims: { exp: undefined } })],
  ['that is not yet valid', 'NOT_YET_VALID', (issuer) => issuer.token({ claims: { nbf: now() + 90 } })],
  ['that was made in the future', 'NOT_YET_VALID', (issuer) => issuer.token({ claims: { iat: now() + 90 } })],
  ['without a user', 'CLAIMS', (issuer) => issuer.token({ claims: { sub: undefined } })],
  ['with a user of nothing', 'CLAIMS', (issuer) => issuer.token({ claims: { sub: '' } })],
  ['with a user of control signs', 'CLAIMS', (issuer) => issuer.token({ claims: { sub: 'a\u0000b' } })],
  [
    'with a key that nobody has',
    'UNKNOWN_KEY',
    async (issuer) => issuer.token({ signer: await makeSigner('forged') }),
  ],
  [
    'with the name of a key that another one signed',
    'SIGNATURE',
    async (issuer) => issuer.token({ signer: await makeSigner(issuer.signer.kid) }),
  ],
  [
    'that brings its own key',
    'SIGNATURE',
    async (issuer) => {
      const own = await makeSigner(issuer.signer.kid);
      return issuer.token({ signer: own, header: { jwk: await publicJwk(own) } });
    },
  ],
  [
    'that tells where its key is',
    'UNKNOWN_KEY',
    (issuer) => issuer.token({ header: { kid: 'x', jku: 'http://127.0.0.1:1/keys' } }),
  ],
  [
    'with a path for the name of its key',
    'UNKNOWN_KEY',
    (issuer) => issuer.token({ header: { kid: '../../dev/null' } }),
  ],
  ['that was changed after it was signed', 'SIGNATURE', tampered],
  ['that is for telling the page who signed in', 'TYPE', (issuer) => issuer.token({ claims: { typ: 'ID' } })],
  ['that is for getting others', 'TYPE', (issuer) => issuer.token({ claims: { typ: 'Refresh' } })],
  ['of another type', 'TYPE', (issuer) => issuer.token({ header: { typ: 'logout+jwt' } })],
  [
    'that asks for what is not known',
    'NOT_A_TOKEN',
    (issuer) =>
      issuer
        .token({ header: { crit: ['x'], x: 1 } })
        .catch(() => raw({ alg: 'RS256', crit: ['x'], x: 1 }, lie(issuer), 'AA')),
  ],
  ['of garbage', 'NOT_A_TOKEN', () => 'garbage'],
  ['of garbage in three parts', 'NOT_A_TOKEN', () => 'a.b.c'],
  ['encrypted', 'NOT_A_TOKEN', () => 'eyJhbGciOiJkaXIifQ.a.b.c.d'],
  ['that was made before all time', 'CLAIMS', (issuer) => issuer.token({ claims: { iat: -1e15 } })],
  ['that ends after all time', 'CLAIMS', (issuer) => issuer.token({ claims: { iat: undefined, exp: 9e15 } })],
  ['of a header that is a list', 'NOT_A_TOKEN', (issuer) => raw([], lie(issuer), 'AA')],
  [
    'of claims that are no object',
    'SIGNATURE',
    async (issuer) => {
      const [header] = (await issuer.token()).split('.');
      return `${header}.${Buffer.from('"x"').toString('base64url')}.AA`;
    },
  ],
  ['that is huge', 'TOO_LONG', (issuer) => issuer.token({ claims: { filler: 'x'.repeat(9_500) } })],
];

const asking = (
  { service }: SigningIn,
  headers: Readonly<Record<string, string>>,
  search = '',
): ReturnType<HostileRow['send']> =>
  sending(new URL(`graphql${search}`, service.url), {
    method: 'POST',
    headers: { ...jsonHeaders, ...headers },
    body: '{"query":"{ viewer { roles } }"}',
  });

const refused = (name: string, send: (at: SigningIn) => ReturnType<HostileRow['send']>) => ({ name, send });

const misplaced = [
  ...['access_token', 'token', 'api_key', 'apikey', 'authorization', 'jwt', 'key'].map((name) =>
    refused(`a valid token in the address as ${name}`, async (at) =>
      asking(at, {}, `?${name}=${await at.issuer.token()}`),
    ),
  ),
  refused('a valid token in the address beside the header', async (at) => {
    const token = await at.issuer.token();
    return asking(at, bearer(token), `?access_token=${token}`);
  }),
  ...[
    'cookie',
    'x-api-key',
    'x-access-token',
    'proxy-authorization',
    'x-forwarded-user',
    'x-auth-request-user',
  ].map((name) =>
    refused(`a valid token in the header ${name}`, async (at) =>
      asking(at, { [name]: `${name === 'cookie' ? 'access_token=' : 'Bearer '}${await at.issuer.token()}` }),
    ),
  ),
  refused('a valid token as a password', async (at) => {
    const pair = Buffer.from(`token:${await at.issuer.token()}`).toString('base64');
    return asking(at, { authorization: `Basic ${pair}` });
  }),
  refused('a key that nobody made', (at) => asking(at, bearer(`ktk_aaaaaaaa_${'A'.repeat(43)}`))),
  refused('a key with SQL in it', (at) => asking(at, bearer(`ktk_' OR 1=1 --_${'A'.repeat(43)}`))),
  refused('no credential at all', (at) => asking(at, {})),
];

/** To a service with a login: whatever is shown, nobody is let in, and nobody learns why. */
export const credentialRows = (at: () => SigningIn): readonly HostileRow[] =>
  [
    ...forgedTokens.map(([name, , make]) =>
      refused(`a token ${name}`, async (signingIn) =>
        asking(signingIn, bearer(await make(signingIn.issuer))),
      ),
    ),
    ...misplaced,
  ].map(({ name, send }) => row(name, 401, 'UNAUTHENTICATED', () => send(at())));
