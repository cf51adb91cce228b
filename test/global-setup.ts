/** Before the first test: one PostgreSQL server for all, with a migrated database to copy, published to the workers. */
import { startSharedServer } from './arrange/shared-server.ts';
import { makeMigratedTemplate } from './arrange/template.ts';

export default async function globalSetup(): Promise<void> {
  const server = await startSharedServer();
  await makeMigratedTemplate(server);
  process.env['KARTOTEKA_TEST_POSTGRES'] = server;
}
