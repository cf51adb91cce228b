import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { OperationPolicy } from '../access/operation-policy.ts';
import { DomainError } from '../errors.ts';
import type { RequestContext } from '../request.ts';
import { OperationCost } from './limits/operation-cost.ts';

/** Asks the policy, and what the operation may cost, once for each, after it is validated and before anything of it runs. */
export function operationCheck(schema: GraphQLSchema, maxCost: number): ApolloServerPlugin<RequestContext> {
  const policy = new OperationPolicy(schema);
  const cost = new OperationCost(schema, maxCost);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request, contextValue }) => {
          // Without one nothing is run.
          if (!operation) return Promise.resolve();
          try {
            const { variables } = request;
            policy.check({ document, operation, variables }, contextValue.actor.access);
            cost.check(document, operation, variables);
          } catch (fault) {
            if (!(fault instanceof DomainError)) throw fault;
            // Apollo lets through to the caller only errors of this class.
            throw new GraphQLError(fault.message, { originalError: fault, nodes: [operation] });
          }
          return Promise.resolve();
        },
      }),
  };
}
