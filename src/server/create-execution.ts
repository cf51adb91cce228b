/** The execution of operations, put together: plans over the schema, and what looks into them. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Log } from '../log.ts';
import type { DeclaredReads } from '../reads/plans/declared-type.ts';
import { PlannedReads } from '../reads/plans/planned-reads.ts';
import type { RequestContext } from '../request.ts';
import { loggable } from './http/loggable.ts';
import { planHeader } from './plan-header.ts';
import { PlannedExecution, type PlanMeter, type PlanMode } from './planned-execution.ts';

interface ExecutionParts {
  readonly schema: GraphQLSchema;
  readonly declared: DeclaredReads;
  readonly mode: PlanMode;
  readonly run: RunQuery;
  /** Whether callers may look into plans. */
  readonly shown: boolean;
  readonly meter: PlanMeter;
  readonly log: Log;
}

export function createExecution({ schema, declared, mode, run, shown, meter, log }: ExecutionParts): {
  readonly execution: PlannedExecution;
  readonly plugins: readonly ApolloServerPlugin<RequestContext>[];
} {
  const plans = new PlannedReads({
    schema,
    declared,
    run,
    onFailure: (fault, { requestId, signal }) => {
      // Once a request is over its statements break off in whatever way they do.
      if (!signal.aborted) log.warn({ requestId, fault: loggable(fault) }, 'a planned read failed');
    },
  });
  const execution = new PlannedExecution({ schema, mode, plans, meter, log });
  const wayOf = (context: RequestContext) => execution.wayOf(context);
  return { execution, plugins: shown ? [planHeader({ wayOf, run })] : [] };
}
