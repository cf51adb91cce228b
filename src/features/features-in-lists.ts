/**
 * Filters and sorts of clients by features. A condition goes by an index that leads with the definition and the value
 * (feature_value_by_…); a sort goes along one. Both hold for the records that have the feature: a card whose type it is not
 * for counts as having none, whatever was kept from another type.
 */
import type { ClientFeatures, FeatureCondition, FeaturesInLists } from '../clients/client-features.ts';
import { RecordType } from '../changes/record-type.ts';
import type { Problem } from '../errors.ts';
import { day, text } from '../reads/conditions.ts';
import type { Bind, JoinedSort, Sort } from '../reads/declaration.ts';
import type { RequestContext } from '../request.ts';
import type { DecimalFilter, FeatureFilter, StringFilter } from '../values/filters.ts';
import { keyOf } from '../values/record-id.ts';
import type { FeatureDefinitionRow } from './definition.read.ts';
import { FeatureKind, traits, type ValueMember } from './feature-kind.ts';
import type { FeatureLoaders } from './feature.loaders.ts';

const members: readonly ValueMember[] = ['text', 'integer', 'decimal', 'boolean', 'date', 'choices'];
const longestText = 400;
const mostValues = 500;

function textProblems({ eq, in: list, contains, startsWith }: StringFilter, path: string): Problem[] {
  const tooLong = [eq, contains, startsWith, ...(list ?? [])].some(
    (given) => (given?.length ?? 0) > longestText,
  );
  const message = `must have at most ${longestText} characters`;
  return [
    ...(tooLong ? [{ path, code: 'TOO_LONG', message }] : []),
    ...((list?.length ?? 0) > mostValues
      ? [{ path: `${path}.in`, code: 'TOO_MANY', message: `must be at most ${mostValues}` }]
      : []),
  ];
}

function choiceProblems(
  { choices }: FeatureDefinitionRow,
  given: readonly string[],
  path: string,
): Problem[] {
  if (given.length > mostValues)
    return [{ path, code: 'TOO_MANY', message: `must be at most ${mostValues}` }];
  return given.flatMap((key, index) =>
    choices.some((choice) => choice.key === key)
      ? []
      : [{ path: `${path}.${index}`, code: 'CHOICE', message: 'is none of the choices' }],
  );
}

function filterProblems(definition: FeatureDefinitionRow, filter: FeatureFilter, path: string): Problem[] {
  const { key, kind } = definition;
  const { member } = traits[kind];
  const wrong = members
    .filter((other) => other !== member && filter[other] != null)
    .map((other) => ({
      path: `${path}.${other}`,
      code: 'KIND',
      message: `'${key}' is of kind ${kind}: give ${member}`,
    }));
  if (wrong.length > 0) return wrong;
  if (filter.text) return textProblems(filter.text, `${path}.text`);
  return filter.choices ? choiceProblems(definition, filter.choices, `${path}.choices`) : [];
}

function numberConditions(column: string, { eq, gte, lte }: DecimalFilter, bind: Bind): string[] {
  const parts = [
    ['=', eq],
    ['>=', gte],
    ['<=', lte],
  ] as const;
  return parts.flatMap(([sign, value]) =>
    value == null ? [] : [`${column} ${sign} ${bind(value, 'numeric')}`],
  );
}

/** The conditions on the row `v` that holds the value; isNull is said by whether there is such a row. */
function valueConditions(kind: FeatureKind, filter: FeatureFilter, bind: Bind): string[] {
  const column = `v.${traits[kind].column}`;
  const number = filter.integer ?? filter.decimal;
  return [
    ...(filter.text ? [text(column)({ ...filter.text, isNull: null }, bind)] : []),
    ...(filter.date ? [day(column)({ ...filter.date, isNull: null }, bind)] : []),
    ...(number ? numberConditions(column, number, bind) : []),
    ...(filter.boolean == null ? [] : [`${column} = ${bind(filter.boolean, 'boolean')}`]),
    ...(filter.choices ? [`${column} = ANY(${bind(filter.choices, 'text[]')})`] : []),
  ].flatMap((condition) => condition ?? []);
}

