/**
 * Where it is counted how often somebody asks: in this process, or in the CRM's database, where all services on it count together.
 * A minute begins with a key's first point. While the database is out of reach each service counts for itself.
 */
import type { Pool } from 'pg';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';

export interface RateStore {
  /** Undefined where the points were to be had; otherwise how many milliseconds it takes until the next are. */
  take(key: string, points: number): Promise<number | undefined>;
  /** The same of a single point, without taking it. */
  waitFor(key: string): Promise<number | undefined>;
}

export interface RateWish {
  /** Stands before the keys. */
  readonly name: string;
  readonly pointsPerMinute: number;
}

const minute = 60;
const table = 'rate_limit';

function storeOver(limiter: RateLimiterAbstract): RateStore {
  return {
    take: async (key, points) => {
      try {
        await limiter.consume(key, points);
        return undefined;
      } catch (fault) {
        if (fault instanceof RateLimiterRes) return fault.msBeforeNext;
        throw fault;
      }
    },
    waitFor: async (key) => {
      const count = await limiter.get(key);
      return count && count.remainingPoints <= 0 ? count.msBeforeNext : undefined;
    },
  };
}

const inMemory = ({ name, pointsPerMinute }: RateWish) =>
  new RateLimiterMemory({ keyPrefix: name, points: pointsPerMinute, duration: minute });

export const memoryRates = (wish: RateWish): RateStore => storeOver(inMemory(wish));

/** What is counted may be lost with the server, and is worth no more than that. */
export async function makeRateTable(pool: Pool): Promise<void> {
  const text = `CREATE UNLOGGED TABLE IF NOT EXISTS ${table} (key varchar(255) PRIMARY KEY, points integer NOT NULL, expire bigint)`;
  await pool.query(text).catch((fault: unknown) => {
    // Another service made it at this very moment.
    if (!(fault instanceof Error && 'code' in fault && fault.code === '23505')) throw fault;
  });
}

/** Needs `makeRateTable` before. */
export const databaseRates = (pool: Pool, wish: RateWish): RateStore =>
  storeOver(
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: table,
      tableCreated: true,
      keyPrefix: wish.name,
      points: wish.pointsPerMinute,
      duration: minute,
      // Whoever is beyond the limit does not reach the database any more until the minute is over.
      inMemoryBlockOnConsumed: wish.pointsPerMinute + 1,
      insuranceLimiter: inMemory(wish),
    }),
  );
