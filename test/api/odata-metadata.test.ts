/** OData's metadata by the rules of the Common Schema Definition Language, and by what the service then tells. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entities } from '../../src/exports/odata/entities.ts';
import { entitySetName, modelOf, type Entity } from '../../src/exports/odata/model.ts';
import { exportSets } from '../../src/exports/sets.ts';
import { permissions } from '../../src/access/permission.ts';
import { callersByHeader, headerOf, roleNames, type RoleName } from '../arrange/callers.ts';
import { getOdata, lettersOf, pagesOf } from '../arrange/odata.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { childrenOf, named, parseXml, type Element } from '../arrange/xml.ts';

const edmx = 'http://docs.oasis-open.org/odata/ns/edmx';
const edm = 'http://docs.oasis-open.org/odata/ns/edm';
const userKey = '01a00000-0000-7000-8000-00000000e0dc';
const roles: readonly RoleName[] = roleNames.filter((role) => role !== 'SALES' && role !== 'VIEWER');
const identifier = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u;
const primitives = [
  'Edm.String',
  'Edm.Int64',
  'Edm.Decimal',
  'Edm.Boolean',
  'Edm.Date',
  'Edm.DateTimeOffset',
];

let service: SampleService;
const documents = new Map<string, Element>();
beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader });
  for (const role of [...roles, 'EXPORTER' as const]) {
    const answer = await getOdata(service, '$metadata', headerOf(role, userKey));
    expect(answer.headers.get('content-type')).toBe('application/xml;charset=utf-8');
    documents.set(role, parseXml(await answer.text()));
  }
});
afterAll(() => service.close());

function partsOf(role: string) {
  const root = documents.get(role);
  const services = root && childrenOf(root, 'DataServices')[0];
  const schema = services && childrenOf(services, 'Schema')[0];
  const container = schema && childrenOf(schema, 'EntityContainer')[0];
  if (!root || !schema || !container) throw new Error('parts of the metadata are missing');
  const types = new Map(childrenOf(schema, 'EntityType').map((type) => [`Kartoteka.${named(type)}`, type]));
  const sets = new Map(childrenOf(container, 'EntitySet').map((set) => [named(set), set]));
  return { root, schema, container, types, sets };
}

const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length;
const typeIn = (type: string): string => /^Collection\((.*)\)$/.exec(type)?.[1] ?? type;

describe.each([...roles, 'EXPORTER'])('the metadata that %s gets', (role) => {
  it('is one document of OData 4.0 with one schema and one container', () => {
    const { root, schema, container } = partsOf(role);
    expect([root.name, root.namespace, root.attributes['Version']]).toEqual(['Edmx', edmx, '4.0']);
    expect([schema.namespace, schema.attributes['Namespace']]).toEqual([edm, 'Kartoteka']);
    expect(named(container)).toMatch(identifier);
    expect(childrenOf(schema, 'EntityContainer')).toHaveLength(1);
  });

  it('names everything by identifiers, each once where it stands, letter case aside too', () => {
    const { schema, container, types, sets } = partsOf(role);
    const members = childrenOf(schema, 'EntityType').map(named);
    expect(isUnique([...members, named(container)])).toBe(true);
    expect(isUnique(childrenOf(container, 'EntitySet').map(named))).toBe(true);
    for (const type of types.values()) {
      const own = [...childrenOf(type, 'Property'), ...childrenOf(type, 'NavigationProperty')].map(named);
      for (const name of [named(type), ...own]) expect(name).toMatch(identifier);
      // Reporting tools take column names that differ in letter case alone for one.
      expect(isUnique(own.map((name) => name.toLowerCase()))).toBe(true);
      expect(own).not.toContain(named(type));
    }
    for (const name of sets.keys()) expect(name).toMatch(identifier);
  });

  it('has of each type a key that is a property with a value always', () => {
    for (const type of partsOf(role).types.values()) {
      const [key] = childrenOf(type, 'Key');
      const refs = key ? childrenOf(key, 'PropertyRef').map(named) : [];
      expect(refs).toEqual([named(type) === 'Change' ? 'position' : 'id']);
      const property = childrenOf(type, 'Property').find((one) => named(one) === refs[0]);
      expect(property?.attributes).toMatchObject({
        Type: named(type) === 'Change' ? 'Edm.Int64' : 'Edm.String',
        Nullable: 'false',
      });
    }
  });

  it('has known types, each with the facets that it may have', () => {
    for (const type of partsOf(role).types.values())
      for (const { attributes } of childrenOf(type, 'Property')) {
        const { Name: _, Type = '', Nullable, MaxLength, Precision, Scale, ...more } = attributes;
        expect(primitives).toContain(typeIn(Type));
        expect(more).toEqual({});
        expect([undefined, 'true', 'false']).toContain(Nullable);
        if (Type !== 'Edm.String') expect(MaxLength).toBeUndefined();
        if (Type !== 'Edm.DateTimeOffset') expect(Precision).toBeUndefined();
        if (Type === 'Edm.Decimal') expect(Scale).toMatch(/^(\d+|variable)$/);
        else expect(Scale).toBeUndefined();
      }
  });

  it('leads from type to type by ways that are there, and back', () => {
    const { types } = partsOf(role);
    for (const [name, type] of types)
      for (const way of childrenOf(type, 'NavigationProperty')) {
        const { Type = '', Partner, Nullable } = way.attributes;
        const target = types.get(typeIn(Type));
        const own = new Map(childrenOf(type, 'Property').map((one) => [named(one), one]));
        if (!target) throw new Error(`${Type} is not there`);
        if (Type.startsWith('Collection(')) expect(Nullable).toBeUndefined();
        if (Partner !== undefined) {
          const back = childrenOf(target, 'NavigationProperty').find((one) => named(one) === Partner);
          expect(typeIn(back?.attributes['Type'] ?? '')).toBe(name);
          expect(back?.attributes['Partner']).toBe(named(way));
        }
        for (const { attributes } of childrenOf(way, 'ReferentialConstraint')) {
          const { Property = '', ReferencedProperty } = attributes;
          expect(own.has(Property)).toBe(true);
          expect(ReferencedProperty).toBe('id');
          expect(Nullable).toBe(own.get(Property)?.attributes['Nullable']);
        }
      }
  });

  it('binds every way of every set to a set of the type it leads to', () => {
    const { types, sets } = partsOf(role);
    for (const set of sets.values()) {
      const type = types.get(set.attributes['EntityType'] ?? '');
      if (!type) throw new Error(`${named(set)} has no type`);
      const ways = new Map(childrenOf(type, 'NavigationProperty').map((way) => [named(way), way]));
      const bindings = childrenOf(set, 'NavigationPropertyBinding').map(({ attributes }) => attributes);
      expect(bindings.map(({ Path }) => Path)).toEqual([...ways.keys()]);
      for (const { Path = '', Target = '' } of bindings)
        expect(sets.get(Target)?.attributes['EntityType']).toBe(
          typeIn(ways.get(Path)?.attributes['Type'] ?? ''),
        );
    }
    expect(isUnique([...sets.values()].map((set) => set.attributes['EntityType'] ?? ''))).toBe(true);
  });

  it('says of sets that are there, and of their own properties, what cannot be done', () => {
    const { root, schema, types, sets } = partsOf(role);
    const included = childrenOf(root, 'Reference').flatMap((reference) =>
      childrenOf(reference, 'Include').map(({ attributes }) => attributes['Namespace']),
    );
    for (const annotations of childrenOf(schema, 'Annotations')) {
      const target = annotations.attributes['Target'] ?? '';
      const set = sets.get(target.split('/')[1] ?? '');
      if (target.includes('/')) expect(set).toBeDefined();
      const own = set && types.get(set.attributes['EntityType'] ?? '');
      for (const annotation of childrenOf(annotations, 'Annotation')) {
        const term = annotation.attributes['Term'] ?? '';
        expect(included).toContain(term.slice(0, term.lastIndexOf('.')));
        for (const path of within(annotation, 'PropertyPath'))
          expect(own && childrenOf(own, 'Property').map(named)).toContain(path.text);
      }
    }
  });
});

const within = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...within(child, name)]);

it('every export set is an entity set, and is called by its name', () => {
  expect([...partsOf('ADMIN').sets.keys()]).toEqual([...exportSets.keys()].map(entitySetName));
  expect(Object.keys(entities).toSorted()).toEqual([...exportSets.keys()].toSorted());
});

const model = modelOf(exportSets, new Set(permissions));

describe.each([...model.values()])('of $name', (entity: Entity) => {
  it('what is said to have a value always has one, and whatever is told has its type', async () => {
    const pages = await pagesOf(service, entity.name);
    const forms: Readonly<Record<string, RegExp>> = {
      integer: /^-?\d+$/,
      decimal: /^-?\d+\.\d{4}$/,
      boolean: /^(true|false)$/,
      date: /^\d{4}-\d\d-\d\d$/,
      instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
    };
    for (const row of pages.flatMap(({ value }) => value))
      for (const { name, type, always, maxLength } of entity.properties.values()) {
        const value = row[name];
        if (always) expect([name, value]).not.toEqual([name, null]);
        if (value === null) continue;
        if (type === 'list') expect(Array.isArray(value)).toBe(true);
        else expect(lettersOf(value)).toMatch(forms[type] ?? /^/);
        if (maxLength !== undefined) expect(lettersOf(value).length).toBeLessThanOrEqual(maxLength);
      }
  });

  if (entity.source === 'crm')
    it('what is said to have a value always is so in the database, and nothing else is', async () => {
      const columns = await service.dataSource.query<{ name: string; bound: boolean }[]>(
        `SELECT attname AS name, attnotnull AS bound FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0`,
        [entity.set.table],
      );
      const bound = new Map(columns.map(({ name, bound: is }) => [`t.${name}`, is]));
      for (const { name, sql } of entity.set.columns) {
        const column = /^(?:'[a-z]+_' \|\| )?(t\.\w+)(?:::float8)?$/.exec(sql)?.[1];
        const known = column === undefined ? undefined : bound.get(column);
        if (known !== undefined) expect([name, entity.properties.get(name)?.always]).toEqual([name, known]);
      }
    });
});
