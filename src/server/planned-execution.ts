/**
 * Executes operations: by a plan where there is one, and in the ordinary way, resolver by resolver, where there is none. It notes for
 * each request which way it went, for the metrics and for whoever looks into a plan.
 */
import { execute, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { forgetReads } from '../request.ts';
import { firstParting } from '../reads/plans/plan-check.ts';
import type {
  AskedOperation,
  Ordinary,
  OrdinaryReason,
  PlannedRead,
  PlannedReads,
} from '../reads/plans/planned-reads.ts';
import type { PlannedStatement } from '../reads/plans/read-plan.ts';
import { JsonBytes } from './http/answer-body.ts';

/**
 * `text`: JSON passes through as the database wrote it where nothing is open; `rows`: it is parsed each time; `off`: the ordinary way
 * alone; `check`: the ordinary way answers, a plan beside it is compared with that, and the log tells where they part.
 */
export type PlanMode = Config['readPlans'];

export type Way =
  | { readonly way: 'text' | 'rows'; readonly statement: PlannedStatement }
  | { readonly way: 'ordinary'; readonly reason: OrdinaryReason | 'check' | 'off' };

export interface PlanMeter {
  answered(way: Way): void;
}

interface PlannedExecutionOptions {
  readonly schema: GraphQLSchema;
  readonly mode: PlanMode;
  readonly plans: PlannedReads;
  readonly meter: PlanMeter;
  readonly log: Pick<Log, 'error'>;
}

/** Somebody may write between the two readings that are compared. */
const comparisons = 3;

export class PlannedExecution {
  private readonly ways = new WeakMap<object, Way>();

  constructor(private readonly options: PlannedExecutionOptions) {}

  /** How the request of this context was answered. */
  wayOf(context: object): Way | undefined {
    return this.ways.get(context);
  }

  async execute(asked: AskedOperation): Promise<ExecutionResult> {
    const { mode, plans } = this.options;
    if (mode === 'off') return this.ordinary(asked, 'off');
    if (mode === 'check') return this.checked(asked);
    const read = await plans.read(asked);
    if ('reason' in read) {
      // A request that is over has nothing more to ask.
      if (read.reason === 'failed') asked.context.signal.throwIfAborted();
      return this.ordinary(asked, read.reason);
    }
    if (mode === 'text' && !read.plan.rest) {
      this.went({ way: 'text', statement: read.statement }, asked);
      return { data: new JsonBytes(read.body) as unknown as NonNullable<ExecutionResult['data']> };
    }
    this.went({ way: 'rows', statement: read.statement }, asked);
    return plans.complete(read, asked);
  }

  private went(way: Way, { context }: AskedOperation): void {
    this.ways.set(context, way);
    this.options.meter.answered(way);
  }

  private async ordinary(
    asked: AskedOperation,
    reason: Exclude<Way, { way: 'text' | 'rows' }>['reason'],
  ): Promise<ExecutionResult> {
    this.went({ way: 'ordinary', reason }, asked);
    return this.resolved(asked);
  }

  private async resolved({
    document,
    operationName,
    variables,
    context,
  }: AskedOperation): Promise<ExecutionResult> {
    const { schema } = this.options;
    return execute({ schema, document, contextValue: context, variableValues: variables, operationName });
  }

  private async checked(asked: AskedOperation): Promise<ExecutionResult> {
    let result = await this.ordinary(asked, 'check');
    let read: PlannedRead | Ordinary = await this.options.plans.read(asked);
    for (let round = 1; !('reason' in read); round += 1) {
      const path = firstParting(read, result);
      if (path === undefined) break;
      if (round === comparisons) {
        const { requestId } = asked.context;
        this.options.log.error({ requestId, path, plan: read.statement.text }, 'a plan and resolvers part');
        break;
      }
      forgetReads(asked.context);
      result = await this.resolved(asked);
      read = await this.options.plans.read(asked);
    }
    return result;
  }
}
