/**
 * Who asks. The door asks once for each request, before anything of it is looked at; rooms and policy see only the actor that
 * comes of it.
 */
import type { IncomingMessage } from 'node:http';
import type { Actor } from '../request.ts';

export interface Callers {
  /** Throws a DomainError (UNAUTHENTICATED, RATE_LIMITED) for whom the whole request is refused. */
  identify(request: IncomingMessage, signal: AbortSignal): Promise<Actor> | Actor;
}

/** While no login is configured everyone is this one. */
export const everyoneIs = (actor: Actor): Callers => ({ identify: () => actor });
