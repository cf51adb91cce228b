/**
 * Runs SQL reports: on a company's SQL Server through its door, or on the CRM's PostgreSQL as a role that may only read. Promises exact
 * cells, rows no faster than they are taken, ends at the limits of rows, bytes and time, and that a run ends at the server with
 * whoever asked. The text was checked when it was saved; here values become parameters and never text. Who may run what is the
 * gateway's.
 */
import type { ReportDatabase } from '../../../crm-database/report-database.ts';
import { InputRejected } from '../../../errors.ts';
import type { Company } from '../../../erp/companies.ts';
import type { ReportColumn } from '../../report.ts';
import type { ParameterValues } from '../sql-text/bind.ts';
import { limitedRows, type LimitedRows } from './limited-rows.ts';
import { describePostgresql, openPostgresql } from './postgresql-run.ts';
import { describeSqlServer } from './sql-server-describe.ts';
import { openSqlServer } from './sql-server-run.ts';
import { checkValues, type RunParameter } from './value-forms.ts';

export type RunTarget = { readonly on: 'ERP'; readonly company: Company } | { readonly on: 'CRM' };

export interface RunQuestion {
  readonly target: RunTarget;
  readonly sql: string;
  readonly parameters: readonly RunParameter[];
  /** As report.ts has them. */
  readonly values: ParameterValues;
  readonly maxRows: number;
  /** Of the cells' texts, in UTF-8. */
  readonly maxBytes: number;
  /** From the asking to the last row that is taken. */
  readonly timeoutMs: number;
  /** Has a part of the CRM's connections, and the rest is for others. */
  readonly callerId: string;
  readonly signal: AbortSignal;
}

export interface SqlRun extends LimitedRows {
  readonly columns: readonly ReportColumn[];
}

/** Describing runs nothing and is done by people who wait for it. */
const describeMs = 10_000;

export class SqlReportRunner {
  private readonly closing = new AbortController();

  constructor(private readonly crm: ReportDatabase) {}

  /**
   * Once the first rows are there, so that what fails before them fails here. Whoever has it reads its rows to the end, calls their `return`, or aborts the signal. Throws InputRejected, the
   * errors of the ERP door with ErpTimeout for what takes too long, ReportTooSlow and ReportRoleMissing; so do the rows.
   */
  async open(question: RunQuestion): Promise<SqlRun> {
    checkValues(question.parameters, question.values);
    const asked = { ...question, signal: this.untilClosed(question.signal) };
    const { target } = asked;
    const report =
      target.on === 'ERP'
        ? await openSqlServer(target.company, asked)
        : await openPostgresql(this.crm, asked);
    const first = await report.next();
    return { columns: report.columns, ...limitedRows(first, report, asked) };
  }

  /** Names and types of the columns, by the server and without running it. Throws InputRejected with what is wrong with the text. */
  async describe(
    target: RunTarget,
    sql: string,
    parameters: readonly RunParameter[],
    signal: AbortSignal,
  ): Promise<readonly ReportColumn[]> {
    const asked = { sql, parameters, signal: this.untilClosed(signal), timeoutMs: describeMs };
    const { columns, problems } =
      target.on === 'ERP'
        ? await describeSqlServer(target.company, asked)
        : await describePostgresql(this.crm, asked);
    if (problems.length > 0) throw new InputRejected(problems);
    return columns;
  }

  /** Ends what still runs; the connections are their owners'. */
  close(): Promise<void> {
    this.closing.abort(new Error('the service stops'));
    return Promise.resolve();
  }

  private untilClosed(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.closing.signal]);
  }
}
