/**
 * Files kept with a card (załączniki): contracts, promissory notes, whatever belongs to the client. Promises that a record
 * never lacks its bytes: they are in storage before the transaction that tells of them, which makes sure that they still
 * are and keeps the sweep away until it ends. A revision never changes; a new file makes a new one.
 */
import { featuresIn } from '../../changes/features-port.ts';
import type { Recorder } from '../../changes/recorder.ts';
import type { NewValues, Writing } from '../../changes/writing.ts';
import { DomainError, DuplicateRecord, InputRejected } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import type { Storage } from '../../storage/storage.ts';
import { changedText } from '../../values/changed.ts';
import { notBefore } from '../../values/checks.ts';
import { publicId, wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { cardOf, lockSubRecord, removeSubRecord } from '../sub-record.ts';
import { AttachmentEntity, AttachmentRevisionEntity, type FileColumns } from './attachment.entity.ts';
import type { AddAttachmentInput, UpdateAttachmentInput } from './attachment.inputs.ts';
import { attachmentKind, type AttachmentRow } from './attachment.read.ts';
import { keepSweepAway } from './bytes-lock.ts';
import type { ReceivedFile } from './received-file.ts';

type AttachmentValues = NewValues<AttachmentEntity>;
type Members = Pick<AttachmentValues, 'description' | 'validFrom' | 'validUntil'>;

/** Throws InputRejected with code NOT_BEFORE. */
function membersOver(before: Members, given: AddAttachmentInput | UpdateAttachmentInput): Members {
  const validFrom = given.validFrom === undefined ? before.validFrom : given.validFrom;
  const validUntil = given.validUntil === undefined ? before.validUntil : given.validUntil;
  // Days are written so that their texts are in order when they are; from year 0001 to 9999 they are equally long.
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) {
    const path = given.validUntil === undefined ? 'input.validFrom' : 'input.validUntil';
    throw new InputRejected([{ path, ...notBefore }]);
  }
  return { validFrom, validUntil, description: changedText(given.description, before.description) };
}

const fileColumns = ({ fileName, mediaType, size, sha256 }: ReceivedFile): FileColumns => ({
  fileName,
  mediaType,
  size: String(size),
  sha256,
});

/** Of a file that has not come yet. */
const noFile: FileColumns = { fileName: '', mediaType: '', size: '0', sha256: '' };

export class AttachmentService {
  constructor(
    private readonly recorder: Recorder,
    private readonly storage: Storage,
  ) {}

  /** Throws RecordNotFound for the card, DuplicateRecord for the id, InputRejected, and whatever the file rejects with. */
  async add(actor: Actor, input: AddAttachmentInput, file: Promise<ReceivedFile>): Promise<AttachmentRow> {
    const wished = input.id == null ? undefined : wishedKey('attachment', input.id, 'input.id');
    const members = membersOver({ description: null, validFrom: null, validUntil: null }, input);
    const valuesOn = (card: ClientEntity, received: FileColumns): AttachmentValues => ({
      clientKey: card.id,
      category: input.category,
      ...members,
      revision: 1,
      ...received,
    });
    // Before the bytes have come: whoever sends two gigabytes to a wrong card should hear of it at once.
    await this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      await requireUnused(writing, wished);
      await writing.requireFitting(attachmentKind, valuesOn(card, noFile), featuresIn(input));
    });
    return this.writeWith(actor, await file, async (writing, received) => {
      const card = await cardOf(writing, input.clientId);
      const values = valuesOn(card, fileColumns(received));
      const record = await writing.create(attachmentKind, wished, values, featuresIn(input));
      return this.keepRevision(writing, record, received);
    });
  }

  /** Throws as lockSubRecord does, and whatever the file rejects with. */
  async revise(actor: Actor, seen: VersionedId, file: Promise<ReceivedFile>): Promise<AttachmentRow> {
    await this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, attachmentKind, seen);
      await writing.requireFitting(attachmentKind, record, featuresIn({}), record.id);
    });
    return this.writeWith(actor, await file, async (writing, received) => {
      const { record } = await lockSubRecord(writing, attachmentKind, seen);
      const changes = { revision: record.revision + 1, ...fileColumns(received) };
      return this.keepRevision(writing, await writing.update(attachmentKind, record, changes), received);
    });
  }

  /** Throws as lockSubRecord does, and InputRejected. */
  update(actor: Actor, input: UpdateAttachmentInput): Promise<AttachmentRow> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, attachmentKind, input);
      const changes = { ...membersOver(record, input), category: input.category ?? record.category };
      await writing.update(attachmentKind, record, changes, featuresIn(input));
      return writing.read(attachmentKind, record.id);
    });
  }

  /** The bytes stay, for restoring. Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<AttachmentRow> {
    return removeSubRecord(this.recorder, actor, attachmentKind, seen);
  }

  private async writeWith<Result>(
    actor: Actor,
    received: ReceivedFile,
    work: (writing: Writing, received: ReceivedFile) => Promise<Result>,
  ): Promise<Result> {
    const file = received.take();
    try {
      return await this.recorder.write(actor, async (writing) => {
        await keepSweepAway(writing.manager);
        if ((await this.storage.sizeOf(file.key)) !== file.size)
          throw new Error('the bytes of an upload are gone');
        return work(writing, file);
      });
    } catch (fault) {
      // What refuses in our own words was rolled back. After any other fault, such as a line that broke during the commit,
      // nobody here knows; the bytes are left to the sweep.
      if (fault instanceof DomainError) file.giveBack();
      throw fault;
    }
  }

  private async keepRevision(
    writing: Writing,
    record: AttachmentEntity,
    received: ReceivedFile,
  ): Promise<AttachmentRow> {
    await writing.manager.insert(AttachmentRevisionEntity, {
      id: received.key,
      attachmentKey: record.id,
      number: record.revision,
      ...fileColumns(received),
      createdAt: record.updatedAt,
      createdBy: record.updatedBy,
    });
    return writing.read(attachmentKind, record.id);
  }
}

async function requireUnused(writing: Writing, key: string | undefined): Promise<void> {
  if (key === undefined || !(await writing.manager.existsBy(AttachmentEntity, { id: key }))) return;
  const message = 'there is already a record with this id';
  throw new DuplicateRecord('input.id', message, publicId('attachment', key));
}
