import { SqlServerError } from '../engine.ts';
import type { ResultSink, SqlType, SqlValue } from '../engine.ts';
import type { BatchVariables } from './batch-variables.ts';
import type { PostgresConnection } from './connection.ts';
import { define } from './definitions.ts';
import { sqlServerError } from './errors.ts';
import type { Token } from './lexer.ts';
import { planAssignment, planCondition, planStatement, translationOf } from './plans.ts';
import type { Plan, PlanContext } from './plans.ts';
import type { SessionCatalog } from './session-catalog.ts';
import type { SessionState } from './session-state.ts';
import type { Step } from './steps.ts';
import { rowReading } from './values.ts';

/** Where transactions begin and end: with the session, not with the batch that says so. */
interface Transactions {
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface BatchRunParts {
  readonly text: string;
  readonly variables: BatchVariables;
  readonly sink: ResultSink;
  readonly signal: AbortSignal;
  readonly state: SessionState;
  readonly connection: PostgresConnection;
  readonly catalog: SessionCatalog;
  readonly transactions: Transactions;
  readonly database: string;
}

const ignored = { row: (): undefined => undefined };

/** One batch on its way through a session: its steps in order, up to the first error. */
export class BatchRun {
  constructor(private readonly parts: BatchRunParts) {}

  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      this.parts.signal.throwIfAborted();
      try {
        await this.step(step);
      } catch (fault) {
        throw atLine(fault, step.line);
      }
    }
  }

  private async step(step: Step): Promise<void> {
    const { text, state, variables, transactions } = this.parts;
    switch (step.kind) {
      case 'sql':
        return this.execute(planStatement(text, step.tokens, this.context()));
      case 'option':
        return state.option(step.name, step.value);
      case 'declare':
        return variables.declare(step.name, step.type);
      case 'assign':
        return this.execute(planAssignment(text, step.tokens, step.name, this.context()));
      case 'begin':
        return transactions.begin();
      case 'commit':
        return transactions.commit();
      case 'rollback':
        return transactions.rollback();
      case 'use':
        return this.use(step.database);
      case 'wait':
        await this.guarded('', `SELECT pg_sleep(${step.seconds})`, [], ignored);
        return;
      case 'if':
        return this.run((await this.holds(step.condition)) ? step.then : step.otherwise);
    }
  }

  private context(): PlanContext {
    const { catalog, variables, state } = this.parts;
    return {
      catalog: catalog.current,
      variables: variables.types,
      signature: variables.signature,
      identityInsert: state.identityInsert,
    };
  }

  private async execute(plan: Plan): Promise<void> {
    if (plan.kind === 'define') return this.define(plan);
    if (plan.kind === 'assign') return this.assign(plan);
    const { sink, variables } = this.parts;
    const values = variables.values(plan.used);
    if (plan.kind === 'change')
      return this.completed(await this.guarded(plan.verb, plan.sql, values, ignored));
    const reading = rowReading(plan.columns);
    const row = (given: readonly SqlValue[]): void => sink.row(reading === null ? given : reading(given));
    sink.columns(plan.columns);
    this.completed(await this.guarded('', plan.sql, values, { row, ready: sink.ready?.bind(sink) }));
  }

  private completed(count: number): void {
    const { state, sink } = this.parts;
    state.rowCount = count;
    state.error = 0;
    sink.done(state.noCount ? null : count);
  }

  /** SELECT @a = …: the last row counts, and none leaves the variables as they were. */
  private async assign(plan: Extract<Plan, { kind: 'assign' }>): Promise<void> {
    const { variables, state } = this.parts;
    let last: readonly SqlValue[] | null = null;
    const row = (given: readonly SqlValue[]): void => {
      last = given;
    };
    state.rowCount = await this.guarded('', plan.sql, variables.values(plan.used), { row });
    if (last !== null) variables.assign(plan.targets, last, plan.columns);
  }

  private guarded(
    verb: string,
    sql: string,
    values: readonly (string | null)[],
    reception: Parameters<PostgresConnection['run']>[2],
  ): Promise<number> {
    return this.telling(verb, () => this.parts.connection.run(sql, values, reception));
  }

  /** Runs one statement so that its failure is told in SQL Server's words and leaves the transaction as there. */
  private async telling<Answer>(verb: string, run: () => Promise<Answer>): Promise<Answer> {
    const { state, catalog, transactions } = this.parts;
    try {
      return await state.protect(run);
    } catch (fault) {
      const told = sqlServerError(fault, catalog.current, verb);
      if (told instanceof SqlServerError && state.isFatal(told.number)) await transactions.rollback();
      throw told;
    }
  }

  private async define(plan: Extract<Plan, { kind: 'define' }>): Promise<void> {
    const { state, connection, catalog, sink } = this.parts;
    const translation = translationOf({ ...this.context(), variables: new Map<string, SqlType>() });
    const change = async (): Promise<void> => {
      await define(connection.client, translation, plan.statement, plan.definition);
    };
    await this.telling('CREATE', async () => {
      if (state.depth > 0) {
        await change();
        catalog.keep(await catalog.load(connection.client));
      } else {
        await connection.within(change);
        catalog.publish(await catalog.load(connection.client));
      }
    });
    connection.forgetNames();
    state.error = 0;
    sink.done(null);
  }

  private async holds(condition: readonly Token[]): Promise<boolean> {
    const plan = planCondition(this.parts.text, condition, this.context());
    let answer: string | null | undefined;
    const row = ([value]: readonly SqlValue[]): void => {
      answer = value;
    };
    await this.guarded('', plan.sql, this.parts.variables.values(plan.used), { row });
    return answer === '1';
  }

  private use(database: string): void {
    if (database.toLowerCase() !== this.parts.database.toLowerCase())
      throw new SqlServerError(
        40000,
        `The sandbox ERP does not change the database of a session (USE ${database}).`,
      );
  }
}

function atLine(fault: unknown, line: number): unknown {
  if (!(fault instanceof SqlServerError) || fault.line !== 1 || line === 1) return fault;
  return new SqlServerError(fault.number, fault.message, fault.severity, fault.state, line);
}
