/**
 * Features as a table: a row for each record of one type, whether it has features or not, and a column for each definition, in the order
 * in which they were defined, so that a new one comes last. Columns therefore depend on what the firm has defined, and are read anew for
 * each request.
 */
import type { RunQuery } from '../crm-database/run-query.ts';
import { FeatureKind, traits } from '../features/feature-kind.ts';
import { featuredRecords, type FeaturedRecord } from '../features/featured-records.ts';
import { idColumn } from '../reads/declaration.ts';
import { literal } from './copy-literal.ts';
import {
  copyParameters,
  deleted,
  keyOfId,
  type AboutRecordsSet,
  type ColumnType,
  type CrmColumn,
} from './export-set.ts';

export const wideName = 'features-wide';

export interface WideDefinition {
  /** Bare. */
  readonly id: string;
  readonly key: string;
  readonly kind: FeatureKind;
}

/** The name of a definition's column. */
export type NameColumn = (definition: WideDefinition, earlier: ReadonlySet<string>) => string;

export const wideTypes: readonly string[] = featuredRecords.map(({ recordType }) => recordType);

/** Clients where no type is named, or none that has features. */
const recordOf = (recordType: string | undefined): FeaturedRecord => {
  const found =
    featuredRecords.find((record) => record.recordType === recordType) ??
    featuredRecords.find((record) => record.recordType === 'CLIENT');
  if (!found) throw new Error('clients have no features');
  return found;
};

/** As imports name them. PostgreSQL cuts names off behind 63 signs: a key too long for that gives way to its definition's id. */
const featureColumn: NameColumn = ({ id, key }) => {
  const name = `feature.${key}`;
  return name.length <= 63 ? name : `feature_${id}`;
};

const types: Readonly<Record<FeatureKind, ColumnType>> = {
  TEXT: 'text',
  LONG_TEXT: 'text',
  LINK: 'text',
  INTEGER: 'integer',
  DECIMAL: 'decimal',
  BOOLEAN: 'boolean',
  DATE: 'date',
  CHOICE: 'text',
  MULTI_CHOICE: 'list',
};

function valueOf({ id, kind }: WideDefinition): string {
  const { column } = traits[kind];
  const only = `FILTER (WHERE v.definition_id = ${literal(id, 'uuid')})`;
  if (kind === FeatureKind.MULTI_CHOICE) return `array_agg(v.${column} ORDER BY v.place) ${only}`;
  return kind === FeatureKind.BOOLEAN ? `bool_or(v.${column}) ${only}` : `min(v.${column}) ${only}`;
}

/** A card whose type a definition is not for has none of it, whatever was kept from another type. */
const valuesOfCard = `feature_value v JOIN feature_definition d ON d.id = v.definition_id
    AND (cardinality(d.card_type_ids) = 0 OR x.card_type_id = ANY(d.card_type_ids))`;

function tableOf({ table }: FeaturedRecord, definitions: readonly WideDefinition[]): string {
  const isCard = table === 'client';
  const own = `x.id, ${isCard ? 'x.id' : 'x.client_id'} AS client_id, x.created_at, x.updated_at, x.deleted_at`;
  if (definitions.length === 0) return `(SELECT ${own} FROM ${table} x)`;
  const values = definitions.map((definition, place) => `${valueOf(definition)} AS f${place}`).join(', ');
  const from = isCard ? valuesOfCard : 'feature_value v';
  return `(SELECT ${own}, f.* FROM ${table} x CROSS JOIN LATERAL (SELECT ${values} FROM ${from} WHERE v.record_id = x.id) f)`;
}

function columnsOf(definitions: readonly WideDefinition[], nameColumn: NameColumn): readonly CrmColumn[] {
  const names = new Set<string>();
  return definitions.map((definition, place) => {
    const name = nameColumn(definition, names);
    // It stands in SQL; what keys may be is asked of whoever defines them.
    if (!/^[A-Za-z][\w.-]*$/.test(name)) throw new Error('a key of a feature is none');
    names.add(name);
    return { name, type: types[definition.kind], sql: `t.f${place}` };
  });
}

export function wideFeatureSet(
  recordType: string | undefined,
  definitions: readonly WideDefinition[],
  nameColumn: NameColumn = featureColumn,
): AboutRecordsSet {
  const record = recordOf(recordType);
  return {
    source: 'about',
    name: wideName,
    need: record.recordType === 'ATTACHMENT' ? 'attachments.read' : 'clients.read',
    table: tableOf(record, definitions),
    card: 't.client_id',
    key: [['t.id', 'uuid']],
    keyOf: keyOfId(record.kind),
    made: 't.created_at',
    changed: 't.updated_at',
    cursor: 'id',
    parameters: ['recordType', ...copyParameters],
    columns: [
      { name: 'id', type: 'text', sql: idColumn(record.kind, 't.id') },
      { name: 'clientId', type: 'text', sql: idColumn('client', 't.client_id') },
      { name: 'createdAt', type: 'instant', sql: 't.created_at' },
      { name: 'updatedAt', type: 'instant', sql: 't.updated_at' },
      deleted,
      ...columnsOf(definitions, nameColumn),
    ],
  };
}

/** What is defined for a type of record, retired or not, in the order of definition. */
export const wideDefinitions = (run: RunQuery, recordType: string | undefined): Promise<WideDefinition[]> =>
  run({
    name: 'wide-definitions',
    text: 'SELECT id, key, kind FROM feature_definition WHERE record_type = $1 ORDER BY id',
    values: [recordOf(recordType).recordType],
  });
