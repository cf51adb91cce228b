/** Balances and the ageing of today are read by two readers: for the customers who have most they must come to the same. */
import { subtractAmount, zero, addAmounts } from '../../values/decimal.ts';
import { ageingOfGroups } from '../ageing/ageing.reader.ts';
import { balancesOfGroups } from '../balances/balance.reader.ts';
import { NotOffered } from '../erp-errors.ts';
import { counted, type Findings } from './findings.ts';
import type { Inquiry } from './inquiry.ts';
import { sampleKeys } from './sample-keys.ts';
import type { Survey } from './survey.ts';

const customersAsked = 20;

export async function checkBalances(inquiry: Inquiry, { views }: Survey, findings: Findings): Promise<void> {
  if (!['customer', 'settlement', 'payment'].every((view) => views.get(view)?.has('customer_id'))) return;
  const words = 'balances = ageing of today';
  const told = await inquiry.tried(() => differences(inquiry));
  const about = { view: 'settlement' };
  if ('untold' in told) findings.add('WARN', `${words} could not be checked: ${told.untold}`, about);
  else if (told.value === undefined) return;
  else if (told.value.differing === 0)
    findings.add(
      'OK',
      `${words}, of the ${counted(told.value.customers, 'customer')} with most settlements`,
      about,
    );
  else {
    const parts = [...told.value.byCurrency].map(([currency, by]) => `${by} ${currency}`);
    findings.add(
      'FAULT',
      `${words} does not hold for ${told.value.differing} of ${counted(told.value.customers, 'customer')}: differs by ${parts.join(', ')}`,
      about,
    );
  }
}

const names = ['receivable', 'payable', 'unallocated'] as const;

async function differences(inquiry: Inquiry) {
  const { company } = inquiry;
  const most = `(SELECT v.[customer_id], COUNT_BIG(*) AS number FROM ${inquiry.table('settlement')} AS v GROUP BY v.[customer_id]) AS d`;
  const customers = await sampleKeys(inquiry, {
    view: 'settlement',
    columns: ['customer_id'],
    from: most,
    order: 'd.number DESC',
    count: customersAsked,
  });
  const groups = customers.map((customer) => [...customer]);
  if (groups.length === 0) return undefined;
  return inquiry.within('balances and ageing', async (signal) => {
    const balances = await balancesOfGroups(company, groups, signal);
    const ageing = await ageingOfGroups(company, groups, company.today(), signal);
    const byCurrency = new Map<string, string>();
    let differing = 0;
    groups.forEach((_, place) => {
      const [balance, aged] = [balances.groups[place], ageing.groups[place]];
      if (balance instanceof NotOffered || aged instanceof NotOffered) return;
      if (balance instanceof Error) throw balance;
      if (aged instanceof Error) throw aged;
      const left = new Map((balance ?? []).map((row) => [row.currency, row]));
      const right = new Map((aged ?? []).map((row) => [row.currency, row]));
      const apart = [...new Set([...left.keys(), ...right.keys()])].flatMap((currency) => {
        const [one, other] = [left.get(currency), right.get(currency)];
        const here = names.map((name) => one?.[name].amount ?? zero);
        const there = [other?.total, other?.credits, other?.unallocated].map((part) => part?.amount ?? zero);
        const by = here.map((amount, index) => subtractAmount(amount, there[index] ?? zero));
        return by.every((amount) => amount === zero) ? [] : [{ currency, by: addAmounts(by) }];
      });
      if (apart.length > 0) differing += 1;
      for (const { currency, by } of apart)
        byCurrency.set(currency, addAmounts([byCurrency.get(currency) ?? zero, by]));
    });
    return { customers: groups.length, differing, byCurrency };
  });
}
