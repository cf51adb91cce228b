/** Reports as they stand in files, and what is wrong with them. */
import type { SqlReport } from '../../src/reports/report.ts';
import { readReportFile } from '../../src/reports/sql-reports/files/report-file.ts';

export const plainHead = ['title: Sprzedaż', 'database: ERP'];

/** A head of these lines, and a SELECT. */
export const reportFile = (head: readonly string[] = plainHead, sql = 'SELECT 1 AS one'): string =>
  ['/*---', ...head, '---*/', sql, ''].join('\n');

export function reportIn(text: string, path = 'reports/sales.sql'): SqlReport {
  const read = readReportFile(path, text);
  if ('problems' in read) throw new Error(`refused: ${JSON.stringify(read.problems)}`);
  return read.report;
}

/** Each as `line path CODE`. */
export function faultsIn(text: string, path = 'reports/sales.sql'): readonly string[] {
  const read = readReportFile(path, text);
  if ('report' in read) throw new Error(`taken: ${JSON.stringify(read.report)}`);
  return read.problems.map(({ line, path: at, code }) => `${line} ${at} ${code}`);
}
