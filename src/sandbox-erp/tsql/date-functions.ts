import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { convert } from './conversion.ts';
import { supportSchema } from './support.ts';
import { madeText } from './typed.ts';
import type { Typed } from './typed.ts';
import { isMoment, isText, refuse, storage } from './types.ts';

/** DATEADD, DATEDIFF and the rest. DATEDIFF counts the boundaries between two moments, weeks from Sunday to Sunday. */
const int = { name: 'int' } as const;
const datetime = { name: 'datetime' } as const;

const partNames: Readonly<Record<string, string>> = {
  yy: 'year',
  yyyy: 'year',
  qq: 'quarter',
  q: 'quarter',
  mm: 'month',
  m: 'month',
  dy: 'dayofyear',
  y: 'dayofyear',
  dd: 'day',
  d: 'day',
  wk: 'week',
  ww: 'week',
  dw: 'weekday',
  w: 'weekday',
  hh: 'hour',
  mi: 'minute',
  n: 'minute',
  ss: 'second',
  s: 'second',
  ms: 'millisecond',
  mcs: 'microsecond',
  isowk: 'iso_week',
  isoww: 'iso_week',
};

function partOf(written: string | null): string {
  return partNames[written ?? ''] ?? written ?? '';
}

/** A text is read as a datetime, as SQL Server does where a moment is expected. */
function moment(value: Typed, fallback: SqlType = datetime): Typed {
  if (isMoment(value.type)) return value;
  if (isText(value.type) || value.literal === 'null') return convert(value, fallback);
  throw refuse(`a date made from ${value.type.name}`);
}

function timestampOf(value: Typed): string {
  return value.type.name === 'date' ? `(${value.sql})::timestamp` : value.sql;
}

const intervals: Readonly<Record<string, (count: string) => string>> = {
  year: (count) => `make_interval(years => ${count})`,
  quarter: (count) => `make_interval(months => 3 * ${count})`,
  month: (count) => `make_interval(months => ${count})`,
  week: (count) => `make_interval(weeks => ${count})`,
  day: (count) => `make_interval(days => ${count})`,
  dayofyear: (count) => `make_interval(days => ${count})`,
  weekday: (count) => `make_interval(days => ${count})`,
  hour: (count) => `make_interval(hours => ${count})`,
  minute: (count) => `make_interval(mins => ${count})`,
  second: (count) => `make_interval(secs => ${count})`,
  millisecond: (count) => `((${count})::int8 * interval '1 millisecond')`,
};

const dayParts = new Set(['year', 'quarter', 'month', 'week', 'day', 'dayofyear', 'weekday']);

function intervalOf(part: string, count: string): string {
  const form = intervals[part];
  if (form === undefined) throw refuse(`DATEADD of ${part}`);
  return form(count);
}

function dateAdd(written: string | null, [count, to]: readonly Typed[]): Typed {
  if (count === undefined || to === undefined) throw refuse('DATEADD of this form');
  const part = partOf(written);
  const value = moment(to);
  if (value.type.name === 'time') throw refuse('DATEADD of time');
  if (value.type.name === 'date' && !dayParts.has(part))
    throw new SqlServerError(
      9810,
      `The datepart ${part} is not supported by date function dateadd for data type date.`,
    );
  const length = intervalOf(part, `(${convert(count, int).sql})`);
  const moved = `${supportSchema}.shift(${timestampOf(value)}, ${length})`;
  const made =
    value.type.name === 'datetime'
      ? `${supportSchema}.to_datetime(${moved})`
      : `${moved}::${storage(value.type)}`;
  return { sql: made, type: value.type, nullable: true };
}

const counted = new Set([
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'dayofyear',
  'weekday',
  'hour',
  'minute',
  'second',
  'millisecond',
]);

function dateDiff(written: string | null, [from, to]: readonly Typed[], type: SqlType): Typed {
  if (from === undefined || to === undefined) throw refuse('DATEDIFF of this form');
  const part = partOf(written);
  if (!counted.has(part)) throw refuse(`DATEDIFF of ${part}`);
  const unit = part === 'dayofyear' || part === 'weekday' ? 'day' : part;
  const [start, end] = [from, to].map((value) => timestampOf(moment(value, { name: 'datetime2', scale: 7 })));
  const bound = (sql: string | undefined): string => `${supportSchema}.boundaries('${unit}', ${sql ?? ''})`;
  return { sql: `(${bound(end)} - ${bound(start)})::${storage(type)}`, type, nullable: true };
}

