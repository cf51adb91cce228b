/** The reports of a folder: each `*.sql` directly in it is one. Faults are told with file and line; the reports without any are answered. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import type { SqlReport } from '../../report.ts';
import { validateReport, type KnownToReports } from '../report-rules.ts';
import { readReportFile, type FileProblem } from './report-file.ts';

interface FolderProblem extends FileProblem {
  /** Its name in the folder; empty where the folder itself cannot be read. */
  readonly file: string;
}

export interface ReportFolder {
  /** By key. */
  readonly reports: readonly SqlReport[];
  readonly problems: readonly FolderProblem[];
}

const mostBytes = 400_000;
const mostFiles = 1_000;

export async function readReportFolder(folder: string, known: KnownToReports): Promise<ReportFolder> {
  const names = await sqlFiles(folder);
  if (typeof names === 'string') return { reports: [], problems: [{ ...unread(names), file: '' }] };
  const reports: SqlReport[] = [];
  const problems: FolderProblem[] = [];
  for (const file of names) {
    const read = await readOne(folder, file, known);
    if ('report' in read) reports.push(read.report);
    else problems.push(...read.problems.map((problem) => ({ ...problem, file })));
  }
  return { reports, problems };
}

/** A text says why there are none. */
async function sqlFiles(folder: string): Promise<readonly string[] | string> {
  try {
    const names = (await readdir(folder)).filter((name) => /^[^.].*\.sql$/i.test(name)).toSorted();
    return names.length > mostFiles ? `must hold at most ${mostFiles} reports` : names;
  } catch (fault) {
    return whyUnread(fault);
  }
}

type ReadOne = { readonly report: SqlReport } | { readonly problems: readonly FileProblem[] };

async function readOne(folder: string, file: string, known: KnownToReports): Promise<ReadOne> {
  const content = await readText(join(folder, file));
  if ('reason' in content) return { problems: [unread(content.reason)] };
  const read = readReportFile(file, content.text);
  if ('problems' in read) return read;
  const problems = validateReport(read.report, known).map((problem) => read.inFile(problem));
  return problems.length > 0 ? { problems } : { report: read.report };
}

async function readText(path: string): Promise<{ readonly text: string } | { readonly reason: string }> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) return { reason: `must have at most ${mostBytes} bytes` };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)) };
  } catch (fault) {
    return { reason: whyUnread(fault) };
  }
}

const unread = (message: string): FileProblem => ({ path: '', code: 'UNREADABLE', message, line: 1 });

function whyUnread(fault: unknown): string {
  if (!isNativeError(fault) || !('code' in fault)) throw fault;
  const isEncoding = fault.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
  return isEncoding ? 'is not UTF-8' : `cannot be read (${String(fault.code)})`;
}
