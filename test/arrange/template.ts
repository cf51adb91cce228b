/** The migrated, empty CRM database that every test's own database is copied from. */
import pg from 'pg';
import { createDataSource, migrate } from '../../src/crm-database/data-source.ts';

export const migratedTemplate = 'kartoteka_template';

/** Made once before the first test, by the very migrations that the service runs. */
export async function makeMigratedTemplate(serverUrl: string): Promise<void> {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  try {
    await server.query(`CREATE DATABASE ${migratedTemplate}`);
  } finally {
    await server.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${migratedTemplate}`;
  const dataSource = await createDataSource(url.href, []).initialize();
  try {
    await migrate(dataSource);
  } finally {
    // A database that somebody is connected to cannot be copied.
    await dataSource.destroy();
  }
}
