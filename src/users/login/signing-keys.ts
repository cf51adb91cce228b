/**
 * The public keys that the login signs with, fetched when they are needed. A key that nobody knows yet is asked for anew, so keys
 * may change at any time; asked too often, whoever invents keys could make this service press the login. While the login cannot
 * be reached, the keys that are known go on serving for a day, and nobody else is let in.
 */
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors } from 'jose';
import type { CryptoKey, JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import type { Log } from '../../log.ts';
import { isTrustworthyAddress } from '../../login-config.ts';
import { LoginUnavailable } from '../callers.ts';

export interface SigningKeysOptions {
  readonly issuer: string;
  /** Undefined: the issuer's discovery document tells. */
  readonly jwksUrl: string | undefined;
  readonly log: Log;
  /** After an answer of the login, and after a failure, it is not asked again for so long. */
  readonly cooldownMs?: number;
  /** Keys as old as this are fetched anew aside, and twice as old ones before they are used. */
  readonly freshMs?: number;
  readonly longestMs?: number;
  /** The longest that an answer of the login is waited for. */
  readonly patienceMs?: number;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** Why the login's answer will do for nothing: for the log. */
class LoginFault extends Error {}

const faultOf = (fault: unknown): string => {
  if (fault instanceof LoginFault || fault instanceof errors.JOSEError) return fault.message;
  if (!(fault instanceof Error)) return typeof fault;
  const cause: unknown = fault.cause;
  return cause instanceof Error ? `${fault.message}: ${cause.message}` : fault.message;
};

export class SigningKeys {
  /** Another one each time the keys were fetched. */
  edition = 0;
  private set: Promise<KeySet> | undefined;
  private fetchedAt = -Infinity;
  private failedAt = -Infinity;
  private readonly cooldownMs: number;
  private readonly freshMs: number;
  private readonly longestMs: number;
  private readonly patienceMs: number;

  constructor(private readonly options: SigningKeysOptions) {
    this.cooldownMs = options.cooldownMs ?? 10_000;
    this.freshMs = options.freshMs ?? 300_000;
    this.longestMs = options.longestMs ?? 86_400_000;
    this.patienceMs = options.patienceMs ?? 5_000;
  }

  /** For jose. Throws LoginUnavailable where the key is not known and the login cannot be asked; jose's error where there is none. */
  readonly find: JWTVerifyGetKey<CryptoKey> = async (header, token) => {
    const set = await this.reached(() => this.keySet());
    if (set.jwks() === undefined) await this.reached(() => set.reload());
    else await this.renew(set);
    try {
      return await set(header, token);
    } catch (fault) {
      // What else goes wrong is the token's fault; these say that the login was asked for a new key in vain.
      if (isOfLogin(fault)) throw new LoginUnavailable();
      throw fault;
    }
  };

  private async renew(set: KeySet): Promise<void> {
    const age = performance.now() - this.fetchedAt;
    if (age < this.freshMs) return;
    const renewed = set.reload().then(
      () => true,
      () => false,
    );
    if (age < 2 * this.freshMs) return;
    if (!(await renewed) && age > this.longestMs) throw new LoginUnavailable();
  }

  private async reached<Value>(ask: () => Promise<Value>): Promise<Value> {
    try {
      return await ask();
    } catch {
      throw new LoginUnavailable();
    }
  }

  private keySet(): Promise<KeySet> {
    return (this.set ??= this.discover().then(
      (url) =>
        createRemoteJWKSet(url, {
          cacheMaxAge: Infinity,
          cooldownDuration: this.cooldownMs,
          timeoutDuration: this.patienceMs,
          [customFetch]: (address, { headers, signal }) => this.fetchKeys(address, signal, headers),
        }),
      (fault: unknown) => {
        this.set = undefined;
        throw fault;
      },
    ));
  }

  private async discover(): Promise<URL> {
    const { issuer, jwksUrl } = this.options;
    if (jwksUrl !== undefined) return new URL(jwksUrl);
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    return this.fetch(address, AbortSignal.timeout(this.patienceMs), new Headers(), (text) => {
      const document = JSON.parse(text) as Partial<Record<'issuer' | 'jwks_uri', unknown>> | null;
      const { issuer: named, jwks_uri: keys } = document ?? {};
      if (named !== issuer) throw new LoginFault('the discovery document is of another issuer');
      if (typeof keys === 'string' && isTrustworthyAddress(keys)) return new URL(keys);
      throw new LoginFault('the discovery document names no safe address of keys');
    });
  }

  private fetchKeys(address: string, signal: AbortSignal, headers: Headers): Promise<Response> {
    return this.fetch(address, signal, headers, (text) => {
      // Looked at here, so that what cannot be read counts as a failure.
      createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      this.fetchedAt = performance.now();
      this.edition += 1;
      return new Response(text, { status: 200 });
    });
  }

  /** The one way to the login. Fails at once for a while after a failure. */
  private async fetch<Read>(
    address: string,
    signal: AbortSignal,
    headers: Headers,
    read: (text: string) => Read,
  ): Promise<Read> {
    if (performance.now() - this.failedAt < this.cooldownMs)
      throw new LoginFault('the login failed just now');
    try {
      const response = await fetch(address, { headers, signal, redirect: 'manual' });
      const text = await response.text();
      if (response.status !== 200) throw new LoginFault(`the login answered ${response.status}`);
      return read(text);
    } catch (fault) {
      this.failedAt = performance.now();
      this.options.log.warn({ fault: faultOf(fault) }, 'the keys of the login cannot be fetched');
      throw fault;
    }
  }
}

/** Of jose's errors those that say something of the keys as a whole, and not of the token. */
const isOfLogin = (fault: unknown): boolean =>
  !(fault instanceof errors.JOSEError) ||
  fault instanceof errors.JWKSTimeout ||
  fault instanceof errors.JWKSInvalid ||
  fault.code === 'ERR_JOSE_GENERIC';
