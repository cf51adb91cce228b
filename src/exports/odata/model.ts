/**
 * OData's view of the export sets, for one caller: entity sets with their types, and the ways between them. What a caller may not have is
 * not there, neither as a set nor as a property nor as a way to it. Names of sets and types are those of the sets in capitals
 * (`delivery-places` is DeliveryPlaces), names of properties the columns' own, so that both doors tell the same.
 */
import type { Permission } from '../../access/permission.ts';
import { keyBehindId } from '../../reads/declaration.ts';
import type { AboutRecordsSet, ColumnType, CrmSet, ErpSet, ExportSet } from '../export-set.ts';
import type { NameColumn } from '../wide-feature-set.ts';
import { entities, type EntityDeclaration } from './entities.ts';

export const namespace = 'Kartoteka';

export interface Property {
  readonly name: string;
  readonly type: ColumnType;
  /** Every row has a value. */
  readonly always: boolean;
  readonly maxLength: number | undefined;
  /** Digits behind the point; undefined where they vary. */
  readonly scale: number | undefined;
}

export interface Navigation {
  readonly name: string;
  /** Name of the entity set it leads to. */
  readonly target: string;
  readonly many: boolean;
  /** The property that holds the id: of one's own record where it leads to one, of the others' where it leads to many. */
  readonly by: string;
  /** There is always one. */
  readonly always: boolean;
  /** The way back, where there is one. */
  readonly partner: string | undefined;
}

interface EntityOf<Set extends ExportSet> {
  /** Of the entity set. */
  readonly name: string;
  /** The property by which records are told apart. */
  readonly key: string;
  readonly type: string;
  readonly source: Set['source'];
  readonly set: Set;
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigations: ReadonlyMap<string, Navigation>;
  readonly day: string | undefined;
}

/** Records of the CRM, of which each has an id. */
export type CrmEntity = EntityOf<CrmSet>;
/** What PostgreSQL holds. */
export type StoredEntity = CrmEntity | EntityOf<AboutRecordsSet>;
export type ErpEntity = EntityOf<ErpSet>;
export type Entity = StoredEntity | ErpEntity;
/** By the names of the entity sets. */
export type Model = ReadonlyMap<string, Entity>;

/** Of records, by which others lead to them. */
export const idName = 'id';

export const entitySetName = (set: string): string =>
  set.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Names of properties hold no hyphens; where two become one thereby, the later is named by its definition's id. */
export const featureProperty: NameColumn = ({ id, key }, earlier) => {
  const name = `feature_${key.replaceAll('-', '_')}`;
  return earlier.has(name) ? `feature_${id.replaceAll('-', '_')}` : name;
};

const fixedLengths: Readonly<Record<string, number>> = {
  country: 2,
  currency: 3,
  baseCurrency: 3,
  sha256: 64,
};
const uuidLength = 36;

function maxLengthOf(set: ExportSet, name: string): number | undefined {
  const sql = set.source !== 'erp' ? set.columns.find((column) => column.name === name)?.sql : undefined;
  const id = sql === undefined ? undefined : keyBehindId(sql);
  return id ? id.kind.length + 1 + uuidLength : fixedLengths[name];
}

/** What tells exports where to go on is told here by the link to the next page. */
const isProperty = (set: ExportSet, name: string): boolean => set.source !== 'erp' || name !== set.cursor;

function propertiesOf(
  set: ExportSet,
  { always, key = idName }: EntityDeclaration,
): ReadonlyMap<string, Property> {
  const columns = set.columns.filter(({ name }) => isProperty(set, name));
  return new Map(
    columns.map(({ name, type }) => [
      name,
      {
        name,
        type,
        always: name === key || always.includes(name),
        maxLength: type === 'text' ? maxLengthOf(set, name) : undefined,
        scale: type === 'decimal' && set.source === 'erp' ? 4 : undefined,
      },
    ]),
  );
}

interface Declared {
  readonly set: ExportSet;
  readonly declaration: EntityDeclaration;
}

/** To one record each. */
const waysOf = (name: string, { declaration }: Declared, known: ReadonlyMap<string, Declared>) =>
  Object.entries(declaration.references ?? {}).flatMap(([way, reference]): Navigation[] =>
    known.has(reference.of)
      ? [
          {
            name: way,
            target: entitySetName(reference.of),
            many: false,
            by: reference.by,
            always: declaration.always.includes(reference.by),
            partner: name === reference.of ? undefined : reference.back,
          },
        ]
      : [],
  );

/** From the other records back to this one's many. */
const waysBackTo = (name: string, known: ReadonlyMap<string, Declared>) =>
  [...known].flatMap(([other, { declaration }]) =>
    Object.entries(declaration.references ?? {}).flatMap(([way, { of, by, back }]): Navigation[] =>
      of === name && back !== undefined
        ? [{ name: back, target: entitySetName(other), many: true, by, always: true, partner: way }]
        : [],
    ),
  );

function entityOf(name: string, declared: Declared, known: ReadonlyMap<string, Declared>): Entity {
  const { set, declaration } = declared;
  const navigations = [...waysOf(name, declared, known), ...waysBackTo(name, known)];
  const common = {
    name: entitySetName(name),
    type: declaration.type,
    key: declaration.key ?? idName,
    properties: propertiesOf(set, declaration),
    navigations: new Map(navigations.map((navigation) => [navigation.name, navigation])),
    day: declaration.day,
  };
  switch (set.source) {
    case 'crm':
      return { ...common, source: 'crm', set };
    case 'about':
      return { ...common, source: 'about', set };
    case 'erp':
      return { ...common, source: 'erp', set };
  }
}

function asTold(set: ExportSet, { instead }: EntityDeclaration): ExportSet {
  if (set.source === 'erp' || !instead) return set;
  const columns = set.columns.map((column) =>
    Object.hasOwn(instead, column.name) ? { ...column, ...instead[column.name] } : column,
  );
  return { ...set, columns };
}

/** Of these sets, those that the permissions reach. */
export function modelOf(sets: ReadonlyMap<string, ExportSet>, permissions: ReadonlySet<Permission>): Model {
  const known = new Map<string, Declared>();
  for (const [name, set] of sets) {
    const declaration = Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (declaration && permissions.has(set.need))
      known.set(name, { set: asTold(set, declaration), declaration });
  }
  return new Map(
    [...known].map(([name, declared]) => {
      const entity = entityOf(name, declared, known);
      return [entity.name, entity];
    }),
  );
}

export const targetOf = (model: Model, { target }: Navigation): Entity => {
  const entity = model.get(target);
  if (!entity) throw new Error(`nothing is called ${target}`);
  return entity;
};
