/**
 * The CRM's database as TypeORM sees it: entities for writing, and migrations, which run in one transaction each. Reading
 * for callers goes by declared reads (src/reads) over read-database.ts.
 */
import 'reflect-metadata';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { ClientRecord1795000000000 } from './migrations/1795000000000-client-record.ts';
import { Notes1795100000000 } from './migrations/1795100000000-notes.ts';
import { Events1795200000000 } from './migrations/1795200000000-events.ts';
import { ClientFilters1795300000000 } from './migrations/1795300000000-client-filters.ts';
import { ClientSearch1795310000000 } from './migrations/1795310000000-client-search.ts';
import { Attachments1795320000000 } from './migrations/1795320000000-attachments.ts';
import { ChangeFeed1795400000000 } from './migrations/1795400000000-change-feed.ts';
import { Features1795450000000 } from './migrations/1795450000000-features.ts';
import { Merge1795500000000 } from './migrations/1795500000000-merge.ts';
import { Merging1795600000000 } from './migrations/1795600000000-merging.ts';
import { Callers1795700000000 } from './migrations/1795700000000-callers.ts';
import { Sharing1795710000000 } from './migrations/1795710000000-sharing.ts';
import { AccountsInOrder1795800000000 } from './migrations/1795800000000-accounts-in-order.ts';
import { ChangesOfCard1795810000000 } from './migrations/1795810000000-changes-of-card.ts';
import { ReportingRanges1795850000000 } from './migrations/1795850000000-reporting-ranges.ts';
import { NotesInTime1795860000000 } from './migrations/1795860000000-notes-in-time.ts';
import { Reports1795880000000 } from './migrations/1795880000000-reports.ts';
import { reportRoleScript } from './report-role.ts';
import { plainInstants, withSessionSettings } from './session-url.ts';
import { valueTypes } from './value-types.ts';

/** What the CRM's database is called in the embedded server. */
export const crmDatabase = 'kartoteka';

const migrations = [
  ClientRecord1795000000000,
  Notes1795100000000,
  Events1795200000000,
  ClientFilters1795300000000,
  ClientSearch1795310000000,
  Attachments1795320000000,
  ChangeFeed1795400000000,
  Features1795450000000,
  Merge1795500000000,
  Merging1795600000000,
  Callers1795700000000,
  Sharing1795710000000,
  AccountsInOrder1795800000000,
  ChangesOfCard1795810000000,
  ReportingRanges1795850000000,
  NotesInTime1795860000000,
  Reports1795880000000,
];

export function createDataSource(url: string, entities: readonly EntityTarget<ObjectLiteral>[]): DataSource {
  return new DataSource({
    type: 'postgres',
    url: withSessionSettings(url, plainInstants),
    entities: entities as Exclude<EntityTarget<ObjectLiteral>, { type: unknown }>[] as never,
    migrations,
    migrationsTransactionMode: 'each',
    migrationsTableName: 'migration',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: 'kartoteka',
    extra: { max: 10, types: valueTypes },
  });
}

/** No two services migrate one database at the same time: the second waits, and then finds nothing to do. */
const migrationLock = 7_423_901;

export async function migrate(dataSource: DataSource): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await dataSource.runMigrations();
    await lock.query(reportRoleScript);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    await lock.release();
  }
}
