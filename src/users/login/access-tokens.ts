/**
 * Access tokens of the configured login: whether one is valid, and whom it tells of. One that was found valid is remembered for a
 * minute, by its digest, as long as the keys of the login stay the same: a page asks many times with one token, and a signature costs
 * more than all else of a small request.
 */
import { createHash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { LoginConfig } from '../../login-config.ts';
import { LoginUnavailable } from '../callers.ts';
import { toldBy, type Told } from './claims.ts';
import { Refused, type Reason } from './refused.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Clocks differ. */
const skewSeconds = 60;

/** What an access token calls itself, if it says anything. */
const tokenTypes = ['jwt', 'at+jwt', 'application/at+jwt'];

const reasonOfCode: Readonly<Record<string, Reason>> = {
  ERR_JWT_EXPIRED: 'EXPIRED',
  ERR_JOSE_ALG_NOT_ALLOWED: 'ALGORITHM',
  ERR_JWKS_NO_MATCHING_KEY: 'UNKNOWN_KEY',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'UNKNOWN_KEY',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'SIGNATURE',
  ERR_JWT_CLAIM_VALIDATION_FAILED: 'CLAIMS',
};

const reasonOfClaim: Readonly<Record<string, Reason>> = {
  iss: 'ISSUER',
  aud: 'AUDIENCE',
  nbf: 'NOT_YET_VALID',
};

function reasonOf(fault: unknown): Reason {
  if (fault instanceof errors.JWTClaimValidationFailed) return reasonOfClaim[fault.claim] ?? 'CLAIMS';
  // Whatever is thrown besides, such as for a key that is too short, is no reason to let somebody in.
  if (!(fault instanceof errors.JOSEError)) return 'UNUSABLE_KEY';
  return reasonOfCode[fault.code] ?? 'NOT_A_TOKEN';
}

/** Some logins sign all their tokens for one audience: what is for signing in anew, or tells the page who it is, opens nothing here. */
function requireAccessToken(headerType: unknown, { typ }: JWTPayload): void {
  const isToken =
    headerType === undefined ||
    (typeof headerType === 'string' && tokenTypes.includes(headerType.toLowerCase()));
  const isForBearers = typeof typ !== 'string' || typ.toLowerCase() === 'bearer';
  if (!isToken || !isForBearers) throw new Refused('TYPE');
}

/** When nothing else is said. */
const rememberedMs = 60_000;
const mostRemembered = 5_000;

interface Remembered {
  readonly told: Told;
  readonly ends: number;
  /** Of the login's keys. */
  readonly edition: number;
}

export class AccessTokens {
  private readonly remembered: LRUCache<string, Remembered> | undefined;

  /** `memoryMs`: 0 remembers none. */
  constructor(
    private readonly config: LoginConfig,
    private readonly keys: Pick<SigningKeys, 'find' | 'edition'>,
    memoryMs = rememberedMs,
  ) {
    if (memoryMs > 0) this.remembered = new LRUCache({ max: mostRemembered, ttl: memoryMs });
  }

  /** Throws Refused, LoginUnavailable. */
  async read(token: string): Promise<Told> {
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.remembered?.get(digest);
    if (known && known.edition === this.keys.edition && Date.now() < known.ends) return known.told;
    const { protectedHeader, payload } = await this.verify(token);
    requireAccessToken(protectedHeader.typ, payload);
    if (typeof payload.iat === 'number' && payload.iat > Date.now() / 1_000 + skewSeconds)
      throw new Refused('NOT_YET_VALID');
    const told = toldBy(payload, this.config);
    const ends = ((payload.exp ?? 0) + skewSeconds) * 1_000;
    this.remembered?.set(digest, { told, ends, edition: this.keys.edition });
    return told;
  }

  private async verify(token: string) {
    const { issuer, audiences, algorithms } = this.config;
    try {
      return await jwtVerify(token, this.keys.find, {
        issuer,
        audience: [...audiences],
        algorithms: [...algorithms],
        clockTolerance: skewSeconds,
        requiredClaims: ['exp'],
      });
    } catch (fault) {
      if (fault instanceof LoginUnavailable) throw fault;
      throw new Refused(reasonOf(fault));
    }
  }
}
