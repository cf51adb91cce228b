/**
 * A client's list over all ERP accounts it has, in however many companies. Promises one statement per company for any number
 * of clients asking the same, each company's own order kept, the page cut from the merged order, and no part left out
 * silently: when a company that was asked cannot answer, that is the error of every list it belongs to, and of no other.
 */
import { perRequest, type RequestContext } from '../request.ts';
import { makePage, type Page } from '../values/connection.ts';
import { pageRequest, type PageRequest } from '../values/page.ts';
import { askCompanies, sharesOf, type AskedClient } from './ask-companies.ts';
import type { AccountsOf } from './accounts.ts';
import type { Companies } from './companies.ts';
import { passOnFreshness, type Freshness } from './freshness.ts';
import type { CompanySource } from './company.type.ts';
import {
  countsOfGroups,
  rowsOfGroups,
  type FilterOfList,
  type ListDeclaration,
  type ListedRow,
} from './customer-list.ts';
import { byCompany, readPosition, writePosition, type ListPosition } from './list-cursor.ts';

export interface ListQuestion<Filter> {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  readonly filter: Filter;
}

/** What besides the page will be asked for, and may begin with it. */
export interface Ahead {
  readonly counted: boolean;
}

interface Counted {
  readonly rows: number | null;
  /** By which it was noted how fresh that is. */
  readonly freshness: AbortSignal;
}

export interface ErpPage<Row> extends Page<Row> {
  readonly sources: readonly CompanySource[];
}

/** What one company contributes to one client's page. */
export interface Part<Row> {
  readonly company: string;
  readonly rows: readonly Row[];
}

/** The first `size` rows in the merged order. Each part must be in its own order and hold `size` + 1 rows where it has them. */
export function mergeParts<Row extends ListedRow>(
  parts: readonly Part<Row>[],
  size: number,
): { rows: readonly Row[]; more: boolean } {
  const all = parts
    .toSorted((left, right) => byCompany(left.company, right.company))
    .flatMap((part) => part.rows);
  // The sort is stable: rows of one company and day stay as the server ordered them.
  all.sort((left, right) => byCompany(right.position.day, left.position.day));
  return { rows: all.slice(0, size), more: all.length > size };
}

/** Null as soon as one part cannot be had. */
const totalOf = (counts: readonly (number | null)[]): number | null =>
  counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0);

/** The page that is asked for, and the position it begins after. Throws InputRejected. */
export function checkedQuestion<Fields, Row extends ListedRow, Filter extends FilterOfList>(
  list: ListDeclaration<Fields, Row, Filter>,
  { first, after: cursor, filter }: ListQuestion<Filter>,
): { readonly paging: PageRequest; readonly after: ListPosition | undefined } {
  const paging = pageRequest({ first: first ?? null, after: cursor ?? null });
  const after = paging.cursor === undefined ? undefined : readPosition(list.list, paging.cursor);
  list.check(filter);
  return { paging, after };
}

export class MergedList<Fields, Row extends ListedRow, Filter extends FilterOfList> {
  private readonly pages = perRequest<string, ErpPage<Row>>((clients, context, variant) =>
    this.readPages(clients, context, JSON.parse(variant) as ListQuestion<Filter>),
  );

  private readonly counts = perRequest<string, Counted>((clients, context, variant) =>
    this.readCounts(clients, context, JSON.parse(variant) as Filter),
  );

  constructor(
    private readonly companies: Companies,
    private readonly accountsOf: AccountsOf,
    private readonly list: ListDeclaration<Fields, Row, Filter>,
  ) {}

  /** With `counted` the total is on its way, too, before the page is there. Throws InputRejected, or why a company gave no answer. */
  page(
    context: RequestContext,
    clientId: string,
    question: ListQuestion<Filter>,
    { counted }: Ahead = { counted: false },
  ): Promise<ErpPage<Row>> {
    // Where the page fails as well nobody comes for it.
    if (counted) this.counted(context, question.filter, clientId).catch(() => undefined);
    return this.pages(context, JSON.stringify(question)).load(clientId);
  }

  private async readPages(
    clients: readonly string[],
    context: RequestContext,
    question: ListQuestion<Filter>,
  ): Promise<readonly (ErpPage<Row> | Error)[]> {
    const { list } = this;
    const { filter } = question;
    const { paging, after } = checkedQuestion(list, question);
    const shares = await sharesOf(clients, filter.company, {
      companies: this.companies,
      accountsOf: this.accountsOf,
      context,
    });
    const asked = await askCompanies(this.companies, shares, async (company, groups) => {
      const page = { groups, filter, after, limit: paging.size + 1 };
      const { groups: outcomes, freshness } = await rowsOfGroups(list, company, page, context.signal);
      return outcomes.map((rows) => (rows instanceof Error ? rows : { rows, freshness }));
    });
    const total = async (client: string) => {
      const { rows, freshness } = await this.counted(context, filter, client);
      passOnFreshness(freshness, context.signal);
      return rows;
    };
    return asked.map((answered, index) =>
      answered instanceof Error ? answered : this.pageOf(answered, paging, () => total(clients[index] ?? '')),
    );
  }

  private pageOf(
    answered: AskedClient<{ rows: readonly Row[]; freshness: Freshness }>,
    paging: PageRequest,
    totalCount: () => Promise<number | null>,
  ): ErpPage<Row> {
    const parts = answered.map(({ company, value }) => ({ company, rows: value.rows }));
    const { rows, more } = mergeParts(parts, paging.size);
    const page = makePage<Row>({
      rows,
      cursorOf: (row) => writePosition(this.list.list, row.position),
      hasNextPage: more,
      hasPreviousPage: paging.cursor !== undefined,
      totalCount,
    });
    return { ...page, sources: answered.map(({ company, value }) => ({ company, ...value.freshness })) };
  }

  private counted(context: RequestContext, filter: Filter, clientId: string): Promise<Counted> {
    return this.counts(context, JSON.stringify(filter)).load(clientId);
  }

  private async readCounts(clients: readonly string[], context: RequestContext, filter: Filter) {
    this.list.check(filter);
    // Freshness is noted by signal, and a total that nobody comes for is not part of the answer.
    const freshness = AbortSignal.any([context.signal]);
    const shares = await sharesOf(clients, filter.company, {
      companies: this.companies,
      accountsOf: this.accountsOf,
      context,
    });
    const asked = await askCompanies(this.companies, shares, (company, groups) =>
      countsOfGroups(this.list, company, { groups, filter }, freshness),
    );
    return asked.map((answered) =>
      answered instanceof Error ? answered : { rows: totalOf(answered.map(({ value }) => value)), freshness },
    );
  }
}
