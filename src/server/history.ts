/** The history of cards, put together: it knows all the rooms, and none of them knows it. */
import type { DataSource } from 'typeorm';
import type { AccountLoaders } from '../clients/erp-accounts/account.loaders.ts';
import { HistoryLoaders } from '../clients/history/history.loaders.ts';
import {
  ClientAsOfResolver,
  HistoryEntryResolver,
  HistoryOfClientResolver,
  type RecordById,
} from '../clients/history/history.resolver.ts';
import { SnapshotReader } from '../clients/history/snapshot.reader.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Companies } from '../erp/companies.ts';
import type { Reads } from '../reads/reads.ts';

interface HistoryParts {
  readonly reads: Reads;
  readonly run: RunQuery;
  readonly dataSource: DataSource;
  readonly companies: Companies;
  readonly accounts: AccountLoaders;
  readonly recordById: RecordById;
}

export function historyResolvers({
  reads,
  run,
  dataSource,
  companies,
  accounts,
  recordById,
}: HistoryParts): object[] {
  return [
    new HistoryOfClientResolver(new HistoryLoaders(run, companies, accounts.accountsOf)),
    new HistoryEntryResolver(recordById),
    new ClientAsOfResolver(reads, new SnapshotReader(dataSource.manager)),
  ];
}
