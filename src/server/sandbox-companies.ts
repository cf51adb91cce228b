/** The sample's companies as the sandbox ERP is filled with them and as the door is told of them. */
import type { CompanyConfig } from '../company-config.ts';
import { sandboxLogin, type SandboxDatabase } from '../sandbox-erp/sandbox.ts';
import { sandboxCompanies } from '../sample/companies.ts';

export const sandboxDatabases: readonly SandboxDatabase[] = sandboxCompanies.map(
  ({ database, scripts, documents }) => ({
    name: database,
    scripts,
    documents,
  }),
);

/** What ERP_COMPANIES would say of a sandbox at this port. */
export const sandboxConfigs = (port: number): CompanyConfig[] =>
  sandboxCompanies.map(({ key, name, database, timeZone }) => ({
    key,
    name,
    timeZone,
    schema: 'kartoteka',
    // Plain text over loopback: the sandbox offers no encryption, and says so.
    url: `mssql://${sandboxLogin.user}:${sandboxLogin.password}@127.0.0.1:${port}/${database}?encrypt=false`,
  }));
