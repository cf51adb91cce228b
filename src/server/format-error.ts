/**
 * The one place where what was thrown becomes what a caller reads. Rooms throw DomainErrors; GraphQL's own complaints about
 * a document or its variables become BAD_USER_INPUT with the place in `problems`; everything else tells the caller only the
 * request's id, and the log where it happened. No stack, statement or value leaves through here.
 */
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, Kind } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { DomainError } from '../errors.ts';
import type { ErrorCode, Problem } from '../errors.ts';
import type { Log } from '../log.ts';
import type { RequestContext } from '../request.ts';
import { loggable } from './http/loggable.ts';
import { RequestOver } from './http/request-lifetime.ts';

/** The HTTP status when an error of this code leaves no data at all. An error of a single field is always answered 200. */
const statusByCode = {
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  LOGIN_UNAVAILABLE: 503,
  FORBIDDEN: 403,
  TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  CONFLICT: 409,
  DUPLICATE: 409,
  ERP_UNAVAILABLE: 503,
  ERP_TIMEOUT: 504,
  ERP_CONTRACT: 502,
  NOT_OFFERED: 501,
  INTERNAL_SERVER_ERROR: 500,
} as const satisfies Record<ErrorCode, number>;

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(statusByCode, code);

export const statusOf = (code: unknown): number => (isErrorCode(code) ? statusByCode[code] : 500);

/** Apollo's codes for requests that never came to be executed, each with the part of the request that is wrong. */
const requestParts: Readonly<Record<string, string>> = {
  [ApolloServerErrorCode.GRAPHQL_PARSE_FAILED]: 'query',
  [ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED]: 'query',
  [ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE]: 'operationName',
  [ApolloServerErrorCode.BAD_REQUEST]: 'request',
  [ApolloServerErrorCode.PERSISTED_QUERY_NOT_FOUND]: 'extensions.persistedQuery',
  [ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED]: 'extensions.persistedQuery',
};

/** graphql-js quotes the value it refuses, however long it is. */
const shorten = (message: string): string =>
  message.length <= 600 ? message : `${message.slice(0, 300)} … ${message.slice(-300)}`;

type Translated = Pick<GraphQLFormattedError, 'message'> & {
  readonly extensions: { readonly code: ErrorCode; readonly [detail: string]: unknown };
};

const badInput = (message: string, problems: readonly Problem[]): Translated => ({
  message: shorten(message),
  extensions: {
    code: 'BAD_USER_INPUT',
    problems: problems.map((problem) => ({ ...problem, message: shorten(problem.message) })),
  },
});

/** `input.address.postalCode` from what graphql-js says about a variable, and the complaint without the value. */
function variableProblem(variable: string, { message, originalError }: GraphQLError): Problem {
  const complaint = originalError?.message ?? message;
  const before = message.endsWith(complaint) ? message.slice(0, -complaint.length) : '';
  const path = / at "([^"]+)"; $/.exec(before)?.[1] ?? variable;
  return { path: path.replaceAll(/\[(\d+)\]/g, '.$1'), code: 'VARIABLE', message: complaint };
}

/** What graphql-js itself says about the caller's document or variables; it points at a node of the document. */
function translateDocumentFault(error: GraphQLError): Translated | undefined {
  const { extensions } = error;
  // What Apollo says here is advice for whoever runs the service.
  const message = error.message.startsWith('GraphQL introspection is not allowed')
    ? 'Introspection is switched off here.'
    : error.message;
  const code = typeof extensions.code === 'string' ? extensions.code : '';
  const part = Object.hasOwn(requestParts, code) ? requestParts[code] : undefined;
  if (part !== undefined) return badInput(message, [{ path: part, code, message }]);
  const node = error.nodes?.[0];
  if (node?.kind === Kind.VARIABLE_DEFINITION) {
    return badInput(message, [variableProblem(node.variable.name.value, error)]);
  }
  if (error.path === undefined && message.startsWith('Too many errors processing variables')) {
    return badInput(message, [{ path: 'variables', code: 'VARIABLE', message }]);
  }
  const argument = /^Argument "(\w+)" /.exec(message)?.[1];
  // Of a field's argument it is thrown by a field; of a directive at the root, by nobody.
  const { originalError } = error;
  const pointsAtDocument =
    originalError instanceof GraphQLError
      ? originalError.nodes !== undefined
      : originalError === undefined && error.path === undefined && error.nodes !== undefined;
  if (argument !== undefined && pointsAtDocument) {
    return badInput(message, [{ path: argument, code: 'ARGUMENT', message }]);
  }
  return undefined;
}

/** Errors with a code of the API that were made as GraphQLErrors, as scalars do. */
function translateCoded(error: GraphQLError): Translated | undefined {
  const { code, problems } = error.extensions;
  if (!isErrorCode(code) || code === 'INTERNAL_SERVER_ERROR') return undefined;
  if (code !== 'BAD_USER_INPUT') return { message: error.message, extensions: { ...error.extensions, code } };
  if (Array.isArray(problems)) return { message: error.message, extensions: { code, problems } };
  // Of what else such an error carries nothing is passed on: type-graphql's holds the whole input.
  const path = error.path?.join('.') ?? 'query';
  return badInput(error.message, [{ path, code: 'VALUE', message: error.message }]);
}

/** The innermost error: what a room threw, without what GraphQL wrapped round it. */
function thrownBy(error: unknown): unknown {
  let thrown = error;
  while (thrown instanceof GraphQLError && thrown.originalError) thrown = thrown.originalError;
  return thrown;
}

export type ErrorTranslation = (
  error: unknown,
  request: Pick<RequestContext, 'requestId' | 'signal'>,
) => GraphQLFormattedError;

export function createErrorTranslation(log: Log): ErrorTranslation {
  const hidden = (thrown: unknown, request: Parameters<ErrorTranslation>[1], path: unknown): Translated => {
    const { requestId, signal } = request;
    const reason: unknown = thrown instanceof RequestOver ? thrown : signal.aborted && signal.reason;
    const over = reason instanceof RequestOver ? reason.why : undefined;
    // Once a request is over its rooms break off in whatever way they do; that is no fault of theirs.
    if (over) log.info({ requestId, path, over }, 'field given up');
    else log.error({ requestId, path, fault: loggable(thrown) }, 'unknown error');
    return {
      message: `Request ${requestId} failed inside the service.`,
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(over === 'TIME_LIMIT' ? { timeLimit: true } : {}) },
    };
  };

  return (error, request) => {
    const thrown = thrownBy(error);
    const located = error instanceof GraphQLError ? error : undefined;
    const translated =
      thrown instanceof DomainError
        ? { message: thrown.message, extensions: { ...thrown.details, code: thrown.code } }
        : ((located && (translateDocumentFault(located) ?? translateCoded(located))) ??
          hidden(thrown, request, located?.path));
    const { locations, path } = located?.toJSON() ?? {};
    return {
      ...translated,
      ...(locations === undefined ? {} : { locations }),
      ...(path === undefined ? {} : { path }),
    };
  };
}
