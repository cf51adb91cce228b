/**
 * The address of a PostgreSQL database as a setting has it, with what it says of encryption made plain. The driver passes over a
 * word it does not know, and would go on in plain text: here such a word is a fault.
 */
import { accessSync, constants } from 'node:fs';

const plain = ['disable', 'no-verify'];
/** Today's driver checks as much for each of them; others check less for some. */
const verifying = ['verify-full', 'verify-ca', 'require'];
const files = ['sslrootcert', 'sslcert', 'sslkey'];

/** Never a part of the address but the names of its options: it holds a password. */
const refused = (fault: string): RangeError => new RangeError(fault);

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function checkOptions(options: URLSearchParams): void {
  for (const name of ['ssl', 'uselibpqcompat'])
    if (options.has(name)) throw refused(`has ${name}: encryption is asked for by sslmode=verify-full`);
  for (const name of ['sslmode', ...files])
    if (options.getAll(name).length > 1) throw refused(`gives ${name} twice`);
  const mode = options.get('sslmode');
  if (mode !== null && ![...plain, ...verifying].includes(mode))
    throw refused(`has an sslmode that is none of ${[...verifying, ...plain].join(', ')}`);
  const misspelt = [...options.keys()].find(
    (name) => /^ssl/i.test(name) && !['sslmode', 'sslnegotiation', ...files].includes(name),
  );
  if (misspelt !== undefined) throw refused(`has an option ${misspelt}, which is not known`);
  const unreadable = files.find((name) => options.has(name) && !isReadable(options.get(name) ?? ''));
  if (unreadable !== undefined) throw refused(`names a file by ${unreadable} that cannot be read`);
}

/** The address as the driver is to have it. Throws RangeError, with a message that may be shown to anyone. */
export function databaseAddress(text: string): string {
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !URL.canParse(text))
    throw refused('postgres://user:password@host:port/database');
  const address = new URL(text);
  const { searchParams: options } = address;
  checkOptions(options);
  const mode = options.get('sslmode');
  const asksForTrust = files.some((name) => options.has(name)) || options.has('sslnegotiation');
  if (mode === null ? asksForTrust : verifying.includes(mode)) options.set('sslmode', 'verify-full');
  return address.href;
}
