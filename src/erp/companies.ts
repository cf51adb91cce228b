/**
 * The companies of this installation, each with its door to one SQL Server. A company that cannot be reached is still a company:
 * it is listed, and says of itself that it is not available. Every statement to an ERP goes through its company's `ask`.
 */
import type { CompanyConfig } from '../config.ts';
import { InputRejected } from '../errors.ts';
import type { Log } from '../log.ts';
import { openCatalogue, type Catalogue } from './catalogue.ts';
import { ErpContract, ErpUnavailable } from './erp-errors.ts';
import { openPool, type CompanyPool } from './pool.ts';
import type { Ask } from './statement.ts';

/** Also what the API shows as `ErpCompany`; what that has besides is found out when asked for. */
export interface Company {
  readonly key: string;
  readonly name: string;
  readonly timeZone: string;
  readonly schema: string;
  readonly catalogue: Catalogue;
  readonly ask: Ask;
  /** The day it is there now. */
  readonly today: () => string;
}

export interface Companies {
  readonly all: readonly Company[];
  /** Throws ErpUnavailable for a company that is not configured (any more): what it holds cannot be told. */
  reach(key: string): Company;
  find(key: string): Company | undefined;
  /** Throws InputRejected for a key that callers sent and no company has. */
  require(key: string, path: string): Company;
}

export interface ErpDoor {
  readonly companies: Companies;
  /** Waits for running statements. */
  close(): Promise<void>;
}

export interface DoorSettings {
  readonly companies: readonly CompanyConfig[];
  /** Nobody waits longer for one statement. */
  readonly timeoutMs: number;
  readonly log: Log;
  readonly now?: () => Date;
}

/** Connects to nothing yet: a company is reached when first asked. Throws for an address that cannot be read. */
export function createErpDoor({ companies, timeoutMs, log, now = () => new Date() }: DoorSettings): ErpDoor {
  const pools = companies.map((company) => openPool(company, { timeoutMs, log }));
  return {
    companies: registry(companies.map((company, index) => companyAt(company, pools[index], now))),
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

function companyAt(config: CompanyConfig, pool: CompanyPool | undefined, now: () => Date): Company {
  const { key, name, timeZone, schema } = config;
  if (!pool) throw new RangeError('every company has a pool');
  const catalogue: Catalogue = openCatalogue(key, schema, (statement, signal) => pool.ask(statement, signal));
  const ask: Ask = async (statement, signal) => {
    try {
      return await pool.ask(statement, signal);
    } catch (error) {
      // Something the catalogue had is gone or changed.
      if (error instanceof ErpContract) catalogue.forget();
      throw error;
    }
  };
  return { key, name, timeZone, schema, catalogue, ask, today: dayIn(timeZone, now) };
}

const minuteMs = 60_000;

/** The day it is there, worked out once a minute: zones turn on whole minutes, and every row of a list may ask. */
function dayIn(timeZone: string, now: () => Date): () => string {
  const days = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  let known = { minute: Number.NaN, day: '' };
  return () => {
    const time = now();
    const minute = Math.floor(time.getTime() / minuteMs);
    if (minute !== known.minute) known = { minute, day: days.format(time) };
    return known.day;
  };
}

function registry(all: readonly Company[]): Companies {
  const byKey = new Map(all.map((company) => [company.key, company]));
  return {
    all,
    find: (key) => byKey.get(key),
    reach(key) {
      const company = byKey.get(key);
      if (!company)
        throw new ErpUnavailable(
          key,
          undefined,
          `there is no company ${key} any more: its ERP cannot be asked`,
        );
      return company;
    },
    require(key, path) {
      const company = byKey.get(key);
      if (company) return company;
      throw new InputRejected([
        { path, code: 'COMPANY', message: `there is no company ${key.slice(0, 60)}` },
      ]);
    },
  };
}
