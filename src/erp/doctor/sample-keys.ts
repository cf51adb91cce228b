/** Keys of a few rows, as text: to look something up by, or to show the administrator where to look. Never customers' names. */
import { key, outputOf, record } from '../columns.ts';
import type { Key } from '../key-list.ts';
import { bracketed } from '../statement.ts';
import type { Inquiry } from './inquiry.ts';

export interface KeySample {
  readonly view: string;
  readonly columns: readonly string[];
  /** What it is read from, seen as `d`; the view itself when not given. */
  readonly from?: string;
  readonly where?: string;
  readonly order?: string;
  readonly count: number;
}

export async function sampleKeys(
  inquiry: Inquiry,
  { view: name, columns, from, where, order, count }: KeySample,
): Promise<readonly Key[]> {
  const { company } = inquiry;
  return inquiry.within(`keys of ${name}`, async (signal) => {
    const view = await company.catalogue.view(name, columns, signal);
    const outputs = columns.map((column) => outputOf({ column, kind: 'key' }, 'd', view));
    const there = columns.map((column) => `d.${bracketed(column)} IS NOT NULL`);
    const text = [
      `SELECT TOP (${count}) ${outputs.join(', ')}`,
      `FROM ${from ?? `${inquiry.table(name)} AS d`}`,
      `WHERE ${[...there, ...(where === undefined ? [] : [where])].join(' AND ')}`,
      ...(order === undefined ? [] : [`ORDER BY ${order}`]),
    ].join('\n');
    const { rows } = await company.ask({ shape: `doctor: keys of ${name}`, text, parameters: [] }, signal);
    const read = record(Object.fromEntries(columns.map((column) => [column, key(column)]))).at({
      company: company.key,
      view,
    });
    return rows.map((row) => Object.values(read(row)));
  });
}

/** ` (such as 0:17 and 0:23)`, or nothing. */
export async function examples(inquiry: Inquiry, sample: Omit<KeySample, 'count'>): Promise<string> {
  const told = await inquiry.tried(() => sampleKeys(inquiry, { ...sample, count: 3 }));
  if ('untold' in told || told.value.length === 0) return '';
  return `, such as ${told.value.map((one) => one.join(':')).join(', ')}`;
}
