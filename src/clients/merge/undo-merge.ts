/**
 * Undoes a merge, as long as nothing that it wrote has changed since: then every record goes back to where it was. Otherwise
 * it is refused, and every record that stands in the way is named.
 */
import { Raw } from 'typeorm';
import type { Telling } from '../../changes/change-log.ts';
import type { RecordedEntity } from '../../changes/recorded.entity.ts';
import type { RecordedKind } from '../../changes/recorded-kind.ts';
import type { Recorder } from '../../changes/recorder.ts';
import { maySee } from '../../changes/sight.ts';
import type { Writing } from '../../changes/writing.ts';
import { lockTogether, writeTogether, type ValuesTogether } from '../../changes/together.ts';
import { InputRejected, RecordNotFound, type Problem } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { publicId } from '../../values/record-id.ts';
import { clientKind } from '../client.kind.ts';
import type { ClientRow } from '../client.read.ts';
import { cardRecords } from '../whole-card/card-records.ts';
import { forgetMerge, lockMerge, recordsOfMerge, type Remembered } from './merge-memory.ts';
import { letRecordsMove, mergedFrom, mergedInto, mergeKeyOf } from './merged.ts';

type AnyKind = RecordedKind<RecordedEntity>;

/** Cards first, as every writer locks them. */
const kinds: readonly AnyKind[] = [clientKind, ...cardRecords.map(({ kind }) => kind)].map(
  (kind) => kind as unknown as AnyKind,
);

interface Written {
  readonly kind: AnyKind;
  readonly record: RecordedEntity;
  readonly remembered: Remembered;
}

const restored = ({ before }: Remembered): boolean => 'deletedAt' in before;

async function lockWritten(writing: Writing, all: readonly Remembered[]): Promise<Written[]> {
  const written: Written[] = [];
  for (const kind of kinds) {
    const of = new Map(
      all.filter((one) => one.recordType === kind.recordType).map((one) => [one.recordKey, one]),
    );
    const keys = [...of.keys()];
    const id = Raw((column) => `${column} = ANY(:keys)`, { keys });
    const records = await lockTogether(writing, kind, { id });
    for (const record of records) {
      const remembered = of.get(record.id);
      if (remembered) written.push({ kind, record, remembered });
    }
  }
  return written;
}

const problem = (code: string, recordId: string, message: string): Problem => ({
  path: 'mergeId',
  code,
  message: `${recordId} ${message}`,
  recordId,
});

/** Records of the winner's own that name moved ones by now, and would be torn from them. */
async function naming(writing: Writing, written: readonly Written[]): Promise<Problem[]> {
  const moved = written.map(({ record }) => record.id);
  const problems: Problem[] = [];
  for (const { kind, naming: text } of cardRecords) {
    if (text === undefined) continue;
    const rows = await writing.run<{ key: string }>({ name: '', text, values: [moved] });
    for (const { key } of rows)
      problems.push(problem('NAMED', publicId(kind.kind, key), 'names a record that would go back'));
  }
  return problems;
}

/** Unique values of what was deleted by the merge that another record has taken meanwhile. */
async function taken(writing: Writing, written: readonly Written[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { kind, record, remembered } of written) {
    if (!restored(remembered)) continue;
    for (const rule of Object.values(kind.uniques)) {
      const key = await rule.existing(writing.manager, record);
      if (key !== undefined && key !== record.id)
        problems.push(problem('DUPLICATE', publicId(kind.kind, key), rule.message));
    }
  }
  return problems;
}

async function check(writing: Writing, written: readonly Written[]): Promise<void> {
  const changed = written
    .filter(({ record, remembered }) => record.version !== remembered.version)
    .map(({ kind, record }) => problem('CHANGED', publicId(kind.kind, record.id), 'was changed since'));
  const problems = [...changed, ...(await naming(writing, written)), ...(await taken(writing, written))];
  if (problems.length > 0) throw new InputRejected(problems);
}

async function takeBack(writing: Writing, winnerKey: string, written: readonly Written[]): Promise<void> {
  const before = await mergedInto(writing, winnerKey);
  const losers = written.filter(({ remembered }) => 'mergedIntoKey' in remembered.before);
  const after = before.filter((key) => !losers.some(({ record }) => record.id === key));
  const told: Telling<RecordedEntity> = (steps, { id }) =>
    id === winnerKey ? [...steps, mergedFrom(before, after)] : steps;
  await letRecordsMove(writing);
  const alike = Map.groupBy(
    written,
    ({ kind, remembered }) => `${kind.kind} ${JSON.stringify(remembered.before)}`,
  );
  for (const group of alike.values()) {
    const [{ kind, remembered } = { kind: undefined }] = group;
    if (!kind) continue;
    const action = kind.kind === 'account' && restored(remembered) ? 'RESTORED' : 'UNMERGED';
    const records = group.map(({ record }) => record);
    const values = remembered.before as ValuesTogether<RecordedEntity>;
    await writeTogether(writing, kind, action, records, values, told);
  }
}

export class UndoMergeService {
  constructor(private readonly recorder: Recorder) {}

  /** Answers the winner. Throws RecordNotFound, InputRejected with codes UNDONE, CHANGED, NAMED and DUPLICATE. */
  undo(actor: Actor, mergeId: string): Promise<ClientRow> {
    const key = mergeKeyOf(mergeId);
    return this.recorder.write(actor, async (writing) => {
      const merge = await lockMerge(writing, key);
      if (!merge || !(await maySee(writing, merge.winnerKey))) throw new RecordNotFound('mergeId', mergeId);
      if (merge.undoneAt !== null)
        throw new InputRejected([{ path: 'mergeId', code: 'UNDONE', message: 'was undone already' }]);
      const written = await lockWritten(writing, await recordsOfMerge(writing, key));
      await check(writing, written);
      await takeBack(writing, merge.winnerKey, written);
      await forgetMerge(writing, key);
      return writing.read(clientKind, merge.winnerKey);
    });
  }
}
