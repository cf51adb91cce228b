/**
 * What a report is, whichever engine runs it: a key, parameters with where their values come from, and rows of cells. Values of parameters are
 * texts throughout: INTEGER and DECIMAL exact, DATE 'YYYY-MM-DD', DATETIME RFC 3339 in UTC, BOOLEAN 'true' or 'false'; so are the cells of
 * rows.
 */
import type { ClientValue } from '../ssrs-config.ts';

export const reportValueTypes = ['TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'DATETIME'] as const;
export type ReportValueType = (typeof reportValueTypes)[number];

export interface ReportParameter {
  readonly name: string;
  readonly label: string;
  readonly type: ReportValueType;
  readonly required: boolean;
  readonly multiple: boolean;
  /** What it is where it is not given; null: nothing. */
  readonly defaults: readonly string[] | null;
  /** What may be given; null: anything of the type. */
  readonly choices: readonly string[] | null;
  /** SQL that answers the choices in its first column; takes no parameters. */
  readonly choicesSql: string | null;
  /** Filled in from the client, and never to be given. */
  readonly fromClient: ClientValue | null;
}

export interface ReportColumn {
  readonly name: string;
  readonly type: ReportValueType;
}

/** How a column is told; of those that have none the name is the label. */
export interface ColumnLabel {
  readonly name: string;
  readonly label: string;
  /** For front ends, as they understand it, such as '0.00' or 'MM.YYYY'. */
  readonly format: string | null;
}

/** Where an SQL report runs: on a company's SQL Server, or on the CRM's PostgreSQL. */
export type ReportDatabaseKind = 'ERP' | 'CRM';

export interface SqlReport {
  readonly key: string;
  readonly title: string;
  readonly description: string | null;
  readonly database: ReportDatabaseKind;
  /** Of an ERP report; null: the company of the client's account, or the one that is asked for. */
  readonly company: string | null;
  readonly sql: string;
  readonly parameters: readonly ReportParameter[];
  readonly labels: readonly ColumnLabel[];
  /** Names of roles that may run it; none: whoever may run reports. */
  readonly roles: readonly string[];
  /** At most so many rows; null: the service's own limit. */
  readonly maxRows: number | null;
}
