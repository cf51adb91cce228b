/** Where an OData address leads: the service itself, its metadata, a set, one record of it, what is related to that, or how many there are. */
import type { Permission } from '../../access/permission.ts';
import type { ExportSet } from '../export-set.ts';
import { requireExport } from '../sets.ts';
import { rejected, shown, Unsupported } from './faults.ts';
import { entitySetName, targetOf, type Entity, type Model, type Navigation } from './model.ts';

export type Address =
  | { readonly to: 'service' | 'metadata' }
  | { readonly to: 'set' | 'count'; readonly entity: Entity }
  | { readonly to: 'record'; readonly entity: Entity; readonly key: string }
  | {
      readonly to: 'related' | 'relatedCount';
      readonly entity: Entity;
      readonly key: string;
      readonly navigation: Navigation;
      readonly target: Entity;
    };

/** What a caller asks among. */
export interface Reach {
  readonly model: Model;
  /** All that there are, also those that the caller may not have. */
  readonly sets: ReadonlyMap<string, ExportSet>;
  readonly permissions: ReadonlySet<Permission>;
}

const segmentForm = /^([A-Za-z_]\w*)(?:\((.*)\))?$/s;
const keyForm = /^(?:(\w+)\s*=\s*)?(?:'((?:[^']|'')*)'|(\d{1,18}))$/s;

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw rejected('path', 'ENCODING', 'is not UTF-8 in percent signs');
  }
}

function entityNamed(name: string, { model, sets, permissions }: Reach): Entity {
  const entity = model.get(name);
  if (entity) return entity;
  const kept = [...sets.values()].find((set) => entitySetName(set.name) === name);
  // It is there, and the caller may not have it: that is said.
  if (kept) requireExport(kept, permissions);
  throw rejected('set', 'SET', `there is no set ${shown(name)}: there are ${[...model.keys()].join(', ')}`);
}

function keyIn(entity: Entity, text: string): string {
  const [, name = entity.key, quoted, number] = keyForm.exec(text) ?? [];
  const isNumber = entity.properties.get(entity.key)?.type === 'integer';
  const key = isNumber ? number : quoted;
  if (key === undefined || name !== entity.key)
    throw rejected(
      'key',
      'KEY',
      `a record of ${entity.name} is named by its ${entity.key}${isNumber ? ', a number' : ' between apostrophes'}`,
    );
  if (entity.source === 'erp')
    throw new Unsupported(
      'key',
      `${entity.name} comes from an ERP: its records are found in the list, by company, customerId or clientId`,
    );
  return key.replaceAll("''", "'");
}

function behindRecord(entity: Entity, key: string, more: readonly string[], model: Model): Address {
  const [name, last, ...excess] = more;
  if (name === undefined) return { to: 'record', entity, key };
  const navigation = entity.navigations.get(name);
  if (!navigation) {
    if (entity.properties.has(name) || name.startsWith('$'))
      throw new Unsupported('path', `single values are not supported: take ${entity.name} with $select`);
    throw rejected('path', 'PROPERTY', `${entity.name} leads to no ${shown(name)}`);
  }
  const related = { entity, key, navigation, target: targetOf(model, navigation) };
  if (last === undefined) return { to: 'related', ...related };
  if (last === '$count' && excess.length === 0 && navigation.many) return { to: 'relatedCount', ...related };
  throw new Unsupported('path', `nothing behind ${name} is supported`);
}

/** `path`: what follows `/odata/`, as it was sent. Throws InputRejected, Forbidden and Unsupported. */
export function addressOf(path: string, reach: Reach): Address {
  const segments = path.split('/').map(decoded);
  // A stroke at the end adds nothing.
  if (segments.at(-1) === '') segments.pop();
  const [first, ...more] = segments;
  if (first === undefined) return { to: 'service' };
  if (first === '$metadata' && more.length === 0) return { to: 'metadata' };
  if (first === '$batch')
    throw new Unsupported('path', '$batch is not supported: send each request by itself');
  if (first.startsWith('$')) throw new Unsupported('path', `${shown(first)} is not supported`);
  const [, name, key] = segmentForm.exec(first) ?? [];
  if (name === undefined) throw rejected('set', 'SET', `${shown(first)} is no name of a set`);
  const entity = entityNamed(name, reach);
  if (key !== undefined) return behindRecord(entity, keyIn(entity, key), more, reach.model);
  if (more.length === 0) return { to: 'set', entity };
  if (more.length === 1 && more[0] === '$count') return { to: 'count', entity };
  throw rejected('path', 'PATH', `nothing is behind ${name} but $count, and its records by their ids`);
}
