/**
 * The status of an answer without data. Under application/json a well-formed request whose document or variables are wrong
 * is answered 200, under application/graphql-response+json 400: so the GraphQL over HTTP specification asks, and Apollo
 * says 400 to both.
 */
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { statusOf } from '../format-error.ts';

/** Expects the accept header to hold exactly the media type of the answer. */
export function statusCodes(): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ request, response, errors }) => {
          // Negotiated before Apollo was asked, which would do it again for each answer.
          const type = request.http?.headers.get('accept');
          if (type !== undefined) response.http.headers.set('content-type', `${type}; charset=utf-8`);
          if (response.body.kind !== 'single' || response.body.singleResult.data !== undefined) {
            return Promise.resolve();
          }
          // What is wrong as a request, such as a mutation by GET, has its status already, the same in both types.
          if (errors?.[0]?.extensions.code === ApolloServerErrorCode.BAD_REQUEST) return Promise.resolve();
          const code = response.body.singleResult.errors?.[0]?.extensions?.code;
          const status = statusOf(code);
          const plainJson = request.http?.headers.get('accept') === 'application/json';
          // A limit has one status, whether it is found before the document is validated or after.
          response.http.status = plainJson && status === 400 && code !== 'TOO_COMPLEX' ? 200 : status;
          return Promise.resolve();
        },
      }),
  };
}
