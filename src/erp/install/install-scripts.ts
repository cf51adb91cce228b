/**
 * What an ERP's administrator runs once: the views of erp/<name>/views.sql, and the login that reads them. Promises text and nothing
 * else: it connects to nothing, so that whoever owns the ERP reads it before running it. The views themselves are the
 * folders'; here only the names of the schema and of the ERP's database are put in.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../config.ts';
import { bracketed } from '../statement.ts';

const folder = join(packageRoot, 'erp');

/** Not an ERP's: the page that views for any other ERP are written by. */
const contractName = 'contract';

/** The names there are scripts for, in the order of the alphabet. */
export async function erpNames(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true });
  const names = entries.flatMap((path) => /^([^/\\]+)[/\\]views\.sql$/.exec(path)?.[1] ?? []);
  return [...names.toSorted(), contractName];
}

export interface InstallChoice {
  /** One of erpNames. */
  readonly erp: string;
  readonly schema: string;
  /** Where the ERP's tables are, when the views lie in another database. */
  readonly erpDatabase: string | undefined;
}

const scriptOf = (erp: string): Promise<string> =>
  readFile(erp === contractName ? join(folder, 'contract.sql') : join(folder, erp, 'views.sql'), 'utf8');

/** `FROM dbo.Orders`: how every base table stands in these scripts. */
const baseTable = /\b(FROM|JOIN)(\s+)(\w+\.\w+)\b/g;

/** The comments hold no code: what they say of the schema stays. */
const outsideComments = (script: string, change: (code: string) => string): string =>
  script
    .split('\n')
    .map((line) => {
      const comment = line.indexOf('--');
      return comment < 0 ? change(line) : change(line.slice(0, comment)) + line.slice(comment);
    })
    .join('\n');

export async function viewsScript({ erp, schema, erpDatabase }: InstallChoice): Promise<string> {
  return outsideComments(await scriptOf(erp), (code) => {
    const named =
      schema === 'kartoteka'
        ? code
        : code.replace(/^(CREATE (?:SCHEMA|VIEW|TABLE) )kartoteka\b/, `$1${bracketed(schema)}`);
    if (erpDatabase === undefined) return named;
    return named.replace(
      baseTable,
      (_, word, blank, table) => `${word}${blank}${bracketed(erpDatabase)}.${table}`,
    );
  });
}

async function baseTables(erp: string): Promise<readonly string[]> {
  const tables = new Set<string>();
  outsideComments(await scriptOf(erp), (code) => {
    for (const [, , , table = ''] of code.matchAll(baseTable)) tables.add(table);
    return code;
  });
  return [...tables].toSorted();
}

/** A password is not made up here: the line that sets it does nothing until it is put in. */
export async function grantsScript(
  { erp, schema, erpDatabase }: InstallChoice,
  login: string,
): Promise<string> {
  const name = bracketed(login);
  const user = `CREATE USER ${name} FOR LOGIN ${name};`;
  const here = [
    '-- Run after the views: a right on a schema can only be given once it is there.',
    '-- The login that reads them, and may do nothing else. Once on the server; put a long password in first:',
    `-- CREATE LOGIN ${name} WITH PASSWORD = N'';`,
    '',
    '-- In the database that holds the views:',
    user,
    `GRANT SELECT ON SCHEMA::${bracketed(schema)} TO ${name};`,
    'GO',
    '',
  ];
  if (erpDatabase === undefined) return here.join('\n');
  const grants = (await baseTables(erp)).map((table) => `GRANT SELECT ON ${table} TO ${name};`);
  const there = [
    "-- In the ERP's own database. With ownership chaining, which is not turned on here, leave the GRANTs out.",
    `USE ${bracketed(erpDatabase)};`,
    user,
    ...grants,
    'GO',
    '',
  ];
  return [...here, ...there].join('\n');
}
