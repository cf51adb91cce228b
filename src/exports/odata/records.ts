/** Records on their way to an answer. */
import type { Cell } from '../cells.ts';
import type { Expansion } from './list-options.ts';
import { idName, type Entity, type Property } from './model.ts';

export interface OdataRecord {
  /** By the properties' names: those asked for, the key, and those by which something is expanded. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** What hangs on it, by the names of the relations. */
  readonly expanded: Map<string, ExpandedOne | ExpandedMany>;
}

export interface ExpandedOne {
  readonly expansion: Expansion;
  readonly one: OdataRecord | null;
}

export interface ExpandedMany {
  readonly expansion: Expansion;
  readonly many: readonly OdataRecord[];
  /** Address of what follows. */
  readonly next: string | undefined;
}

export interface OdataPage {
  readonly records: readonly OdataRecord[];
  /** Where to go on; undefined at the end. */
  readonly token: string | undefined;
}

/** Of a record that has one. */
export const idOf = ({ cells }: OdataRecord): string => String(cells[idName]);

/** The bare key in an id of the CRM's. */
export const keyInId = (id: Cell | undefined): string | undefined =>
  typeof id === 'string' ? id.slice(id.indexOf('_') + 1) : undefined;

/** What must be read for this to be answered. */
export function neededNames(
  { key }: Pick<Entity, 'key'>,
  properties: readonly Property[],
  expansions: readonly Expansion[],
): ReadonlySet<string> {
  const leading = expansions.flatMap(({ navigation }) => (navigation.many ? [] : [navigation.by]));
  return new Set([key, ...properties.map(({ name }) => name), ...leading]);
}
