/** Rows as INSERT statements of T-SQL, and the literals in them. */
import { type Amount, amountText } from './ledger/amounts.ts';

/** SQL Server takes 1,000 rows in one VALUES at the most; half of that keeps a statement easy to parse. */
const rowsPerStatement = 500;

export function* insertBatches(
  table: string,
  columns: string,
  rows: readonly (readonly string[])[],
): Generator<string> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const values = rows.slice(start, start + rowsPerStatement).map((cells) => `(${cells.join(', ')})`);
    yield `INSERT INTO ${table} (${columns}) VALUES\n${values.join(',\n')};\n`;
  }
}

/** For nvarchar columns. */
export function text(value: string | null): string {
  return value === null ? 'NULL' : `N'${value.replaceAll("'", "''")}'`;
}

/** For char and varchar columns, and for days. */
export function plain(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
}

export function decimal(value: Amount | null): string {
  return value === null ? 'NULL' : amountText(value);
}

export function whole(value: number | null): string {
  return value === null ? 'NULL' : String(value);
}

export function bit(value: boolean): string {
  return value ? '1' : '0';
}

/** A moment in that day's office hours; which one hangs upon the number alone. */
export function moment(day: string, number: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `'${day}T${two(6 + (number % 9))}:${two(number % 60)}:${two((number * 7) % 60)}.${String((number * 37) % 1000).padStart(3, '0')}'`;
}
