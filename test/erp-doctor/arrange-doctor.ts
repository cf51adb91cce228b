/** ERPs for the doctor to look at: databases of the sandbox made by scripts, two logins, one of which can write. */
import { randomBytes } from 'node:crypto';
import type { CompanyConfig } from '../../src/config.ts';
import { examine } from '../../src/erp/doctor/doctor.ts';
import { readContract } from '../../src/erp/doctor/contract.ts';
import type { Finding, Level } from '../../src/erp/doctor/findings.ts';
import { startSandboxServer, type SandboxServer } from '../../src/sandbox-erp/server.ts';
import { createPostgresEngine } from '../../src/sandbox-erp/tsql/engine.ts';
import { erpFile } from '../erp-views/arrange-views.ts';
import { postgresUrl } from '../sandbox-erp/arrange-engine.ts';

export const reader = { user: 'reader', password: 's3cret-of-reader' } as const;
export const writer = { user: 'writer', password: 's3cret-of-writer' } as const;

export interface Ward {
  readonly server: SandboxServer;
  /** A company over a new database made by the scripts. */
  company(key: string, ...scripts: readonly string[]): Promise<CompanyConfig>;
  url(
    database: string,
    login?: { readonly user: string; readonly password: string },
    options?: string,
  ): string;
  close(): Promise<void>;
}

export async function openWard(): Promise<Ward> {
  const databasePrefix = `doctor_${randomBytes(6).toString('hex')}_`;
  const engine = createPostgresEngine({
    serverUrl: postgresUrl(),
    databasePrefix,
    readOnlyUsers: [reader.user],
  });
  const server = await startSandboxServer({
    engine,
    port: 0,
    logins: [reader, writer],
    defaultDatabase: 'master',
  });
  const url: Ward['url'] = (database, { user, password } = reader, options = 'encrypt=false') =>
    `mssql://${user}:${password}@127.0.0.1:${server.port}/${database}?${options}`;
  return {
    server,
    url,
    async company(key, ...scripts) {
      await engine.createDatabase(key);
      await engine.installScript(key, ...scripts);
      const name = `Company ${key}`;
      return { key, name, url: url(key), schema: 'kartoteka', timeZone: 'Europe/Warsaw' };
    },
    async close() {
      await server.close();
      for (const database of await engine.databases()) await engine.dropDatabase(database);
      await engine.close();
    },
  };
}

/** `FAULT views invoice.gross is float …` */
export async function examined(
  company: CompanyConfig,
  // Unless speed is what a test is about: a busy machine is no sick ERP.
  { limitMs = 20_000, patience = 1_000 }: { readonly limitMs?: number; readonly patience?: number } = {},
): Promise<readonly string[]> {
  const findings = await examine(company, {
    limitMs,
    patience,
    tell: () => undefined,
    progress: () => undefined,
  });
  return findings.map(written);
}

const written = ({ level, area, message }: Finding): string => `${level} ${area} ${message}`;

export const ofLevel = (lines: readonly string[], ...levels: readonly Level[]): readonly string[] =>
  lines.filter((line) => levels.some((level) => line.startsWith(`${level} `)));

export const contractScript = erpFile('erp/contract.sql');

/**
 * A view of the contract over `from`: each column as `columns` says, NULL of its type where the contract allows that, left out for
 * null. Whatever must be given and is not is an error of the test.
 */
export async function viewOf(
  name: string,
  from: string,
  columns: Readonly<Record<string, string | null>>,
): Promise<string> {
  const view = (await readContract()).find((one) => one.name === name);
  if (!view) throw new RangeError(`the contract has no view ${name}`);
  const list = view.columns.flatMap(({ name: column, type, nullable }) => {
    const given = columns[column];
    if (given === null) return [];
    if (given === undefined && !nullable) throw new RangeError(`${name}.${column} must be given`);
    return [`${given ?? `CAST(NULL AS ${type})`} AS ${column}`];
  });
  return `CREATE VIEW kartoteka.${name} AS SELECT ${list.join(',\n  ')}\nFROM ${from};\nGO\n`;
}

export const documents = `
CREATE TABLE dbo.Doc (Kind int NOT NULL, No int NOT NULL, Who varchar(20) NOT NULL, Day date NOT NULL,
  Net decimal(19,4) NOT NULL, Vat decimal(19,4) NOT NULL, Cur char(3) NULL, Word varchar(20) NOT NULL DEFAULT 'INVOICE', PRIMARY KEY (Kind, No));
CREATE INDEX by_who ON dbo.Doc (Who, Day);
INSERT INTO dbo.Doc (Kind, No, Who, Day, Net, Vat, Cur) VALUES (1, 1, 'A', '2026-01-01', 100, 23, 'PLN'), (1, 2, 'A', '2026-01-02', 10, 2.3, 'PLN'),
  (2, 1, 'B', '2026-01-02', 1, 0.23, 'EUR');
GO
CREATE SCHEMA kartoteka;
GO
`;

const plainInvoice = {
  invoice_type: 'd.Kind',
  invoice_id: 'd.No',
  customer_id: 'd.Who',
  recipient_id: 'd.Who',
  kind: 'd.Word',
  number: 'CAST(d.No AS nvarchar(60))',
  issued_on: 'd.Day',
  currency: 'd.Cur',
  net: 'd.Net',
  vat: 'd.Vat',
  gross: 'CAST(d.Net + d.Vat AS decimal(19,4))',
  corrects_type: 'd.Kind',
  corrects_id: 'd.No',
  counts_in_sales: 'CAST(1 AS bit)',
  cancelled: 'CAST(0 AS bit)',
} as const;

/** kartoteka.invoice over dbo.Doc, some columns otherwise. */
export const invoiceView = (
  columns: Readonly<Record<string, string | null>> = {},
  from = 'dbo.Doc AS d',
): Promise<string> => viewOf('invoice', from, { ...plainInvoice, ...columns });
