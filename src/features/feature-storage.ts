/** The table of features' values: which rows there are for a record, and how they are replaced. */
import type { RunQuery } from '../crm-database/run-query.ts';
import { featureDefinitionRead, type FeatureDefinitionRow } from './definition.read.ts';
import { FeatureKind, traits } from './feature-kind.ts';
import type { Cells } from './feature-value.rules.ts';

/** Whatever column holds the value, as text. */
const cell = `coalesce(v.text_value COLLATE "C", v.long_text_value COLLATE "C", v.number_value::text COLLATE "C",
  v.boolean_value::text COLLATE "C", v.date_value::text COLLATE "C")`;

const definitionColumns = Object.entries(featureDefinitionRead.columns)
  .map(([field, sql]) => `${sql} AS "${field}"`)
  .join(', ');

export interface DefinitionWithValue extends FeatureDefinitionRow {
  readonly definitionKey: string;
  readonly cells: Cells;
}

/** Every definition for a type of record, with what one record has of it. */
export const definitionsWithValues = (
  run: RunQuery,
  recordType: string,
  recordKey: string | null,
): Promise<DefinitionWithValue[]> =>
  run({
    name: '',
    text: `SELECT ${definitionColumns}, t.id AS "definitionKey",
        ARRAY(SELECT ${cell} FROM feature_value v WHERE v.record_id = $2::uuid AND v.definition_id = t.id ORDER BY v.place) AS cells
      FROM feature_definition t WHERE t.record_type = $1 ORDER BY t.group_name, t.position, t.name, t.id`,
    values: [recordType, recordKey],
  });

export interface RecordValue {
  readonly recordKey: string;
  readonly definitionId: string;
  readonly cells: Cells;
}

/** The values of many records in one statement. */
export const valuesOfRecords = (run: RunQuery, recordKeys: readonly string[]): Promise<RecordValue[]> =>
  run({
    name: 'features-of-records',
    text: `SELECT v.record_id AS "recordKey", 'feature_' || v.definition_id AS "definitionId",
        array_agg(${cell} ORDER BY v.place) AS cells
      FROM feature_value v WHERE v.record_id = ANY($1::uuid[]) GROUP BY v.record_id, v.definition_id`,
    values: [recordKeys],
  });

export interface ChangedValue {
  readonly definitionKey: string;
  readonly kind: FeatureKind;
  readonly cells: Cells;
}

const choicePlaces = 'jsonb_array_elements(d.choices) WITH ORDINALITY AS c(choice, place)';

/** Makes the values of a definition sort by the order that its choices have now. */
export async function sortChoicesAnew(run: RunQuery, definitionKey: string): Promise<void> {
  await run({
    name: '',
    text: `UPDATE feature_value v SET choice_place = c.place FROM feature_definition d, ${choicePlaces}
      WHERE d.id = $1 AND v.definition_id = d.id AND c.choice->>'key' = v.text_value AND v.choice_place <> c.place`,
    values: [definitionKey],
  });
}

/** Replaces what a record has of these definitions; no cells take the value away. */
export async function replaceValues(
  run: RunQuery,
  recordKey: string,
  changed: readonly ChangedValue[],
): Promise<void> {
  if (changed.length === 0) return;
  await run({
    name: '',
    text: 'DELETE FROM feature_value WHERE record_id = $1 AND definition_id = ANY($2::uuid[])',
    values: [recordKey, changed.map(({ definitionKey }) => definitionKey)],
  });
  const rows = changed.flatMap(({ definitionKey, kind, cells }) =>
    cells.map((value, place) => ({ definition_id: definitionKey, place, [traits[kind].column]: value })),
  );
  if (rows.length === 0) return;
  // So that nobody puts the choices in another order meanwhile.
  if (changed.some(({ kind }) => kind === FeatureKind.CHOICE))
    await run({
      name: '',
      text: 'SELECT FROM feature_definition WHERE id = ANY($1::uuid[]) ORDER BY id FOR SHARE',
      values: [changed.map(({ definitionKey }) => definitionKey)],
    });
  await run({
    name: '',
    text: `INSERT INTO feature_value (record_id, definition_id, place, text_value, long_text_value, number_value, boolean_value, date_value, choice_place)
      SELECT $1, x.*, (
        SELECT c.place FROM feature_definition d, ${choicePlaces}
        WHERE d.id = x.definition_id AND d.kind = 'CHOICE' AND c.choice->>'key' = x.text_value)
      FROM jsonb_to_recordset($2::jsonb) AS x(definition_id uuid, place integer, text_value text,
        long_text_value text, number_value numeric, boolean_value boolean, date_value date)`,
    values: [recordKey, JSON.stringify(rows)],
  });
}

interface DeletedValue {
  readonly recordKey: string;
  /** Of its definition. */
  readonly key: string;
  readonly text: string;
}

/** All that the records have. */
export const deleteValues = (run: RunQuery, recordKeys: readonly string[]): Promise<DeletedValue[]> =>
  run({
    name: '',
    text: `WITH gone AS (DELETE FROM feature_value WHERE record_id = ANY($1::uuid[]) RETURNING *)
      SELECT v.record_id AS "recordKey", d.key, ${cell} AS text
      FROM gone v JOIN feature_definition d ON d.id = v.definition_id ORDER BY v.record_id, d.key, v.place`,
    values: [recordKeys],
  });
