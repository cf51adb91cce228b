/**
 * The settings of SQL Server Reporting Services, as config.ts has them from the environment: where the report server is, who logs in
 * there, which folders are offered to which roles. Either all of it is right, or every fault is told and nothing is served.
 */
import { z } from 'zod';
import type { Roles } from './access/roles.ts';
import { jsonSetting } from './json-setting.ts';

/** What of a client can be filled into a report's parameter. */
export const clientValues = ['CUSTOMER_ID', 'CUSTOMER_CODE', 'NIP', 'CLIENT_ID'] as const;
export type ClientValue = (typeof clientValues)[number];

export interface SsrsConfig {
  /** The web service that renders, without a slash at its end: http://host/ReportServer. */
  readonly url: string;
  /** The REST API of the same reports: http://host/reports/api/v2.0. */
  readonly restUrl: string;
  readonly login: 'ntlm' | 'basic';
  /** As the server knows it; with NTLM the domain, if any, stands apart. */
  readonly user: string;
  readonly domain: string;
  readonly password: string;
  /** The language that reports are written in where they leave it open, such as pl-PL. */
  readonly locale: string;
  /** Paths of folders, and the roles that may run the reports below each. The nearest folder above a report decides. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** By the names of parameters, which are case-sensitive. */
  readonly clientParameters: Readonly<Record<string, ClientValue>>;
  readonly timeoutMs: number;
  readonly cacheMs: number;
  /** Connections at a time. The report server itself refuses the 21st report of one account unless it is set otherwise. */
  readonly connections: number;
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

interface Address {
  readonly url: string;
  readonly isPlain: boolean;
  readonly user: string;
  readonly password: string;
}

/** Never a part of the address in the fault: a password may stand in it. */
const address = z.string().transform((text, context): Address => {
  const refused = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!/^https?:\/\//.test(text) || /\s/.test(text) || !URL.canParse(text))
    return refused('http://host/ReportServer or https://…; signs such as @ and \\ in a login as %40 and %5C');
  const { origin, protocol, hostname, pathname, username, password } = new URL(text);
  if (/[?#]/.test(text)) return refused('an address without ? and #');
  try {
    return {
      url: `${origin}${pathname}`.replace(/\/+$/, ''),
      isPlain: protocol === 'http:' && !loopbackNames.includes(hostname),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
  } catch {
    return refused('has a % that is followed by no two digits of a sign');
  }
});

const isLocale = (text: string): boolean => {
  try {
    return /^[a-z]{2,3}-/.test(text) && Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
};

/** The signs that no item of a report server may have in its name are no signs of a path either. */
const folderPath = z
  .string()
  .max(260)
  .regex(/^\/$|^(\/(?!\.{1,2}(\/|$))[^/;?:@&=+$,\\*<>|"\p{Cc}]+)+$/u, 'a folder such as /Sales/Clients');

const folders = z
  .record(folderPath, z.array(z.string().min(1)).min(1, 'at least one role is needed'))
  .refine((given) => Object.keys(given).length > 0, 'at least one folder is needed')
  .refine((given) => {
    const names = Object.keys(given).map((path) => path.toLowerCase());
    return new Set(names).size === names.length;
  }, 'two folders differ only by capital letters, which the report server does not tell apart');

const clientParameters = z.record(
  z.string().regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, 'the name of a parameter'),
  z.enum(clientValues, `one of ${clientValues.join(', ')}`),
);

const usualClientParameters = {
  CustomerId: 'CUSTOMER_ID',
  CustomerCode: 'CUSTOMER_CODE',
  NIP: 'NIP',
  ClientId: 'CLIENT_ID',
} as const satisfies Readonly<Record<string, ClientValue>>;

const wholeNumber = (minimum: number, maximum: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${minimum} to ${maximum} is needed`)
    .transform(Number)
    .refine(
      (value) => value >= minimum && value <= maximum,
      `a whole number from ${minimum} to ${maximum} is needed`,
    )
    .default(fallback);

/** For config.ts: the settings, by name. */
export const ssrsSettings = {
  SSRS_URL: address.optional(),
  SSRS_REST_URL: address.optional(),
  SSRS_LOGIN: z.enum(['ntlm', 'basic'], 'ntlm or basic').default('ntlm'),
  SSRS_PLAIN_BASIC: z.enum(['refused', 'allowed'], 'refused or allowed').default('refused'),
  SSRS_USER: z.string().max(200).optional(),
  SSRS_PASSWORD: z.string().max(500).optional(),
  SSRS_LOCALE: z.string().refine(isLocale, 'a language of a country, such as pl-PL').default('pl-PL'),
  SSRS_FOLDERS: jsonSetting(folders).optional(),
  SSRS_CLIENT_PARAMETERS: jsonSetting(clientParameters).default(usualClientParameters),
  SSRS_TIMEOUT_MS: wholeNumber(100, 3_600_000, 120_000),
  SSRS_CACHE_MS: wholeNumber(0, 600_000, 5_000),
  SSRS_CONNECTIONS: wholeNumber(1, 50, 8),
};

type SsrsSettings = z.output<z.ZodObject<typeof ssrsSettings>>;

/** NTLM sends the domain apart; `user@domain` goes as it is. */
function accountOf(user: string, login: SsrsConfig['login']): Pick<SsrsConfig, 'user' | 'domain'> {
  const [, domain, name] = /^([^\\]*)\\(.*)$/.exec(user) ?? [];
  if (login === 'basic' || domain === undefined || name === undefined) return { user, domain: '' };
  return { user: name, domain };
}

/** Undefined while no report server is configured. */
export function ssrsOf(data: SsrsSettings): SsrsConfig | undefined {
  const { SSRS_URL: server, SSRS_LOGIN: login } = data;
  if (server === undefined) return undefined;
  return {
    url: server.url,
    restUrl: data.SSRS_REST_URL?.url ?? `${new URL(server.url).origin}/reports/api/v2.0`,
    login,
    ...accountOf(data.SSRS_USER ?? server.user, login),
    password: data.SSRS_PASSWORD ?? server.password,
    locale: data.SSRS_LOCALE,
    folders: data.SSRS_FOLDERS ?? {},
    clientParameters: data.SSRS_CLIENT_PARAMETERS,
    timeoutMs: data.SSRS_TIMEOUT_MS,
    cacheMs: data.SSRS_CACHE_MS,
    connections: data.SSRS_CONNECTIONS,
  };
}

function faultsOfAccount(server: Address, data: SsrsSettings): string[] {
  const faults: string[] = [];
  const { SSRS_USER: user, SSRS_PASSWORD: password, SSRS_LOGIN: login } = data;
  if (server.user !== '' && user !== undefined)
    faults.push('SSRS_USER: SSRS_URL has a user already: one of them');
  if (server.password !== '' && password !== undefined)
    faults.push('SSRS_PASSWORD: SSRS_URL has a password already: one of them');
  const account = accountOf(user ?? server.user, login);
  if (account.user === '')
    faults.push('SSRS_USER: is needed with SSRS_URL: the account that logs in at the report server');
  if ((password ?? server.password) === '')
    faults.push('SSRS_PASSWORD: is needed with SSRS_URL: the password of the account');
  if (login === 'basic' && account.user.includes(':'))
    faults.push('SSRS_USER: a user with : cannot log in by basic');
  if (!/^[A-Za-z0-9._-]{0,255}$/.test(account.domain))
    faults.push('SSRS_USER: DOMAIN\\user, with a domain of letters, digits, dots, dashes and _');
  return faults;
}

function faultsOfServer(server: Address, data: SsrsSettings, roles: Roles): string[] {
  const faults = faultsOfAccount(server, data);
  const rest = data.SSRS_REST_URL;
  if (rest && (rest.user !== '' || rest.password !== ''))
    faults.push(
      'SSRS_REST_URL: the user and the password stand in SSRS_URL, or in SSRS_USER and SSRS_PASSWORD',
    );
  if (data.SSRS_LOGIN === 'basic' && data.SSRS_PLAIN_BASIC === 'refused' && (server.isPlain || rest?.isPlain))
    faults.push(
      'SSRS_LOGIN: basic sends the password readable over http: use https, or ntlm, or say SSRS_PLAIN_BASIC=allowed',
    );
  for (const [path, names] of Object.entries(data.SSRS_FOLDERS ?? {}))
    for (const name of names)
      if (!Object.hasOwn(roles, name)) faults.push(`SSRS_FOLDERS.${path}: there is no role ${name}`);
  return faults;
}

/** What is wrong with settings beside each other. `data` is undefined while one of them is wrong by itself. */
export function ssrsFaultsTogether(
  given: Readonly<Record<string, string | undefined>>,
  data: (SsrsSettings & { readonly AUTH_ROLES: { readonly roles: Roles } }) | undefined,
): string[] {
  const names = Object.keys(ssrsSettings).filter((name) => given[name] !== undefined);
  if (names.length === 0) return [];
  if (given['SSRS_URL'] === undefined)
    return [`SSRS_URL: is needed for the report server, which ${names.join(', ')} would belong to`];
  const faults =
    given['SSRS_FOLDERS'] === undefined
      ? ['SSRS_FOLDERS: is needed with SSRS_URL: {"/Folder":["ROLE"]}, the folders offered and to whom']
      : [];
  if (data?.SSRS_URL) faults.push(...faultsOfServer(data.SSRS_URL, data, data.AUTH_ROLES.roles));
  return faults;
}
