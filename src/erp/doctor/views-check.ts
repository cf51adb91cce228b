/** Each view of the contract: whether it is there, with every column, of a type that fits. */
import { parameterType, type ColumnType } from '../key-types.ts';
import type { ColumnKind, ContractColumn, ContractView } from './contract.ts';
import { counted, listed, type Findings, type Level } from './findings.ts';
import { references } from './references.ts';
import type { FoundView } from './survey.ts';

function typeText({ name, bytes, precision, scale }: ColumnType): string {
  const length = (width: number) => (bytes === -1 ? '(max)' : `(${bytes / width})`);
  switch (name) {
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return name + length(1);
    case 'nchar':
    case 'nvarchar':
      return name + length(2);
    case 'decimal':
    case 'numeric':
      return `${name}(${precision},${scale})`;
    case 'datetime2':
    case 'time':
    case 'datetimeoffset':
      return `${name}(${scale})`;
    default:
      return name;
  }
}

const whole = ['tinyint', 'smallint', 'int', 'bigint'];
const texts = ['char', 'varchar', 'nchar', 'nvarchar'];
const exact = ['decimal', 'numeric'];

interface Misfit {
  readonly level: Level;
  readonly why: string;
}

const floating = (name: string) => name === 'float' || name === 'real';

/** Nothing where the type fits. */
const misfits: Readonly<Record<ColumnKind, (type: ColumnType) => Misfit | undefined>> = {
  key: (type) => {
    const declared = parameterType(type);
    if (!declared) return { level: 'FAULT', why: 'no key can be compared exactly in it' };
    if (type.bytes === -1) return { level: 'WARN', why: 'no index can hold it' };
    return undefined;
  },
  number: (type) =>
    whole.includes(type.name) || (exact.includes(type.name) && type.scale === 0)
      ? undefined
      : { level: 'FAULT', why: 'it is a whole number' },
  text: (type) => (texts.includes(type.name) ? undefined : { level: 'FAULT', why: 'it is a text' }),
  amount: (type) => {
    if (exact.includes(type.name))
      return type.scale > 4
        ? { level: 'WARN', why: 'what is beyond four places is rounded away' }
        : undefined;
    if (floating(type.name)) return { level: 'FAULT', why: 'amounts in it are not exact' };
    if (type.name === 'money' || type.name === 'smallmoney')
      return { level: 'WARN', why: 'sums and products of it are rounded: CAST it in the view' };
    return whole.includes(type.name) ? undefined : { level: 'FAULT', why: 'it is an exact number' };
  },
  day: (type) =>
    type.name === 'date'
      ? undefined
      : { level: 'FAULT', why: 'a time beside the day makes lists lose rows: CAST it in the view' },
  moment: (type) =>
    /^(datetime2?|smalldatetime)$/.test(type.name)
      ? undefined
      : { level: 'WARN', why: 'it is a moment in UTC' },
  bit: (type) => (type.name === 'bit' ? undefined : { level: 'FAULT', why: 'it is 0 or 1 of type bit' }),
};

const expectedOf = ({ kind, type }: ContractColumn): string =>
  kind === 'key' ? 'a whole number, an exact number, a text or a uniqueidentifier' : type;

function checkColumn(view: string, column: ContractColumn, found: FoundView, findings: Findings): boolean {
  const about = { view, column: column.name };
  const own = found.get(column.name);
  if (!own) {
    const missing = `${view}.${column.name} is missing: ${column.type}${column.nullable ? ', or NULL of that type' : ''} is expected`;
    findings.add('FAULT', missing, about);
    return false;
  }
  const misfit = misfits[column.kind](own.type);
  if (!misfit) return true;
  const message = `${view}.${column.name} is ${typeText(own.type)}, and ${expectedOf(column)} is expected: ${misfit.why}`;
  findings.add(misfit.level, message, about);
  return false;
}

/** The views that are there with all their columns. */
export function checkViews(
  contract: readonly ContractView[],
  found: ReadonlyMap<string, FoundView>,
  schema: string,
  findings: Findings,
): void {
  const there = contract.filter(({ name }) => found.has(name));
  if (there.length === 0) {
    findings.add(
      'FAULT',
      `schema ${schema} has none of the contract's views, or the login may not SELECT from them: npm run erp:install prints them`,
    );
  }
  for (const view of there) {
    const columns = found.get(view.name) ?? new Map();
    const fit = view.columns.map((column) => checkColumn(view.name, column, columns, findings));
    if (fit.every(Boolean))
      findings.add('OK', `${view.name} has its ${counted(fit.length, 'column')}, each of a fitting type`, {
        view: view.name,
      });
  }
  checkKeyTypes(there, found, findings);
  checkAbsent(contract, found, there.length > 0, findings);
}

/** What refers to a record has the very type of its key, or SQL Server converts row by row. */
function checkKeyTypes(
  views: readonly ContractView[],
  found: ReadonlyMap<string, FoundView>,
  findings: Findings,
): void {
  for (const { from, columns, to, key } of references) {
    if (!views.some(({ name }) => name === from) || !found.has(to)) continue;
    columns.forEach((column, index) => {
      const own = found.get(from)?.get(column);
      const target = found.get(to)?.get(key[index] ?? '');
      if (!own || !target || sameKey(own.type, target.type)) return;
      const message = `${from}.${column} is ${typeText(own.type)}, and ${to}.${key[index] ?? ''}, to which it refers, is ${typeText(target.type)}`;
      findings.add('WARN', message, { view: from, column });
    });
  }
}

/** A literal 0 is an int whatever it stands for, and whole numbers compare without harm. */
const sameKey = (left: ColumnType, right: ColumnType): boolean =>
  typeText(left) === typeText(right) || (whole.includes(left.name) && whole.includes(right.name));

function checkAbsent(
  contract: readonly ContractView[],
  found: ReadonlyMap<string, FoundView>,
  any: boolean,
  findings: Findings,
): void {
  const absent = contract.map(({ name }) => name).filter((name) => !found.has(name));
  if (any && absent.length > 0)
    findings.add('NOTE', `not offered: ${listed(absent)} (no such view, or no SELECT on it)`);
  for (const [part, whole] of parts)
    if (found.has(part) && !found.has(whole))
      findings.add('WARN', `${part} is there without ${whole}, and nobody can reach it`, { view: part });
  const known = new Set(contract.map(({ name }) => name));
  const others = [...found.keys()].filter((name) => !known.has(name));
  if (others.length > 0)
    findings.add('NOTE', `nobody reads ${listed(others.slice(0, 5))}: no such view in the contract`);
}

const parts: readonly (readonly [string, string])[] = [
  ['sales_order_line', 'sales_order'],
  ['invoice_line', 'invoice'],
  ['invoice_order', 'invoice'],
  ['settlement_match', 'settlement'],
];
