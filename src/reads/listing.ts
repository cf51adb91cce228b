/** What a list is asked for, and how that becomes a page's request: checked, in a total order, with a name that its cursors carry. */
import { pageRequest, type PageArguments, type PageRequest } from '../values/page.ts';
import { cursorValues } from './cursor-values.ts';
import type { AnyOrder, ReadDeclaration } from './declaration.ts';
import type { Sight } from './own-cards.ts';
import { sortsOf, type Found, type ListRequest } from './page-rows.ts';

export interface Listing<Filter, SortName extends string> {
  readonly page: PageArguments;
  readonly filter?: Filter | null | undefined;
  readonly order?: readonly AnyOrder<SortName>[] | undefined;
  /** Only these, as a search found them; their number is then known, or not to be had. */
  readonly found?: Found | undefined;
}

/** A page's request. `list` is the name of the list in its cursors. */
export interface PlannedPage<Filter> {
  readonly paging: PageRequest;
  readonly request: ListRequest<Filter>;
  readonly list: string;
}

/** A sort that was already named decides nothing more; without this a caller could make a statement of any size. */
const withoutRepeats = (order: readonly AnyOrder[]): readonly AnyOrder[] =>
  order.filter((one, index) => order.findIndex((other) => sortName(other) === sortName(one)) === index);

const sortName = (one: AnyOrder): string => (one.by ? one.by.name : one.sort);

/** Throws InputRejected for a wrong page size or cursor. */
export function planPage<Filter>(
  read: Pick<ReadDeclaration<object, object, string>, 'table' | 'sorts' | 'defaultOrder'>,
  { page, filter, order, found }: Listing<Filter, string>,
  sight: Sight | undefined,
): PlannedPage<Filter> {
  const paging = pageRequest(page);
  const chosen = order && order.length > 0 ? withoutRepeats(order) : read.defaultOrder;
  const list = [read.table, ...chosen.map((one) => `${sortName(one)} ${one.direction}`)].join(':');
  const path = paging.backward ? 'before' : 'after';
  const cursor =
    paging.cursor === undefined
      ? undefined
      : cursorValues(list, sortsOf(read.sorts, chosen), paging.cursor, path);
  return {
    paging,
    list,
    // One row more than asked for tells whether another page follows.
    request: {
      filter: filter ?? undefined,
      order: chosen,
      backward: paging.backward,
      limit: paging.size + 1,
      cursor,
      sight,
      found,
    },
  };
}
