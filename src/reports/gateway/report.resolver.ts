/** Reports in the API: what there is, run for a client, and kept by administrators. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Client } from '../../clients/client.type.ts';
import { InputRejected } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import { VersionedId } from '../../values/versioned-id.ts';
import { DefineReportInput, UpdateReportInput } from '../definitions/report.inputs.ts';
import type { ReportRow as KeptReport } from '../definitions/report.read.ts';
import type { ReportService } from '../definitions/report.service.ts';
import type { ReportParameter as DeclaredParameter } from '../report.ts';
import { labelOf, type OfferedReport } from './offered-report.ts';
import { ReportDefinition, ReportParameter, ReportParameterValue, ReportTable } from './report.type.ts';
import { ssrsFormats } from '../ssrs/formats.ts';
import { ofRow, type ReportCatalogue } from './report-catalogue.ts';
import type { Reports } from './reports.ts';
import type { GivenValues } from './report-values.ts';

/** A parameter, and the report that it is of. */
type ShownParameter = Omit<ReportParameter, 'fromClient'> & {
  readonly fromClient: boolean;
  readonly of: OfferedReport;
  readonly declared: DeclaredParameter;
};

const usualRows = 200;
const mostRows = 1_000;
/** Of the cells' texts: what is more is had at the report's address. */
const mostBytes = 8_388_608;

@Resolver(() => ReportDefinition)
export class ReportsResolver {
  constructor(
    private readonly catalogue: ReportCatalogue,
    private readonly service: ReportService,
  ) {}

  @Query(() => [ReportDefinition], {
    description:
      'The reports (raporty) that the caller may run, by title. While a report server does not answer there are none of its own.',
  })
  async reports(
    @Arg('includeRetired', () => Boolean, {
      nullable: true,
      description: 'Also those that are offered no longer, to whoever defines reports; false when not given.',
    })
    includeRetired: boolean | undefined,
    @Ctx() context: RequestContext,
  ): Promise<readonly object[]> {
    const offered = await this.catalogue.offered(context);
    if (includeRetired !== true || !context.actor.access.permissions.has('reports.define'))
      return offered.map((one) => shown(one));
    const retired = (await this.catalogue.kept()).filter((one) => one.retired);
    return [...offered, ...retired].map((one) => shown(one));
  }

  @Mutation(() => ReportDefinition, {
    description:
      'Adds a report of SQL, checked and described first. Throws DUPLICATE when the key is taken, and why the database gave no description.',
  })
  async defineReport(
    @Arg('input', () => DefineReportInput, { description: 'The new report.' }) input: DefineReportInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return kept(await this.service.define(context.actor, input, context.signal));
  }

  @Mutation(() => ReportDefinition, { description: 'Changes a report. Throws NOT_FOUND, CONFLICT.' })
  async updateReport(
    @Arg('input', () => UpdateReportInput, { description: 'What to change.' }) input: UpdateReportInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return kept(await this.service.update(context.actor, input, context.signal));
  }

  @Mutation(() => ReportDefinition, {
    description:
      'Offers a report no longer; it is kept, and can be taken up again. Throws NOT_FOUND, CONFLICT.',
  })
  async retireReport(
    @Arg('input', () => VersionedId, { description: 'The report.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return kept(await this.service.retire(context.actor, input, true));
  }

  @Mutation(() => ReportDefinition, {
    description: 'Offers a retired report again. Throws NOT_FOUND, CONFLICT.',
  })
  async reviveReport(
    @Arg('input', () => VersionedId, { description: 'The report.' }) input: VersionedId,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return kept(await this.service.retire(context.actor, input, false));
  }

  @FieldResolver(() => [ReportParameter], { description: 'What it takes.' })
  async parameters(
    @Root() of: OfferedReport,
    @Ctx() { signal }: RequestContext,
  ): Promise<readonly ShownParameter[]> {
    const parameters = await this.catalogue.parametersOf(of, signal);
    return parameters.map((declared) => ({
      ...declared,
      type: declared.type as ReportParameter['type'],
      fromClient: declared.fromClient !== null,
      clientValue: declared.fromClient as ReportParameter['clientValue'],
      of,
      declared,
    }));
  }

  @FieldResolver(() => [String], {
    description: 'The forms that it can be had in, as endings of its address.',
  })
  formats(@Root() { engine }: OfferedReport): readonly string[] {
    return formatsOf(engine);
  }

  @FieldResolver(() => String, {
    description: 'Its address but for the ending: takes client=ID and the parameters as a query string.',
  })
  downloadPath(@Root() { key }: OfferedReport): string {
    return `/reports/${key.split('/').map(encodeURIComponent).join('/')}`;
  }
}

@Resolver(() => ReportParameter)
export class ReportParameterResolver {
  constructor(private readonly reports: Reports) {}

  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'All that may be given, asked of the database where it stands there, at most 5,000; null: anything of the type.',
  })
  choices(
    @Root() { of, declared }: ShownParameter,
    @Arg('company', () => String, {
      nullable: true,
      description: 'Key of the company whose choices are meant; those of all companies when not given.',
    })
    company: string | undefined,
    @Ctx() context: RequestContext,
  ) {
    return of.engine === 'SQL' ? this.reports.choicesOf(of, declared, company, context) : declared.choices;
  }
}

