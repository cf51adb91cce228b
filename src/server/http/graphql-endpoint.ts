/**
 * GraphQL over HTTP: Apollo Server behind a thin handler. It promises the status codes and media types of the GraphQL over
 * HTTP specification, refuses what is too large, too deep or not JSON before GraphQL sees it, and gives each request its
 * time limit. Who the caller is, and what the schema answers, is decided elsewhere.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import type {
  ApolloServerOptions,
  ApolloServerPlugin,
  BaseContext,
  HTTPGraphQLRequest,
  HTTPGraphQLResponse,
} from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { DomainError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { AskedOperation } from '../../reads/plans/planned-reads.ts';
import type { RequestContext } from '../../request.ts';
import { shapeCheck, type ShapeLimits } from '../limits/document-shape.ts';
import type { ErrorTranslation } from '../format-error.ts';
import { planHeaderName } from '../plan-header.ts';
import { statusCodes } from './apollo-status.ts';
import { apolloLogger } from './apollo-logger.ts';
import { answer } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import type { Handler } from './http-server.ts';
import { negotiate } from './media-type.ts';
import type { ResponseType } from './media-type.ts';
import { answerBody, takenBody } from './answer-body.ts';
import { isNestedDeeperThan, maximumNesting } from './nesting.ts';
import { isMultipart, MultipartReading, type UploadReceiver } from './multipart.ts';
import { malformed, Refusal, refusalOf } from './refusal.ts';
import { discardRest, readJsonBody } from './request-body.ts';
import { RequestOver, startLifetime } from './request-lifetime.ts';
import type { RequestLifetime } from './request-lifetime.ts';

export interface RequestFacts {
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly request: IncomingMessage;
}

interface GraphqlEndpointOptions<Context extends RequestContext, File> {
  readonly schema: GraphQLSchema;
  /** Executes what is valid and may be asked; graphql-js does when not given. */
  readonly execute?: (asked: AskedOperation) => Promise<ExecutionResult>;
  /** May throw a DomainError (UNAUTHENTICATED, RATE_LIMITED …): the whole request is then refused with its status. */
  readonly makeContext: (facts: RequestFacts) => Promise<Context> | Context;
  readonly formatError: ErrorTranslation;
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
  readonly log: Log;
  /** For all of a request but the bytes of its files. */
  readonly maxBodyBytes: number;
  /** From the last byte of the request on. */
  readonly requestTimeoutMs: number;
  /** What no honest document goes beyond, looked at before it is validated. */
  readonly queryLimits?: ShapeLimits;
  /** Whether callers may ask what the schema is; true when not given. */
  readonly introspection?: boolean;
  /** Takes the files of multipart requests in; without it these are refused. */
  readonly uploads?: UploadReceiver<File>;
  /** How long a caller who uploads may send nothing. */
  readonly uploadIdleMs?: number;
  /** How long after the time limit a partial answer is still waited for. */
  readonly partialAnswerMs?: number;
}

interface GraphqlEndpoint {
  readonly methods: { readonly GET: Handler; readonly POST: Handler };
  stop(): Promise<void>;
}

/** More tokens than this no honest document has; parsing stops there. */
export const maximumTokens = 10_000;

const preflightHeaders = ['x-apollo-operation-name', 'apollo-require-preflight'] as const;

/** The headers that Apollo looks at; content types are settled before. */
const passedHeaders = ['content-type', planHeaderName, ...preflightHeaders] as const;

function requireShallow(part: string, text: unknown): void {
  if (typeof text !== 'string' || !isNestedDeeperThan(maximumNesting, text)) return;
  throw malformed(part, 'NESTING', `The ${part} is nested deeper than ${maximumNesting} levels.`);
}

function requireObject(body: unknown): asserts body is Readonly<Record<string, unknown>> {
  if (Array.isArray(body))
    throw malformed('body', 'BATCH', 'Several operations in one request are not accepted.');
  if (typeof body !== 'object' || body === null)
    throw malformed('body', 'OBJECT', 'The body must be a JSON object.');
}

interface Reading {
  /** Of a POST. */
  readonly readBody: () => Promise<unknown>;
  /** Throws TooComplex. */
  readonly checkShape: (query: string) => void;
}

async function readRequest(
  { request, search }: Exchange,
  accept: ResponseType,
  { readBody, checkShape }: Reading,
): Promise<HTTPGraphQLRequest> {
  const headers = new HeaderMap([['accept', accept]]);
  for (const name of passedHeaders) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  if (request.method === 'GET') {
    const parameters = new URLSearchParams(search);
    for (const part of ['query', 'variables', 'extensions']) requireShallow(part, parameters.get(part));
    checkShape(parameters.get('query') ?? '');
    return { method: 'GET', headers, search, body: undefined };
  }
  const body = await readBody();
  requireObject(body);
  requireShallow('query', body.query);
  if (typeof body.query === 'string') checkShape(body.query);
  return { method: 'POST', headers, search, body };
}

/** A page of another site could send a form in the visitor's name; these headers it cannot set. Asked before a byte is read. */
function requirePreflight({ request }: Exchange): void {
  if (preflightHeaders.some((name) => request.headers[name])) return;
  const message =
    'A multipart request needs a header that no form can send, such as apollo-require-preflight: 1.';
  throw malformed('apollo-require-preflight', 'PREFLIGHT', message);
}

/** Begins to read a request with files in it; undefined for any other. */
function readUploads<File>(
  exchange: Exchange,
  {
    uploads,
    maxBodyBytes,
    uploadIdleMs = 60_000,
  }: Pick<GraphqlEndpointOptions<RequestContext, File>, 'uploads' | 'maxBodyBytes' | 'uploadIdleMs'>,
): MultipartReading<File> | undefined {
  const { request, response } = exchange;
  if (!uploads || request.method !== 'POST' || !isMultipart(request)) return undefined;
  requirePreflight(exchange);
  exchange.letBodyTakeItsTime();
  return new MultipartReading(request, response, { maxBodyBytes, idleMs: uploadIdleMs }, uploads);
}

