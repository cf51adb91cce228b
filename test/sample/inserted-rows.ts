/** Reads the sample's INSERT statements back: a reader of their own, so that the tests do not trust what wrote them. */
import { readFileSync } from 'node:fs';
import { sandboxCompanies } from '../../src/sample/companies.ts';

type InsertedRow = ReadonlyMap<string, string | null>;

interface Insert {
  readonly table: string;
  readonly rows: readonly InsertedRow[];
}

export function readInsert(statement: string): Insert {
  const head = /INSERT INTO ([\w.]+)\s*\(([^)]*)\)\s*VALUES\s/.exec(statement);
  const [whole, table, names] = head ?? [];
  if (head === null || whole === undefined || table === undefined || names === undefined)
    throw new Error('No INSERT');
  const columns = names.split(',').map((name) => name.trim());
  const rows: InsertedRow[] = [];
  let cells: (string | null)[] = [];
  for (const token of statement
    .slice(head.index + whole.length)
    .matchAll(/N?'((?:[^']|'')*)'|NULL|-?\d[\d.]*|\)/g)) {
    if (token[0] === ')') {
      if (cells.length !== columns.length)
        throw new Error(`${table}: ${cells.length} cells, ${columns.length} columns`);
      const row = cells;
      rows.push(new Map(columns.map((column, index) => [column, row[index] ?? null])));
      cells = [];
    } else if (token[0] === 'NULL') cells.push(null);
    else cells.push(token[1]?.replaceAll("''", "'") ?? token[0]);
  }
  return { table, rows };
}

/** The customers of a company's script, by their key. */
export function customersIn(
  company: 'main' | 'export',
): ReadonlyMap<string, { taxId: string | null; days: number }> {
  const found = sandboxCompanies.find(({ key }) => key === company);
  const script = found?.scripts.find((path) => path.endsWith('30-customers.sql'));
  if (script === undefined) throw new Error(`${company} has no customers`);
  const names =
    company === 'main' ? ['kontrahent_id', 'nip', 'termin_dni'] : ['DebtorNo', 'VatId', 'PaymentTermsDays'];
  const [key = '', taxId = '', days = ''] = names;
  const { rows } = readInsert(readFileSync(script, 'utf8'));
  return new Map(
    rows.map((row) => [row.get(key) ?? '', { taxId: row.get(taxId) ?? null, days: Number(row.get(days)) }]),
  );
}