/** `s` is the moment as a timestamp. Weeks and weekdays as with DATEFIRST 7: from Sunday. */
const parts: Readonly<Record<string, (s: string) => string>> = {
  year: (s) => `extract(year FROM ${s})`,
  quarter: (s) => `extract(quarter FROM ${s})`,
  month: (s) => `extract(month FROM ${s})`,
  dayofyear: (s) => `extract(doy FROM ${s})`,
  day: (s) => `extract(day FROM ${s})`,
  week: (s) => `div(extract(doy FROM ${s}) - 1 + extract(dow FROM date_trunc('year', ${s})), 7) + 1`,
  weekday: (s) => `extract(dow FROM ${s}) + 1`,
  iso_week: (s) => `extract(week FROM ${s})`,
  hour: (s) => `extract(hour FROM ${s})`,
  minute: (s) => `extract(minute FROM ${s})`,
  second: (s) => `trunc(extract(second FROM ${s}))`,
  millisecond: (s) => `mod(extract(milliseconds FROM ${s})::int8, 1000)`,
};

function datePart(written: string | null, value: Typed | undefined): Typed {
  const part = partOf(written);
  const print = parts[part];
  if (print === undefined || value === undefined) throw refuse(`DATEPART of ${part}`);
  const source = moment(value);
  if (source.type.name === 'time') throw refuse('DATEPART of time');
  return { sql: `(${print(timestampOf(source))})::int4`, type: int, nullable: true };
}

function dateName(written: string | null, value: Typed | undefined): Typed {
  const part = partOf(written);
  const type = { name: 'nvarchar', length: 30 } as const;
  if (value === undefined) throw refuse('DATENAME of this form');
  const source = timestampOf(moment(value));
  if (part === 'month') return madeText(`to_char(${source}, 'FMMonth')`, type, true);
  if (part === 'weekday') return madeText(`to_char(${source}, 'FMDay')`, type, true);
  return convert(datePart(written, value), type);
}

function endOfMonth([value, months]: readonly Typed[]): Typed {
  if (value === undefined) throw refuse('EOMONTH of this form');
  const later = months === undefined ? '0' : convert(months, int).sql;
  const start = `date_trunc('month', ${timestampOf(moment(value))})`;
  const sql = `(${supportSchema}.shift(${start}, make_interval(months => 1 + ${later})) - interval '1 day')::date`;
  return { sql, type: { name: 'date' }, nullable: true };
}

function now(type: SqlType): Typed {
  const moment = `(statement_timestamp() AT TIME ZONE 'UTC')`;
  const sql = type.name === 'datetime' ? `${supportSchema}.to_datetime(${moment})` : moment;
  return { sql, type, nullable: false };
}

export type DateMaker = (part: string | null, values: readonly Typed[]) => Typed;

const precise = { name: 'datetime2', scale: 7 } as const;

export const dateFunctions: Readonly<Record<string, readonly [number, number, DateMaker]>> = {
  DATEADD: [2, 2, dateAdd],
  DATEDIFF: [2, 2, (part, values) => dateDiff(part, values, int)],
  DATEDIFF_BIG: [2, 2, (part, values) => dateDiff(part, values, { name: 'bigint' })],
  DATEPART: [1, 1, (part, [value]) => datePart(part, value)],
  DATENAME: [1, 1, (part, [value]) => dateName(part, value)],
  YEAR: [1, 1, (_, [value]) => datePart('year', value)],
  MONTH: [1, 1, (_, [value]) => datePart('month', value)],
  DAY: [1, 1, (_, [value]) => datePart('day', value)],
  EOMONTH: [1, 2, (_, values) => endOfMonth(values)],
  DATEFROMPARTS: [
    3,
    3,
    (_, values) => ({
      sql: `${supportSchema}.day_of(${values.map((value) => convert(value, int).sql).join(', ')})`,
      type: { name: 'date' },
      nullable: true,
    }),
  ],
  GETDATE: [0, 0, () => now(datetime)],
  GETUTCDATE: [0, 0, () => now(datetime)],
  CURRENT_TIMESTAMP: [0, 0, () => now(datetime)],
  SYSDATETIME: [0, 0, () => now(precise)],
  SYSUTCDATETIME: [0, 0, () => now(precise)],
};
