/** What a merge wrote, kept so that it can be undone: for each record the version it got and what it had before. */
import { v7 as uuidV7 } from 'uuid';
import type { ChangeAction } from '../../changes/change.entity.ts';
import type { Telling } from '../../changes/change-log.ts';
import type { RecordedEntity } from '../../changes/recorded.entity.ts';
import type { RecordedKind } from '../../changes/recorded-kind.ts';
import type { Writing } from '../../changes/writing.ts';
import { writeTogether, type ValuesTogether } from '../../changes/together.ts';

/** Keys of other records, and null for not deleted: nothing that tells of a person. */
type Before = Readonly<Record<string, string | null>>;

export interface Remembered {
  readonly recordKey: string;
  readonly recordType: string;
  readonly versionBefore: number;
  readonly version: number;
  readonly before: Before;
}

const beforeOf = (record: object, names: readonly string[]): Before =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => names.includes(name))
      .map(([name, value]: [string, unknown]) => [name, typeof value === 'string' ? value : null]),
  );

export class MergeMemory {
  private readonly records = new Map<string, Remembered>();

  constructor(private readonly writing: Writing) {}

  /** Writes and remembers. */
  async write<Entity extends RecordedEntity>(
    kind: RecordedKind<Entity>,
    action: ChangeAction,
    before: readonly Entity[],
    values: ValuesTogether<Entity>,
    told?: Telling<Entity>,
  ): Promise<Entity[]> {
    const after = await writeTogether(this.writing, kind, action, before, values, told);
    for (const [place, { id, version }] of after.entries()) {
      const sofar = this.records.get(id);
      this.records.set(id, {
        recordKey: id,
        recordType: kind.recordType,
        versionBefore: sofar?.versionBefore ?? version - 1,
        version,
        before: { ...beforeOf(before[place] ?? {}, Object.keys(values)), ...sofar?.before },
      });
    }
    return after;
  }

  /** Answers the key of the merge. */
  async keep(winnerKey: string): Promise<string> {
    const key = uuidV7();
    const { run, now, actor } = this.writing;
    await run({
      name: '',
      text: 'INSERT INTO client_merge (id, winner_id, merged_at, merged_by) VALUES ($1, $2, $3, $4)',
      values: [key, winnerKey, now, actor.name],
    });
    await run({
      name: '',
      text: `INSERT INTO client_merge_record (merge_id, record_id, record_type, version_before, version, before)
        SELECT $1, r."recordKey", r."recordType", r."versionBefore", r.version, r.before
        FROM jsonb_to_recordset($2) AS r("recordKey" uuid, "recordType" text, "versionBefore" int, version int, before jsonb)`,
      values: [key, JSON.stringify([...this.records.values()])],
    });
    return key;
  }
}

export interface KeptMerge {
  readonly winnerKey: string;
  readonly undoneAt: string | null;
}

/** Locked, so that nobody undoes it at the same time; undefined where there is none. */
export async function lockMerge(writing: Writing, key: string): Promise<KeptMerge | undefined> {
  const [merge] = await writing.run<KeptMerge>({
    name: '',
    text: 'SELECT winner_id AS "winnerKey", undone_at AS "undoneAt" FROM client_merge WHERE id = $1 FOR UPDATE',
    values: [key],
  });
  return merge;
}

export const recordsOfMerge = (writing: Writing, key: string): Promise<Remembered[]> =>
  writing.run<Remembered>({
    name: '',
    text: `SELECT record_id AS "recordKey", record_type AS "recordType", version_before AS "versionBefore", version, before
      FROM client_merge_record WHERE merge_id = $1 ORDER BY record_id`,
    values: [key],
  });

/** Marks it as undone. Its records, each a version on now, are again as an earlier merge left them: that one can be undone next. */
export async function forgetMerge({ run, now, actor }: Writing, key: string): Promise<void> {
  await run({
    name: '',
    text: 'UPDATE client_merge SET undone_at = $2, undone_by = $3 WHERE id = $1',
    values: [key, now, actor.name],
  });
  await run({
    name: '',
    text: `UPDATE client_merge_record AS earlier SET version = undone.version + 1
      FROM client_merge_record AS undone
      WHERE undone.merge_id = $1 AND earlier.merge_id <> $1
        AND earlier.record_id = undone.record_id AND earlier.version = undone.version_before`,
    values: [key],
  });
}
