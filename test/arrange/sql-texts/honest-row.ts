/** A report as administrators write them, which must pass the check. */
import type { SqlEngine } from '../../../src/reports/sql-reports/sql-text/tokens.ts';
import type { SqlParameter } from '../../../src/reports/sql-reports/sql-text/parameters.ts';

export interface HonestSql {
  readonly name: string;
  readonly engine: SqlEngine;
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

/** Parameters by name; a star after the name: several values. */
function honest(engine: SqlEngine, name: string, parameters: string, text: string): HonestSql {
  const names = parameters.split(' ').filter((one) => one !== '');
  return {
    name,
    engine,
    text,
    parameters: names.map((one) => ({ name: one.replace('*', ''), multiple: one.endsWith('*') })),
  };
}

export const sqlServer = (name: string, parameters: string, text: string): HonestSql =>
  honest('SQL_SERVER', name, parameters, text);
export const postgresql = (name: string, parameters: string, text: string): HonestSql =>
  honest('POSTGRESQL', name, parameters, text);
