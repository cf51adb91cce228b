/**
 * How often a caller may ask, put together: who is known by their own name, who is not by their address. Asked for each request before
 * its body is read, and once more when it is known what its operation costs.
 */
import pg from 'pg';
import type { Config } from '../../config.ts';
import { DomainError } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import type { Callers } from '../../users/callers.ts';
import { addressesBehind, networkOf, type AddressOf } from './caller-address.ts';
import { Rate } from './rate.ts';
import { databaseRates, makeRateTable, memoryRates, type RateStore, type RateWish } from './rate-store.ts';
import { SignInFailures } from './sign-in-failures.ts';

export type RateSettings = Pick<Config, 'rateLimit' | 'rateStore' | 'signInFailures' | 'trustedProxies'>;

export interface Limits {
  readonly addressOf: AddressOf;
  /** Those callers, refused with RateLimited when they ask, or fail to sign in, too often. */
  within(callers: Callers): Callers;
  /** Throws RateLimited. Called before the operation runs. */
  readonly takeCost: (actor: Actor, cost: number) => Promise<void>;
  /** For what needs no caller. Throws RateLimited. */
  readonly takeByAddress: (request: Parameters<AddressOf>[0]) => Promise<void>;
  close(): Promise<void>;
}

/** Few, and quick to say that there is none: nobody waits long to be told how often they may ask. */
const poolOf = (url: string): pg.Pool =>
  new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
    application_name: 'kartoteka-rate',
  });

async function storesIn(
  { rateStore }: RateSettings,
  databaseUrl: string,
): Promise<{ readonly make: (wish: RateWish) => RateStore; readonly close: () => Promise<void> }> {
  if (rateStore === 'memory') return { make: memoryRates, close: () => Promise.resolve() };
  const pool = poolOf(databaseUrl);
  // A connection that breaks while idle is replaced; without a listener the process would end.
  pool.on('error', () => undefined);
  await makeRateTable(pool);
  return { make: (wish) => databaseRates(pool, wish), close: () => pool.end() };
}

const notLetIn: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

/** What is shown, however: a key as Basic is the key as Bearer, whatever name stands before it. */
function secretIn(header: string | undefined): string | undefined {
  const [, scheme = '', shown = ''] = /^(\w+) +(\S+)$/.exec(header?.trim() ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return shown;
  if (scheme.toLowerCase() !== 'basic') return header;
  const pair = Buffer.from(shown, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

export async function createLimits(settings: RateSettings, databaseUrl: string): Promise<Limits> {
  const { rateLimit, signInFailures } = settings;
  const stores = await storesIn(settings, databaseUrl);
  const rate =
    rateLimit > 0
      ? new Rate(stores.make({ name: 'rate', pointsPerMinute: rateLimit }), rateLimit)
      : undefined;
  const failures = new SignInFailures(
    stores.make({ name: 'sign-in', pointsPerMinute: signInFailures }),
    signInFailures,
  );
  const addressOf = addressesBehind(settings.trustedProxies);
  const takeByAddress: Limits['takeByAddress'] = async (request) =>
    rate?.takeRequest(`address ${networkOf(addressOf(request))}`);

  const identifyWithin =
    (callers: Callers): Callers['identify'] =>
    async (request, ...more) => {
      const credential = secretIn(request.headers.authorization);
      const network = networkOf(addressOf(request));
      if (credential !== undefined) await failures.allowed(network, credential);
      try {
        const actor = await callers.identify(request, ...more);
        if (credential !== undefined) failures.accept(credential);
        return actor;
      } catch (fault) {
        if (!(fault instanceof DomainError && notLetIn.has(fault.code))) throw fault;
        // Whoever is permitted nothing has shown who they are: there is nothing to guess.
        if (fault.code === 'UNAUTHENTICATED' && credential !== undefined)
          await failures.refused(network, credential);
        await takeByAddress(request);
        throw fault;
      }
    };

  return {
    addressOf,
    within: (callers) => {
      const identify = identifyWithin(callers);
      return {
        identify: async (...asked) => {
          const actor = await identify(...asked);
          await rate?.takeRequest(actor.id);
          return actor;
        },
      };
    },
    takeCost: async (actor, cost) => rate?.takeCost(actor.id, cost),
    takeByAddress,
    close: stores.close,
  };
}
