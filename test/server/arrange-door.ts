/** The door as it is run, on a free port, over a small schema whose fields behave as a test needs. */
import { fullAccess } from '../../src/access/access.ts';
import {
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import type { Log } from '../../src/log.ts';
import type { RequestContext } from '../../src/request.ts';
import { explorerRoutes } from '../../src/server/explorer/explorer-routes.ts';
import { createErrorTranslation } from '../../src/server/format-error.ts';
import { createGraphqlEndpoint } from '../../src/server/http/graphql-endpoint.ts';
import type { RequestFacts } from '../../src/server/http/graphql-endpoint.ts';
import type { UploadReceiver } from '../../src/server/http/multipart.ts';
import { createHttpServer } from '../../src/server/http/http-server.ts';
import type { HttpServer } from '../../src/server/http/http-server.ts';
import { DateScalar } from '../../src/values/scalars.ts';
import { UploadScalar, type Uploading } from '../../src/values/upload.ts';

export interface LogEntry {
  readonly level: keyof Log;
  readonly fields: object;
  readonly event: string;
}

export interface Door {
  readonly url: string;
  readonly server: HttpServer;
  readonly log: LogEntry[];
  /** Resolves when the field `held` has begun to wait, and lets it answer. */
  readonly held: { readonly begun: Promise<void>; release(): void };
  post(body: object, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly faults?: Readonly<Record<string, () => unknown>>;
  readonly makeContext?: (facts: RequestFacts) => RequestContext;
  readonly requestTimeoutMs?: number;
  readonly partialAnswerMs?: number;
  readonly receiveTimeoutMs?: number;
  readonly headersTimeoutMs?: number;
  readonly allowedHosts?: readonly string[];
  readonly uploads?: UploadReceiver<string>;
  readonly uploadIdleMs?: number;
}

export const maxBodyBytes = 65_536;

const address = new GraphQLInputObjectType({
  name: 'AddressInput',
  fields: { postalCode: { type: new GraphQLNonNull(GraphQLString) } },
});
const card: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'CardInput',
  fields: () => ({
    address: { type: address },
    since: { type: DateScalar },
    amounts: { type: new GraphQLList(GraphQLInt) },
    also: { type: card },
  }),
});

interface Held {
  readonly begin: () => void;
  readonly released: Promise<void>;
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

function schemaWith(faults: Readonly<Record<string, () => unknown>>, held: Held): GraphQLSchema {
  const hello = { type: GraphQLString, resolve: () => 'Dzień dobry' };
  const upload = {
    type: GraphQLString,
    args: { file: { type: new GraphQLNonNull(UploadScalar) } },
    resolve: (_source: unknown, { file }: { file: Uploading<string> }) => file.arrival,
  };
  const query = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Query',
    fields: {
      hello,
      held: {
        type: GraphQLString,
        resolve: async () => {
          held.begin();
          await held.released;
          return 'released';
        },
      },
      untilAborted: { type: GraphQLString, resolve: (_source, _args, { signal }) => aborted(signal) },
      deaf: { type: GraphQLString, resolve: () => new Promise<never>(() => undefined) },
      fail: {
        type: GraphQLString,
        args: { kind: { type: GraphQLString } },
        resolve: (_source, { kind }: { kind?: string }) => faults[kind ?? '']?.(),
      },
      required: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      requestId: { type: GraphQLString, resolve: (_source, _args, { requestId }) => requestId },
      check: {
        type: GraphQLString,
        args: { input: { type: card }, count: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
        resolve: () => 'accepted',
      },
    },
  });
  return new GraphQLSchema({
    query,
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: { hello, upload } }),
  });
}

export function recordingLog(entries: LogEntry[]): Log {
  const at = (level: keyof Log) => (fields: object, event: string) =>
    void entries.push({ level, fields, event });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

const developmentUser = { id: '00000000-0000-7000-8000-000000000000', name: 'Developer', access: fullAccess };

export async function openDoor(options: DoorOptions = {}): Promise<Door> {
  const entries: LogEntry[] = [];
  const log = recordingLog(entries);
  const begun = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const endpoint = await createGraphqlEndpoint({
    schema: schemaWith(options.faults ?? {}, { begin: begun.resolve, released: released.promise }),
    makeContext:
      options.makeContext ??
      (({ requestId, signal }): RequestContext => ({ requestId, signal, actor: developmentUser })),
    formatError: createErrorTranslation(log),
    log,
    maxBodyBytes,
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    ...(options.uploads === undefined ? {} : { uploads: options.uploads }),
    ...(options.uploadIdleMs === undefined ? {} : { uploadIdleMs: options.uploadIdleMs }),
    ...(options.partialAnswerMs === undefined ? {} : { partialAnswerMs: options.partialAnswerMs }),
  });
  const { allowedHosts, receiveTimeoutMs = 10_000, headersTimeoutMs = 10_000 } = options;
  const server = createHttpServer({
    routes: { ...explorerRoutes(), '/graphql': endpoint.methods },
    log,
    receiveTimeoutMs,
    headersTimeoutMs,
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  });
  const { url } = await server.listen('127.0.0.1', 0);
  return {
    url,
    server,
    log: entries,
    held: { begun: begun.promise, release: released.resolve },
    post: (body, headers = {}) =>
      fetch(`${url}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    close: async () => {
      released.resolve();
      await server.close(0);
      await endpoint.stop();
    },
  };
}
