/**
 * A client's history (historia): what the CRM and all companies' ERPs know of a client, as one list, newest first. Promises one statement
 * for each of the CRM's kinds and for each kind and company of the ERPs, however many clients are asked for alike; no entry twice
 * and none left out over the pages of those that were there; and that a kind of which something could not be had is named as
 * missing, never left out silently. What each kind tells is its source's; docs/decisions/history.md says why so.
 */
import { InputRejected } from '../../errors.ts';
import { perRequest, type RequestContext } from '../../request.ts';
import { makePage, type Page } from '../../values/connection.ts';
import { pageRequest, type PageRequest } from '../../values/page.ts';
import { keyOf } from '../../values/record-id.ts';
import type { HistoryEntryRow, HistorySource, SourcePart } from './history-entry.ts';
import {
  boundOf,
  historyKinds,
  mergeEntries,
  readPlace,
  writePlace,
  type HistoryKind,
} from './history-place.ts';

export interface HistoryQuestion {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** Instants in UTC. */
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  /** All of them when not given; an empty list matches nothing. */
  readonly kinds?: readonly HistoryKind[] | null | undefined;
}

export interface HistoryPage extends Page<HistoryEntryRow> {
  readonly missing: readonly HistoryKind[];
}

interface Span {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Throws InputRejected with code RANGE. */
function spanOf({ from, to }: HistoryQuestion): Span {
  if (from != null && to != null && from > to)
    throw new InputRejected([{ path: 'from', code: 'RANGE', message: 'is after to' }]);
  return { from: from == null ? undefined : Date.parse(from), to: to == null ? undefined : Date.parse(to) };
}

/** What several sources say of each client, with the kinds that they leave missing; an Error where one of them is one. */
function byClient<Value>(
  clients: readonly string[],
  answers: readonly { kind: HistoryKind; parts: readonly (SourcePart<Value> | Error)[] }[],
): readonly ({ values: readonly Value[]; missing: readonly HistoryKind[] } | Error)[] {
  return clients.map((_, index) => {
    const values: Value[] = [];
    const missing: HistoryKind[] = [];
    for (const { kind, parts } of answers) {
      const part = parts[index];
      if (part instanceof Error) return part;
      if (part) values.push(part.value);
      if (part?.missing) missing.push(kind);
    }
    return { values, missing };
  });
}

export class HistoryLoaders {
  private readonly pages = perRequest<string, HistoryPage>((clients, context, variant) =>
    this.readPages(clients, context, JSON.parse(variant) as HistoryQuestion),
  );

  private readonly counts = perRequest<string, number | null>((clients, context, variant) =>
    this.readCounts(clients, context, JSON.parse(variant) as HistoryQuestion),
  );

  /** The sources stand in the order of the kinds. */
  constructor(private readonly sources: readonly HistorySource[]) {}

  /** Throws InputRejected. */
  page(context: RequestContext, clientId: string, question: HistoryQuestion): Promise<HistoryPage> {
    return this.pages(context, JSON.stringify(question)).load(keyOf('client', clientId, 'client'));
  }

  private asked(context: RequestContext, { kinds }: HistoryQuestion) {
    const asked = this.sources.filter(({ kind }) => kinds?.includes(kind) ?? true);
    return Object.groupBy(asked, (source) => (source.isOpenTo(context) ? 'open' : 'closed'));
  }

  private async readPages(
    clients: readonly string[],
    context: RequestContext,
    question: HistoryQuestion,
  ): Promise<readonly (HistoryPage | Error)[]> {
    const paging = pageRequest({ first: question.first ?? null, after: question.after ?? null });
    const place = paging.cursor === undefined ? undefined : readPlace(paging.cursor);
    const { from, to } = spanOf(question);
    const { open = [], closed = [] } = this.asked(context, question);
    const answers = await Promise.all(
      open.map(async (source) => {
        const range = { from, bound: boundOf(source.kind, place, to) };
        return {
          kind: source.kind,
          parts: await source.entries(context, clients, range, paging.size + 1),
        };
      }),
    );
    const counted = { from: question.from, to: question.to, kinds: question.kinds };
    return byClient(clients, answers).map((told, index) => {
      if (told instanceof Error) return told;
      const left = [...told.missing, ...closed.map(({ kind }) => kind)];
      return {
        ...this.cut(told.values, paging, () =>
          this.counts(context, JSON.stringify(counted)).load(clients[index] ?? ''),
        ),
        missing: historyKinds.filter((kind) => left.includes(kind)),
      };
    });
  }

  private cut(
    sources: readonly (readonly HistoryEntryRow[])[],
    { size, cursor }: PageRequest,
    totalCount: () => Promise<number | null>,
  ): Page<HistoryEntryRow> {
    const { entries, more } = mergeEntries(sources, size);
    return makePage({
      rows: entries,
      cursorOf: ({ place }) => writePlace(place),
      hasNextPage: more,
      hasPreviousPage: cursor !== undefined,
      totalCount,
    });
  }

  /** Of the kinds that the caller may see; null where a source cannot answer. */
  private async readCounts(
    clients: readonly string[],
    context: RequestContext,
    question: HistoryQuestion,
  ): Promise<readonly (number | null | Error)[]> {
    const { from, to } = spanOf(question);
    const { open = [] } = this.asked(context, question);
    const answers = await Promise.all(
      open.map(async (source) => {
        const range = { from, bound: boundOf(source.kind, undefined, to) };
        return { kind: source.kind, parts: await source.count(context, clients, range) };
      }),
    );
    return byClient(clients, answers).map((told) => {
      if (told instanceof Error) return told;
      const total = told.values.reduce<number>((sum, count) => sum + (count ?? 0), 0);
      return told.missing.length > 0 || told.values.includes(null) ? null : total;
    });
  }
}
