/** What the door itself turns away, before GraphQL sees it: an HTTP status with an error of the API's own form. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { DomainError, ErrorCode } from '../../errors.ts';
import { statusOf } from '../format-error.ts';
import { RateLimited } from '../limits/rate-limited.ts';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly options: {
      readonly headers?: OutgoingHttpHeaders;
      /** Of the error's `extensions`, beside the code. */
      readonly details?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message);
  }

  get body(): { readonly errors: readonly GraphQLFormattedError[] } {
    const extensions = { ...this.options.details, code: this.code };
    return { errors: [{ message: this.message, extensions }] };
  }
}

/** The body, or another part of the request, has a wrong form. `part` and `rule` become the problem's path and code. */
export function malformed(part: string, rule: string, message: string, status = 400): Refusal {
  return new Refusal(status, 'BAD_USER_INPUT', message, {
    details: { problems: [{ path: part, code: rule, message }] },
  });
}

/** What HTTP itself asks to be said with a refusal, whatever its reason. */
const headersByCode: Readonly<Partial<Record<ErrorCode, OutgoingHttpHeaders>>> = {
  UNAUTHENTICATED: { 'www-authenticate': 'Bearer realm="Kartoteka"' },
  LOGIN_UNAVAILABLE: { 'retry-after': '10' },
};

const headersOf = (fault: DomainError): OutgoingHttpHeaders =>
  fault instanceof RateLimited
    ? { 'retry-after': String(fault.retryAfter) }
    : (headersByCode[fault.code] ?? {});

/** What a room threw, where there is no GraphQL to tell it. */
export const refusalOf = (fault: DomainError): Refusal =>
  new Refusal(statusOf(fault.code), fault.code, fault.message, {
    headers: headersOf(fault),
    details: fault.details,
  });
