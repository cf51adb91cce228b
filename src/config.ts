/**
 * The only reader of the environment. `readConfig` answers one typed, frozen object or reports every fault at once, so
 * that a wrong setting stops the start with a full list and never shows up later as odd behaviour.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { companiesSetting, type CompanyConfig } from './company-config.ts';
import { faultsTogether, loginOf, loginSettings, type LoginConfig } from './login-config.ts';
import { databaseAddress } from './values/database-address.ts';
import { isAddressOrNetwork } from './values/network.ts';
import { ssrsFaultsTogether, ssrsOf, ssrsSettings, type SsrsConfig } from './ssrs-config.ts';

export type { CompanyConfig } from './company-config.ts';

/** The package's own folder: src/ and dist/ both lie directly in it. */
export const packageRoot = resolve(import.meta.dirname, '..');

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Undefined: the embedded PostgreSQL under `dataDir` is used. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the sandbox ERP is started and its companies are used. */
  readonly erpCompanies: readonly CompanyConfig[] | undefined;
  readonly erpTimeoutMs: number;
  readonly erpCacheMs: number;
  readonly erpStaleMs: number;
  readonly erpCacheBytes: number;
  readonly erpSlowMs: number;
  readonly requestTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** Levels of fields within fields. */
  readonly maxQueryDepth: number;
  /** Fields of an operation, fragments spread. */
  readonly maxQueryFields: number;
  /** Objects that an operation could answer. */
  readonly maxQueryCost: number;
  readonly introspection: boolean;
  /** How queries are read from the CRM's database (src/server/planned-execution.ts). */
  readonly readPlans: 'text' | 'rows' | 'check' | 'off';
  /** Points that one caller has in a minute; 0: as many as they like. */
  readonly rateLimit: number;
  /** Where the points are counted; in the database all services on it count together. */
  readonly rateStore: 'memory' | 'database';
  /** Refused sign-ins of one address in a minute. */
  readonly signInFailures: number;
  /** Addresses and networks of the proxies that are believed what they tell of a caller's address. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may ask this service from a browser. */
  readonly corsOrigins: readonly string[];
  /** For the bytes of one uploaded file; `maxBodyBytes` holds for the rest of its request. */
  readonly maxUploadBytes: number;
  /** The folder where the bytes of attachments lie. */
  readonly storageFolder: string;
  /** Stored bytes that no record tells of are removed when they are older. */
  readonly storageSweepAgeMs: number;
  /** Where callers reach the service, for links in answers; undefined: where it listens. */
  readonly publicUrl: string | undefined;
  /** Undefined: none is configured, and everyone who reaches the service is the development user. */
  readonly login: LoginConfig | undefined;
  /** Undefined: there are no reports of SQL Server Reporting Services. */
  readonly ssrs: SsrsConfig | undefined;
  /** The folder of reports that are kept as files. */
  readonly reportsFolder: string;
  /** What one report may take, its waiting included. */
  readonly reportTimeoutMs: number;
  /** Of one report, where it does not say less itself. */
  readonly reportMaxRows: number;
  readonly sandboxPort: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

