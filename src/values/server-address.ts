/** A company's address, `mssql://user:password@host:port/database?encrypt=…&trustServerCertificate=…&ca=…`, taken apart. */
import { accessSync, constants } from 'node:fs';

export interface ServerAddress {
  readonly server: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** On unless the address says otherwise. */
  readonly encrypt: boolean;
  /** Off unless the address says otherwise: a certificate nobody vouches for is refused. */
  readonly trustServerCertificate: boolean;
  /** The file with the certificates of those who may vouch for it; undefined: those that Node knows. */
  readonly ca: string | undefined;
}

/** Never a part of the url: where a sign of the password was not written as %…, a part of it may stand in any place. */
const refused = (fault: string): RangeError => new RangeError(`a company's url ${fault}`);

const encodedSigns =
  'signs such as @, /, #, ? and % in a name or a password are written as %40, %2F, %23, %3F and %25';

/** Throws RangeError for an address that cannot be meant, with a message that may be shown to anyone. */
export function readAddress(url: string): ServerAddress {
  const parts = readParts(url);
  const user = decoded(parts.username);
  if (user === '') throw refused(`names no user before the host: ${encodedSigns}`);
  const database = parts.pathname.slice(1);
  if (/[/@]/.test(database)) throw refused(`has a / or @ in its database: ${encodedSigns}`);
  if (database === '')
    throw refused('names no database after the host: mssql://user:password@host:port/database');
  checkOptions(parts.searchParams);
  return {
    server: parts.hostname.replace(/^\[|\]$/g, ''),
    port: parts.port === '' ? 1433 : Number(parts.port),
    user,
    password: decoded(parts.password),
    database: decoded(database),
    encrypt: flag(parts.searchParams, 'encrypt', true),
    trustServerCertificate: flag(parts.searchParams, 'trustServerCertificate', false),
    ca: certificates(parts.searchParams),
  };
}

function readParts(url: string): URL {
  // It would be left out without a word.
  if (/[\s\p{Cc}]/u.test(url)) throw refused('has a blank or a line end in it');
  if (!url.startsWith('mssql://')) throw refused('begins with mssql://');
  if (url.includes('#')) throw refused(`has a # in it: ${encodedSigns}`);
  // What URL throws has the whole address in it.
  if (!URL.canParse(url)) throw unreadable(url);
  const parts = new URL(url);
  if (parts.hostname === '') throw refused('names no host: mssql://user:password@host:port/database');
  if (parts.port === '0') throw badPort();
  return parts;
}

const badPort = () => refused(`has a port that is no whole number from 1 to 65535; ${encodedSigns}`);

function unreadable(url: string): RangeError {
  const withoutPort = url.replace(/^(mssql:\/\/[^/?#]*):[^:@/?#\]]*/, '$1');
  if (URL.canParse(withoutPort)) return badPort();
  return refused(`is no mssql://user:password@host:port/database: ${encodedSigns}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (fault) {
    if (!(fault instanceof URIError)) throw fault;
    throw refused(`has a % that is followed by no two digits of a sign: ${encodedSigns}`);
  }
}

const optionNames = ['encrypt', 'trustServerCertificate', 'ca'];

/** A misspelt one would leave its default in force. */
function checkOptions(options: URLSearchParams): void {
  const names = [...options.keys()];
  if (names.some((name) => !optionNames.includes(name)))
    throw refused(`has an option that is not known: ${optionNames.join(', ')} are, in these very letters`);
  if (new Set(names).size < names.length) throw refused('gives an option twice');
}

function certificates(options: URLSearchParams): string | undefined {
  const path = options.get('ca');
  if (path === null) return undefined;
  if (options.get('encrypt') === 'false' || options.get('trustServerCertificate') === 'true')
    throw refused('has a ca, which counts only where it is encrypted and not everybody is trusted');
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw refused('names a file by ca that cannot be read');
  }
  return path;
}

function flag(options: URLSearchParams, name: string, fallback: boolean): boolean {
  const value = options.get(name);
  if (value === null) return fallback;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new RangeError(`${name} in a company's url is true or false`);
}
