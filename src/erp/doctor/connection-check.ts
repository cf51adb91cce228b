/** Who answers there, whether the line is encrypted, and what day the service takes it to be. */
import type { CompanyConfig } from '../../company-config.ts';
import { readAddress } from '../../values/server-address.ts';
import { driverFault } from '../pool-errors.ts';
import type { Findings } from './findings.ts';
import type { Inquiry } from './inquiry.ts';
import { textIn } from './row-text.ts';

/** A server's clock may be this far off before it is worth a word. */
const clockMs = 120_000;

const loopback = /^(localhost|127\.|::1$)/;

/** Reaches the company for the first time. Throws ErpUnavailable. */
export async function checkConnection(
  inquiry: Inquiry,
  config: CompanyConfig,
  findings: Findings,
  now: () => Date,
): Promise<void> {
  const { server, port } = readAddress(config.url);
  const [row = {}] = await inquiry.rows(
    'waiting for the server',
    [
      "SELECT @@VERSION AS version, CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,",
      "  CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS number,",
      '  DB_NAME() AS database_name, CONVERT(varchar(19), GETUTCDATE(), 120) AS clock',
    ].join('\n'),
  );
  const told = (name: string): string => textIn(row, name);
  findings.add('OK', `${server}:${port} answers; the login is let into ${told('database_name')}`);
  tellLine(config, findings);
  const [first = ''] = told('version').split(/[\r\n]/);
  const product = first.includes(told('edition')) ? first.trim() : `${first.trim()}, ${told('edition')}`;
  const isOld = Number.parseInt(told('number'), 10) < 11;
  findings.add(
    isOld ? 'WARN' : 'OK',
    `${product}${isOld ? ': older than SQL Server 2012, on which nothing was tried' : ''}`,
  );
  const away = Math.round((Date.parse(`${told('clock').replace(' ', 'T')}Z`) - now().getTime()) / 1000);
  if (Math.abs(away) * 1000 > clockMs)
    findings.add(
      'NOTE',
      `the server's clock is ${Math.abs(away)} s ${away < 0 ? 'behind' : 'ahead of'} this machine's`,
    );
  findings.add(
    'OK',
    `today is ${inquiry.company.today()} in ${config.timeZone}; what is overdue is told by that day`,
  );
}

/** The door sends no password before encryption is agreed where it is asked for: that it is connected proves it. */
function tellLine(config: CompanyConfig, findings: Findings): void {
  const { encrypt, trustServerCertificate, server } = readAddress(config.url);
  if (!encrypt) {
    const near = loopback.test(server);
    const where = near ? ' (it does not leave this machine)' : '';
    findings.add(
      near ? 'NOTE' : 'WARN',
      `not encrypted, for the address says encrypt=false: password and figures travel in plain text${where}`,
    );
  } else if (trustServerCertificate) {
    findings.add(
      'WARN',
      'encrypted, but trustServerCertificate=true: whoever stands between could pass for the server',
    );
  } else findings.add('OK', 'encrypted, with a certificate that this machine trusts');
}

/** Undefined for an address that can be read. */
export function addressFault({ url }: CompanyConfig): string | undefined {
  try {
    readAddress(url);
    return undefined;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

const meanings: readonly (readonly [string, string])[] = [
  ['ELOGIN', 'the login was refused: its name, its password, or its way into the database'],
  ['ECONNREFUSED', 'nobody listens at that port'],
  ['ENOTFOUND', 'there is no such host'],
  ['EAI_AGAIN', 'the host name cannot be looked up'],
  ['EHOSTUNREACH', 'the host cannot be reached'],
  ['ECONNRESET', 'the server broke the connection off'],
  ['ETIMEOUT', 'nobody answers there in time'],
];

/** Connected or not: not a word came within the limit. */
export function silentServer(config: CompanyConfig, limitMs: number): string {
  const { server, port, database } = readAddress(config.url);
  return `${server}:${port}, database ${database}, cannot be used: the server does not answer: nothing came within ${limitMs / 1000} s`;
}

/** Nothing was asked yet, so that the driver's message holds no values; it may hold the login's name. */
export function whyUnreachable(fault: unknown, config: CompanyConfig): string {
  const [, ...causes] = chain(fault);
  const { server, port, password, database } = readAddress(config.url);
  const message = causes[0]?.message ?? 'the connection broke off';
  const codes = [message, ...causes.flatMap((cause) => driverFault(cause).code ?? [])].join(' ');
  const meaning = meanings.find(([code]) => codes.includes(code))?.[1];
  const plain = password === '' ? message : message.replaceAll(password, '…');
  return `${server}:${port}, database ${database}, cannot be used: ${[meaning, plain].filter(Boolean).join('; ')}`;
}

function* chain(fault: unknown): Generator<Error> {
  let current = fault;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    yield current;
    current = 'originalError' in current ? current.originalError : current.cause;
  }
}
