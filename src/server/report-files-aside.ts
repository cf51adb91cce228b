/**
 * Reads the reports' files while the service loads, in a process that ends with it: the SQL parser, which takes longer to load than anything
 * else and more than 100 MB while it does, is not needed again until somebody defines a report through the API. (A thread's memory
 * would stay with the service.) Why so: docs/decisions/start.md.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '../config.ts';
import type { ReportFolder } from '../reports/sql-reports/files/report-folder.ts';

export interface ReportFilesWish {
  readonly folder: string;
  /** Undefined: without a login. Names of roles alone count. */
  readonly login: { readonly roles: Readonly<Record<string, unknown>> } | undefined;
  /** Undefined: the sandbox's. */
  readonly companies: readonly { readonly key: string }[] | undefined;
}

export async function readReportFilesAside({
  reportsFolder,
  login,
  erpCompanies,
}: Pick<Config, 'reportsFolder' | 'login' | 'erpCompanies'>): Promise<ReportFolder> {
  const reader = fork(new URL('./report-files-process.js', import.meta.url), {
    // Ctrl-C is for the service, which stops in order.
    detached: true,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const wish: ReportFilesWish = {
    folder: reportsFolder,
    login: login && { roles: Object.fromEntries(Object.keys(login.roles).map((role) => [role, true])) },
    companies: erpCompanies?.map(({ key }) => ({ key })),
  };
  reader.send(wish);
  const ended = once(reader, 'disconnect').then(() => {
    throw new Error('the files of reports could not be read: the process that reads them ended');
  });
  const [read] = (await Promise.race([once(reader, 'message'), ended])) as [ReportFolder];
  ended.catch(() => undefined);
  return read;
}
