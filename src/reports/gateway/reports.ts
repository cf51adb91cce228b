/**
 * Running reports, whichever engine they are of: the gateway fills in the client, and hands out rows or bytes as they come. Which there are, and who may run
 * them, the catalogue knows. A report of a card that the caller does not see is NOT_FOUND, as the card is; whoever
 * sees only their own cards runs only what is told of one client.
 */
import type { Readable } from 'node:stream';
import { clientRead, type ClientRow } from '../../clients/client.read.ts';
import type { Company } from '../../erp/companies.ts';
import { InputRejected, RecordNotFound } from '../../errors.ts';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { ClientValue } from '../../ssrs-config.ts';
import { keyOf } from '../../values/record-id.ts';
import type { ReportParameter, SqlReport } from '../report.ts';
import type { SqlRun, SqlReportRunner } from '../sql-reports/running/sql-runner.ts';
import type { SsrsFormat } from '../ssrs/formats.ts';
import type { SsrsServer } from '../ssrs/ssrs-server.ts';
import type { ClientValues } from './client-values.ts';
import { isForClients, type OfferedSqlReport, type OfferedSsrsReport } from './offered-report.ts';
import type { ReportCatalogue } from './report-catalogue.ts';
import { filledValues, type Asked, type GivenValues } from './report-values.ts';
import { requireOffered } from './ssrs-parameters.ts';

export interface ReportLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

interface ReportsParts {
  readonly reads: Reads;
  readonly catalogue: ReportCatalogue;
  readonly runner: SqlReportRunner;
  readonly clientValues: ClientValues;
  readonly ssrs: SsrsServer | undefined;
  readonly limits: ReportLimits;
}

export interface OpenedSql {
  readonly run: SqlRun;
  /** Undefined: on the CRM. */
  readonly company: Company | undefined;
}

const mostChoices = 5_000;
export class Reports {
  private readonly clients;

  constructor(private readonly parts: ReportsParts) {
    this.clients = parts.reads.byKey(clientRead);
  }

  /**
   * What may be given for a parameter; null: anything of its type. Of a report for whichever company that of all companies, or of the one that is named.
   * Throws InputRejected for a company, and why a database gave no answer.
   */
  async choicesOf(
    { report }: OfferedSqlReport,
    { choices, choicesSql }: ReportParameter,
    company: string | undefined,
    context: RequestContext,
  ): Promise<readonly string[] | null> {
    if (choicesSql === null) return choices;
    // They are asked without a client, and would tell of all.
    if (context.actor.access.scope === 'OWN') return null;
    const asked: readonly (Company | undefined)[] =
      report.database === 'ERP' ? this.parts.clientValues.companiesFor(report.company, company) : [undefined];
    const found = await Promise.all(asked.map((one) => this.choices(choicesSql, one, context)));
    return [...new Set(found.flatMap((one) => one.choices))].slice(0, mostChoices);
  }

  /** Throws InputRejected, RecordNotFound for the card, and why the database gave no answer. */
  async openSql(
    { report }: OfferedSqlReport,
    asked: Asked,
    context: RequestContext,
    limits: Partial<ReportLimits> = {},
  ): Promise<OpenedSql> {
    const client = await this.clientFor(isForClients(report.parameters), asked, context);
    if (report.database === 'CRM' && asked.company !== undefined)
      throw new InputRejected([
        { path: 'company', code: 'COMPANY', message: 'is for reports over an ERP, and this is over the CRM' },
      ]);
    const company =
      report.database === 'ERP'
        ? await this.parts.clientValues.companyFor(report.company, asked.company, client, context)
        : undefined;
    const values = filledValues({
      parameters: report.parameters,
      given: asked.given,
      fromClient: await this.filled(wantedOf(report.parameters), client, company, context),
      choices: await this.asideChoices(report, asked.given, company, context),
      pathOf: asked.pathOf,
    });
    const { maxRows, maxBytes, timeoutMs } = { ...this.parts.limits, ...limits };
    const run = await this.parts.runner.open({
      target: company ? { on: 'ERP', company } : { on: 'CRM' },
      sql: report.sql,
      parameters: report.parameters,
      values,
      maxRows: Math.min(maxRows, report.maxRows ?? maxRows),
      maxBytes,
      timeoutMs,
      callerId: context.actor.id,
      signal: context.signal,
    });
    return { run, company };
  }

