/** One subscription: its document goes through the checks of every operation, its events are resolved each in a context of its own. */
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { FollowingContext } from '../../changes/change.resolver.ts';
import { InputRejected } from '../../errors.ts';
import type { ErrorTranslation } from '../format-error.ts';
import { maximumTokens } from '../http/graphql-endpoint.ts';
import type { OperationCheck } from '../operation-check.ts';

export interface SubscribingParts {
  readonly schema: GraphQLSchema;
  readonly check: OperationCheck;
  /** Throws TooComplex. */
  readonly checkShape: (query: string) => void;
  readonly formatError: ErrorTranslation;
}

interface Asked {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const onlySubscriptions = (): InputRejected =>
  new InputRejected([
    {
      path: 'query',
      code: 'OPERATION',
      message: 'only subscriptions go over the WebSocket: send this by POST',
    },
  ]);

export class Subscribing {
  constructor(private readonly parts: SubscribingParts) {}

  /** What can be run, or everything that is wrong with it. */
  async prepare(asked: Asked, context: FollowingContext): Promise<ExecutionArgs | readonly GraphQLError[]> {
    try {
      return await this.argumentsOf(asked, context);
    } catch (fault) {
      return this.translated([fault], context);
    }
  }

  /** The events of one that was prepared, or why there are none. */
  async events(args: ExecutionArgs): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    const context = args.contextValue as FollowingContext;
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return { errors: this.translated(source.errors ?? [], context) };
    const changes = source as AsyncGenerator<unknown, undefined>;
    const next = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
      const { done, value } = await changes.next();
      if (done === true) return { done, value: undefined };
      // What a request remembers and counts must not go on from one event to the next.
      const result = await execute({ ...args, rootValue: value, contextValue: { ...context } });
      return { done: false, value: this.told(result, context) };
    };
    const end = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
      await changes.return(undefined);
      return { done: true, value: undefined };
    };
    const events = { next, return: end, throw: end, [Symbol.asyncIterator]: () => events };
    return events;
  }

  private async argumentsOf(
    { query, operationName, variables }: Asked,
    contextValue: FollowingContext,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { schema, check, checkShape } = this.parts;
    checkShape(query);
    const document = parse(query, { maxTokens: maximumTokens });
    const operation = getOperationAST(document, operationName);
    if (!operation)
      throw new GraphQLError('There is no operation of this name, or there are several and none is named.', {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) throw onlySubscriptions();
    const faults = validate(schema, document);
    if (faults.length > 0) return this.translated(faults, contextValue);
    const given = variables ?? undefined;
    await check.check({ document, operation, variables: given }, contextValue.actor);
    return {
      schema,
      document,
      contextValue,
      ...(operationName == null ? {} : { operationName }),
      ...(given === undefined ? {} : { variableValues: given }),
    };
  }

  private told(result: ExecutionResult, context: FollowingContext): ExecutionResult {
    return result.errors ? { ...result, errors: this.translated(result.errors, context) } : result;
  }

  private translated(faults: readonly unknown[], context: FollowingContext): readonly GraphQLError[] {
    return faults.map((fault) => asError(this.parts.formatError(coded(fault), context)));
  }
}

/** graphql-js says what is wrong with a document without a code of ours. */
const coded = (fault: unknown): unknown =>
  fault instanceof GraphQLError && fault.originalError == null && fault.extensions['code'] === undefined
    ? new GraphQLError(fault.message, {
        nodes: fault.nodes ?? null,
        source: fault.source ?? null,
        positions: fault.positions ?? null,
        path: fault.path ?? null,
        extensions: { code: fault.path ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED' },
      })
    : fault;

/** Its answer is what was translated, and nothing else. */
function asError({ message, extensions, path, locations }: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(message, { extensions: extensions ?? {}, path: path ?? null });
  return Object.assign(error, {
    toJSON: () => ({
      message,
      ...(locations && { locations }),
      ...(path && { path }),
      ...(extensions && { extensions }),
    }),
  });
}
