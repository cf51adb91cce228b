/**
 * Makes one card of several (scalanie kartotek). The winner keeps its own fields and gets every record of the losers, which
 * are deleted and say whom they were merged into. All of it happens in one transaction or not at all, and what it wrote is
 * remembered, so that it can be undone (undo-merge.ts). What stands in the way is found before anything is written.
 */
import { In } from 'typeorm';
import type { RecordType } from '../../changes/record-type.ts';
import type { Recorder } from '../../changes/recorder.ts';
import type { Writing } from '../../changes/writing.ts';
import { lockTogether } from '../../changes/together.ts';
import { InputRejected } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { clientKind } from '../client.kind.ts';
import type { ClientRow } from '../client.read.ts';
import { erpAccountKind } from '../erp-accounts/erp-account.read.ts';
import { recipientKind } from '../recipients/recipient.read.ts';
import { MergeMemory } from './merge-memory.ts';
import { lockParties, type Parties } from './merge-parties.ts';
import { planMerge, type MergePlan } from './merge-plan.ts';
import type { MergeClientsInput } from './merge.type.ts';
import { letRecordsMove, mergedFrom, mergedInto, publicMergeId } from './merged.ts';

export interface Merged {
  readonly mergeId: string | null;
  readonly client: ClientRow;
  readonly moved: readonly { readonly recordType: keyof typeof RecordType; readonly count: number }[];
  readonly obstacles: readonly string[];
}

/** Writes what was planned, and answers the key of the merge. */
async function carryOut(writing: Writing, { winner, losers }: Parties, plan: MergePlan): Promise<string> {
  const memory = new MergeMemory(writing);
  const before = await mergedInto(writing, winner.id);
  await letRecordsMove(writing);
  for (const { kind, records } of plan.moving)
    await memory.write(kind, 'MERGED', records, { clientKey: winner.id });
  await memory.write(erpAccountKind, 'DELETED', plan.unlinking, { deletedAt: writing.now });
  for (const memberCardKey of [winner.id, null]) {
    const keys = plan.renaming.filter((one) => one.memberCardKey === memberCardKey);
    // Again, for some of them have moved by now and are at another version.
    const recipients = await lockTogether(writing, recipientKind, {
      id: In(keys.map(({ recipient }) => recipient.id)),
    });
    await memory.write(recipientKind, 'MERGED', recipients, { memberCardKey });
  }
  await memory.write(clientKind, 'MERGED', losers, {
    primaryContactKey: null,
    mergedIntoKey: winner.id,
    deletedAt: writing.now,
  });
  const primaries = [winner, ...losers].map(({ primaryContactKey }) => primaryContactKey);
  const primaryContactKey = primaries.find((key) => key !== null) ?? null;
  const after = await mergedInto(writing, winner.id);
  await memory.write(clientKind, 'MERGED', [winner], { primaryContactKey }, (steps) => [
    ...steps,
    mergedFrom(before, after),
  ]);
  return memory.keep(winner.id);
}

const movedBy = ({ moving }: MergePlan): Merged['moved'] =>
  moving
    .map(({ kind, records }) => ({ recordType: kind.recordType, count: records.length }))
    .filter(({ count }) => count > 0);

export class MergeService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws InputRejected, also with the obstacles where it is no dry run; RecordNotFound, VersionConflict. */
  merge(actor: Actor, input: MergeClientsInput): Promise<Merged> {
    return this.recorder.write(actor, async (writing) => {
      const parties = await lockParties(writing, input);
      const plan = await planMerge(writing, parties, input.keepErpAccounts ?? []);
      const dryRun = input.dryRun ?? false;
      if (!dryRun && plan.obstacles.length > 0) throw new InputRejected(plan.obstacles);
      const key = dryRun ? undefined : await carryOut(writing, parties, plan);
      return {
        mergeId: key === undefined ? null : publicMergeId(key),
        client: await writing.read(clientKind, parties.winner.id),
        moved: movedBy(plan),
        obstacles: plan.obstacles.map(({ message }) => message),
      };
    });
  }
}
