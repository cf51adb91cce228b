/**
 * Says in an answer's `extensions.sources` which companies' ERPs were not asked just now for something in it, with the time of the
 * least fresh part: also for what has no `sources` of its own, such as an invoice's lines. Absent where all of it is live.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import { notedFreshness } from '../erp/freshness.ts';
import type { RequestContext } from '../request.ts';

export const freshnessExtension = (): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ contextValue, response }) {
        const sources = notedFreshness(contextValue.signal);
        if (sources.length > 0 && response.body.kind === 'single') {
          const { singleResult } = response.body;
          singleResult.extensions = { ...singleResult.extensions, sources };
        }
        return Promise.resolve();
      },
    }),
});