const cardTypeKeys = ({ cardTypeIds }: FeatureDefinitionRow): string[] =>
  cardTypeIds.map((id) => keyOf('cardtype', id, 'cardTypes'));

/** Cards of the types that have the feature. */
const ofItsTypes = (definition: FeatureDefinitionRow, row: string, bind: Bind): string[] =>
  definition.cardTypeIds.length === 0
    ? []
    : [`${row}.card_type_id = ANY(${bind(cardTypeKeys(definition), 'uuid[]')})`];

const conditionOf =
  (definition: FeatureDefinitionRow, filter: FeatureFilter): FeatureCondition =>
  (bind) => {
    const key = bind(keyOf('feature', definition.id, 'features'), 'uuid');
    const values = valueConditions(definition.kind, filter, bind);
    const said = [filter.isSet, not(filter.text?.isNull), not(filter.date?.isNull)];
    const unset = said.includes(false);
    const set = said.includes(true) || values.length > 0 || !unset;
    const where = [`v.definition_id = ${key}`, ...values].join(' AND ');
    return [
      ...(set ? [`t.id IN (SELECT v.record_id FROM feature_value v WHERE ${where})`] : []),
      ...(unset
        ? [`NOT EXISTS (SELECT FROM feature_value v WHERE v.record_id = t.id AND v.definition_id = ${key})`]
        : []),
      ...ofItsTypes(definition, 't', bind),
    ].join(' AND ');
  };

const not = (said: boolean | null | undefined): boolean | undefined => (said == null ? undefined : !said);

const sortTypes: Partial<Record<FeatureKind, Sort['type']>> = {
  TEXT: 'text',
  LINK: 'text',
  INTEGER: 'numeric',
  DECIMAL: 'numeric',
  BOOLEAN: 'boolean',
  DATE: 'date',
  CHOICE: 'integer',
};

function sortOf(definition: FeatureDefinitionRow): ReturnType<FeaturesInLists['sort']> {
  const { key, kind } = definition;
  const type = sortTypes[kind];
  if (!type) return { code: 'FEATURE_KIND', message: `'${key}' is of kind ${kind}, which has no order` };
  return {
    name: `FEATURE ${key}`,
    type,
    join: (alias, bind) => {
      const on = [
        `${alias}.record_id = r.id`,
        `${alias}.definition_id = ${bind(keyOf('feature', definition.id, 'orderBy'), 'uuid')}`,
        ...ofItsTypes(definition, 'r', bind),
      ].join(' AND ');
      return `LEFT JOIN feature_value ${alias} ON ${on}`;
    },
    // Choices in the order of their list, not of the alphabet.
    value: (alias) => `${alias}.${kind === FeatureKind.CHOICE ? 'choice_place' : traits[kind].column}`,
  } satisfies JoinedSort;
}

const unknownKey = (key: string) => ({
  code: 'FEATURE_UNKNOWN',
  message: `clients have no feature ${JSON.stringify(key.slice(0, 60))}`,
});

export class FeaturesOfClients implements ClientFeatures {
  constructor(private readonly loaders: FeatureLoaders) {}

  async inLists(context: RequestContext): Promise<FeaturesInLists> {
    const recordType = RecordType.CLIENT;
    const definitions = await this.loaders.defined(context, { recordType, includeRetired: true });
    const byKey = new Map(definitions.map((definition) => [definition.key, definition]));
    return {
      problems: (filter, path) => {
        const definition = byKey.get(filter.key);
        return definition
          ? filterProblems(definition, filter, path)
          : [{ path: `${path}.key`, ...unknownKey(filter.key) }];
      },
      condition: (filter) => {
        const definition = byKey.get(filter.key);
        return definition ? conditionOf(definition, filter) : () => 'false';
      },
      sort: (key) => {
        const definition = byKey.get(key);
        return definition ? sortOf(definition) : unknownKey(key);
      },
    };
  }
}
