import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { OperationPolicy } from '../access/operation-policy.ts';
import { DomainError, InputRejected } from '../errors.ts';
import type { Actor, RequestContext } from '../request.ts';
import { OperationCost } from './limits/operation-cost.ts';
import { RateLimited } from './limits/rate-limited.ts';

/** Validation lets it pass, and running it would be a fault of the service's own. */
const notOffered = (kind: string): InputRejected =>
  new InputRejected([{ path: 'query', code: 'OPERATION', message: `a ${kind} is not offered` }]);

/** Apollo lets through to the caller only errors of this class, and with them the headers of the answer. */
function told(fault: DomainError, operation: OperationDefinitionNode): GraphQLError {
  const http =
    fault instanceof RateLimited
      ? { http: { headers: new HeaderMap([['retry-after', String(fault.retryAfter)]]) } }
      : {};
  return new GraphQLError(fault.message, { originalError: fault, nodes: [operation], extensions: http });
}

/**
 * Asks the policy, and what the operation may cost, once for each, after it is validated and before anything of it runs. `takeCost`
 * may refuse it with a DomainError.
 */
export function operationCheck(
  schema: GraphQLSchema,
  maxCost: number,
  takeCost: (actor: Actor, cost: number) => Promise<void>,
): ApolloServerPlugin<RequestContext> {
  const policy = new OperationPolicy(schema);
  const cost = new OperationCost(schema, maxCost);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: async ({ document, operation, request, contextValue: { actor } }) => {
          // Without one nothing is run.
          if (!operation) return;
          try {
            if (!schema.getRootType(operation.operation)) throw notOffered(operation.operation);
            const { variables } = request;
            policy.check({ document, operation, variables }, actor.access);
            await takeCost(actor, cost.check(document, operation, variables));
          } catch (fault) {
            if (!(fault instanceof DomainError)) throw fault;
            throw told(fault, operation);
          }
        },
      }),
  };
}
