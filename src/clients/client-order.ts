/** The order of a list of clients as the declared read knows it. */
import { InputRejected } from '../errors.ts';
import type { OrderBy } from '../reads/declaration.ts';
import { ClientOrderField, Direction, type ClientOrderBy } from './client.inputs.ts';
import type { ClientSort } from './client.read.ts';

const bestFirst: readonly OrderBy<ClientSort>[] = [
  { sort: 'RELEVANCE', direction: 'ASC' },
  { sort: 'SHORT_NAME', direction: 'ASC' },
];

/** Best first for a search, where nothing else is asked for. Throws InputRejected with code RELEVANCE. */
export function clientOrder(
  orderBy: readonly ClientOrderBy[] | null | undefined,
  searched: boolean,
): readonly OrderBy<ClientSort>[] | undefined {
  if (!orderBy || orderBy.length === 0) return searched ? bestFirst : undefined;
  const place = orderBy.findIndex(({ field }) => field === ClientOrderField.RELEVANCE);
  if (place >= 0 && !searched)
    throw new InputRejected([
      {
        path: `orderBy.${place}.field`,
        code: 'RELEVANCE',
        message: 'only what is searched for has a relevance',
      },
    ]);
  return orderBy.map(({ field, direction }) => ({ sort: field, direction: direction ?? Direction.ASC }));
}
