import type { RecordType } from '../changes/record-type.ts';
import type { RecordedKind } from '../changes/recorded-kind.ts';
import { idColumn, type ReadDeclaration } from '../reads/declaration.ts';
import { publicId } from '../values/record-id.ts';
import { FeatureDefinitionEntity, type Choice } from './definition.entity.ts';
import type { FeatureKind } from './feature-kind.ts';

/** A definition as callers see it, with the ids of its card types. */
export interface FeatureDefinitionRow {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly recordType: RecordType;
  readonly cardTypeIds: readonly string[];
  readonly kind: FeatureKind;
  readonly group: string | null;
  readonly position: number;
  readonly required: boolean;
  readonly unit: string | null;
  readonly choices: readonly Choice[];
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly pattern: string | null;
  readonly retired: boolean;
}

export const featureDefinitionRead: ReadDeclaration<
  FeatureDefinitionRow,
  Record<never, never>,
  'RECORD_TYPE' | 'GROUP' | 'POSITION' | 'NAME',
  null
> = {
  kind: 'feature',
  table: 'feature_definition',
  card: null,
  columns: {
    id: idColumn('feature', 't.id'),
    version: 't.version',
    key: 't.key',
    name: 't.name',
    description: 't.description',
    recordType: 't.record_type',
    cardTypeIds:
      "ARRAY(SELECT 'cardtype_' || k FROM unnest(t.card_type_ids) WITH ORDINALITY AS u(k, o) ORDER BY o)",
    kind: 't.kind',
    group: 't.group_name',
    position: 't.position',
    required: 't.required',
    unit: 't.unit',
    choices: 't.choices',
    minimum: 't.minimum',
    maximum: 't.maximum',
    pattern: 't.pattern',
    retired: 't.retired',
  },
  parents: {},
  filters: {},
  sorts: {
    RECORD_TYPE: { sql: 't.record_type', type: 'text', nullable: false },
    // Those without a group come last, as ascending nulls do.
    GROUP: { sql: 't.group_name', type: 'text', nullable: true },
    POSITION: { sql: 't.position', type: 'integer', nullable: false },
    NAME: { sql: 't.name', type: 'text', nullable: false },
  },
  defaultOrder: [
    { sort: 'RECORD_TYPE', direction: 'ASC' },
    { sort: 'GROUP', direction: 'ASC' },
    { sort: 'POSITION', direction: 'ASC' },
    { sort: 'NAME', direction: 'ASC' },
  ],
};

const choiceText = ({ key, name, retired }: Choice): string =>
  `${key}: ${name}${retired ? ' (retired)' : ''}`;

const listed = (items: readonly string[]): string | null => (items.length === 0 ? null : items.join(', '));

export const featureDefinitionKind: RecordedKind<FeatureDefinitionEntity, FeatureDefinitionRow> = {
  kind: 'feature',
  recordType: 'FEATURE_DEFINITION',
  entity: FeatureDefinitionEntity,
  read: featureDefinitionRead,
  clientKeyOf: () => null,
  traced: {
    recordType: ({ recordType }) => recordType,
    key: ({ key }) => key,
    name: ({ name }) => name,
    description: ({ description }) => description,
    cardTypes: ({ cardTypeKeys }) => listed(cardTypeKeys.map((key) => publicId('cardtype', key))),
    kind: ({ kind }) => kind,
    group: ({ group }) => group,
    position: ({ position }) => String(position),
    required: ({ required }) => String(required),
    unit: ({ unit }) => unit,
    choices: ({ choices }) => listed(choices.map(choiceText)),
    minimum: ({ minimum }) => minimum,
    maximum: ({ maximum }) => maximum,
    pattern: ({ pattern }) => pattern,
    retired: ({ retired }) => String(retired),
  },
  uniques: {
    feature_definition_key: {
      path: 'input.key',
      message: 'there is already a feature with this key for this type of record',
      existing: async (manager, { recordType, key }) => {
        const found = await manager
          .createQueryBuilder(FeatureDefinitionEntity, 'definition')
          .where('definition.record_type = :recordType AND lower(definition.key) = :key', {
            recordType,
            key: key.toLowerCase(),
          })
          .getOne();
        return found?.id;
      },
    },
  },
};
