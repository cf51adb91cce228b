/** An ERP's empty tables, rows by hand and its views, on the sandbox engine; and the contract, as contract.sql tells it. */
import { readFileSync } from 'node:fs';
import { arrangeEngine, type ArrangedEngine } from '../sandbox-erp/arrange-engine.ts';

export const erpFile = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

export interface InstalledViews {
  /** The rows of a question, as text. */
  rows(question: string): Promise<readonly (readonly (string | null)[])[]>;
  close(): Promise<void>;
}

export async function installViews(...scripts: readonly string[]): Promise<InstalledViews> {
  const sandbox: ArrangedEngine = await arrangeEngine();
  await sandbox.engine.installScript(sandbox.database, ...scripts);
  return { rows: (question) => sandbox.rows(question), close: () => sandbox.close() };
}

export interface ViewColumn {
  readonly view: string;
  readonly name: string;
  readonly type: string;
}

/** The columns of kartoteka's tables or views, as sys.columns has them: an int tells 'int 4 10 0'. */
export async function columnsOf(views: InstalledViews): Promise<readonly ViewColumn[]> {
  const rows = await views.rows(
    `SELECT o.name, c.name, t.name + ' ' + CAST(c.max_length AS varchar(6)) + ' ' + CAST(c.precision AS varchar(3)) + ' '
       + CAST(c.scale AS varchar(3))
     FROM sys.schemas AS s
     JOIN sys.objects AS o ON o.schema_id = s.schema_id
     JOIN sys.columns AS c ON c.object_id = o.object_id
     JOIN sys.types AS t ON t.user_type_id = c.user_type_id
     WHERE s.name = N'kartoteka' AND o.type IN ('U', 'V')
     ORDER BY o.name, c.column_id`,
  );
  return rows.map(([view, name, type]) => ({ view: view ?? '', name: name ?? '', type: type ?? '' }));
}

export const isKey = (column: string): boolean =>
  /_type$|_id$|^line_no$|^match_no$|^settlement_line$|^counter_line$/.test(column) && column !== 'tax_id';

/** The types of the key columns, by view and column; a literal's are of no interest. */
export async function keyTypes(views: InstalledViews): Promise<Readonly<Record<string, string>>> {
  const columns = await columnsOf(views);
  return Object.fromEntries(
    columns
      .filter(({ name }) => isKey(name))
      .map(({ view, name, type }) => [`${view}.${name}`, type.split(' ')[0] ?? '']),
  );
}
