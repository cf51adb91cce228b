/** A small login of a test's own, on loopback: it publishes keys, signs whatever it is asked to, and can fail. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { CryptoKey } from 'jose';

interface Signer {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface TokenWish {
  readonly claims?: JWTPayload;
  /** Laid over the header. */
  readonly header?: Record<string, unknown>;
  readonly signer?: Signer;
}

export interface Issuer {
  readonly url: string;
  readonly signer: Signer;
  /** How often the keys were asked for. */
  readonly asked: number;
  /** A valid token of one hour, with whatever is wished otherwise; a claim of undefined is left out. */
  token(wish?: TokenWish): Promise<string>;
  /** Signs with a new key from now on. The old one is published no more, unless it is kept. */
  rotate(options?: { alg?: string; keep?: boolean }): Promise<Signer>;
  /** Instead of an answer: a status, or silence. Undefined: answers again. */
  answerWith(status: number | 'silence' | undefined): void;
  publish(keys: readonly JWK[]): void;
  close(): Promise<void>;
}

export const audience = 'kartoteka';

export const makeSigner = async (kid: string, alg = 'RS256'): Promise<Signer> => ({
  kid,
  alg,
  ...(await generateKeyPair(alg, { extractable: true })),
});

export const publicJwk = async ({ kid, alg, publicKey }: Signer): Promise<JWK> => ({
  ...(await exportJWK(publicKey)),
  kid,
  alg,
  use: 'sig',
});

export const now = (): number => Math.floor(Date.now() / 1_000);

export async function startIssuer(): Promise<Issuer> {
  let signer = await makeSigner('key-1');
  let keys: readonly JWK[] = [await publicJwk(signer)];
  let failing: number | 'silence' | undefined;
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url === '/realms/firma/keys') asked += 1;
    if (failing === 'silence') return;
    const issuer = url();
    const body =
      request.url === '/realms/firma/keys'
        ? { keys }
        : request.url === '/realms/firma/.well-known/openid-configuration'
          ? { issuer, jwks_uri: `${issuer}/keys` }
          : undefined;
    response.writeHead(failing ?? (body ? 200 : 404), { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/firma`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    get url() {
      return url();
    },
    get signer() {
      return signer;
    },
    get asked() {
      return asked;
    },
    token: ({ claims = {}, header = {}, signer: other = signer } = {}) => {
      const usual = {
        iss: url(),
        aud: audience,
        sub: 'u-1',
        name: 'Anna Nowak',
        email: 'anna@firma.example',
        roles: ['ADMIN'],
        iat: now(),
        exp: now() + 3_600,
      };
      return new SignJWT(JSON.parse(JSON.stringify({ ...usual, ...claims })) as JWTPayload)
        .setProtectedHeader({ alg: other.alg, kid: other.kid, ...header })
        .sign(other.privateKey);
    },
    rotate: async ({ alg = 'RS256', keep = false } = {}) => {
      signer = await makeSigner(`key-${keys.length + 1}-${Math.random()}`, alg);
      keys = [...(keep ? keys : []), await publicJwk(signer)];
      return signer;
    },
    answerWith: (status) => {
      failing = status;
    },
    publish: (given) => {
      keys = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
