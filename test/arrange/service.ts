/**
 * The service as it is run, over a database of its own, asked by real HTTP. The one place in the tests that puts the
 * service's parts together.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { Sequencer } from '../../src/changes/sequencer.ts';
import type { CompanyConfig, Config } from '../../src/config.ts';
import type { SqlReport } from '../../src/reports/report.ts';
import { CopyOut } from '../../src/crm-database/copy-out.ts';
import { createDataSource } from '../../src/crm-database/data-source.ts';
import { ReadDatabase } from '../../src/crm-database/read-database.ts';
import { ReportDatabase } from '../../src/crm-database/report-database.ts';
import { createErpDoor, type DoorSettings } from '../../src/erp/guard/erp-door.ts';
import type { Log } from '../../src/log.ts';
import type { LoginConfig } from '../../src/login-config.ts';
import { createAttachments, type Attachments } from '../../src/server/attachments.ts';
import { createCrmServices, type CrmServices } from '../../src/server/crm.ts';
import { crmEntities } from '../../src/server/entities.ts';
import { createLogin, type LoginOptions } from '../../src/server/login.ts';
import { createLimits, type RateSettings } from '../../src/server/limits/limits.ts';
import { createMetrics } from '../../src/server/metrics/metrics.ts';
import { startService, type ServiceParts } from '../../src/server/service.ts';
import { FolderStorage } from '../../src/storage/folder-storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { Callers } from '../../src/users/callers.ts';
import type { Login } from '../../src/users/login/login.ts';
import { ensureDevelopmentUser } from '../../src/users/development-user.ts';
import { createTestDatabase } from './postgres.ts';
import { migratedTemplate } from './template.ts';

interface Refused {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly problems?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
    readonly [detail: string]: unknown;
  };
}

export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly errors: readonly Refused[];
}

interface LogEntry {
  readonly level: keyof Log;
  readonly fields: object;
  readonly event: string;
}

type Variables = object;

export interface TestService {
  readonly url: string;
  readonly addresses: readonly string[];
  /** The database itself, without what `through` put before it. */
  readonly databaseUrl: string;
  readonly dataSource: DataSource;
  readonly crm: CrmServices;
  readonly attachments: Attachments;
  readonly login: Pick<Login, 'close'>;
  /** Where the bytes of attachments lie. */
  readonly storageFolder: string;
  readonly log: readonly LogEntry[];
  /** Whatever was answered. */
  graphql<Data = Record<string, unknown>>(query: string, variables?: Variables): Promise<Answer<Data>>;
  /** The data of an answer without errors; throws with the errors where there are any. */
  ask<Data = Record<string, unknown>>(query: string, variables?: Variables): Promise<Data>;
  /** The one error of an answer that must have exactly one. */
  refusal(query: string, variables?: Variables): Promise<Refused>;
  close(): Promise<void>;
}

/** As the settings have them when nothing is set. */
const queryLimits = { maxQueryDepth: 15, maxQueryFields: 1_500, maxQueryCost: 200_000, introspection: true };

/** Tests of other things fail to sign in as often as they like. */
const rates: RateSettings = {
  rateLimit: 0,
  rateStore: 'memory',
  signInFailures: 1_000_000,
  trustedProxies: [],
};

export interface TestServiceOptions {
  /** Puts something between the service and its database: answers the address that the service is to use. */
  readonly through?: (databaseUrl: string) => Promise<string>;
  readonly requestTimeoutMs?: number;
  /** Resolvers answer, and plans are compared with them, unless a test says otherwise. */
  readonly readPlans?: Config['readPlans'];
  readonly companies?: readonly CompanyConfig[];
  readonly reportFiles?: readonly SqlReport[];
  readonly reports?: Partial<Pick<Config, 'reportMaxRows' | 'reportTimeoutMs' | 'ssrs'>>;
  /** What answers are kept, and how long a statement may take, is off or long unless a test says otherwise. */
  readonly erp?: Partial<Pick<DoorSettings, 'cacheMs' | 'staleMs' | 'slowMs' | 'timeoutMs'>>;
  /** Instead of a folder. */
  readonly storage?: Storage;
  readonly maxUploadBytes?: number;
  readonly limits?: Partial<typeof queryLimits>;
  readonly rates?: Partial<RateSettings>;
  readonly corsOrigins?: readonly string[];
  readonly patience?: ServiceParts['patience'];
  readonly livePatience?: ServiceParts['livePatience'];
  /** Everyone is the development user, unless a test says otherwise, or who may sign in. */
  readonly callers?: Callers;
  readonly login?: LoginConfig;
  readonly signingIn?: Partial<Pick<LoginOptions, 'onRefused' | 'minuteMs' | 'keys'>>;
  readonly publicUrl?: string;
  readonly sweepAgeMs?: number;
  /** Serves the database of another service, which must outlive this one. */
  readonly beside?: Pick<TestService, 'databaseUrl'>;
}

