/** Filters of the API as T-SQL conditions over the view's row `v`. Values travel as parameters of the column's own type. */
import type { DateFilter, StringFilter } from '../values/filters.ts';
import { rangeProblems } from '../values/range.ts';
import type { View } from './catalogue.ts';
import { bracketed, paddedLength, paddedLengths, type Parameters, type SqlType } from './statement.ts';
import { InputRejected, type Problem } from '../errors.ts';

type Conditions = readonly string[];

const nothing = '1 = 0';
const day: SqlType = { name: 'date' };

const nullness = (column: string, isNull: boolean | null | undefined): Conditions =>
  isNull == null ? [] : [`${column} IS ${isNull ? '' : 'NOT '}NULL`];

export function dayConditions(
  name: string,
  filter: DateFilter | null | undefined,
  parameters: Parameters,
): Conditions {
  if (!filter) return [];
  const column = `v.${bracketed(name)}`;
  const comparisons = [
    ['=', filter.eq],
    ['>=', filter.gte],
    ['<', filter.lt],
  ] as const;
  return [
    ...comparisons.flatMap(([sign, value]) =>
      value == null ? [] : [`${column} ${sign} ${parameters.bind(day, value)}`],
    ),
    ...nullness(column, filter.isNull),
  ];
}

/** Which letters are equal is the column's collation's to say. */
export function textConditions(
  name: string,
  filter: StringFilter | null | undefined,
  parameters: Parameters,
  view: View,
): Conditions {
  if (!filter) return [];
  const column = `v.${bracketed(name)}`;
  return [
    ...(filter.eq == null ? [] : oneOf(name, [filter.eq], parameters, view)),
    ...(filter.in == null ? [] : oneOf(name, filter.in, parameters, view)),
    ...(filter.contains == null ? [] : [like(name, `%${escaped(filter.contains)}%`, parameters, view)]),
    ...(filter.startsWith == null ? [] : [like(name, `${escaped(filter.startsWith)}%`, parameters, view)]),
    ...nullness(column, filter.isNull),
  ];
}

/** Texts longer than the column equal none of its values; declared in its type they would be cut and equal some. */
export function oneOf(
  name: string,
  values: readonly string[],
  parameters: Parameters,
  view: View,
): Conditions {
  const type = view.typeOf(name);
  const fitting = values.filter(
    (value) => !value.includes('\0') && (!('length' in type) || value.length <= type.length),
  );
  const last = fitting.at(-1);
  if (last === undefined) return [nothing];
  const padding = Array.from({ length: paddedLength(fitting.length) - fitting.length }, () => last);
  const list = [...fitting, ...padding].map((value) => parameters.bind(type, value));
  const column = `v.${bracketed(name)}`;
  return [list.length === 1 ? `${column} = ${list.join('')}` : `${column} IN (${list.join(', ')})`];
}

const escaped = (text: string): string => text.replace(/[\\%_[]/g, (character) => `\\${character}`);

function like(name: string, pattern: string, parameters: Parameters, view: View): string {
  const type = view.typeOf(name);
  const wide = type.name === 'varchar' || type.name === 'char';
  const patternType: SqlType = wide ? { name: 'varchar', length: 8000 } : { name: 'nvarchar', length: 4000 };
  // A NUL ends the text for some servers and is an error to others; no value holds one.
  if (pattern.length > patternType.length || pattern.includes('\0')) return nothing;
  return `v.${bracketed(name)} LIKE ${parameters.bind(patternType, pattern)} ESCAPE '\\'`;
}

const longestList = paddedLengths[4];

const currencyForm = /^[A-Z]{3}$/;

/** What is no currency anywhere would be answered by an empty list, which always means that there is nothing. */
export const currencyProblems = (currency: string | null | undefined, path: string): Problem[] =>
  currency == null || currencyForm.test(currency)
    ? []
    : [
        {
          path,
          code: 'CURRENCY',
          message: 'must be an ISO 4217 code of three capital letters, e.g. PLN',
        },
      ];

/** What no ERP can be asked. Throws InputRejected with every problem. */
export function checkFilters(
  days: Readonly<Record<string, DateFilter | null | undefined>>,
  texts: Readonly<Record<string, StringFilter | null | undefined>>,
  currency: string | null | undefined,
): void {
  const upsideDown = Object.entries(days).flatMap(([name, filter]) =>
    rangeProblems(filter, `filter.${name}`),
  );
  const tooMany = Object.entries(texts).flatMap(([name, filter]) =>
    (filter?.in?.length ?? 0) > longestList
      ? [{ path: `filter.${name}.in`, code: 'TOO_MANY', message: `at most ${longestList} values` }]
      : [],
  );
  const problems = [...upsideDown, ...tooMany, ...currencyProblems(currency, 'filter.currency')];
  if (problems.length > 0) throw new InputRejected(problems);
}
