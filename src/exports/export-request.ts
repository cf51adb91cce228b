/** What an export is asked for: its address and its parameters, each looked at, and everything wrong told at once. */
import { InputRejected, type Problem } from '../errors.ts';
import { parsePublicId, recordKinds, type RecordKind } from '../values/record-id.ts';
import { isDay, toUtcInstant } from '../values/scalars.ts';
import { dialects, endings, isDialect, isEnding, type ExportFormat } from './export-format.ts';
import type { ExportSet, SetColumn, SetParameter } from './export-set.ts';
import { wideTypes } from './wide-feature-set.ts';

export interface ExportRequest {
  readonly set: ExportSet;
  readonly format: ExportFormat;
  readonly columns: readonly SetColumn[];
  /** The bare key of a card. */
  readonly client: string | undefined;
  /** The bare key of a card type. */
  readonly cardType: string | undefined;
  readonly company: string | undefined;
  /** As a row told it; of what COPY tells it is looked at already. */
  readonly after: string | undefined;
  /** RFC 3339 in UTC. */
  readonly updatedSince: string | undefined;
  /** RFC 3339 in UTC, or a day for the ERP's sets. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** A day. */
  readonly asOf: string | undefined;
  /** As they were given, for the change log. */
  readonly given: Readonly<Record<string, string>>;
}

const everyParameter: readonly SetParameter[] = [
  'client',
  'cardType',
  'company',
  'recordType',
  'after',
  'updatedSince',
  'from',
  'to',
  'asOf',
];

/** The bare keys of card types by the keys that people gave them. */
export type CardTypes = ReadonlyMap<string, string>;

class Reading {
  readonly problems: Problem[] = [];
  readonly given: Record<string, string> = {};

  constructor(search: string, set: ExportSet | undefined) {
    const parameters = ['columns', ...(set?.parameters ?? everyParameter), 'dialect'];
    const whose = set ? ` of ${set.name}` : '';
    for (const [name, value] of new URLSearchParams(search)) {
      if (!parameters.includes(name))
        this.object(
          name.slice(0, 100),
          'PARAMETER',
          `is no parameter${whose}: there are ${parameters.join(', ')}`,
        );
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

  /** By its id, or by its key. */
  cardType(known: CardTypes): string | undefined {
    const value = this.given['cardType'];
    if (value === undefined) return undefined;
    const parsed = parsePublicId(value);
    const key = parsed?.kind === 'cardtype' ? parsed.key : known.get(value);
    if (key === undefined)
      this.object('cardType', 'CARD_TYPE', 'is neither the key nor an id of a card type');
    return key;
  }

  recordType(): void {
    const value = this.given['recordType'];
    if (value !== undefined && !wideTypes.includes(value))
      this.object('recordType', 'RECORD_TYPE', `there are ${wideTypes.join(', ')}`);
  }

  instant(name: string): string | undefined {
    const value = this.given[name];
    if (value === undefined) return undefined;
    // Seconds may be left out here.
    const instant = toUtcInstant(value.replace(/^(.{10}T\d\d:\d\d)(Z|[+-].+)$/, '$1:00$2'));
    if (instant !== undefined) return instant;
    // In an address a plus sign is a blank.
    this.object(
      name,
      'DATE_TIME',
      'is no instant such as 2026-11-27T10:00:00Z, or with an offset, its + as %2B',
    );
    return undefined;
  }

  day(name: string): string | undefined {
    const value = this.given[name];
    if (value === undefined || isDay(value)) return value;
    this.object(name, 'DATE', 'is no day such as 2026-11-27');
    return undefined;
  }

  after(set: ExportSet): string | undefined {
    const value = this.given['after'];
    if (value === undefined || set.source === 'erp' || set.keyOf(value)) return value;
    this.object('after', 'ID', `is no ${set.cursor} of a row of ${set.name}`);
    return undefined;
  }

  /** Documents of an ERP have days; tools that know but instants may say one. */
  moment(name: string, set: ExportSet | undefined): string | undefined {
    const value = this.given[name];
    return set?.source === 'erp' && value !== undefined && isDay(value) ? value : this.instant(name);
  }

  columns(set: ExportSet): readonly SetColumn[] {
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
    return set.columns.filter(
      ({ name }, place) => place === 0 || name === set.cursor || names.includes(name),
    );
  }
}

function formatOf(reading: Reading, ending: string): ExportFormat {
  const { dialect } = reading.given;
  if (!isEnding(ending))
    reading.object(
      'format',
      'FORMAT',
      `is not ${JSON.stringify(ending.slice(0, 20))}: there are ${endings.join(', ')}`,
    );
  if (dialect === undefined) return ending === 'ndjson' || ending === 'xlsx' ? ending : 'csv';
  if (ending !== 'csv') reading.object('dialect', 'DIALECT', 'is for csv');
  else if (!isDialect(dialect))
    reading.object('dialect', 'DIALECT', `there are ${Object.keys(dialects).join(' and ')}`);
  return isDialect(dialect) ? dialects[dialect] : 'csv';
}

/** `name`: the last part of the address, as `clients.csv`. Throws InputRejected. */
export function readExportRequest(
  sets: ReadonlyMap<string, ExportSet>,
  name: string,
  search: string,
  cardTypes: CardTypes,
): ExportRequest {
  const dot = name.lastIndexOf('.');
  const [setName, ending] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  const set = sets.get(setName);
  const reading = new Reading(search, set);
  if (!set)
    reading.object('set', 'SET', `there is no set of this name: there are ${[...sets.keys()].join(', ')}`);
  const format = formatOf(reading, ending);
  const updatedSince = reading.instant('updatedSince');
  const [from, to] = ['from', 'to'].map((one) => reading.moment(one, set));
  if (from !== undefined && to !== undefined && from > to) reading.object('to', 'RANGE', 'lies before from');
  const client = reading.key('client', 'client');
  const cardType = reading.cardType(cardTypes);
  reading.recordType();
  const after = set && reading.after(set);
  const asOf = reading.day('asOf');
  const columns = set ? reading.columns(set) : [];
  if (!set || reading.problems.length > 0) throw new InputRejected(reading.problems);
  const { given } = reading;
  const { company } = given;
  return { set, format, columns, client, cardType, company, after, updatedSince, from, to, asOf, given };
}
