/** The CRM's data source for TypeORM's command line: npm run typeorm -- migration:show. Needs DATABASE_URL. */
import { createDataSource } from './src/crm-database/data-source.ts';
import { readConfig } from './src/config.ts';
import { crmEntities } from './src/server/entities.ts';

const { databaseUrl } = readConfig();
if (databaseUrl === undefined)
  throw new Error('DATABASE_URL is not set: the embedded database runs only while the service does');

export default createDataSource(databaseUrl, crmEntities);
