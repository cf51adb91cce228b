/** The process of report-files-aside.ts: it is told what to read, answers it and ends. */
import { once } from 'node:events';
import { knownToReports, readReportFiles } from './report-files.ts';
import type { ReportFilesWish } from './report-files-aside.ts';

// Nobody waits for it any more.
process.on('disconnect', () => process.exit());

const [wish] = (await once(process, 'message')) as [ReportFilesWish];

async function companies(): Promise<readonly { readonly key: string }[]> {
  if (wish.companies) return wish.companies;
  const { sandboxConfigs } = await import('./sandbox-companies.ts');
  return sandboxConfigs(0);
}

process.send?.(await readReportFiles(wish.folder, knownToReports(wish, await companies())), () =>
  process.disconnect(),
);
