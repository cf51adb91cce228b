/**
 * From clients to companies and back: which customers of which company the clients are, each company asked once for all
 * of them, and every client handed what its own companies answered.
 */
import type { RequestContext } from '../request.ts';
import type { AccountsOf } from './accounts.ts';
import type { Companies, Company } from './companies.ts';
import type { Outcome } from './customer-list.ts';
import { byCompany } from './list-cursor.ts';

/** A client's customers by company; an Error where its accounts could not be read. */
export type Share = Outcome<ReadonlyMap<string, readonly string[]>>;

/** Narrowed to one company where `only` is given. Throws InputRejected for a company that does not exist. */
export async function sharesOf(
  clients: readonly string[],
  only: string | null | undefined,
  by: { readonly companies: Companies; readonly accountsOf: AccountsOf; readonly context: RequestContext },
  path = 'filter.company',
): Promise<readonly Share[]> {
  if (only != null) by.companies.require(only, path);
  const accounts = await Promise.allSettled(clients.map((client) => by.accountsOf(by.context, client)));
  return accounts.map((read): Share => {
    if (read.status === 'rejected') return asError(read.reason);
    const customers = new Map<string, Set<string>>();
    for (const { companyKey, customerId } of read.value) {
      if (only != null && companyKey !== only) continue;
      customers.set(companyKey, (customers.get(companyKey) ?? new Set()).add(customerId));
    }
    return new Map([...customers].map(([company, ids]) => [company, [...ids]]));
  });
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** What each company of one client answered, in the order of company keys. */
export type AskedClient<Value> = readonly { readonly company: string; readonly value: Value }[];

type AskCompany<Value> = (
  company: Company,
  groups: readonly (readonly string[])[],
) => Promise<readonly Outcome<Value>[]>;

/** What each company of one client answered or failed with, in the order of company keys. */
export type EachCompany<Value> = readonly { readonly company: string; readonly outcome: Outcome<Value> }[];

/** An Error for a client whose accounts could not be read. */
export async function askEachCompany<Value>(
  companies: Companies,
  shares: readonly Share[],
  ask: AskCompany<Value>,
): Promise<readonly Outcome<EachCompany<Value>>[]> {
  const keys = new Set(shares.flatMap((share) => (share instanceof Error ? [] : [...share.keys()])));
  const answers = await Promise.all(
    [...keys]
      .toSorted(byCompany)
      .map(async (key) => ({ key, outcomes: await askOne(companies, key, shares, ask) })),
  );
  return shares.map((share, client) =>
    share instanceof Error
      ? share
      : answers.flatMap(({ key, outcomes }) => {
          const outcome = outcomes.get(client);
          return outcome === undefined ? [] : [{ company: key, outcome }];
        }),
  );
}

/** An Error for a client any of whose companies gave none: the first one's, in the order of company keys. */
export async function askCompanies<Value>(
  companies: Companies,
  shares: readonly Share[],
  ask: AskCompany<Value>,
): Promise<readonly Outcome<AskedClient<Value>>[]> {
  const asked = await askEachCompany(companies, shares, ask);
  return asked.map((answers) => {
    if (answers instanceof Error) return answers;
    const answered: { company: string; value: Value }[] = [];
    for (const { company, outcome } of answers) {
      if (outcome instanceof Error) return outcome;
      answered.push({ company, value: outcome });
    }
    return answered;
  });
}

async function askOne<Value>(
  companies: Companies,
  key: string,
  shares: readonly Share[],
  ask: AskCompany<Value>,
): Promise<ReadonlyMap<number, Outcome<Value>>> {
  const groups = shares.flatMap((share, client) => {
    const customers = share instanceof Error ? undefined : share.get(key);
    return customers ? [{ client, customers }] : [];
  });
  try {
    const outcomes = await ask(
      companies.reach(key),
      groups.map(({ customers }) => customers),
    );
    return new Map(outcomes.map((outcome, index) => [groups[index]?.client ?? -1, outcome]));
  } catch (error) {
    const failure = asError(error);
    return new Map(groups.map(({ client }) => [client, failure]));
  }
}
