/**
 * What every record that belongs to a card has in common. Nothing of a deleted card is added, changed, removed or restored;
 * and its card is locked before it, everywhere: two writers that lock in different orders would wait for each other.
 */
import type { FindOptionsWhere } from 'typeorm';
import type { RecordedKind } from '../changes/recorded-kind.ts';
import type { RecordedEntity } from '../changes/recorded.entity.ts';
import type { Recorder } from '../changes/recorder.ts';
import { maySee } from '../changes/sight.ts';
import type { Writing } from '../changes/writing.ts';
import { InputRejected, RecordNotFound } from '../errors.ts';
import type { Actor } from '../request.ts';
import { keyOf, publicId } from '../values/record-id.ts';
import type { VersionedId } from '../values/versioned-id.ts';
import type { ClientEntity } from './client.entity.ts';
import { clientKind } from './client.kind.ts';

export interface SubRecordEntity extends RecordedEntity {
  clientKey: string;
}

/** The card, live and kept from changing until the transaction ends. Throws RecordNotFound, InputRejected with code CARD_DELETED. */
async function liveCard(writing: Writing, key: string, path: string): Promise<ClientEntity> {
  const card = await writing.lockAny(clientKind, key, path);
  if (card.deletedAt === null) return card;
  throw new InputRejected([
    {
      path,
      code: 'CARD_DELETED',
      message: `the card ${publicId('client', key)} is deleted: restore it first`,
    },
  ]);
}

/** The card that a new sub-record belongs to, as `liveCard`. */
export const cardOf = (writing: Writing, clientId: string): Promise<ClientEntity> =>
  liveCard(writing, keyOf('client', clientId, 'input.clientId'), 'input.clientId');

interface Locked<Entity> {
  readonly card: ClientEntity;
  readonly record: Entity;
}

/** A card's record and the card, both locked; a live record, or a deleted one where `deleted` asks for it. Throws as `lock` of src/changes does, InputRejected with code CARD_DELETED. */
export async function lockSubRecord<Entity extends SubRecordEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  { id, version }: VersionedId,
  deleted = false,
): Promise<Locked<Entity>> {
  const path = 'input.id';
  const key = keyOf(kind.kind, id, path);
  const found = await writing.manager.findOneBy(kind.entity, { id: key } as FindOptionsWhere<Entity>);
  // Asked before the card, whose id an error would tell.
  if (!found || !(await maySee(writing, found.clientKey)))
    throw new RecordNotFound(path, publicId(kind.kind, key));
  const card = await liveCard(writing, found.clientKey, path);
  return { card, record: await writing.lock(kind, key, version, path, deleted) };
}

/** Removes a record of a card softly. Throws as lockSubRecord does. */
export function removeSubRecord<Entity extends SubRecordEntity, Row extends object>(
  recorder: Recorder,
  actor: Actor,
  kind: RecordedKind<Entity, Row>,
  seen: VersionedId,
): Promise<Row> {
  return recorder.write(actor, async (writing) => {
    const { record } = await lockSubRecord(writing, kind, seen);
    await writing.remove(kind, record);
    return writing.read(kind, record.id);
  });
}
