import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { OperationPolicy } from '../access/operation-policy.ts';
import { DomainError } from '../errors.ts';
import type { RequestContext } from '../request.ts';

/** Asks the policy once for each operation, after it is validated and before anything of it runs. */
export function accessCheck(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  const policy = new OperationPolicy(schema);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ document, operation, request, contextValue }) => {
          // Without one nothing is run.
          if (!operation) return Promise.resolve();
          try {
            const { variables } = request;
            policy.check({ document, operation, variables }, contextValue.actor.access);
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
