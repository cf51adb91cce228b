/**
 * Answers as OData's JSON. Exact numbers are written by their digits, never by way of a float; under IEEE754Compatible as texts. The
 * context of every answer says what it holds: reporting tools read nothing without it.
 */
import type { Cell } from '../cells.ts';
import type { ColumnType } from '../export-set.ts';
import type { Expansion, Selection } from './list-options.ts';
import { namespace, type Entity, type Model } from './model.ts';
import type { ExpandedMany, ExpandedOne, OdataRecord } from './records.ts';

export type MetadataLevel = 'none' | 'minimal' | 'full';

export interface Writing {
  /** Of the service, with a stroke at the end. */
  readonly base: string;
  readonly level: MetadataLevel;
  /** Whole and decimal numbers as texts. */
  readonly ieee754Compatible: boolean;
}

const numberForm = /^-?(0|[1-9]\d*)(\.\d+)?$/;

function cellJson(type: ColumnType, cell: Cell, { ieee754Compatible }: Writing): string {
  // A collection may be empty, and never null.
  if (cell === null) return type === 'list' ? '[]' : 'null';
  if (type === 'json') return JSON.stringify(JSON.stringify(cell));
  if (type !== 'integer' && type !== 'decimal') return JSON.stringify(cell);
  const digits = String(cell);
  if (!numberForm.test(digits)) throw new Error('a number is not of the form that JSON has');
  return ieee754Compatible ? `"${digits}"` : digits;
}

const typeNames: Readonly<Partial<Record<ColumnType, string>>> = {
  integer: '#Int64',
  decimal: '#Decimal',
  date: '#Date',
  instant: '#DateTimeOffset',
  list: '#Collection(String)',
};

function keyText({ key, properties }: Entity, { cells }: OdataRecord): string {
  const value = String(cells[key]);
  return properties.get(key)?.type === 'integer'
    ? `(${value})`
    : `('${encodeURIComponent(value.replaceAll("'", "''"))}')`;
}

type Part = readonly [name: string, json: string];

function fullParts(entity: Entity, record: OdataRecord, { base }: Writing): readonly Part[] {
  const type: Part = ['@odata.type', JSON.stringify(`#${namespace}.${entity.type}`)];
  // Records of an ERP have no address of their own.
  if (entity.source === 'erp') return [type];
  const address = `${base}${entity.name}${keyText(entity, record)}`;
  const links = [...entity.navigations.values()].map(({ name }): Part => [
    `${name}@odata.navigationLink`,
    JSON.stringify(`${address}/${name}`),
  ]);
  return [
    type,
    ['@odata.id', JSON.stringify(address)],
    ['@odata.readLink', JSON.stringify(address)],
    ...links,
  ];
}

function recordParts(
  entity: Entity,
  { properties }: Selection,
  record: OdataRecord,
  writing: Writing,
): readonly Part[] {
  const full = writing.level === 'full';
  const cells = properties.flatMap(({ name, type }): readonly Part[] => {
    const typeName = full ? typeNames[type] : undefined;
    const value: Part = [name, cellJson(type, record.cells[name] ?? null, writing)];
    return typeName === undefined ? [value] : [[`${name}@odata.type`, JSON.stringify(typeName)], value];
  });
  const expanded = [...record.expanded].flatMap(([name, one]) => expandedParts(name, one, writing));
  return [...(full ? fullParts(entity, record, writing) : []), ...cells, ...expanded];
}

function expandedParts(name: string, given: ExpandedOne | ExpandedMany, writing: Writing): readonly Part[] {
  const { target, selection } = given.expansion;
  const json = (record: OdataRecord): string => objectJson(recordParts(target, selection, record, writing));
  if ('one' in given) return [[name, given.one === null ? 'null' : json(given.one)]];
  const records: Part = [name, `[${given.many.map(json).join(',')}]`];
  return given.next === undefined
    ? [records]
    : [records, [`${name}@odata.nextLink`, JSON.stringify(given.next)]];
}

const objectJson = (parts: readonly Part[]): string =>
  `{${parts.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;

/** What a context says of the properties that an answer has, where these are not all. */
function selected({ properties, narrowed }: Selection, expansions: readonly Expansion[]): string {
  const names = narrowed ? properties.map(({ name }) => name) : [];
  const expanded = expansions.map(
    ({ navigation, selection }) => `${navigation.name}(${selected(selection, []).slice(1, -1)})`,
  );
  const all = [...names, ...expanded];
  return all.length === 0 ? '' : `(${all.join(',')})`;
}

export interface Shape {
  readonly entity: Entity;
  readonly selection: Selection;
  readonly expansions: readonly Expansion[];
}

const contextOf = (
  { entity, selection, expansions }: Shape,
  { base, level }: Writing,
  end = '',
): readonly Part[] =>
  level === 'none'
    ? []
    : [
        [
          '@odata.context',
          JSON.stringify(`${base}$metadata#${entity.name}${selected(selection, expansions)}${end}`),
        ],
      ];

interface Listed {
  readonly records: readonly OdataRecord[];
  readonly count: number | undefined;
  readonly next: string | undefined;
}

export function listJson(shape: Shape, { records, count, next }: Listed, writing: Writing): string {
  const rows = records.map((record) =>
    objectJson(recordParts(shape.entity, shape.selection, record, writing)),
  );
  return objectJson([
    ...contextOf(shape, writing),
    ...(count === undefined ? [] : [['@odata.count', cellJson('integer', count, writing)] as const]),
    ['value', `[${rows.join(',')}]`],
    ...(next === undefined ? [] : [['@odata.nextLink', JSON.stringify(next)] as const]),
  ]);
}

export const recordJson = (shape: Shape, record: OdataRecord, writing: Writing): string =>
  objectJson([
    ...contextOf(shape, writing, '/$entity'),
    ...recordParts(shape.entity, shape.selection, record, writing),
  ]);

export const serviceJson = (model: Model, { base, level }: Writing): string =>
  JSON.stringify({
    ...(level === 'none' ? {} : { '@odata.context': `${base}$metadata` }),
    value: [...model.keys()].map((name) => ({ name, kind: 'EntitySet', url: name })),
  });
