/**
 * The companies of this installation, each with its door to one SQL Server. A company that cannot be reached is still a company:
 * it is listed, and says of itself that it is not available. Every statement to an ERP goes through its company's `ask`.
 */
import { InputRejected, type Problem } from '../errors.ts';
import type { Catalogue } from './catalogue.ts';
import { ErpUnavailable } from './erp-errors.ts';
import type { RowStream } from './pool-stream.ts';
import type { Ask, Statement } from './statement.ts';

/** Also what the API shows as `ErpCompany`; what that has besides is found out when asked for. */
export interface Company {
  readonly key: string;
  readonly name: string;
  readonly timeZone: string;
  readonly schema: string;
  readonly catalogue: Catalogue;
  readonly ask: Ask;
  /** Never answered from what was kept: for what is decided by the answer. */
  readonly askNow: Ask;
  /**
   * Rows as they come, for reports: a few at a time, with a limit of their own, from the waiting to the last row. Throws the errors of
   * erp-errors.ts, and so do the rows. Whoever has it closes it.
   */
  readonly stream: (statement: Statement, signal: AbortSignal, limitMs: number) => Promise<RowStream>;
  /** When its server last answered anything; undefined where it never did since the start. */
  readonly lastAnswer: () => string | undefined;
  /** The day it is there now. */
  readonly today: () => string;
}

/** The same company, never answered from what was kept. */
export const askedNow = (company: Company): Company => ({ ...company, ask: company.askNow });

export interface Companies {
  readonly all: readonly Company[];
  /** Throws ErpUnavailable for a company that is not configured (any more): what it holds cannot be told. */
  reach(key: string): Company;
  find(key: string): Company | undefined;
  /** Throws InputRejected for a key that callers sent and no company has. */
  require(key: string, path: string): Company;
}

/** Of a key that callers sent. */
export const unknownCompany = (key: string, path: string): Problem => ({
  path,
  code: 'COMPANY',
  message: `there is no company ${key.slice(0, 60)}`,
});

export function companiesOf(all: readonly Company[]): Companies {
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
      throw new InputRejected([unknownCompany(key, path)]);
    },
  };
}