export class ConfigFaults extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`These settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/** Points a minute: what a busy front end of several windows asks, many times over. */
const usualRate = 6_000;

const wholeNumberFrom = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `a whole number from ${minimum} to ${maximum} is needed`)
    .transform(Number)
    .refine(
      (value) => value >= minimum && value <= maximum,
      `a whole number from ${minimum} to ${maximum} is needed`,
    );

const wholeNumber = (minimum: number, maximum: number, fallback: number) =>
  wholeNumberFrom(minimum, maximum).default(fallback);

const databaseSetting = z.string().transform((text, context) => {
  try {
    return databaseAddress(text);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    context.addIssue({ code: 'custom', message: fault.message });
    return z.NEVER;
  }
});

/** The path of the folder. Another kind of storage would have another scheme. */
const storageSetting = z.string().transform((text, context) => {
  try {
    if (text.startsWith('file:///')) return fileURLToPath(text);
  } catch {
    // Said below.
  }
  context.addIssue({ code: 'custom', message: 'file:///folder/for/attachments' });
  return z.NEVER;
});

const wordsEach = (fits: (word: string) => boolean, form: string) =>
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''))
    .refine((list) => list.every(fits), form)
    .default([]);

const isOrigin = (text: string): boolean =>
  /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

const settings = z.object({
  // Which hosts may be served is decided below: it depends on the login.
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,255}$/, 'a name or an address to listen at')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 4000),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: databaseSetting.optional(),
  ERP_COMPANIES: companiesSetting.optional(),
  ERP_TIMEOUT_MS: wholeNumber(100, 600_000, 10_000),
  ERP_CACHE_MS: wholeNumber(0, 600_000, 2_000),
  ERP_STALE_MS: wholeNumber(0, 86_400_000, 600_000),
  ERP_CACHE_BYTES: wholeNumber(1_048_576, 17_179_869_184, 67_108_864),
  ERP_SLOW_MS: wholeNumber(1, 600_000, 1_000),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 600_000, 30_000),
  MAX_BODY_BYTES: wholeNumber(1_024, 1_073_741_824, 1_048_576),
  MAX_QUERY_DEPTH: wholeNumber(3, 200, 15),
  MAX_QUERY_FIELDS: wholeNumber(10, 10_000, 1_500),
  MAX_QUERY_COST: wholeNumber(10, 1_000_000_000, 200_000),
  INTROSPECTION: z.enum(['on', 'off'], 'on or off').default('on'),
  READ_PLANS: z.enum(['text', 'rows', 'check', 'off'], 'text, rows, check or off').default('text'),
  RATE_LIMIT: wholeNumberFrom(0, 1_000_000_000).optional(),
  RATE_STORE: z.enum(['memory', 'database'], 'memory or database').default('memory'),
  SIGN_IN_FAILURES: wholeNumber(1, 1_000_000, 20),
  TRUSTED_PROXIES: wordsEach(
    isAddressOrNetwork,
    'addresses and networks such as 10.0.0.1, 10.0.0.0/8, fd00::/8',
  ),
  CORS_ORIGINS: wordsEach(isOrigin, 'origins such as https://crm.example.com, without a path; * is not one'),
  MAX_UPLOAD_BYTES: wholeNumber(1_024, 1_099_511_627_776, 4_294_967_296),
  STORAGE_URL: storageSetting.optional(),
  STORAGE_SWEEP_AGE_MS: wholeNumber(1_000, 31_536_000_000, 86_400_000),
  PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+\/?$/, 'https://host or https://host:port, without a path')
    .optional(),
  ...loginSettings,
  ...ssrsSettings,
  REPORTS_DIR: z.string().min(1).default('reports'),
  REPORT_TIMEOUT_MS: wholeNumber(100, 3_600_000, 120_000),
  REPORT_MAX_ROWS: wholeNumber(1, 100_000_000, 1_000_000),
  SANDBOX_ERP_PORT: wholeNumber(0, 65_535, 0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** An empty variable counts as not given: that is how most process managers unset one. */
function given(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** Throws ConfigFaults with every fault found. Paths are resolved against `root`. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  root = packageRoot,
): Config {
  const set = given(environment);
  const parsed = settings.safeParse(set);
  const faults = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []),
    ...faultsTogether(set),
    ...ssrsFaultsTogether(set, parsed.data),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigFaults(faults);
  const { data } = parsed;
  const login = loginOf(data);
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    dataDir: resolve(root, data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    erpCompanies: data.ERP_COMPANIES,
    erpTimeoutMs: data.ERP_TIMEOUT_MS,
    erpCacheMs: data.ERP_CACHE_MS,
    erpStaleMs: data.ERP_STALE_MS,
    erpCacheBytes: data.ERP_CACHE_BYTES,
    erpSlowMs: data.ERP_SLOW_MS,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    maxBodyBytes: data.MAX_BODY_BYTES,
    maxQueryDepth: data.MAX_QUERY_DEPTH,
    maxQueryFields: data.MAX_QUERY_FIELDS,
    maxQueryCost: data.MAX_QUERY_COST,
    introspection: data.INTROSPECTION === 'on',
    readPlans: data.READ_PLANS,
    // Without a login everyone is one caller on this very machine.
    rateLimit: data.RATE_LIMIT ?? (login ? usualRate : 0),
    rateStore: data.RATE_STORE,
    signInFailures: data.SIGN_IN_FAILURES,
    trustedProxies: data.TRUSTED_PROXIES,
    corsOrigins: data.CORS_ORIGINS,
    maxUploadBytes: data.MAX_UPLOAD_BYTES,
    storageFolder: data.STORAGE_URL ?? join(resolve(root, data.DATA_DIR), 'attachments'),
    storageSweepAgeMs: data.STORAGE_SWEEP_AGE_MS,
    publicUrl: data.PUBLIC_URL,
    login,
    ssrs: ssrsOf(data),
    reportsFolder: resolve(root, data.REPORTS_DIR),
    reportTimeoutMs: data.REPORT_TIMEOUT_MS,
    reportMaxRows: data.REPORT_MAX_ROWS,
    sandboxPort: data.SANDBOX_ERP_PORT,
    logLevel: data.LOG_LEVEL,
  });
}
