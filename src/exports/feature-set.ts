/**
 * Features as a set: a row for each record and each definition that it has a value of. A card whose type a definition is not for has none of
 * it, whatever was kept from another type.
 */
import { featuredRecords } from '../features/featured-records.ts';
import { idColumn } from '../reads/declaration.ts';
import { parsePublicId } from '../values/record-id.ts';
import { copyParameters, type AboutRecordsSet } from './export-set.ts';

/** Tables of the records that have features, and the kind of their ids. */
const records = featuredRecords.map(({ kind, recordType, table }) => ({ kind, recordType, table }));

const recordOf = records
  .map(({ recordType, table }) => {
    const own =
      table === 'client' ? 'x.id AS client_id, x.card_type_id' : 'x.client_id, NULL::uuid AS card_type_id';
    return `SELECT ${own}, x.created_at, x.updated_at, x.deleted_at FROM ${table} x WHERE d.record_type = '${recordType}' AND x.id = v.record_id`;
  })
  .join(' UNION ALL ');

const rows = `(SELECT v.*, d.record_type, d.key, d.name, d.kind, d.unit, d.retired, r.client_id, r.created_at, r.updated_at, r.deleted_at
  FROM (SELECT record_id, definition_id, min(text_value) AS text_value, min(long_text_value) AS long_text_value, min(number_value) AS number_value,
      bool_or(boolean_value) AS boolean_value, min(date_value) AS date_value, array_agg(text_value ORDER BY place) AS choices
    FROM feature_value GROUP BY record_id, definition_id) v
  JOIN feature_definition d ON d.id = v.definition_id
  CROSS JOIN LATERAL (${recordOf}) r
  WHERE d.record_type <> 'CLIENT' OR cardinality(d.card_type_ids) = 0 OR r.card_type_id = ANY(d.card_type_ids))`;

const recordId = `CASE t.record_type ${records
  .map(({ kind, recordType }) => `WHEN '${recordType}' THEN '${kind}_'`)
  .join(' ')} END || t.record_id`;

const isChoice = "t.kind IN ('CHOICE', 'MULTI_CHOICE')";

/** `client_…:feature_…` */
function keyOf(cursor: string): readonly string[] | undefined {
  const [record = '', definition = '', ...more] = cursor.split(':').map(parsePublicId);
  if (!record || !definition || more.length > 0 || definition.kind !== 'feature') return undefined;
  return [record.key, definition.key];
}

export const featureSet: AboutRecordsSet = {
  source: 'about',
  name: 'features',
  need: 'clients.read',
  table: rows,
  card: 't.client_id',
  key: [
    ['t.record_id', 'uuid'],
    ['t.definition_id', 'uuid'],
  ],
  keyOf,
  made: 't.created_at',
  changed: 't.updated_at',
  cursor: 'id',
  parameters: copyParameters,
  conditions: ({ permissions }) =>
    permissions.has('attachments.read') ? [] : ["t.record_type <> 'ATTACHMENT'"],
  columns: [
    { name: 'id', type: 'text', sql: `${recordId} || ':feature_' || t.definition_id` },
    { name: 'recordType', type: 'text', sql: 't.record_type' },
    { name: 'recordId', type: 'text', sql: recordId },
    { name: 'clientId', type: 'text', sql: idColumn('client', 't.client_id') },
    { name: 'definitionId', type: 'text', sql: idColumn('feature', 't.definition_id') },
    { name: 'key', type: 'text', sql: 't.key' },
    { name: 'name', type: 'text', sql: 't.name' },
    { name: 'kind', type: 'text', sql: 't.kind' },
    { name: 'unit', type: 'text', sql: 't.unit' },
    { name: 'retired', type: 'boolean', sql: 't.retired' },
    {
      name: 'text',
      type: 'text',
      sql: `CASE WHEN NOT ${isChoice} THEN coalesce(t.text_value, t.long_text_value) END`,
    },
    { name: 'number', type: 'decimal', sql: 't.number_value' },
    { name: 'boolean', type: 'boolean', sql: 't.boolean_value' },
    { name: 'date', type: 'date', sql: 't.date_value' },
    { name: 'choices', type: 'list', sql: `CASE WHEN ${isChoice} THEN t.choices END` },
    { name: 'updatedAt', type: 'instant', sql: 't.updated_at' },
    { name: 'deleted', type: 'boolean', sql: 't.deleted_at IS NOT NULL' },
  ],
};
