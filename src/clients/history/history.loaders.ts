/**
 * A card's history (historia): what the CRM and the ERPs have of it in one list, newest first. Every source is asked for what follows the page's
 * beginning, all at once, and the page is cut from what they answer. A company's ERP that cannot answer is left out of its kind, and the page
 * says so: the rest of the history is told all the same.
 */
import type { Access } from '../../access/access.ts';
import type { Permission } from '../../access/permission.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import type { AccountsOf } from '../../erp/accounts.ts';
import { sharesOf } from '../../erp/ask-companies.ts';
import type { Companies } from '../../erp/companies.ts';
import { DomainError, Forbidden, InputRejected, type ErrorCode } from '../../errors.ts';
import { perRequest, type RequestContext } from '../../request.ts';
import { makePage, type Page } from '../../values/connection.ts';
import { pageRequest, type PageRequest } from '../../values/page.ts';
import { publicId } from '../../values/record-id.ts';
import { readCrmHistory, type CrmHistoryKind } from './crm-history.reader.ts';
import { erpHistory, type ErpHistoryKind } from './erp-history.reader.ts';
import type { HistoryEntryRow, HistoryQuestion, SourceAnswer } from './history-entry.ts';
import { historyKinds, readHistoryCursor, writeHistoryCursor, type HistoryKind } from './history-position.ts';

export interface HistoryArguments {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** RFC 3339 in UTC. */
  readonly from: string | null | undefined;
  readonly to: string | null | undefined;
  readonly kinds: readonly HistoryKind[] | null | undefined;
}

export interface HistoryPage extends Page<HistoryEntryRow> {
  readonly missing: readonly HistoryKind[];
  readonly gaps: readonly HistoryGapRow[];
}

interface HistoryGapRow {
  readonly kind: HistoryKind;
  readonly company: string | null;
  readonly code: ErrorCode;
}

const needs: Readonly<Record<HistoryKind, Permission>> = {
  CHANGE: 'clients.read',
  NOTE: 'clients.read',
  ATTACHMENT: 'attachments.read',
  EVENT: 'clients.read',
  ORDER: 'erp.read',
  INVOICE: 'erp.read',
  PAYMENT: 'erp.debt',
};

/** Those asked for, or all that the caller may see. Throws Forbidden for what is asked for and may not be seen. */
function kindsFor(asked: HistoryArguments['kinds'], { permissions }: Access): readonly HistoryKind[] {
  const permitted = historyKinds.filter((kind) => permissions.has(needs[kind]));
  if (!asked) return permitted;
  const denied = asked.filter((kind) => !permitted.includes(kind));
  if (denied.length > 0)
    throw new Forbidden(
      denied.map((kind) => ({ path: 'kinds', code: 'PERMISSION', message: `${kind} needs ${needs[kind]}` })),
    );
  return historyKinds.filter((kind) => asked.includes(kind));
}

const isOfErp = (kind: HistoryKind): kind is ErpHistoryKind => Object.hasOwn(erpHistory, kind);

/** What one kind answered for each of the clients. */
interface Answered {
  readonly kind: HistoryKind;
  readonly answers: readonly SourceAnswer[];
}

export class HistoryLoaders {
  private readonly pages = perRequest<string, HistoryPage>((clientKeys, context, variant) =>
    this.readPages(clientKeys, context, JSON.parse(variant) as HistoryArguments),
  );

  constructor(
    private readonly run: RunQuery,
    private readonly companies: Companies,
    private readonly accountsOf: AccountsOf,
  ) {}

  /** Throws InputRejected for a page size, cursor or time, Forbidden for a kind. */
  page(context: RequestContext, clientKey: string, asked: HistoryArguments): Promise<HistoryPage> {
    return this.pages(context, JSON.stringify(asked)).load(clientKey);
  }

  private async readPages(
    clientKeys: readonly string[],
    context: RequestContext,
    { first, after, from, to, kinds: asked }: HistoryArguments,
  ): Promise<readonly (HistoryPage | Error)[]> {
    const paging = pageRequest({ first: first ?? null, after: after ?? null });
    if (from != null && to != null && from > to)
      throw new InputRejected([{ path: 'to', code: 'RANGE', message: 'lies before from' }]);
    const kinds = kindsFor(asked, context.actor.access);
    const question: HistoryQuestion = {
      from: from ?? undefined,
      to: to ?? undefined,
      after: paging.cursor === undefined ? undefined : readHistoryCursor(paging.cursor),
      // One more tells whether another page follows.
      limit: paging.size + 1,
    };
    const answered = await this.ask(kinds, clientKeys, question, context);
    return clientKeys.map((_, place) => pageOf(answered, place, paging));
  }

  private async ask(
    kinds: readonly HistoryKind[],
    clientKeys: readonly string[],
    question: HistoryQuestion,
    context: RequestContext,
  ): Promise<readonly Answered[]> {
    const { companies, accountsOf, run } = this;
    const { access } = context.actor;
    const clients = clientKeys.map((key) => publicId('client', key));
    const shares = kinds.some(isOfErp)
      ? sharesOf(clients, undefined, { companies, accountsOf, context })
      : Promise.resolve([]);
    const ofErp = async (kind: ErpHistoryKind) =>
      erpHistory[kind](companies, await shares, question, context.signal);
    const ofCrm = async (kind: CrmHistoryKind) => {
      const found = await readCrmHistory(run, kind, { clientKeys, access }, question);
      return clientKeys.map((key): SourceAnswer => ({ entries: found.get(key) ?? [], failures: [] }));
    };
    return Promise.all(
      kinds.map(async (kind) => ({ kind, answers: await (isOfErp(kind) ? ofErp(kind) : ofCrm(kind)) })),
    );
  }
}

function pageOf(
  answered: readonly Answered[],
  place: number,
  { size, cursor }: PageRequest,
): HistoryPage | Error {
  const gaps: HistoryGapRow[] = [];
  const entries: HistoryEntryRow[] = [];
  for (const { kind, answers } of answered) {
    const answer = answers[place];
    entries.push(...(answer?.entries ?? []));
    for (const { company, error } of answer?.failures ?? []) {
      // What the caller did wrong, and faults of our own, are told as such.
      if (!(error instanceof DomainError) || error instanceof InputRejected) return error;
      gaps.push({ kind, company, code: error.code });
    }
  }
  // Stable: what shares an instant stays in the order of kinds, and of its source.
  entries.sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
  const page = makePage<HistoryEntryRow>({
    rows: entries.slice(0, size),
    cursorOf: writeHistoryCursor,
    hasNextPage: entries.length > size,
    hasPreviousPage: cursor !== undefined,
    totalCount: () => null,
  });
  return { ...page, missing: [...new Set(gaps.map(({ kind }) => kind))], gaps };
}
