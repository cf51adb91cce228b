/** Which ERP accounts a merged card has: all that the cards had, unless two of them had some in one company. */
import { mostAccounts } from '../../erp/accounts.ts';
import type { Problem } from '../../errors.ts';
import { publicId } from '../../values/record-id.ts';
import type { ErpAccountEntity } from './erp-account.entity.ts';

interface Kept {
  readonly unlinked: readonly ErpAccountEntity[];
  readonly obstacles: readonly Problem[];
}

const path = 'input.keepErpAccounts';

const told = ({ id, customerId }: ErpAccountEntity): string =>
  `${publicId('account', id)} (customer ${customerId})`;

/** In a company where several cards have accounts, those of `keep` stay and the others are unlinked; none is an obstacle. */
export function accountsOfMerged(accounts: readonly ErpAccountEntity[], keep: readonly string[]): Kept {
  const unlinked: ErpAccountEntity[] = [];
  const obstacles: Problem[] = [];
  for (const [company, there] of Map.groupBy(accounts, ({ companyKey }) => companyKey)) {
    const contested = new Set(there.map(({ clientKey }) => clientKey)).size > 1;
    const kept = contested ? there.filter(({ id }) => keep.includes(id)) : there;
    if (kept.length === 0) {
      const message = `several of the cards have accounts in ${company}: ${there.map(told).join(', ')}; say which to keep`;
      obstacles.push({ path, code: 'ERP_ACCOUNTS', message });
    } else if (kept.length > mostAccounts) {
      const message = `${kept.length} accounts in ${company} are more than the ${mostAccounts} that can be listed together`;
      obstacles.push({ path, code: 'TOO_MANY', message });
    } else unlinked.push(...there.filter((account) => !kept.includes(account)));
  }
  return { unlinked, obstacles };
}
