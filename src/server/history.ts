/** The room that knows all others, put together from them. */
import { changeSource } from '../clients/history/card-changes.reader.ts';
import { recordSources } from '../clients/history/crm-records.ts';
import { documentSources } from '../clients/history/erp-documents.ts';
import { HistoryLoaders } from '../clients/history/history.loaders.ts';
import {
  HistoryEntryResolver,
  HistoryOfClientResolver,
  SnapshotResolver,
  type RecordById,
} from '../clients/history/history.resolver.ts';
import { SnapshotReader } from '../clients/history/snapshot.reader.ts';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { AccountsOf } from '../erp/accounts.ts';
import type { Companies } from '../erp/companies.ts';
import type { Reads } from '../reads/reads.ts';

interface Rooms {
  readonly reads: Reads;
  readonly run: RunQuery;
  readonly companies: Companies;
  readonly accountsOf: AccountsOf;
  readonly recordById: RecordById;
}

export function historyResolvers({ reads, run, recordById, ...door }: Rooms): object[] {
  const sources = [changeSource(run), ...recordSources(reads), ...documentSources(door)];
  return [
    new HistoryOfClientResolver(new HistoryLoaders(sources)),
    new HistoryEntryResolver(recordById),
    new SnapshotResolver(new SnapshotReader(reads, run)),
  ];
}
