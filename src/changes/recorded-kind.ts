/**
 * What the recorder must know of a kind of record: its entity, what is traced of it, how callers see it, and which of its
 * values must be unique. Rooms declare it once beside their service.
 */
import type { EntityManager, ObjectType } from 'typeorm';
import type { ReadDeclaration } from '../reads/declaration.ts';
import type { RecordKind } from '../values/record-id.ts';
import type { Links } from './links.ts';
import type { RecordType } from './record-type.ts';
import type { RecordedEntity } from './recorded.entity.ts';

/** A unique index of the table: what is told when it refuses a write, and the key of the record that stands in the way. */
interface UniqueRule<Entity> {
  readonly path: string;
  readonly message: string;
  readonly existing: (manager: EntityManager, values: Entity) => Promise<string | undefined>;
}

/** A foreign key of the table or of its lists: the input that leads to it and the public id it named. */
export interface Reference<Entity> {
  readonly path: string;
  readonly id: (values: Entity) => string;
}

/** What decides which features a record has beside its kind. */
interface Featured<Entity> {
  readonly cardTypeKeyOf?: (entity: Entity) => string;
}

export interface RecordedKind<Entity extends RecordedEntity, Row extends object = object> {
  readonly kind: RecordKind;
  readonly recordType: keyof typeof RecordType;
  readonly entity: ObjectType<Entity>;
  readonly read: Pick<ReadDeclaration<Row, never, never>, 'table' | 'card' | 'columns'>;
  /** The card it belongs to: its key, or null for what belongs to none. */
  readonly clientKeyOf: (entity: Entity) => string | null;
  /** Traced fields under the names callers know, each as text. */
  readonly traced: Readonly<Record<string, (entity: Entity) => string | null>>;
  /** Its lists that are kept in tables of their own. */
  readonly links?: Links;
  /** Whether administrators may define features for it, and what they may depend on. */
  readonly features?: Featured<Entity>;
  /** Erasing one leaves nothing that could be restored. */
  readonly erasedWhole?: true;
  /** By the name of the unique index. */
  readonly uniques: Readonly<Record<string, UniqueRule<Entity>>>;
  /** By the name of the foreign key: which input names the record that does not exist. */
  readonly references?: Readonly<Record<string, Reference<Entity>>>;
}
