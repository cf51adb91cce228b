/** Whether a base table has an index that begins with a column. The base table may be in another database, and out of sight. */
import { bracketed } from '../statement.ts';
import type { Inquiry } from './inquiry.ts';
import { textIn } from './row-text.ts';
import type { BaseColumn } from './survey.ts';

type IndexAnswer = 'there' | 'none' | 'unseen';

const sysname = { name: 'nvarchar', length: 128 } as const;

export async function hasIndex(inquiry: Inquiry, bases: readonly BaseColumn[]): Promise<IndexAnswer> {
  let answer: IndexAnswer = 'none';
  for (const base of bases) {
    const own = await leadsIndex(inquiry, base);
    if (own === 'there') return own;
    if (own === 'unseen') answer = own;
  }
  return answer;
}

async function leadsIndex(inquiry: Inquiry, base: BaseColumn): Promise<IndexAnswer> {
  const sys = `${bracketed(base.database)}.sys`;
  const rows = await inquiry.rows(
    `indexes of ${base.table}`,
    [
      'SELECT c.name AS column_name',
      `FROM ${sys}.schemas AS s`,
      `INNER JOIN ${sys}.objects AS o ON o.schema_id = s.schema_id`,
      `LEFT JOIN ${sys}.indexes AS i ON i.object_id = o.object_id AND i.is_disabled = 0 AND i.has_filter = 0`,
      `LEFT JOIN ${sys}.index_columns AS x ON x.object_id = i.object_id AND x.index_id = i.index_id AND x.key_ordinal = 1`,
      `LEFT JOIN ${sys}.columns AS c ON c.object_id = x.object_id AND c.column_id = x.column_id`,
      'WHERE s.name = @schema AND o.name = @table',
    ].join('\n'),
    [
      { name: 'schema', type: sysname, value: base.schema },
      { name: 'table', type: sysname, value: base.table },
    ],
  );
  // A table that is in sight has at least its heap.
  if (rows.length === 0) return 'unseen';
  const wanted = base.column.toLowerCase();
  return rows.some((row) => textIn(row, 'column_name').toLowerCase() === wanted) ? 'there' : 'none';
}
