/** How long a request's body may take to arrive. */
import type { IncomingMessage } from 'node:http';

/** As node:http says it of requests whose headers are late. */
export const tooSlow: NodeJS.ErrnoException = Object.assign(new Error('the body came too slowly'), {
  code: 'ERR_HTTP_REQUEST_TIMEOUT',
});

/** Calls `late` when the body has not come within the limit, unless the limit was lifted. */
export function limitArrival(
  request: IncomingMessage,
  limitMs: number,
  late: () => void,
): { readonly lift: () => void } {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (length === '0' && encoding === undefined) return { lift: () => undefined };
  const timer = setTimeout(() => {
    if (!request.complete) late();
  }, limitMs);
  const lift = (): void => clearTimeout(timer);
  request.once('end', lift).once('close', lift);
  return { lift };
}
