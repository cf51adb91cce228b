/**
 * The service over given databases: schema, endpoint, explorer and health on one HTTP server. It starts no database and
 * no ERP; src/main.ts does, and tests do as they need.
 */
import type { DataSource } from 'typeorm';
import { ChangeFeed } from '../changes/change-feed.reader.ts';
import { FeedBell } from '../changes/feed-bell.ts';
import { Follower } from '../changes/follower.ts';
import type { Sequencer } from '../changes/sequencer.ts';
import { AccountLoaders } from '../clients/erp-accounts/account.loaders.ts';
import type { Config } from '../config.ts';
import type { CopyOut } from '../crm-database/copy-out.ts';
import type { ReportDatabase } from '../crm-database/report-database.ts';
import type { ReadDatabase } from '../crm-database/read-database.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Companies } from '../erp/companies.ts';
import type { ErpDoor } from '../erp/guard/erp-door.ts';
import { ErpLists } from '../exports/odata/erp-lists.ts';
import { OData } from '../exports/odata/odata.ts';
import { PullLog } from '../exports/odata/pull-log.ts';
import { ErpExports } from '../exports/erp-rows.ts';
import { Exporter } from '../exports/exporter.ts';
import type { Log } from '../log.ts';
import { Reads } from '../reads/reads.ts';
import type { SqlReport } from '../reports/report.ts';
import type { Callers } from '../users/callers.ts';
import { attachmentResolvers, downloadRoutes, type Attachments } from './attachments.ts';
import { createExecution } from './create-execution.ts';
import { crmFinding, crmForesight, crmNodes, crmResolvers, type CrmServices } from './crm.ts';
import { declaredReads } from './declared-reads.ts';
import { createErp } from './erp.ts';
import { explorerRoutes } from './explorer/explorer-routes.ts';
import { exportRoutes } from './exports.ts';
import { createReportGateway } from './report-gateway.ts';
import { reportRoutes } from './reports.ts';
import { createErrorTranslation } from './format-error.ts';
import { freshnessExtension } from './freshness-extension.ts';
import { historyResolvers } from './history.ts';
import { createGraphqlEndpoint, maximumTokens } from './http/graphql-endpoint.ts';
import { healthRoutes, type Checks } from './http/health.ts';
import { createHttpServer, loopbackNames, type HttpServerOptions } from './http/http-server.ts';
import { boundAnswers } from './limits/answer-size.ts';
import { shapeCheck } from './limits/document-shape.ts';
import type { Limits } from './limits/limits.ts';
import { LiveUpdates, type LivePatience } from './live/live-updates.ts';
import type { Metrics } from './metrics/metrics.ts';
import { NodeResolver } from './node.resolver.ts';
import { OperationCheck, operationCheck } from './operation-check.ts';
import { odataErrors } from './odata/odata-errors.ts';
import { odataRoutes } from './odata/odata-routes.ts';
import { createSchema } from './schema.ts';

const companyCheckMs = 2_000;

export interface ServiceParts {
  readonly config: Pick<
    Config,
    | 'host'
    | 'port'
    | 'publicUrl'
    | 'login'
    | 'maxBodyBytes'
    | 'requestTimeoutMs'
    | 'maxQueryDepth'
    | 'maxQueryFields'
    | 'maxQueryCost'
    | 'introspection'
    | 'corsOrigins'
    | 'reportMaxRows'
    | 'reportTimeoutMs'
    | 'ssrs'
  > &
    Partial<Pick<Config, 'readPlans'>>;
  readonly log: Log;
  readonly crm: CrmServices;
  readonly attachments: Attachments;
  readonly sequencer: Sequencer;
  readonly dataSource: DataSource;
  readonly readDatabase: ReadDatabase;
  /** By which plans are read that are only compared; the ordinary way when not given. */
  readonly checkRun?: RunQuery;
  /** For what reporting tools ask, so that a slow question of theirs never stands before a card. */
  readonly reportDatabase: ReportDatabase;
  readonly copyOut: CopyOut;
  /** Reports that are kept as files. */
  readonly reportFiles: readonly SqlReport[];
  readonly erp: ErpDoor;
  readonly metrics: Metrics;
  readonly callers: Callers;
  readonly limits: Limits;
  /** How long callers may take to send; the door's own when not given. */
  readonly patience?: Pick<HttpServerOptions, 'headersTimeoutMs' | 'receiveTimeoutMs'>;
  /** With readers of live updates; its own when not given. */
  readonly livePatience?: Partial<LivePatience> | undefined;
}

export interface Service {
  readonly url: string;
  /** Every address there is, below `url`; a star stands for whatever is below it. */
  readonly addresses: readonly string[];
  /** Finishes running requests, cutting off what still runs after the time given. */
  close(graceMs: number): Promise<void>;
}

/** A company that does not answer makes the service degraded, never unavailable: the CRM goes on. */
function companyChecks({ all }: Companies): Checks {
  return Object.fromEntries(
    all.map(({ key, catalogue }) => [
      `erp:${key}`,
      async () => {
        await catalogue.offered(AbortSignal.timeout(companyCheckMs), companyCheckMs);
        return { ok: true };
      },
    ]),
  );
}

/** Without a login nobody is served from elsewhere, by whatever name. */
const namesOf = ({ login, publicUrl }: ServiceParts['config']): readonly string[] =>
  login && publicUrl !== undefined ? [...loopbackNames, new URL(publicUrl).hostname] : loopbackNames;

