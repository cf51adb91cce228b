/**
 * Which fields an operation may touch, decided once, before anything of it runs (which rows is decided in the SQL of the
 * declared reads). An operation is answered whole or refused whole, with everything in it that its caller may not touch: half an
 * answer with nulls in it would look like a firm without debts.
 */
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Forbidden } from '../errors.ts';
import type { Access } from './access.ts';
import { needsOfOperation, touchedByValue, type OperationNeeds, type Touched } from './operation-needs.ts';
import { holds, rulesFor, type Rules } from './rules.ts';

interface Operation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** More than these are not told; the caller sees the first ones again when they are gone. */
const mostTold = 100;

function problemOf({ path, need }: Touched) {
  const { permission, wholeFirm } = need;
  const message = `needs ${permission}${wholeFirm ? ' and sight of all cards' : ''}`;
  return { path, code: 'PERMISSION', message };
}

export class OperationPolicy {
  private readonly rules: Rules;
  /** Documents live as long as the endpoint's store keeps them, and so does what is known of them. */
  private readonly known = new WeakMap<OperationDefinitionNode, OperationNeeds>();

  /** Throws RulesDoNotFit. */
  constructor(private readonly schema: GraphQLSchema) {
    this.rules = rulesFor(schema);
  }

  /** Throws Forbidden. */
  check({ document, operation, variables = {} }: Operation, access: Access): void {
    const needs = this.needsOf(document, operation);
    const touched = [
      ...needs.touched,
      ...needs.variables.flatMap(({ name, type }) => touchedByValue(variables[name], type, this.rules, name)),
    ];
    const denied = touched.filter(({ need }) => !holds(access, need));
    if (denied.length > 0) throw new Forbidden(denied.slice(0, mostTold).map(problemOf));
  }

  private needsOf(document: DocumentNode, operation: OperationDefinitionNode): OperationNeeds {
    let needs = this.known.get(operation);
    if (!needs) {
      needs = needsOfOperation(this.schema, this.rules, document, operation);
      this.known.set(operation, needs);
    }
    return needs;
  }
}
