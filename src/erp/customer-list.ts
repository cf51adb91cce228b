/**
 * One company's part of a list that hangs on customers: the rows of each group of customers (the accounts of one client) that
 * follow a position, in the list's order, and how many there are in all. One statement for all groups.
 */
import { mostAccounts } from './accounts.ts';
import type { Company } from './companies.ts';
import { BrokenLink, ErpContract } from './erp-errors.ts';
import type { Freshness } from './freshness.ts';
import type { Key } from './key-list.ts';
import { following, type ListPosition } from './list-cursor.ts';
import type { Narrow } from './parents.ts';
import { countRelated } from './summed-read.ts';
import { readRelated, type Declaration, type OrderColumn, type RelatedRow } from './related-read.ts';

export interface ListedRow {
  readonly position: ListPosition;
}

export interface FilterOfList {
  readonly company?: string | null | undefined;
}

/** How a filter narrows the rows, with the columns that needs. */
export interface FilterPlan<Fields> {
  readonly narrow: Narrow;
  readonly needs: readonly string[];
  /**
   * Given where this ERP may not tell whether a row belongs to the list: such rows are read, too, and this gives the error to
   * be told instead of a list that may lack them. Their number cannot be had.
   */
  readonly undecided?: (fields: Fields) => Error | undefined;
}

export interface ListDeclaration<Fields, Row extends ListedRow, Filter extends FilterOfList> {
  /** Its name in cursors. */
  readonly list: string;
  readonly declaration: Declaration<Fields>;
  readonly customerColumn: string;
  readonly dayColumn: string;
  /** Throws InputRejected for a filter that cannot be meant. */
  check(filter: Filter): void;
  plan(
    filter: Filter,
    company: Company,
    signal: AbortSignal,
  ): Promise<FilterPlan<Fields>> | FilterPlan<Fields>;
  row(read: RelatedRow<Fields>, company: Company): Row;
}

export type Outcome<Value> = Value | Error;

export interface GroupsRead<Value> {
  readonly groups: readonly Outcome<Value>[];
  readonly freshness: Freshness;
}

interface GroupsQuestion<Filter> {
  /** The customers of each group. */
  readonly groups: readonly (readonly string[])[];
  readonly filter: Filter;
}

interface PageOfGroups<Filter> extends GroupsQuestion<Filter> {
  readonly after: ListPosition | undefined;
  readonly limit: number;
}

/** Which of the company's rows are a page, as a statement is to ask for them. */
export async function pageOfGroups<Fields, Row extends ListedRow, Filter extends FilterOfList>(
  list: ListDeclaration<Fields, Row, Filter>,
  company: Company,
  { groups, filter, after, limit }: PageOfGroups<Filter>,
  signal: AbortSignal,
) {
  const { declaration, dayColumn } = list;
  const plan = await list.plan(filter, company, signal);
  const narrow: Narrow = (parameters, view) => {
    const { joins, conditions } = plan.narrow(parameters, view);
    const at = { company: company.key, view, dayColumn, key: declaration.key };
    return { joins, conditions: after ? [...conditions, following(after, at, parameters)] : conditions };
  };
  const order = [dayColumn, ...declaration.key].map((column): OrderColumn => ({ column, direction: 'DESC' }));
  const page = { by: [list.customerColumn], groups: keysOf(groups), order, limit, narrow, needs: plan.needs };
  return { page, undecided: plan.undecided };
}

export async function rowsOfGroups<Fields, Row extends ListedRow, Filter extends FilterOfList>(
  list: ListDeclaration<Fields, Row, Filter>,
  company: Company,
  question: PageOfGroups<Filter>,
  signal: AbortSignal,
): Promise<GroupsRead<readonly Row[]>> {
  const { page, undecided } = await pageOfGroups(list, company, question, signal);
  const answer = await readRelated(company, list.declaration, page, signal);
  const collector = new GroupCollector<Row>(company, question.groups, answer.foreign);
  for (const [parent, fault] of answer.faults) collector.fail(parent, fault);
  for (const read of answer.rows) {
    const untold = undecided?.(read.fields);
    if (untold) collector.fail(read.parent, untold);
    else collector.add(read.parent, list.row(read, company));
  }
  return { groups: collector.outcomes(), freshness: answer.freshness };
}

/** How many rows each group has over all pages; null where that cannot be had. */
export async function countsOfGroups<Fields, Row extends ListedRow, Filter extends FilterOfList>(
  list: ListDeclaration<Fields, Row, Filter>,
  company: Company,
  { groups, filter }: GroupsQuestion<Filter>,
  signal: AbortSignal,
): Promise<readonly Outcome<number | null>[]> {
  const { narrow, needs, undecided } = await list.plan(filter, company, signal);
  if (undecided) return groups.map(() => null);
  const question = { by: [list.customerColumn], groups: keysOf(groups), narrow, needs };
  const counts = await countRelated(company, list.declaration, question, signal);
  let place = 0;
  return groups.map((customers) => {
    const own = customers.map(() => counts[place++]);
    const foreign = customers.find((_, index) => own[index] === undefined);
    if (foreign !== undefined) return foreignCustomer(company, foreign);
    return own.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  });
}

const keysOf = (groups: readonly (readonly string[])[]): readonly (readonly Key[])[] =>
  groups.map((customers) => customers.map((customer) => [customer]));

/** An account that points at nothing this ERP could hold is a broken link, and no reason to say that there is nothing. */
export const foreignCustomer = (company: Company, customer: string): BrokenLink =>
  new BrokenLink(company.key, customer);

/** Puts rows to their groups in the order they come; a fault in one group is that group's outcome alone. */
class GroupCollector<Row> {
  private readonly groupOf: readonly number[];
  private readonly rows: Row[][];
  private readonly failures = new Map<number, Error>();

  constructor(company: Company, groups: readonly (readonly string[])[], foreign: ReadonlySet<number>) {
    this.groupOf = groups.flatMap((customers, group) => customers.map(() => group));
    this.rows = groups.map(() => []);
    const customers = groups.flat();
    for (const place of foreign) this.fail(place, foreignCustomer(company, customers[place] ?? ''));
    groups.forEach(({ length }, group) => {
      if (length > mostAccounts) this.failures.set(group, tooManyAccounts(company));
    });
  }

  add(parent: number, row: Row): void {
    this.rows[this.groupOf[parent] ?? -1]?.push(row);
  }

  fail(parent: number, error: Error): void {
    this.failures.set(this.groupOf[parent] ?? -1, error);
  }

  outcomes(): readonly Outcome<readonly Row[]>[] {
    return this.rows.map((rows, group) => this.failures.get(group) ?? rows);
  }
}

export const tooManyAccounts = (company: Company): ErpContract =>
  new ErpContract(
    company.key,
    {},
    `more than ${mostAccounts} accounts of one client cannot be listed together`,
  );
