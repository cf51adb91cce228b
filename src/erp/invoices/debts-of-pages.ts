/**
 * What remains of the invoices of a page, asked for while the page is asked for, where only settlements know it: else that question
 * would wait for the page. Its statement finds the page's invoices by itself, as the list does, and is put to its rows by
 * their keys; it stands beside the list, so that a locked or broken view of settlements takes no invoice with it. What it does
 * not tell, because something was written between the two, is left to be asked for by key.
 */
import { perRequest, type RequestContext } from '../../request.ts';
import { zero } from '../../values/decimal.ts';
import type { AccountsOf } from '../accounts.ts';
import { askEachCompany, sharesOf, type EachCompany } from '../ask-companies.ts';
import { key, optional, outputOf, record } from '../columns.ts';
import type { Companies, Company } from '../companies.ts';
import { pageOfGroups } from '../customer-list.ts';
import { noteFreshness, type Freshness } from '../freshness.ts';
import { checkedQuestion, type ListQuestion } from '../merged-list.ts';
import { fromParents } from '../parents.ts';
import { erpId } from '../record-key.ts';
import { orderBy } from '../related-read.ts';
import { bracketed } from '../statement.ts';
import { readSums } from '../summed-read.ts';
import { selectSettled, settledOutput, settlementColumns } from './invoice-debt.ts';
import { invoiceList, type InvoiceListFilter } from './invoice.list.ts';
import { invoiceDeclaration, type InvoiceRow } from './invoice.reader.ts';

type Question = ListQuestion<InvoiceListFilter>;

interface Told {
  /** By invoice id. */
  readonly remaining: ReadonlyMap<string, string>;
  readonly freshness: Freshness;
}

/** Null for a company that was not asked. */
type DebtsOfPage = EachCompany<Told | null>;

/** Where a part of it is NULL the list fails, and says so. */
const invoiceKey = optional(record({ type: key('invoice_type'), id: key('invoice_id') }));

async function debtsOfGroups(
  company: Company,
  question: Parameters<typeof pageOfGroups<never, never, InvoiceListFilter>>[2],
  signal: AbortSignal,
): Promise<Told> {
  const { page } = await pageOfGroups(invoiceList, company, question, signal);
  const needed = [...page.by, ...page.order.map(({ column }) => column), ...page.needs];
  const [view, settlements] = await Promise.all([
    company.catalogue.view('invoice', needed, signal),
    company.catalogue.view('settlement', settlementColumns, signal),
  ]);
  const inner = invoiceDeclaration.key.map((column) => `v.${bracketed(column)}`).join(', ');
  const links = invoiceDeclaration.key.map((column) => `s.${bracketed(column)} = x.${bracketed(column)}`);
  const { rows, freshness } = await readSums(
    company,
    {
      shape: 'settlement summed by page of invoices',
      view,
      by: page.by,
      groups: page.groups,
      select: (parameters) => {
        const top = parameters.bind({ name: 'int' }, page.limit);
        const from = fromParents(company, view, page, parameters);
        const cut = `SELECT TOP (${top}) ${inner}${from}${orderBy(page.order, 'v')}`;
        return {
          outputs: [...invoiceKey.columns.map((use) => outputOf(use, 'x', view)), settledOutput('r')],
          apply: `CROSS APPLY (${cut}) AS x\nOUTER APPLY (${selectSettled(company, settlements, links)}) AS r`,
        };
      },
    },
    signal,
  );
  const read = invoiceKey.at({ company: company.key, view });
  const remaining = new Map<string, string>();
  for (const { row } of rows) {
    const found = read(row);
    if (!found) continue;
    const sum = row['remaining'];
    remaining.set(
      erpId('invoice', company.key, [found.type, found.id]),
      typeof sum === 'string' ? sum : zero,
    );
  }
  return { remaining, freshness };
}

export class DebtsOfPages {
  private readonly pages = perRequest<string, DebtsOfPage>((clients, context, variant) =>
    this.read(clients, context, JSON.parse(variant) as Question),
  );

  /** By company: whether of its last page no invoice that owes anything knew what. Until one was seen it is not asked for. */
  private readonly onlySettlementsKnow = new Map<string, boolean>();

  private readonly askedWith = new WeakMap<InvoiceRow, Promise<DebtsOfPage>>();

  constructor(
    private readonly companies: Companies,
    private readonly accountsOf: AccountsOf,
  ) {}

  /** Begins to ask; to be handed to `note` with the page. */
  ask(context: RequestContext, clientId: string, question: Question): Promise<DebtsOfPage> {
    const asked = this.pages(context, JSON.stringify(question)).load(clientId);
    // Where the page fails as well nobody comes for it.
    asked.catch(() => undefined);
    return asked;
  }

  note(rows: readonly InvoiceRow[], asked: Promise<DebtsOfPage> | undefined): void {
    const live = rows.filter(({ cancelled }) => !cancelled);
    for (const [company, own] of Map.groupBy(live, (row) => row.company.key))
      this.onlySettlementsKnow.set(
        company,
        own.every(({ ownRemaining }) => ownRemaining === null),
      );
    if (asked) for (const row of rows) this.askedWith.set(row, asked);
  }

  /** Undefined where its page did not tell. Throws why the company did not. */
  async of({ signal }: RequestContext, invoice: InvoiceRow): Promise<string | undefined> {
    const asked = await this.askedWith.get(invoice);
    const told = asked?.find(({ company }) => company === invoice.company.key)?.outcome;
    if (told instanceof Error) throw told;
    const remaining = told?.remaining.get(invoice.id);
    if (told && remaining !== undefined) noteFreshness(signal, invoice.company.key, told.freshness);
    return remaining;
  }

  private async read(clients: readonly string[], context: RequestContext, question: Question) {
    const { paging, after } = checkedQuestion(invoiceList, question);
    const { filter } = question;
    const by = { companies: this.companies, accountsOf: this.accountsOf, context };
    const shares = await sharesOf(clients, filter.company, by);
    // Freshness is noted by signal, and what nobody comes for is not part of the answer.
    const signal = AbortSignal.any([context.signal]);
    return askEachCompany<Told | null>(this.companies, shares, async (company, groups) => {
      const asks = this.onlySettlementsKnow.get(company.key) === true;
      const told = asks
        ? await debtsOfGroups(company, { groups, filter, after, limit: paging.size }, signal)
        : null;
      return groups.map(() => told);
    });
  }
}