function send(exchange: Exchange, result: HTTPGraphQLResponse, status: number): void {
  if (result.body.kind !== 'complete') throw new Error('incremental delivery is not offered');
  answer(exchange, status, Object.fromEntries(result.headers), takenBody(result.body.string));
}

/** Refusals of the endpoint come in the media type that the caller asked for. */
function sendRefusal(exchange: Exchange, refusal: Refusal, type: ResponseType): void {
  answer(
    exchange,
    refusal.status,
    { 'content-type': `${type}; charset=utf-8`, ...refusal.options.headers },
    JSON.stringify(refusal.body),
  );
}

/** Apollo takes an executor only from a gateway; all of its hooks run as ever. */
function executedBy(
  schema: GraphQLSchema,
  execute: GraphqlEndpointOptions<RequestContext, never>['execute'],
) {
  if (!execute) return { schema };
  const gateway: NonNullable<ApolloServerOptions<BaseContext>['gateway']> = {
    onSchemaLoadOrUpdate: (told) => {
      told({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: ({ document, operation, request, context }) =>
          execute({
            document,
            operation,
            // As it was asked for; Apollo's own is null where the document has none of that name.
            operationName: request.operationName ?? undefined,
            variables: request.variables,
            context: context as RequestContext,
          }),
      }),
    stop: () => Promise.resolve(),
  };
  return { gateway };
}

/** Makes and starts the endpoint. Rejects when the schema is not valid. */
export async function createGraphqlEndpoint<Context extends RequestContext, File = never>(
  options: GraphqlEndpointOptions<Context, File>,
): Promise<GraphqlEndpoint> {
  const { makeContext, formatError, maxBodyBytes, requestTimeoutMs, partialAnswerMs = 5_000 } = options;
  const currentRequest = new AsyncLocalStorage<RequestFacts>();
  const checkShape = options.queryLimits ? shapeCheck(options.queryLimits, maximumTokens) : () => undefined;
  const apollo = new ApolloServer<Context>({
    ...executedBy(options.schema, options.execute),
    stringifyResult: answerBody,
    csrfPrevention: true,
    introspection: options.introspection ?? true,
    // Guesses at names are answered with names that are near.
    hideSchemaDetailsFromClientErrors: options.introspection === false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: maximumTokens },
    logger: apolloLogger(options.log),
    plugins: [
      // Its per-field bookkeeping costs a list up to half of its speed.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ...(options.plugins ?? []),
      // The others may still make an answer into a refusal.
      statusCodes(),
    ],
    formatError: (_formatted, error) => {
      const facts = currentRequest.getStore();
      if (!facts) throw new Error('an error was formatted outside of a request');
      return formatError(error, facts);
    },
  });
  await apollo.start();

  const execute = async (
    exchange: Exchange,
    httpGraphQLRequest: HTTPGraphQLRequest,
    lifetime: RequestLifetime,
    { facts, context }: { readonly facts: RequestFacts; readonly context: Context },
  ): Promise<void> => {
    const execution = currentRequest.run(facts, () =>
      apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: () => Promise.resolve(context) }),
    );
    const result = await Promise.race([execution, lifetime.overdue]);
    send(exchange, result, result.status ?? 200);
  };

  /** Before anything of the body is read: whoever is not let in has nothing to say. */
  const admit = async ({ requestId, request }: Exchange, { signal, overdue }: RequestLifetime) => {
    const facts = { requestId, signal, request };
    try {
      return { facts, context: await Promise.race([makeContext(facts), overdue]) };
    } catch (fault) {
      if (!request.complete) discardRest(request);
      throw fault;
    }
  };

  const run = async (exchange: Exchange, type: ResponseType, lifetime: RequestLifetime): Promise<void> => {
    const { request, response } = exchange;
    const admitted = await admit(exchange, lifetime);
    const reading = readUploads(exchange, options);
    if (reading) lifetime.pauseUntil(reading.over);
    try {
      const readBody = () => reading?.operation ?? readJsonBody(request, response, maxBodyBytes);
      const operation = await readRequest(exchange, type, { readBody, checkShape });
      await execute(exchange, operation, lifetime, admitted);
    } finally {
      await reading?.end();
    }
  };

  const handle: Handler = async (exchange) => {
    const type = negotiate(exchange.request.headers.accept);
    if (!type) {
      throw malformed(
        'accept',
        'MEDIA_TYPE',
        'Answers are application/json or application/graphql-response+json.',
        406,
      );
    }
    const lifetime = startLifetime(exchange.response, requestTimeoutMs, partialAnswerMs);
    try {
      await run(exchange, type, lifetime);
    } catch (fault) {
      if (fault instanceof Refusal) sendRefusal(exchange, fault, type);
      else if (fault instanceof DomainError) sendRefusal(exchange, refusalOf(fault), type);
      else if (fault instanceof RequestOver) {
        options.log.warn({ requestId: exchange.requestId, over: fault.why }, 'request given up');
        const message = `Request ${exchange.requestId} failed inside the service.`;
        const details = fault.why === 'TIME_LIMIT' ? { limit: 'time', most: requestTimeoutMs } : {};
        sendRefusal(exchange, new Refusal(504, 'INTERNAL_SERVER_ERROR', message, { details }), type);
      } else throw fault;
    } finally {
      lifetime.end();
    }
  };

  return { methods: { GET: handle, POST: handle }, stop: () => apollo.stop() };
}
