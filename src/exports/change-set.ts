/** The change log as a set: what the feed tells, to whom it would tell it, in its order. */
import { followableTypes, isPosition, recordPrefixes } from '../changes/change-feed.reader.ts';
import { idColumn } from '../reads/declaration.ts';
import type { AboutRecordsSet } from './export-set.ts';

const prefixes = Object.entries(recordPrefixes)
  .map(([type, kind]) => `WHEN '${type}' THEN '${kind}_'`)
  .join(' ');

export const changeSet: AboutRecordsSet = {
  source: 'about',
  name: 'changes',
  need: 'clients.read',
  // What has no position yet comes when it has one.
  table: '(SELECT * FROM change WHERE position IS NOT NULL)',
  card: 't.client_id',
  cardless: true,
  key: [['t.position', 'bigint']],
  keyOf: (cursor) => (isPosition(cursor) ? [cursor] : undefined),
  end: 'SELECT coalesce(max(position), 0)::text AS last FROM change',
  made: 't.at',
  cursor: 'position',
  parameters: ['client', 'cardType', 'after', 'from', 'to'],
  // Names of types are the code's own.
  conditions: (access) => [
    `t.record_type IN (${followableTypes(access)
      .map((type) => `'${type}'`)
      .join(', ')})`,
  ],
  columns: [
    { name: 'position', type: 'text', sql: 't.position::text' },
    { name: 'at', type: 'instant', sql: 't.at' },
    { name: 'actor', type: 'text', sql: 't.actor' },
    { name: 'recordType', type: 'text', sql: 't.record_type' },
    { name: 'recordId', type: 'text', sql: `CASE t.record_type ${prefixes} END || t.record_id` },
    { name: 'clientId', type: 'text', sql: idColumn('client', 't.client_id') },
    { name: 'action', type: 'text', sql: 't.action' },
    { name: 'version', type: 'integer', sql: 't.version' },
    { name: 'fields', type: 'json', sql: 't.fields' },
  ],
};
