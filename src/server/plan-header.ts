/**
 * Tells in the header `x-kartoteka-plan` how an operation was answered; to whoever sends that header with `explain`, in the answer's
 * `extensions.plan`, also by which statement, and how PostgreSQL carries it out. For development alone: it shows the inside.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { RequestContext } from '../request.ts';
import type { Way } from './planned-execution.ts';

export const planHeaderName = 'x-kartoteka-plan';

interface PlanHeaderOptions {
  readonly wayOf: (context: RequestContext) => Way | undefined;
  readonly run: RunQuery;
}

async function explained(way: Way, run: RunQuery): Promise<object> {
  if (way.way === 'ordinary') return way;
  const { text, values } = way.statement;
  const lines = await run<{ 'QUERY PLAN': string }>({
    name: '',
    text: `EXPLAIN (ANALYZE, BUFFERS) ${text}`,
    values,
  });
  return { way: way.way, statement: text, values, explain: lines.map((line) => line['QUERY PLAN']) };
}

export const planHeader = ({ wayOf, run }: PlanHeaderOptions): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse: async ({ contextValue, request, response }) => {
        const way = wayOf(contextValue);
        if (!way || response.body.kind !== 'single') return;
        response.http.headers.set(
          planHeaderName,
          way.way === 'ordinary' ? `ordinary; reason=${way.reason}` : way.way,
        );
        if (request.http?.headers.get(planHeaderName) !== 'explain') return;
        const { singleResult } = response.body;
        singleResult.extensions = { ...singleResult.extensions, plan: await explained(way, run) };
      },
    }),
});