export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const { requestTimeoutMs = 10_000, companies = [] } = options;
  const database = options.beside
    ? { url: options.beside.databaseUrl, drop: () => Promise.resolve() }
    : await createTestDatabase(migratedTemplate);
  const url = (await options.through?.(database.url)) ?? database.url;
  const log: LogEntry[] = [];
  const dataSource = await createDataSource(url, crmEntities).initialize();
  await ensureDevelopmentUser(dataSource);
  const reading = { url, statementTimeoutMs: requestTimeoutMs, log: recording(log) };
  const readDatabase = new ReadDatabase(reading);
  const reportDatabase = new ReportDatabase({
    url: reading.url,
    timeoutMs: reading.statementTimeoutMs,
    log: reading.log,
  });
  // Not by way of `through`: what is only compared is not counted, nor held up.
  const checking = new ReadDatabase({ ...reading, url: database.url });
  const copyOut = new CopyOut({ url: database.url, most: 4 });
  const metrics = createMetrics();
  const erp = createErpDoor({
    companies,
    timeoutMs: requestTimeoutMs,
    log: recording(log),
    meter: metrics.doorMeter,
    ...options.erp,
  });
  const crm = createCrmServices(dataSource);
  const storageFolder = await mkdtemp(join(tmpdir(), 'kartoteka-files-'));
  const attachments = await createAttachments({
    dataSource,
    storage: options.storage ?? (await FolderStorage.at(storageFolder)),
    log: recording(log),
    maxUploadBytes: options.maxUploadBytes ?? 1_048_576,
    sweepAgeMs: options.sweepAgeMs ?? 86_400_000,
  });
  // Not by way of `through`: what it asks for belongs to no request.
  const sequencer = new Sequencer({ url: database.url, log: recording(log) });
  await sequencer.start();
  const limits = await createLimits({ ...rates, ...options.rates }, database.url);
  const login = createLogin({
    config: options.login,
    dataSource,
    run: readDatabase.run,
    log: recording(log),
    addressOf: limits.addressOf,
    ...options.signingIn,
  });
  const service = await startService({
    config: {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 4_194_304,
      requestTimeoutMs,
      publicUrl: options.publicUrl,
      login: options.login,
      corsOrigins: options.corsOrigins ?? [],
      reportMaxRows: 1_000_000,
      reportTimeoutMs: 30_000,
      ssrs: undefined,
      readPlans: options.readPlans ?? 'check',
      ...options.reports,
      ...queryLimits,
      ...options.limits,
    },
    log: recording(log),
    crm,
    attachments,
    sequencer,
    dataSource,
    readDatabase,
    checkRun: checking.run,
    reportDatabase,
    copyOut,
    reportFiles: options.reportFiles ?? [],
    erp,
    metrics,
    callers: options.callers ?? login,
    limits,
    ...(options.patience === undefined ? {} : { patience: options.patience }),
    livePatience: options.livePatience,
  });
  return {
    url: service.url,
    addresses: service.addresses,
    databaseUrl: database.url,
    dataSource,
    crm,
    attachments,
    login,
    storageFolder,
    log,
    ...callerOf(service.url),
    close: async () => {
      await service.close(0);
      await login.close();
      await limits.close();
      await sequencer.close();
      await erp.close();
      await copyOut.close();
      await readDatabase.close();
      await checking.close();
      await reportDatabase.close();
      await dataSource.destroy();
      await database.drop();
      await rm(storageFolder, { recursive: true, force: true });
      requireAgreement(log);
    },
  };
}

/** Every query that a test asks is read by its plan, too, and must have been the same. (Some tests take a table away.) */
function requireAgreement(log: readonly LogEntry[]): void {
  const parted = log.filter(
    ({ event, fields }) =>
      event === 'a plan and resolvers part' ||
      (event === 'a planned read failed' && /"code":"(42(?!P01)|08P01|22P02)/.test(JSON.stringify(fields))),
  );
  if (parted.length > 0) throw new Error(`plans and resolvers part: ${JSON.stringify(parted, null, 1)}`);
}

function recording(entries: LogEntry[]): Log {
  const at = (level: keyof Log) => (fields: object, event: string) =>
    void entries.push({ level, fields, event });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** How a test asks. */
export type Caller = Pick<TestService, 'graphql' | 'ask' | 'refusal'>;

/** Asks the service at `url` by GraphQL over HTTP. */
export function callerOf(url: string, headers: Readonly<Record<string, string>> = {}): Caller {
  const graphql: TestService['graphql'] = async <Data>(query: string, variables: Variables = {}) => {
    const response = await fetch(new URL('graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
    return { status: response.status, data, errors };
  };
  return {
    graphql,
    ask: async <Data>(query: string, variables?: Variables) => {
      const { data, errors } = await graphql<Data>(query, variables);
      if (errors.length > 0 || data == null) throw new Error(`refused: ${JSON.stringify(errors)}`);
      return data;
    },
    refusal: async (query, variables) => {
      const { data, errors } = await graphql(query, variables);
      const [error] = errors;
      if (errors.length !== 1 || error === undefined)
        throw new Error(`not exactly one error: ${JSON.stringify({ data, errors })}`);
      return error;
    },
  };
}
