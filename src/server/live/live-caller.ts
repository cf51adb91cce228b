/**
 * Who reads at a WebSocket: shown by the header of its opening request or, as browsers can set none, by `authorization` in its first message;
 * asked anew every few seconds, so that whoever is shut out, or whose token or key is no more, is not told any longer.
 */
import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import type { Callers } from '../../users/callers.ts';

/** The request as if what the first message shows had been in its header. */
function showing(request: IncomingMessage, authorization: unknown): IncomingMessage {
  if (authorization === undefined) return request;
  const shown = typeof authorization === 'string' ? authorization : '';
  const properties = {
    headers: { value: { ...request.headers, authorization: request.headers.authorization ?? shown } },
    rawHeaders: { value: [...request.rawHeaders, 'authorization', shown] },
  };
  return Object.create(request, properties) as IncomingMessage;
}

const sameAccess = (one: Actor, other: Actor): boolean =>
  one.id === other.id &&
  one.access.scope === other.access.scope &&
  [...one.access.permissions].sort().join() === [...other.access.permissions].sort().join();

export interface LiveCaller {
  readonly actor: Actor;
  stop(): void;
}

interface Watching {
  readonly callers: Callers;
  readonly recheckMs: number;
  readonly requestId: string;
  /** Called once, when the caller is not what they were. */
  readonly onLost: (why: 'UNAUTHENTICATED' | 'CHANGED') => void;
}

/** Throws a DomainError for whom the connection is refused. */
export async function admitCaller(
  request: IncomingMessage,
  authorization: unknown,
  admit: Callers,
  { callers, recheckMs, requestId, onLost }: Watching,
): Promise<LiveCaller> {
  const signal = new AbortController().signal;
  const asking = showing(request, authorization);
  const actor = await admit.identify(asking, signal, requestId);
  const lost = (why: 'UNAUTHENTICATED' | 'CHANGED'): void => {
    clearInterval(timer);
    onLost(why);
  };
  const recheck = async (): Promise<void> => {
    try {
      const now = await callers.identify(asking, signal, requestId);
      if (!sameAccess(actor, now)) lost('CHANGED');
    } catch (fault) {
      // A login or a database that cannot be asked just now shuts nobody out.
      const isOut =
        fault instanceof DomainError && (fault.code === 'UNAUTHENTICATED' || fault.code === 'FORBIDDEN');
      if (isOut) lost('UNAUTHENTICATED');
    }
  };
  const timer = setInterval(() => void recheck(), recheckMs).unref();
  return { actor, stop: () => clearInterval(timer) };
}
