/** The metadata document: CSDL in XML (OData 4.0, part 3). What a set cannot do is said by annotations of the vocabulary of capabilities. */
import type { ColumnType } from '../export-set.ts';
import { filterable } from './erp-filter.ts';
import { functionNames } from './filter-functions.ts';
import { idName, namespace, type Entity, type Model, type Navigation, type Property } from './model.ts';

const types: Readonly<Record<ColumnType, string>> = {
  text: 'Edm.String',
  integer: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  boolean: 'Edm.Boolean',
  date: 'Edm.Date',
  instant: 'Edm.DateTimeOffset',
  json: 'Edm.String',
  list: 'Collection(Edm.String)',
};

const capabilities = 'Org.OData.Capabilities.V1';

/** All names come from declarations, and are identifiers: nothing in them has to be escaped. */
const attributes = (given: Readonly<Record<string, string | number | boolean | undefined>>): string =>
  Object.entries(given)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${value}"`]))
    .join('');

function propertyXml({ name, type, always, maxLength, scale }: Property): string {
  const facets = {
    Nullable: always || type === 'list' ? false : undefined,
    MaxLength: maxLength,
    Precision: type === 'instant' ? 6 : undefined,
    Scale: type === 'decimal' ? (scale ?? 'variable') : undefined,
  };
  return `<Property${attributes({ Name: name, Type: types[type], ...facets })}/>`;
}

function navigationXml({ name, target, many, by, always, partner }: Navigation, model: Model): string {
  const type = `${namespace}.${model.get(target)?.type ?? ''}`;
  const own = attributes({
    Name: name,
    Type: many ? `Collection(${type})` : type,
    Nullable: !many && always ? false : undefined,
    Partner: partner,
  });
  return many
    ? `<NavigationProperty${own}/>`
    : `<NavigationProperty${own}><ReferentialConstraint${attributes({ Property: by, ReferencedProperty: idName })}/></NavigationProperty>`;
}

const typeXml = ({ type, key, properties, navigations }: Entity, model: Model): string =>
  [
    `<EntityType Name="${type}">`,
    `<Key><PropertyRef Name="${key}"/></Key>`,
    ...[...properties.values()].map(propertyXml),
    ...[...navigations.values()].map((navigation) => navigationXml(navigation, model)),
    '</EntityType>',
  ].join('\n');

const setXml = ({ name, type, navigations }: Entity): string => {
  const bindings = [...navigations.values()].map(
    (navigation) =>
      `<NavigationPropertyBinding${attributes({ Path: navigation.name, Target: navigation.target })}/>`,
  );
  return `<EntitySet${attributes({ Name: name, EntityType: `${namespace}.${type}` })}>${bindings.join('')}</EntitySet>`;
};

const boolTerm = (term: string, value: boolean): string =>
  `<Annotation${attributes({ Term: `${capabilities}.${term}`, Bool: value })}/>`;

const record = (term: string, values: readonly string[]): string =>
  `<Annotation Term="${capabilities}.${term}"><Record>${values.join('')}</Record></Annotation>`;

const isSo = (property: string, value: boolean): string =>
  `<PropertyValue${attributes({ Property: property, Bool: value })}/>`;

const paths = (property: string, names: readonly string[]): string =>
  `<PropertyValue Property="${property}"><Collection>${names.map((name) => `<PropertyPath>${name}</PropertyPath>`).join('')}</Collection></PropertyValue>`;

function unfilterable(entity: Entity): readonly string[] {
  const all = [...entity.properties.values()];
  const lists = all.filter(({ type }) => type === 'list' || type === 'json').map(({ name }) => name);
  if (entity.source !== 'erp') return lists;
  const open = filterable(entity).map(({ name }) => name);
  return all.map(({ name }) => name).filter((name) => !open.includes(name));
}

const readOnly = [
  record('InsertRestrictions', [isSo('Insertable', false)]),
  record('UpdateRestrictions', [isSo('Updatable', false)]),
  record('DeleteRestrictions', [isSo('Deletable', false)]),
];

function restrictionsXml(entity: Entity): string {
  const closed = unfilterable(entity);
  const own =
    entity.source === 'erp'
      ? [
          boolTerm('SkipSupported', false),
          boolTerm('IndexableByKey', false),
          record('CountRestrictions', [isSo('Countable', false)]),
          record('SortRestrictions', [isSo('Sortable', false)]),
        ]
      : closed.length > 0
        ? [record('SortRestrictions', [paths('NonSortableProperties', closed)])]
        : [];
  const filter =
    closed.length > 0 ? [record('FilterRestrictions', [paths('NonFilterableProperties', closed)])] : [];
  return [
    `<Annotations Target="${namespace}.Container/${entity.name}">`,
    ...readOnly,
    ...own,
    ...filter,
    '</Annotations>',
  ].join('\n');
}

const serviceXml = [
  `<Annotations Target="${namespace}.Container">`,
  boolTerm('BatchSupported', false),
  `<Annotation Term="${capabilities}.FilterFunctions"><Collection>${functionNames.map((name) => `<String>${name}</String>`).join('')}</Collection></Annotation>`,
  `<Annotation Term="${capabilities}.SupportedFormats"><Collection><String>application/json</String></Collection></Annotation>`,
  '</Annotations>',
].join('\n');

export function metadataXml(model: Model): string {
  const all = [...model.values()];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    `<edmx:Reference Uri="https://oasis-tcs.github.io/odata-vocabularies/vocabularies/${capabilities}.xml"><edmx:Include Namespace="${capabilities}"/></edmx:Reference>`,
    '<edmx:DataServices>',
    `<Schema Namespace="${namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
    ...all.map((entity) => typeXml(entity, model)),
    '<EntityContainer Name="Container">',
    ...all.map(setXml),
    '</EntityContainer>',
    serviceXml,
    ...all.map(restrictionsXml),
    '</Schema>',
    '</edmx:DataServices>',
    '</edmx:Edmx>',
    '',
  ].join('\n');
}
