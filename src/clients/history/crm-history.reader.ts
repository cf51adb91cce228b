/** What the CRM has for a card's history: its changes, notes, files and events. One statement per kind, however many cards are asked for. */
import type { Access } from '../../access/access.ts';
import { readableTypes, recordIdOf, type LoggedType } from '../../changes/change-feed.reader.ts';
import type { ChangeAction, FieldStep } from '../../changes/change.entity.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import type { Bind } from '../../reads/declaration.ts';
import { binder } from '../../reads/page-rows.ts';
import { publicId, type RecordKind } from '../../values/record-id.ts';
import type { HistoryEntryRow, HistoryQuestion } from './history-entry.ts';
import { besides, notACursor, type HistoryKind } from './history-position.ts';

export type CrmHistoryKind = Extract<HistoryKind, 'CHANGE' | 'NOTE' | 'ATTACHMENT' | 'EVENT'>;

const longestTitle = 200;

/** The rows are `t`; what is told of a record of its own is no change besides. */
interface Source {
  readonly table: string;
  readonly at: string;
  readonly key: { readonly sql: string; readonly type: 'uuid' | 'bigint'; readonly form: RegExp };
  readonly columns: string;
  readonly conditions: (access: Access, bind: Bind) => readonly string[];
  readonly entry: (row: Told) => Pick<HistoryEntryRow, 'title' | 'record' | 'fields'>;
}

interface Told {
  readonly clientKey: string;
  readonly key: string;
  readonly at: string;
  readonly actor: string;
  readonly title: string;
  readonly recordType: LoggedType;
  readonly recordKey: string;
  readonly action: ChangeAction;
  readonly fields: readonly FieldStep[];
}

const uuidKey = {
  sql: 't.id',
  type: 'uuid',
  form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const;

const ofRecords = (
  kind: RecordKind,
  source: { readonly table: string; readonly at: string; readonly title: string },
): Source => ({
  table: source.table,
  at: source.at,
  key: uuidKey,
  columns: `t.created_by AS actor, left(${source.title}, ${longestTitle}) AS title`,
  conditions: () => ['t.deleted_at IS NULL'],
  entry: ({ title, key }) => ({ title, record: publicId(kind, key), fields: null }),
});

const sources: Readonly<Record<CrmHistoryKind, Source>> = {
  CHANGE: {
    table: 'change',
    at: 't.at',
    key: { sql: 't.id', type: 'bigint', form: /^[1-9]\d{0,17}$/ },
    columns: `t.actor, t.record_type AS "recordType", t.record_id AS "recordKey", t.action, t.fields,
      left((SELECT string_agg(f.step->>'name', ', ' ORDER BY f.place) FROM jsonb_array_elements(t.fields) WITH ORDINALITY AS f(step, place)), ${longestTitle}) AS title`,
    conditions: (access, bind) => {
      const types = readableTypes(undefined, access);
      return [
        "NOT (t.action = 'CREATED' AND t.record_type IN ('NOTE', 'ATTACHMENT', 'EVENT'))",
        ...(types === undefined ? [] : [`t.record_type = ANY(${bind(types, 'text[]')})`]),
      ];
    },
    entry: ({ action, recordType, recordKey, title, fields }) => ({
      fields,
      title: `${recordType} ${action}${action === 'UPDATED' && title ? `: ${title}` : ''}`,
      record: recordIdOf(recordType, recordKey),
    }),
  },
  NOTE: ofRecords('note', {
    table: 'note',
    at: 't.created_at',
    title: String.raw`regexp_replace(t.text, '\s*\n.*$', ' …')`,
  }),
  ATTACHMENT: ofRecords('attachment', { table: 'attachment', at: 't.created_at', title: 't.file_name' }),
  EVENT: ofRecords('event', { table: 'event', at: 't.starts_at', title: 't.subject' }),
};

function boundsOf(
  kind: CrmHistoryKind,
  { at, key }: Source,
  { from, to, after }: HistoryQuestion,
  bind: Bind,
): string[] {
  const instant = (value: string) => bind(value, 'timestamptz');
  const bounds = [
    ...(from === undefined ? [] : [`${at} >= ${instant(from)}`]),
    ...(to === undefined ? [] : [`${at} < ${instant(to)}`]),
  ];
  if (!after) return bounds;
  const side = besides(kind, after);
  if (side !== 'among') return [...bounds, `${at} ${side === 'behind' ? '<=' : '<'} ${instant(after.at)}`];
  if (!key.form.test(after.key)) throw notACursor();
  return [...bounds, `(${at}, ${key.sql}) < (${instant(after.at)}, ${bind(after.key, key.type)})`];
}

/** Of each card the first entries, in their order, by the card's bare key. Throws InputRejected for a cursor that is none. */
export async function readCrmHistory(
  run: RunQuery,
  kind: CrmHistoryKind,
  { clientKeys, access }: { readonly clientKeys: readonly string[]; readonly access: Access },
  question: HistoryQuestion,
): Promise<ReadonlyMap<string, readonly HistoryEntryRow[]>> {
  const source = sources[kind];
  const { bind, values } = binder();
  const cards = bind(clientKeys, 'uuid[]');
  const conditions = [
    't.client_id = k.key',
    ...source.conditions(access, bind),
    ...boundsOf(kind, source, question, bind),
  ];
  const limit = bind(question.limit, 'int');
  const rows = await run<Told>({
    name: '',
    text: `SELECT k.key AS "clientKey", x.* FROM unnest(${cards}) AS k(key) CROSS JOIN LATERAL (
      SELECT ${source.key.sql}::text AS key, ${source.at} AS at, ${source.columns} FROM ${source.table} t
      WHERE ${conditions.join(' AND ')} ORDER BY ${source.at} DESC, ${source.key.sql} DESC LIMIT ${limit}) x
      ORDER BY x.at DESC, x.key::${source.key.type} DESC`,
    values,
  });
  const entries = rows.map((row) => ({
    clientKey: row.clientKey,
    entry: { at: row.at, kind, key: row.key, actor: row.actor, ...source.entry(row) },
  }));
  const byCard = Map.groupBy(entries, ({ clientKey }) => clientKey);
  return new Map([...byCard].map(([key, own]) => [key, own.map(({ entry }) => entry)]));
}
