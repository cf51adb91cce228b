/** What people write down about a client (notatki), any number each, the pinned ones on top. */
import type { Recorder } from '../../changes/recorder.ts';
import type { Actor } from '../../request.ts';
import { changedRequired } from '../../values/changed.ts';
import { wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import { cardOf, lockSubRecord, removeSubRecord } from '../sub-record.ts';
import type { AddNoteInput, UpdateNoteInput } from './note.inputs.ts';
import { noteKind, type NoteRow } from './note.read.ts';

export class NoteService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, DuplicateRecord for the id. */
  add(actor: Actor, input: AddNoteInput): Promise<NoteRow> {
    const wished = input.id == null ? undefined : wishedKey('note', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const { id } = await writing.create(noteKind, wished, {
        clientKey: card.id,
        text: input.text.trim(),
        pinned: input.pinned ?? false,
      });
      return writing.read(noteKind, id);
    });
  }

  /** Throws as lockSubRecord does. */
  update(actor: Actor, input: UpdateNoteInput): Promise<NoteRow> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, noteKind, input);
      await writing.update(noteKind, record, {
        text: changedRequired(input.text, record.text),
        pinned: input.pinned ?? record.pinned,
      });
      return writing.read(noteKind, record.id);
    });
  }

  /** Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<NoteRow> {
    return removeSubRecord(this.recorder, actor, noteKind, seen);
  }
}
