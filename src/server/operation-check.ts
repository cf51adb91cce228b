import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { OperationPolicy } from '../access/operation-policy.ts';
import { DomainError, InputRejected } from '../errors.ts';
import type { Actor, RequestContext } from '../request.ts';
import { OperationCost } from './limits/operation-cost.ts';
import { RateLimited } from './limits/rate-limited.ts';

interface CheckedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

const notHere = (): InputRejected =>
  new InputRejected([
    {
      path: 'query',
      code: 'OPERATION',
      message:
        'a subscription goes over a WebSocket at this address, with the subprotocol graphql-transport-ws',
    },
  ]);

/** Apollo lets through to the caller only errors of this class, and with them the headers of the answer. */
function told(fault: DomainError, operation: OperationDefinitionNode): GraphQLError {
  const http =
    fault instanceof RateLimited
      ? { http: { headers: new HeaderMap([['retry-after', String(fault.retryAfter)]]) } }
      : {};
  return new GraphQLError(fault.message, { originalError: fault, nodes: [operation], extensions: http });
}

/** Asks the policy, and what an operation may cost, once for each, after it is validated and before anything of it runs. */
export class OperationCheck {
  private readonly policy;
  private readonly cost;

  /** `takeCost` may refuse an operation with a DomainError. */
  constructor(
    schema: GraphQLSchema,
    maxCost: number,
    private readonly takeCost: (actor: Actor, cost: number) => Promise<void>,
  ) {
    this.policy = new OperationPolicy(schema);
    this.cost = new OperationCost(schema, maxCost);
  }

  /** Throws Forbidden, TooComplex, RateLimited. */
  async check(asked: CheckedOperation, actor: Actor): Promise<void> {
    this.policy.check(asked, actor.access);
    await this.takeCost(actor, this.cost.check(asked.document, asked.operation, asked.variables));
  }
}

/** For what comes as a request of its own. */
export function operationCheck(check: OperationCheck): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async ({ document, operation, request, contextValue: { actor } }) => {
          // Without one nothing is run.
          if (!operation) return;
          try {
            if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw notHere();
            await check.check({ document, operation, variables: request.variables }, actor);
          } catch (fault) {
            if (!(fault instanceof DomainError)) throw fault;
            throw told(fault, operation);
          }
        },
      }),
  };
}
