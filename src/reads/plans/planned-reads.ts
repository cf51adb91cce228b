/**
 * Answers queries by plans (read-plan.ts): all of the CRM in one statement, open fields by their own resolvers. It answers only what
 * went well. Whatever does not (arguments that are wrong, a row that should be there, a database that fails) is left to the ordinary
 * way, which then says the same as ever about it; so are mutations and what nothing is declared of.
 */
import {
  execute,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { bytesColumn, type BytesRow } from '../../crm-database/column-bytes.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import { DomainError } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import { decidingVariables, type Variables } from './collected-fields.ts';
import type { DeclaredReads } from './declared-type.ts';
import { merged, sourceOf, takeFetched } from './fetched.ts';
import { NoPlan } from './pieces.ts';
import { ReadPlan, type PlannedStatement } from './read-plan.ts';

export interface AskedOperation {
  readonly document: DocumentNode;
  /** Undefined where the document has none of that name, or several and none is named: executing tells so. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Variables | undefined;
  readonly context: RequestContext;
}

/** All that an operation selects of the CRM, as its plan's statement has answered it. */
export interface PlannedRead {
  readonly plan: ReadPlan;
  readonly statement: PlannedStatement;
  /** A JSON object in UTF-8. */
  readonly body: readonly Buffer[];
}

export type OrdinaryReason = NoPlan['reason'] | 'mutation' | 'arguments' | 'failed';

/** Why an operation is to be answered in the ordinary way. */
export interface Ordinary {
  readonly reason: OrdinaryReason;
}

interface KnownOperation {
  readonly deciding: readonly string[];
  /** By the values of the deciding variables. */
  readonly plans: Map<string, ReadPlan | NoPlan>;
}

/** A document with many directives has this many plans at most; further ones are not worth their place. */
const mostVariants = 32;

const letterOf = (value: unknown): string => (value === true ? '1' : value === false ? '0' : '-');

export interface PlannedReadsOptions {
  readonly schema: GraphQLSchema;
  readonly declared: DeclaredReads;
  readonly run: RunQuery;
  /** Is told why a plan's statement could not be made or run. */
  readonly onFailure: (fault: unknown, context: RequestContext) => void;
}

export class PlannedReads {
  /** Documents live as long as the endpoint's store keeps them, and so do their plans. */
  private readonly known = new WeakMap<OperationDefinitionNode, KnownOperation>();

  /** Changes the schema's resolvers (fetched.ts). */
  constructor(private readonly options: PlannedReadsOptions) {
    takeFetched(options.schema, options.declared);
  }

  /** Runs the statement. The operation is valid, and its caller may ask it. */
  async read(asked: AskedOperation): Promise<PlannedRead | Ordinary> {
    const { schema, run, onFailure } = this.options;
    const { operation, context } = asked;
    if (!operation) return { reason: 'arguments' };
    if (operation.operation !== OperationTypeNode.QUERY) return { reason: 'mutation' };
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables ?? {});
    if (!coerced) return { reason: 'arguments' };
    try {
      const plan = this.planOf(asked.document, operation, coerced);
      if (plan instanceof NoPlan) return { reason: plan.reason };
      const statement = await plan.statement(coerced, context);
      const [row] = await run<BytesRow>(statement);
      if (!row) throw new Error('the statement answered no row');
      return { plan, statement, body: row[bytesColumn] };
    } catch (fault) {
      if (fault instanceof DomainError || fault instanceof GraphQLError) return { reason: 'arguments' };
      onFailure(fault, context);
      return { reason: 'failed' };
    }
  }

  /** What was read, with what its open fields answer. */
  async complete(
    { plan: { rest }, body }: PlannedRead,
    { operationName, variables, context }: AskedOperation,
  ): Promise<ExecutionResult> {
    const data = JSON.parse(Buffer.concat(body).toString()) as Record<string, unknown>;
    if (!rest) return { data };
    const { errors, data: answered } = await execute({
      schema: this.options.schema,
      document: rest.document,
      rootValue: sourceOf(rest.place, data, context),
      contextValue: context,
      variableValues: variables,
      operationName,
    });
    return {
      ...(errors ? { errors } : {}),
      data: answered ? (merged(rest.place, data, answered) as ExecutionResult['data']) : null,
    };
  }

  private planOf(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): ReadPlan | NoPlan {
    let known = this.known.get(operation);
    if (!known) {
      known = { deciding: decidingVariables(document), plans: new Map() };
      this.known.set(operation, known);
    }
    // One that is null is wrong, and found to be so each time.
    const variant = known.deciding.map((name) => letterOf(variables[name])).join('');
    const found = known.plans.get(variant);
    if (found) return found;
    if (known.plans.size >= mostVariants) return new NoPlan('many_variants');
    const made = this.make(document, operation, variables);
    known.plans.set(variant, made);
    return made;
  }

  private make(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): ReadPlan | NoPlan {
    const { schema, declared } = this.options;
    try {
      return new ReadPlan(schema, declared, document, operation, variables);
    } catch (fault) {
      if (fault instanceof NoPlan) return fault;
      throw fault;
    }
  }
}
