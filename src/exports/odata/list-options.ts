/** What a list is asked for, understood: which properties, which records, in which order, and what else hangs on them. */
import type { Direction } from '../../reads/declaration.ts';
import { splitExpansions } from './expansion-text.ts';
import { rejected, shown, Unsupported } from './faults.ts';
import type { Condition } from './filter-condition.ts';
import { meaningOf } from './filter-meaning.ts';
import { parseFilter } from './filter-parser.ts';
import { targetOf, type Entity, type Model, type Navigation, type Property } from './model.ts';
import { countIn, truthIn, type OptionName, type Options } from './options.ts';

export interface Ordering {
  readonly property: Property;
  readonly direction: Direction;
}

/** Properties in the order that they have; undefined for all. */
export interface Selection {
  readonly properties: readonly Property[];
  readonly narrowed: boolean;
}

export interface Expansion {
  readonly navigation: Navigation;
  readonly target: Entity;
  readonly selection: Selection;
  readonly filter: Condition | undefined;
  readonly order: readonly Ordering[];
  readonly top: number | undefined;
  /** As they were given. */
  readonly options: Options;
}

export interface ListOptions {
  readonly selection: Selection;
  readonly filter: Condition | undefined;
  readonly order: readonly Ordering[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly count: boolean;
  readonly token: string | undefined;
  readonly expansions: readonly Expansion[];
  /** As they were given. */
  readonly options: Options;
}

const mostSkipped = 10_000;
const mostTop = 1_000_000_000;
const mostOrders = 8;
const mostExpansions = 8;

const namesIn = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

function selectionOf(entity: Entity, text: string | undefined, path = '$select'): Selection {
  const all = [...entity.properties.values()];
  if (text === undefined) return { properties: all, narrowed: false };
  const names = namesIn(text);
  const unknown = names.find(
    (name) => name !== '*' && !entity.properties.has(name) && !entity.navigations.has(name),
  );
  if (unknown !== undefined) throw unknownProperty(path, entity, unknown);
  if (names.includes('*')) return { properties: all, narrowed: false };
  return { properties: all.filter(({ name }) => names.includes(name)), narrowed: true };
}

const unknownProperty = (option: string, entity: Entity, name: string): Error =>
  rejected(
    option,
    'PROPERTY',
    `${entity.name} has no property ${shown(name)}: it has ${[...entity.properties.keys()].join(', ')}`,
  );

export const filterOf = (
  entity: Entity,
  text: string | undefined,
  path = '$filter',
): Condition | undefined =>
  text === undefined ? undefined : meaningOf(path, parseFilter(path, text), entity);

function orderOf(entity: Entity, text: string | undefined, path = '$orderby'): readonly Ordering[] {
  if (text === undefined) return [];
  const terms = namesIn(text);
  if (terms.length > mostOrders) throw rejected(path, 'TOO_MANY', `may have ${mostOrders} terms`);
  const ordered = terms.map((term): Ordering => {
    const [, name = '', word = 'asc'] = /^([A-Za-z_]\w*)(?:\s+(asc|desc))?$/.exec(term) ?? [];
    if (/[()/]/.test(term))
      throw new Unsupported(path, `lists are in the order of properties, not of ${shown(term)}`);
    if (name === '')
      throw rejected(path, 'SYNTAX', `${shown(term)} is no property with asc or desc behind it`);
    const property = entity.properties.get(name);
    if (!property) throw unknownProperty(path, entity, name);
    if (property.type === 'list' || property.type === 'json')
      throw new Unsupported(path, `${name} is not a single value: no order goes by it`);
    return { property, direction: word === 'desc' ? 'DESC' : 'ASC' };
  });
  // The second time a property decides nothing.
  return ordered.filter(
    ({ property }, place) => ordered.findIndex((other) => other.property === property) === place,
  );
}

const topOf = ({ $top }: Options, path = '$top'): number | undefined =>
  $top === undefined ? undefined : countIn(path, $top, mostTop);

const withinExpansion: readonly OptionName[] = ['$select', '$filter', '$orderby', '$top'];

function expansionOf(
  model: Model,
  entity: Entity,
  { name, options }: { readonly name: string; readonly options: Options },
): Expansion {
  const navigation = entity.navigations.get(name);
  if (!navigation)
    throw rejected(
      '$expand',
      'PROPERTY',
      `${entity.name} leads to no ${shown(name)}: it leads to ${[...entity.navigations.keys()].join(', ') || 'nothing'}`,
    );
  const given = Object.keys(options);
  const excess = given.find((option) => !withinExpansion.some((one) => one === option));
  if (excess !== undefined)
    throw new Unsupported(
      '$expand',
      excess === '$expand'
        ? `records are expanded one level deep: ${name} is not expanded further`
        : `${excess} is not supported within $expand: there are ${withinExpansion.join(', ')}`,
    );
  if (!navigation.many && given.some((option) => option !== '$select'))
    throw rejected('$expand', 'OPTION', `${name} is one record: only $select goes with it`);
  const target = targetOf(model, navigation);
  const path = (option: OptionName): string => `$expand.${name}.${option}`;
  return {
    navigation,
    target,
    selection: selectionOf(target, options.$select, path('$select')),
    filter: filterOf(target, options.$filter, path('$filter')),
    order: orderOf(target, options.$orderby, path('$orderby')),
    top: topOf(options, path('$top')),
    options,
  };
}

function expansionsOf(model: Model, entity: Entity, text: string | undefined): readonly Expansion[] {
  if (text === undefined) return [];
  const parts = splitExpansions(text);
  if (parts.length > mostExpansions)
    throw rejected('$expand', 'TOO_MANY', `may name ${mostExpansions} relations`);
  const expansions = parts.map((part) => expansionOf(model, entity, part));
  const names = expansions.map(({ navigation }) => navigation.name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw rejected('$expand', 'REPEATED', `names ${twice} more than once`);
  return expansions;
}

/** Throws InputRejected and Unsupported. */
export function listOptions(model: Model, entity: Entity, options: Options): ListOptions {
  const { $filter, $select, $orderby, $skip, $count, $expand, $skiptoken } = options;
  if ($skip !== undefined && $skiptoken !== undefined)
    throw rejected('$skip', 'OPTION', 'does not go together with $skiptoken');
  return {
    selection: selectionOf(entity, $select),
    filter: filterOf(entity, $filter),
    order: orderOf(entity, $orderby),
    top: topOf(options),
    skip: $skip === undefined ? 0 : countIn('$skip', $skip, mostSkipped),
    count: $count !== undefined && truthIn('$count', $count),
    token: $skiptoken,
    expansions: expansionsOf(model, entity, $expand),
    options,
  };
}
