/**
 * Who asks. The door asks once for each request, before anything of it is looked at; rooms and policy see only the actor that
 * comes of it.
 */
import type { IncomingMessage } from 'node:http';
import { DomainError } from '../errors.ts';
import type { Actor } from '../request.ts';

export interface Callers {
  /** Throws a DomainError (UNAUTHENTICATED, RATE_LIMITED) for whom the whole request is refused. `requestId` is for the log. */
  identify(request: IncomingMessage, signal: AbortSignal, requestId: string): Promise<Actor> | Actor;
}

/** Nobody is told why: whoever tries should not learn how near they came. The reason is in the log. */
export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  constructor() {
    super(
      'Sign in: send a valid access token or API key in the header Authorization: Bearer …, and nowhere else.',
    );
  }
}

/** Whether the caller is who they say cannot be told now, whoever they are. */
export class LoginUnavailable extends DomainError {
  readonly code = 'LOGIN_UNAVAILABLE';
  constructor() {
    super('The login cannot be reached, so this access token cannot be checked now. Try again in a moment.');
  }
}

/** They are who they say, and there is nothing that they may do. */
export class NothingPermitted extends DomainError {
  readonly code = 'FORBIDDEN';
  constructor() {
    super('You are signed in, but nothing is permitted to you here: ask your administrator for a role.');
  }
}
