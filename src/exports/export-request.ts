/** What an export is asked for: its address and its parameters, each looked at, and everything wrong told at once. */
import { InputRejected, type Problem } from '../errors.ts';
import { parsePublicId, recordKinds, type RecordKind } from '../values/record-id.ts';
import type { ExportColumn, ExportSet } from './export-set.ts';

export type ExportFormat = 'ndjson' | 'csv' | 'csv-excel-pl';

export interface ExportRequest {
  readonly set: ExportSet;
  readonly format: ExportFormat;
  readonly columns: readonly ExportColumn[];
  /** Bare keys. */
  readonly client: string | undefined;
  readonly after: string | undefined;
  /** RFC 3339 in UTC. */
  readonly updatedSince: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** As they were given, for the change log. */
  readonly given: Readonly<Record<string, string>>;
}

const parameters = ['columns', 'client', 'after', 'updatedSince', 'from', 'to', 'dialect'];
const dialects: Readonly<Record<string, ExportFormat>> = { rfc4180: 'csv', 'excel-pl': 'csv-excel-pl' };
const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;

class Reading {
  readonly problems: Problem[] = [];
  readonly given: Record<string, string> = {};

  constructor(search: string) {
    for (const [name, value] of new URLSearchParams(search)) {
      if (!parameters.includes(name))
        this.object(name.slice(0, 100), 'PARAMETER', `is no parameter: there are ${parameters.join(', ')}`);
      else if (Object.hasOwn(this.given, name)) this.object(name, 'REPEATED', 'may be given once');
      else this.given[name] = value;
    }
  }

  object(path: string, code: string, message: string): void {
    this.problems.push({ path, code, message });
  }

  key(name: string, kind: RecordKind): string | undefined {
    const value = this.given[name];
    if (value === undefined) return undefined;
    const parsed = parsePublicId(value);
    if (parsed?.kind === kind) return parsed.key;
    this.object(name, 'ID', `is not an id of a ${recordKinds[kind]}`);
    return undefined;
  }

  instant(name: string): string | undefined {
    const value = this.given[name];
    if (value === undefined) return undefined;
    const date = new Date(value);
    if (instantForm.test(value) && !Number.isNaN(date.getTime())) return date.toISOString();
    // In an address a plus sign is a blank.
    this.object(
      name,
      'DATE_TIME',
      'is no instant such as 2026-11-27T10:00:00Z, or with an offset, its + as %2B',
    );
    return undefined;
  }

  columns(set: ExportSet): readonly ExportColumn[] {
    const value = this.given['columns'];
    if (value === undefined) return set.columns;
    const names = value.split(',').map((name) => name.trim());
    const unknown = names.filter((name) => !set.columns.some((column) => column.name === name));
    if (unknown.length > 0)
      this.object(
        'columns',
        'COLUMN',
        `${set.name} has no ${unknown.join(', ').slice(0, 200)}: it has ${set.columns.map(({ name }) => name).join(', ')}`,
      );
    // The key always comes: by it an export goes on.
    return set.columns.filter(({ name }) => name === 'id' || names.includes(name));
  }
}

function formatOf(reading: Reading, ending: string): ExportFormat {
  const { dialect } = reading.given;
  if (ending !== 'csv' && ending !== 'ndjson')
    reading.object(
      'format',
      'FORMAT',
      `is not ${JSON.stringify(ending.slice(0, 20))}: there are csv and ndjson`,
    );
  if (dialect === undefined) return ending === 'ndjson' ? 'ndjson' : 'csv';
  if (ending !== 'csv') reading.object('dialect', 'DIALECT', 'is for csv');
  else if (!Object.hasOwn(dialects, dialect))
    reading.object('dialect', 'DIALECT', `there are ${Object.keys(dialects).join(' and ')}`);
  return Object.hasOwn(dialects, dialect) ? (dialects[dialect] ?? 'csv') : 'csv';
}

/** `name`: the last part of the address, as `clients.csv`. Throws InputRejected. */
export function readExportRequest(
  sets: ReadonlyMap<string, ExportSet>,
  name: string,
  search: string,
): ExportRequest {
  const dot = name.lastIndexOf('.');
  const [setName, ending] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  const reading = new Reading(search);
  const set = sets.get(setName);
  if (!set)
    reading.object('set', 'SET', `there is no set of this name: there are ${[...sets.keys()].join(', ')}`);
  const format = formatOf(reading, ending);
  const [updatedSince, from, to] = ['updatedSince', 'from', 'to'].map((one) => reading.instant(one));
  if (from !== undefined && to !== undefined && from > to) reading.object('to', 'RANGE', 'lies before from');
  const client = reading.key('client', 'client');
  const after = set && reading.key('after', set.kind);
  const columns = set ? reading.columns(set) : [];
  if (!set || reading.problems.length > 0) throw new InputRejected(reading.problems);
  return { set, format, columns, client, after, updatedSince, from, to, given: reading.given };
}
