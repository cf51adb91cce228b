/** What a report's columns must be: each has a name of its own and a type that can be told as text. */
import type { Problem } from '../../../errors.ts';
import type { ReportColumn, ReportValueType } from '../../report.ts';

/** A column as the server describes it; without a type it cannot be told. */
export interface FoundColumn {
  readonly name: string | null;
  readonly type: ReportValueType | undefined;
  /** What the server calls its type. */
  readonly called: string;
}

export interface JudgedColumns {
  readonly columns: readonly ReportColumn[];
  readonly problems: readonly Problem[];
}

export function judgeColumns(found: readonly FoundColumn[]): JudgedColumns {
  const seen = new Map<string, number>();
  const columns: ReportColumn[] = [];
  const problems: Problem[] = [];
  const refuse = (code: string, message: string) => problems.push({ path: 'sql', code, message });
  if (found.length === 0) refuse('COLUMN_NAME', 'it answers no column');
  for (const [index, { name, type, called }] of found.entries()) {
    const place = index + 1;
    if (name === null || name === '') {
      refuse('COLUMN_NAME', `column ${place} has no name: give it one with AS`);
      continue;
    }
    const before = seen.get(name.toLowerCase());
    if (before === undefined) seen.set(name.toLowerCase(), place);
    else refuse('COLUMN_NAME', `columns ${before} and ${place} are both called ${name}`);
    if (type === undefined)
      refuse('COLUMN_TYPE', `${name} is of type ${called}, which has no text of its own`);
    else columns.push({ name, type });
  }
  return { columns, problems };
}