/** The one report that an operation has run. */
const ran = new WeakSet<RequestContext>();

@Resolver(() => Client)
export class ReportOfClientResolver {
  constructor(
    private readonly catalogue: ReportCatalogue,
    private readonly reports: Reports,
  ) {}

  @FieldResolver(() => ReportTable, {
    nullable: true,
    description:
      "Rows of an SQL report with this client's parameters filled in; one such field per operation. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, and why the database gave no answer.",
  })
  async report(
    @Root() { id }: Client,
    @Arg('key', () => String, { description: 'The report.' }) key: string,
    @Arg('parameters', () => [ReportParameterValue], {
      nullable: true,
      description: 'What is not filled in; what is left out has its default.',
    })
    parameters: readonly ReportParameterValue[] | undefined,
    @Arg('company', () => String, {
      nullable: true,
      description:
        'Key of the company on whose ERP it runs; needed where the client is a customer of several.',
    })
    company: string | undefined,
    @Arg('limit', () => Int, {
      nullable: true,
      description: 'At most so many rows, 1 to 1,000; 200 when not given.',
    })
    limit: number | undefined,
    @Ctx() context: RequestContext,
  ): Promise<ReportTable> {
    if (ran.has(context))
      throw rejected('report', 'ONE_REPORT', 'one report may be run in an operation: for one client, once');
    ran.add(context);
    const rows = limit ?? usualRows;
    if (rows < 1 || rows > mostRows) throw rejected('limit', 'RANGE', `must be between 1 and ${mostRows}`);
    const found = await this.catalogue.find(key, context);
    if (found.engine !== 'SQL')
      throw rejected(
        'key',
        'ENGINE',
        'is of a report server: it is had at its address, in the forms that it offers',
      );
    const asked = {
      client: id,
      company: company ?? undefined,
      given: givenIn(parameters ?? []),
      pathOf: pathIn,
    };
    const opened = await this.reports.openSql(found, asked, context, { maxRows: rows, maxBytes: mostBytes });
    const table: (string | null)[][] = [];
    for await (const batch of opened.run.rows) table.push(...batch.map((row) => [...row]));
    return {
      columns: opened.run.columns.map(({ name, type }) => ({
        ...labelOf(found.report.labels, name),
        type: type as ReportTable['columns'][number]['type'],
      })),
      rows: table.map((cells) => ({ cells })),
      truncated: opened.run.truncated(),
      source: opened.company
        ? { company: opened.company.key, state: 'LIVE', asOf: new Date().toISOString() }
        : null,
    };
  }
}

const rejected = (path: string, code: string, message: string): InputRejected =>
  new InputRejected([{ path, code, message }]);

const pathIn = (name: string): string => `parameters.${name}`;

function givenIn(parameters: readonly ReportParameterValue[]): GivenValues {
  const given = new Map<string, readonly string[]>();
  for (const { name, values } of parameters) {
    if (given.has(name)) throw rejected(pathIn(name), 'REPEATED', 'may be given once');
    given.set(name, values);
  }
  return given;
}

export const formatsOf = (engine: OfferedReport['engine']): readonly string[] =>
  engine === 'SQL' ? ['csv', 'xlsx', 'ndjson'] : ssrsFormats;

const kept = (row: KeptReport): object => shown(ofRow(row));

/** With what the type has besides. */
function shown(offered: OfferedReport): object {
  if (offered.engine === 'SSRS')
    return {
      ...offered,
      id: null,
      version: null,
      retired: false,
      database: null,
      company: null,
      maxRows: null,
      columns: null,
      sql: null,
    };
  const { report, columns } = offered;
  return {
    ...offered,
    database: report.database,
    company: report.company,
    maxRows: report.maxRows,
    columns: columns?.map(({ name, type }) => ({ ...labelOf(report.labels, name), type })) ?? null,
    sql: report.sql,
  };
}
