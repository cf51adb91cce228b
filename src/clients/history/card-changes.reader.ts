/**
 * The change log as a history tells it: every line of the card and of what stands on it, and of the cards merged into it, as far as the
 * caller sees those. That a note, an attachment or an event was made is left out: it has an entry of its own.
 */
import { kindOf, readableTypes, type Logged } from '../../changes/change-feed.reader.ts';
import type { ChangeAction, FieldStep } from '../../changes/change.entity.ts';
import type { RecordType } from '../../changes/record-type.ts';
import { mayRead } from '../../access/record-needs.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import type { Bind } from '../../reads/declaration.ts';
import { isOwn, sightOf, type Sight } from '../../reads/own-cards.ts';
import { binder } from '../../reads/statement.ts';
import type { RequestContext } from '../../request.ts';
import { publicId } from '../../values/record-id.ts';
import { entryOf, type HistoryEntryRow, type HistoryRange, type HistorySource } from './history-entry.ts';
import { changeTitle } from './change-title.ts';

interface StoredLine {
  readonly parentKey: string;
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly recordType: RecordType & Logged;
  readonly recordKey: string;
  readonly action: ChangeAction;
  readonly version: number;
  readonly fields: readonly FieldStep[];
}

/** A card and all that were merged into it, whatever the steps. */
const cards = `(WITH RECURSIVE past(id) AS (SELECT k.key UNION SELECT m.id FROM client m JOIN past ON m.merged_into_id = past.id)
  SELECT id FROM past) p`;

interface Asked {
  readonly keys: readonly string[];
  readonly range: HistoryRange;
  readonly types: readonly RecordType[];
  readonly sight: Sight | undefined;
}

/** One text for every range, so that it is prepared once: bounds that are not given lie beyond everything. */
function linesSql({ range: { from, bound }, types, sight }: Asked, bind: Bind): string {
  const before = bind(bound ? new Date(bound.at).toISOString() : 'infinity', 'timestamptz');
  const own = isOwn('l.client_id', sight, bind).map((condition) => ` AND ${condition}`);
  return `FROM change l WHERE l.client_id = p.id
    AND (l.at, l.id) < (${before}, ${bind(bound?.key?.[0] ?? '0', 'bigint')})
    AND l.at >= ${bind(from === undefined ? '-infinity' : new Date(from).toISOString(), 'timestamptz')}
    AND l.record_type = ANY(${bind(types, 'text[]')})
    AND NOT (l.action = 'CREATED' AND l.record_type IN ('NOTE', 'ATTACHMENT', 'EVENT'))${own.join('')}`;
}

function headsStatement(asked: Asked, limit: number) {
  const { bind, values } = binder();
  const keys = bind(asked.keys, 'uuid[]');
  const most = bind(limit, 'int');
  const text = `SELECT k.key AS "parentKey", x.* FROM unnest(${keys}) WITH ORDINALITY AS k(key, ord) CROSS JOIN LATERAL
    (SELECT t.* FROM ${cards} CROSS JOIN LATERAL
      (SELECT l.id, l.at, l.actor, l.record_type AS "recordType", l.record_id AS "recordKey", l.action, l.version, l.fields
       ${linesSql(asked, bind)} ORDER BY l.at DESC, l.id DESC LIMIT ${most}) t
     ORDER BY t.at DESC, t.id DESC LIMIT ${most}) x
    ORDER BY k.ord, x.at DESC, x.id DESC`;
  return { name: `history changes${asked.sight ? ' of own cards' : ''}`, text, values };
}

function countStatement(asked: Asked) {
  const { bind, values } = binder();
  const keys = bind(asked.keys, 'uuid[]');
  const text = `SELECT (SELECT count(*)::int FROM ${cards} CROSS JOIN LATERAL (SELECT ${linesSql(asked, bind)}) t) AS "count"
    FROM unnest(${keys}) WITH ORDINALITY AS k(key, ord) ORDER BY k.ord`;
  return { name: `history changes count${asked.sight ? ' of own cards' : ''}`, text, values };
}

function toEntry({ id, at, actor, recordKey, ...step }: StoredLine): HistoryEntryRow {
  const { recordType, action, version, fields } = step;
  const recordId = publicId(kindOf[recordType], recordKey);
  const change = { recordType, recordId, action, version, fields };
  const place = { at: Date.parse(at), kind: 'CHANGE', key: [id] } as const;
  return entryOf(place, { title: changeTitle(change), actor, of: { id: recordId }, change });
}

const logged = Object.keys(kindOf) as RecordType[];

export function changeSource(run: RunQuery): HistorySource {
  const askedBy = (context: RequestContext, keys: readonly string[], range: HistoryRange): Asked => ({
    keys,
    range,
    types: readableTypes(null, context.actor.access) ?? logged,
    sight: sightOf(context),
  });
  return {
    kind: 'CHANGE',
    isOpenTo: ({ actor }) => mayRead(actor.access, 'client'),
    async entries(context, keys, range, limit) {
      const rows = await run<StoredLine>(headsStatement(askedBy(context, keys, range), limit));
      const groups = Map.groupBy(rows, ({ parentKey }) => parentKey);
      return keys.map((key) => ({ missing: false, value: (groups.get(key) ?? []).map(toEntry) }));
    },
    async count(context, keys, range) {
      const rows = await run<{ count: number }>(countStatement(askedBy(context, keys, range)));
      return rows.map(({ count }) => ({ value: count, missing: false }));
    },
  };
}
