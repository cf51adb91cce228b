import { requireWrite } from '../access/record-needs.ts';
import type { RecordedKind } from '../changes/recorded-kind.ts';
import type { Recorder } from '../changes/recorder.ts';
import type { Writing } from '../changes/writing.ts';
import { InputRejected } from '../errors.ts';
import type { Actor } from '../request.ts';
import { parsePublicId, type RecordKind } from '../values/record-id.ts';
import type { VersionedId } from '../values/versioned-id.ts';
import { lockSubRecord, type SubRecordEntity } from './sub-record.ts';

interface Restorable {
  readonly kind: RecordKind;
  restore(writing: Writing, seen: VersionedId): Promise<object>;
}

/** A kind of record whose removal can be undone. */
export const restorable = <Entity extends SubRecordEntity, Row extends object>(
  kind: RecordedKind<Entity, Row>,
): Restorable => ({
  kind: kind.kind,
  restore: async (writing, seen) => {
    const { record } = await lockSubRecord(writing, kind, seen, true);
    await writing.restore(kind, record);
    return writing.read(kind, record.id);
  },
});

/** Brings back removed records of cards, whatever their kind. */
export class RestoreService {
  constructor(
    private readonly recorder: Recorder,
    private readonly kinds: readonly Restorable[],
  ) {}

  /** Throws as lockSubRecord does, DuplicateRecord where a unique value was taken meanwhile. */
  async restore(actor: Actor, seen: VersionedId): Promise<object> {
    const kind = this.kinds.find((one) => one.kind === parsePublicId(seen.id)?.kind);
    if (kind) {
      requireWrite(actor.access, kind.kind, 'input.id');
      return this.recorder.write(actor, (writing) => kind.restore(writing, seen));
    }
    throw new InputRejected([
      { path: 'input.id', code: 'ID', message: 'is not an id of a record that belongs to a card' },
    ]);
  }
}
