import type { Listing } from '../reads/listing.ts';
import type { PageArguments } from '../values/page.ts';
import type { UserFilter } from './user.read.ts';

interface UsersArguments extends PageArguments {
  readonly search?: string | null | undefined;
}

/** Users by name; `search` is a fragment of name or e-mail. */
export const usersListing = ({ first, after, search }: UsersArguments): Listing<UserFilter, 'NAME'> => ({
  page: { first, after },
  filter: { search },
});
