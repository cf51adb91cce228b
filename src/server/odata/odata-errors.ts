/** What is wrong at an address of OData, in the form that OData has for errors. */
import type { OutgoingHttpHeaders } from 'node:http';
import { DomainError, type Problem } from '../../errors.ts';
import { Unsupported } from '../../exports/odata/faults.ts';
import type { ErrorForm } from '../http/http-server.ts';
import { Refusal, refusalOf } from '../http/refusal.ts';

export const odataRoot = '/odata';
export const versionHeader: OutgoingHttpHeaders = { 'odata-version': '4.0' };

/** Reporting tools and browsers ask their user for a name and a password then: the password is an API key, the name any. */
const challenge = ['Basic realm="Kartoteka", charset="UTF-8"', 'Bearer realm="Kartoteka"'];

interface Details {
  readonly problems?: readonly Problem[];
  /** Of what is not there. */
  readonly path?: string;
  readonly [detail: string]: unknown;
}

function messageOf({ status, message }: Refusal, path: string): string {
  return status === 405 && path === `${odataRoot}/$batch`
    ? '$batch is not supported: send each request by itself.'
    : message;
}

/** Undefined for other addresses. */
export const odataErrors: ErrorForm = (path, refusal) => {
  if (path !== odataRoot && !path.startsWith(`${odataRoot}/`)) return undefined;
  const { status, code, options } = refusal;
  const { problems = [], path: place, ...more }: Details = { ...options.details };
  const target = problems[0]?.path ?? place;
  const error = {
    code,
    message: messageOf(refusal, path),
    ...(target !== undefined && { target }),
    ...(problems.length > 0 && {
      details: problems.map((problem) => ({
        code: problem.code,
        message: problem.message,
        target: problem.path,
      })),
    }),
    ...(Object.keys(more).length > 0 && { innererror: more }),
  };
  const headers = {
    ...options.headers,
    ...versionHeader,
    ...(status === 401 && { 'www-authenticate': challenge }),
  };
  return { body: { error }, headers };
};

/** What a room threw, as a refusal; undefined for what is no caller's affair. */
export function odataRefusal(fault: unknown): Refusal | undefined {
  if (fault instanceof Refusal) return fault;
  if (fault instanceof DomainError) return refusalOf(fault);
  if (!(fault instanceof Unsupported)) return undefined;
  const { message, target } = fault;
  return new Refusal(501, 'NOT_OFFERED', message, {
    details: { problems: [{ path: target, code: 'UNSUPPORTED', message }] },
  });
}
