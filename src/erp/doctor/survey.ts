/** What the company's schema holds, as its own catalogue tells this login, and which base columns are behind the views'. */
import type { ColumnType } from '../key-types.ts';
import { bracketed, type RawRow } from '../statement.ts';
import { isTold, type Inquiry } from './inquiry.ts';
import { textIn } from './row-text.ts';

interface FoundColumn {
  readonly type: ColumnType;
  readonly nullable: boolean;
}

export type FoundView = ReadonlyMap<string, FoundColumn>;

export interface BaseColumn {
  readonly database: string;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly computed: boolean;
}

/** By column; undefined where an expression makes it. */
export type Origins = ReadonlyMap<string, BaseColumn | undefined>;

export interface Survey {
  readonly views: ReadonlyMap<string, FoundView>;
  /** Of the views of which it could be seen; the others' reasons are in `unseen`. */
  readonly origins: ReadonlyMap<string, Origins>;
  readonly unseen: ReadonlyMap<string, string>;
}

export async function foundViews(inquiry: Inquiry): Promise<ReadonlyMap<string, FoundView>> {
  const rows = await inquiry.rows(
    'catalogue',
    [
      'SELECT o.name AS view_name, c.name AS column_name, t.name AS type_name, c.max_length AS max_length,',
      '  c.precision AS precision, c.scale AS scale, c.is_nullable AS is_nullable',
      'FROM sys.schemas AS s',
      'INNER JOIN sys.objects AS o ON o.schema_id = s.schema_id',
      'INNER JOIN sys.columns AS c ON c.object_id = o.object_id',
      'INNER JOIN sys.types AS t ON t.user_type_id = c.system_type_id',
      "WHERE s.name = @schema AND o.type IN ('U', 'V')",
      'ORDER BY o.name, c.column_id',
    ].join('\n'),
    [{ name: 'schema', type: { name: 'nvarchar', length: 128 }, value: inquiry.company.schema }],
  );
  const views = new Map<string, Map<string, FoundColumn>>();
  for (const row of rows) {
    const view = textIn(row, 'view_name').toLowerCase();
    const columns = views.get(view) ?? new Map<string, FoundColumn>();
    views.set(view, columns.set(textIn(row, 'column_name').toLowerCase(), foundColumn(row)));
  }
  return views;
}

const foundColumn = (row: RawRow): FoundColumn => ({
  type: {
    name: textIn(row, 'type_name'),
    bytes: Number(row['max_length']),
    precision: Number(row['precision']),
    scale: Number(row['scale']),
  },
  nullable: row['is_nullable'] !== false,
});

/**
 * Browse mode 1 tells the base table's column for what is a bare column, through any number of views, and nothing for what an
 * expression makes. It tells nothing at all of a UNION, DISTINCT or GROUP BY: then nothing is known, which is not the same.
 */
async function originsOf(
  inquiry: Inquiry,
  view: string,
  columns: readonly string[],
): Promise<Origins | string> {
  const query = `SELECT ${columns.map((one) => `v.${bracketed(one)}`).join(', ')} FROM ${inquiry.table(view)} AS v`;
  const rows = await inquiry.rows(
    `base columns of ${view}`,
    [
      'SELECT d.is_hidden, d.name, d.source_database, d.source_schema, d.source_table, d.source_column,',
      '  d.is_computed_column, d.error_number',
      `FROM sys.dm_exec_describe_first_result_set(N'${query.replaceAll("'", "''")}', NULL, 1) AS d`,
      'ORDER BY d.column_ordinal',
    ].join('\n'),
  );
  const failed = rows.find((row) => row['error_number'] != null);
  if (failed) return `SQL error ${textIn(failed, 'error_number')}`;
  const shown = rows.filter((row) => row['is_hidden'] !== true);
  if (shown.every((row) => row['source_column'] == null))
    return 'a UNION, DISTINCT or GROUP BY makes it, or every column is an expression';
  return new Map(shown.map((row) => [textIn(row, 'name').toLowerCase(), baseColumn(row)]));
}

function baseColumn(row: RawRow): BaseColumn | undefined {
  const text = (name: string): string => textIn(row, name);
  if (text('source_column') === '') return undefined;
  return {
    database: text('source_database'),
    schema: text('source_schema'),
    table: text('source_table'),
    column: text('source_column'),
    computed: row['is_computed_column'] === true,
  };
}

/** Of the contract's views that are there. */
export async function surveyed(
  inquiry: Inquiry,
  views: ReadonlyMap<string, FoundView>,
  names: readonly string[],
): Promise<Survey> {
  const origins = new Map<string, Origins>();
  const unseen = new Map<string, string>();
  for (const name of names) {
    const columns = [...(views.get(name)?.keys() ?? [])];
    if (columns.length === 0) continue;
    try {
      const told = await originsOf(inquiry, name, columns);
      if (typeof told === 'string') unseen.set(name, told);
      else origins.set(name, told);
    } catch (fault) {
      if (!isTold(fault)) throw fault;
      unseen.set(name, inquiry.reason(fault));
    }
  }
  return { views, origins, unseen };
}
