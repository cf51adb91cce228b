/** A text that must never be kept as a report, and the code that tells why. */
import type { SqlEngine } from '../../../src/reports/sql-reports/sql-text/tokens.ts';
import type { SqlParameter } from '../../../src/reports/sql-reports/sql-text/parameters.ts';

export interface HostileSql {
  readonly name: string;
  readonly engine: SqlEngine;
  readonly text: string;
  readonly code: string;
  readonly parameters: readonly SqlParameter[];
}

const writer =
  (engine: SqlEngine) =>
  (code: string, name: string, text: string, ...parameters: readonly SqlParameter[]): HostileSql => ({
    name,
    engine,
    text,
    code,
    parameters,
  });
export const sqlServer = writer('SQL_SERVER');
export const postgresql = writer('POSTGRESQL');
export const one = (name: string): SqlParameter => ({ name, multiple: false });
export const several = (name: string): SqlParameter => ({ name, multiple: true });
