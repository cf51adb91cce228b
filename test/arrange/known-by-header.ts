/** Callers who say in their credentials who they are; `Bearer nobody` is nobody. */
import { fullAccess } from '../../src/access/access.ts';
import { DomainError } from '../../src/errors.ts';
import type { Callers } from '../../src/users/callers.ts';
import { developmentUser } from '../../src/users/development-user.ts';

class SignInRefused extends DomainError {
  readonly code = 'UNAUTHENTICATED';
}

export const knownByHeader: Callers = {
  identify: ({ headers: { authorization } }) => {
    if (authorization === undefined) return developmentUser;
    const name = authorization.replace('Bearer ', '');
    if (name.startsWith('nobody')) throw new SignInRefused('nobody knows you');
    return { id: name, name, access: fullAccess };
  },
};
