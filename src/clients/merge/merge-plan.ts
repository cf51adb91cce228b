/** What a merge has to move and what stands in its way, found and locked before anything is written. */
import { In, IsNull } from 'typeorm';
import type { Writing } from '../../changes/writing.ts';
import { lockTogether } from '../../changes/together.ts';
import { InputRejected, type Problem } from '../../errors.ts';
import { keyOf, publicId } from '../../values/record-id.ts';
import type { ErpAccountEntity } from '../erp-accounts/erp-account.entity.ts';
import { erpAccountKind } from '../erp-accounts/erp-account.read.ts';
import { accountsOfMerged } from '../erp-accounts/accounts-of-merged.ts';
import type { RecipientEntity } from '../recipients/recipient.entity.ts';
import { recipientKind } from '../recipients/recipient.read.ts';
import type { SubRecordEntity } from '../sub-record.ts';
import { cardRecords, type CardRecord } from '../whole-card/card-records.ts';
import type { Parties } from './merge-parties.ts';

interface Moving {
  readonly kind: CardRecord['kind'];
  readonly records: readonly SubRecordEntity[];
}

export interface MergePlan {
  readonly moving: readonly Moving[];
  readonly unlinking: readonly ErpAccountEntity[];
  /** Recipients of other cards, or removed ones, that name a loser as their member's card, with what they name then. */
  readonly renaming: readonly {
    readonly recipient: RecipientEntity;
    readonly memberCardKey: string | null;
  }[];
  readonly obstacles: readonly Problem[];
}

/** Codes of which the merged card would have two. The database itself compares them, as its indexes do. */
async function sameCodes(
  writing: Writing,
  { kind }: CardRecord,
  cards: readonly string[],
): Promise<Problem[]> {
  const found = await writing.run<{ code: string; keys: string[] }>({
    name: '',
    text: `SELECT min(code) AS code, array_agg(id ORDER BY id)::text[] AS keys FROM ${kind.read.table}
      WHERE client_id = ANY($1) AND deleted_at IS NULL GROUP BY lower(code) HAVING count(*) > 1 ORDER BY 1`,
    values: [cards],
  });
  return found.map(({ code, keys }) => ({
    path: 'input.losers',
    code: 'SAME_CODE',
    message: `${keys.map((key) => publicId(kind.kind, key)).join(' and ')} have the same code ${code}: change or remove all but one`,
  }));
}

/** What names one of the cards as a member's, which must be neither a merged card nor, where it is live, its own group's. */
async function membersOf(
  writing: Writing,
  { winner, losers }: Parties,
): Promise<Pick<MergePlan, 'renaming' | 'obstacles'>> {
  const cards = [winner, ...losers].map(({ id }) => id);
  const naming = await lockTogether(writing, recipientKind, { memberCardKey: In(cards) });
  const own = naming.filter(({ clientKey }) => cards.includes(clientKey));
  const obstacles = own
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ id }) => ({
      path: 'input.losers',
      code: 'OWN_MEMBER',
      message: `${publicId('recipient', id)} names one of the cards as its member's: the merged card would be a member of itself`,
    }));
  const renaming = naming
    .filter((recipient) => own.includes(recipient) || recipient.memberCardKey !== winner.id)
    .map((recipient) => ({ recipient, memberCardKey: own.includes(recipient) ? null : winner.id }));
  return { renaming, obstacles };
}

/** Throws InputRejected where the caller would keep what none of the cards has. */
function keptKeys(accounts: readonly ErpAccountEntity[], ids: readonly string[]): string[] {
  const keys = ids.map((id) => keyOf('account', id, 'input.keepErpAccounts'));
  const problems = keys.flatMap((key, place) =>
    accounts.some((account) => account.id === key)
      ? []
      : [
          {
            path: `input.keepErpAccounts.${place}`,
            code: 'NOT_FOUND',
            message: 'is no account of these cards',
          },
        ],
  );
  if (problems.length > 0) throw new InputRejected(problems);
  return keys;
}

/** Throws InputRejected for accounts to keep that the cards do not have. */
export async function planMerge(
  writing: Writing,
  parties: Parties,
  keepErpAccounts: readonly string[],
): Promise<MergePlan> {
  const losers = parties.losers.map(({ id }) => id);
  const cards = [parties.winner.id, ...losers];
  const moving: Moving[] = [];
  const obstacles: Problem[] = [];
  const accounts = await lockTogether(writing, erpAccountKind, {
    clientKey: In(cards),
    deletedAt: IsNull(),
  });
  const { unlinked, obstacles: contested } = accountsOfMerged(accounts, keptKeys(accounts, keepErpAccounts));
  const unlinkedKeys = new Set(unlinked.map(({ id }) => id));
  for (const record of cardRecords) {
    const live = record.gone === 'stays' ? { deletedAt: IsNull() } : {};
    const records = await lockTogether(writing, record.kind, { clientKey: In(losers), ...live });
    moving.push({ kind: record.kind, records: records.filter(({ id }) => !unlinkedKeys.has(id)) });
    if (record.codes) obstacles.push(...(await sameCodes(writing, record, cards)));
  }
  const members = await membersOf(writing, parties);
  return {
    moving,
    unlinking: unlinked,
    renaming: members.renaming,
    obstacles: [...obstacles, ...contested, ...members.obstacles],
  };
}