export async function startService({
  config,
  log,
  crm,
  attachments,
  sequencer,
  dataSource,
  readDatabase,
  checkRun = readDatabase.run,
  reportDatabase,
  copyOut,
  reportFiles,
  erp,
  metrics,
  callers,
  limits,
  patience = {},
  livePatience,
}: ServiceParts): Promise<Service> {
  const reads = new Reads(readDatabase.run);
  const accounts = new AccountLoaders(reads);
  const finding = crmFinding(reads, readDatabase.run);
  const erpRooms = createErp(accounts, erp.companies, crm);
  const crmRecords = crmNodes(reads);
  const nodes = new NodeResolver([crmRecords, erpRooms.nodes]);
  const reporting = createReportGateway({
    config,
    log,
    dataSource,
    reads,
    companies: erp.companies,
    accounts,
    reportDatabase,
    files: reportFiles,
  });
  const feed = new ChangeFeed(readDatabase.run, sequencer);
  const schema = createSchema(
    [
      ...crmResolvers(reads, crm, finding, feed),
      ...attachmentResolvers(reads, attachments),
      ...erpRooms.resolvers,
      ...historyResolvers({
        reads,
        run: readDatabase.run,
        dataSource,
        companies: erp.companies,
        accounts,
        recordById: crmRecords,
      }),
      ...reporting.resolvers,
      nodes,
    ],
    new Map([...crmForesight(crm), ...erpRooms.foresight, ...reporting.foresight]),
  );
  const { readPlans = 'text' } = config;
  const { execution, plugins: planPlugins } = createExecution({
    schema,
    declared: declaredReads(accounts, finding.clients),
    mode: readPlans,
    run: readPlans === 'check' ? checkRun : readDatabase.run,
    shown: config.login === undefined,
    meter: metrics.planMeter,
    log,
  });
  const callersWithin = limits.within(callers);
  const check = new OperationCheck(schema, config.maxQueryCost, limits.takeCost);
  const formatError = createErrorTranslation(log);
  const queryLimits = { maxDepth: config.maxQueryDepth, maxFields: config.maxQueryFields };
  const graphql = await createGraphqlEndpoint({
    schema,
    execute: (asked) => execution.execute(asked),
    makeContext: async ({ requestId, signal, request }) => ({
      requestId,
      signal,
      actor: await callersWithin.identify(request, signal, requestId),
    }),
    formatError,
    plugins: [
      operationCheck(check),
      boundAnswers(schema, config.maxQueryCost),
      freshnessExtension(),
      ...planPlugins,
    ],
    queryLimits,
    introspection: config.introspection,
    log,
    maxBodyBytes: config.maxBodyBytes,
    requestTimeoutMs: config.requestTimeoutMs,
    uploads: attachments.receiver,
  });
  const live = new LiveUpdates({
    schema,
    check,
    checkShape: shapeCheck(queryLimits, maximumTokens),
    formatError,
    follower: new Follower(feed, new FeedBell(readDatabase.run, sequencer)),
    callers,
    callersWithin,
    corsOrigins: config.corsOrigins,
    meter: metrics.liveMeter,
    log,
    patience: livePatience,
  });
  metrics.watchDoors(() => erp.status());
  const databaseCheck = async () => {
    await readDatabase.run({ name: 'health', text: 'SELECT 1', values: [] });
    return { ok: true };
  };
  const erpExports = new ErpExports(readDatabase.run, erp.companies);
  const routes = {
    '/graphql': graphql.methods,
    ...explorerRoutes(),
    ...metrics.routes,
    ...downloadRoutes(readDatabase.run, attachments, {
      count: limits.takeByAddress,
      embedders: config.corsOrigins,
    }),
    ...exportRoutes({
      dataSource,
      exporter: new Exporter({ run: readDatabase.run, copyOut, erp: erpExports }),
      callers: callersWithin,
    }),
    ...odataRoutes({
      odata: new OData({
        database: reportDatabase,
        erp: new ErpLists(
          erpExports,
          erp.companies.all.map(({ key }) => key),
        ),
        log: new PullLog(dataSource),
      }),
      callers: callersWithin,
      publicUrl: config.publicUrl,
    }),
    ...reportRoutes({ dataSource, ...reporting, callers: callersWithin }),
    ...healthRoutes({ required: { database: databaseCheck }, optional: companyChecks(erp.companies), log }),
  };
  const http = createHttpServer({
    routes,
    upgrades: { '/graphql': live.upgrade },
    log,
    errorForm: odataErrors,
    allowedHosts: namesOf(config),
    ...patience,
    standing: {
      corsOrigins: config.corsOrigins,
      https: config.publicUrl?.startsWith('https:') ?? false,
    },
  });
  const { url } = await http.listen(config.host, config.port);
  attachments.links.serveAt(config.publicUrl ?? url);
  attachments.sweep.start();
  return {
    url,
    addresses: Object.keys(routes),
    close: async (graceMs) => {
      // They would hold the door open.
      await live.close();
      const cut = await http.close(graceMs);
      if (cut > 0) log.warn({ cut }, 'requests cut off at the stop');
      await graphql.stop();
      await attachments.sweep.stop();
      reporting.close();
    },
  };
}