  /** Throws InputRejected, RecordNotFound for the card, and why the report server gave no answer. */
  async render(
    offered: OfferedSsrsReport,
    format: SsrsFormat,
    asked: Asked,
    context: RequestContext,
  ): Promise<{ readonly body: Readable; readonly contentType: string }> {
    const { ssrs, clientValues } = this.parts;
    if (!ssrs) throw new RecordNotFound('report', offered.key);
    const parameters = await this.parts.catalogue.parametersOf(offered, context.signal);
    const client = await this.clientFor(isForClients(parameters), asked, context);
    const wanted = wantedOf(parameters);
    const ofCustomers = [...wanted.values()].some((value) => value.startsWith('CUSTOMER_'));
    const company = ofCustomers
      ? await clientValues.companyFor(null, asked.company, client, context)
      : undefined;
    const filled = await this.filled(wanted, client, company, context);
    requireOffered(parameters, asked);
    return ssrs.render({
      path: offered.path,
      format,
      parameters: new Map([...asked.given, ...filled]),
      signal: context.signal,
    });
  }

  /** The card, where the report takes one. Throws InputRejected where it is needed and not named, RecordNotFound. */
  private async clientFor(
    needed: boolean,
    { client }: Asked,
    context: RequestContext,
  ): Promise<ClientRow | undefined> {
    if (client === undefined) {
      if (!needed) return undefined;
      throw new InputRejected([{ path: 'client', code: 'REQUIRED', message: 'is needed: the id of a card' }]);
    }
    const found = await this.clients(context).load(keyOf('client', client, 'client'));
    if (!found) throw new RecordNotFound('client', client);
    return found;
  }

  private filled(
    wanted: ReadonlyMap<string, ClientValue>,
    client: ClientRow | undefined,
    company: Company | undefined,
    context: RequestContext,
  ): Promise<GivenValues> {
    return client
      ? this.parts.clientValues.of(wanted, { client, company, context })
      : Promise.resolve(new Map());
  }

  /** Of those that were given and whose choices stand in the database. */
  private async asideChoices(
    report: SqlReport,
    given: GivenValues,
    company: Company | undefined,
    context: RequestContext,
  ): Promise<GivenValues> {
    const asked = report.parameters.flatMap(({ name, choicesSql }) =>
      choicesSql !== null && given.has(name) ? [{ name, choicesSql }] : [],
    );
    const found = await Promise.all(
      asked.map(async ({ name, choicesSql }) => ({
        name,
        ...(await this.choices(choicesSql, company, context)),
      })),
    );
    // Where there are more than are told, what is given may be one of the others.
    return new Map(found.flatMap(({ name, choices, areAll }) => (areAll ? [[name, choices] as const] : [])));
  }

  private async choices(
    sql: string,
    company: Company | undefined,
    { actor, signal }: RequestContext,
  ): Promise<{ readonly choices: readonly string[]; readonly areAll: boolean }> {
    const { runner, limits } = this.parts;
    const run = await runner.open({
      target: company ? { on: 'ERP', company } : { on: 'CRM' },
      sql,
      parameters: [],
      values: new Map(),
      maxRows: mostChoices,
      maxBytes: limits.maxBytes,
      timeoutMs: limits.timeoutMs,
      callerId: actor.id,
      signal,
    });
    const choices: string[] = [];
    for await (const batch of run.rows)
      for (const [value] of batch) if (value !== null && value !== undefined) choices.push(value);
    return { choices, areAll: !run.truncated() };
  }
}

const wantedOf = (parameters: readonly ReportParameter[]): ReadonlyMap<string, ClientValue> =>
  new Map(
    parameters.flatMap(({ name, fromClient }) => (fromClient === null ? [] : [[name, fromClient] as const])),
  );
