/**
 * What an operation touches: every field and every ruled input member of a validated document, found by one walk. The walk
 * depends on the document alone; what variables bring is looked at when they are there.
 */
import {
  getNamedType,
  isInputObjectType,
  Kind,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Need, Rules } from './rules.ts';

/** Something that needs a permission, by where it stands: names as in the answer, joined by dots. */
export interface Touched {
  readonly path: string;
  readonly need: Need;
}

interface RuledVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
}

export interface OperationNeeds {
  readonly touched: readonly Touched[];
  /** Those whose values may hold ruled members. */
  readonly variables: readonly RuledVariable[];
}

/** The operation with the fragments that it reaches. */
function definitionsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (OperationDefinitionNode | FragmentDefinitionNode)[] {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const reached = new Set<OperationDefinitionNode | FragmentDefinitionNode>([operation]);
  // A set is walked in the order of adding, what is added on the way included.
  for (const definition of reached)
    visit(definition, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment) reached.add(fragment);
      },
    });
  return [...reached];
}

/** Whether values of the type may hold a member that has a rule. */
function mayHoldRuled(type: GraphQLInputType, rules: Rules, seen = new Set<string>()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return (
    [...(rules.inputs.get(named.name)?.values() ?? [])].some((need) => need !== null) ||
    Object.values(named.getFields()).some((field) => mayHoldRuled(field.type, rules, seen))
  );
}

export function needsOfOperation(
  schema: GraphQLSchema,
  rules: Rules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationNeeds {
  const touched: Touched[] = [];
  for (const definition of definitionsOf(document, operation)) {
    const typeInfo = new TypeInfo(schema);
    const path = definition.kind === Kind.FRAGMENT_DEFINITION ? [`...${definition.name.value}`] : [];
    const touch = (need: Need | null | undefined, at: readonly string[]): void => {
      if (need) touched.push({ path: at.join('.'), need });
    };
    visit(
      definition,
      visitWithTypeInfo(typeInfo, {
        Field: {
          enter: ({ name, alias }) => {
            path.push((alias ?? name).value);
            touch(rules.fields.get(typeInfo.getParentType()?.name ?? '')?.get(name.value), path);
          },
          leave: () => void path.pop(),
        },
        VariableDefinition: {
          enter: ({ variable }) => void path.push(variable.name.value),
          leave: () => void path.pop(),
        },
        ObjectField: {
          enter: ({ name }) => {
            const type = getNamedType(typeInfo.getParentInputType());
            touch(rules.inputs.get(type?.name ?? '')?.get(name.value), [...path, name.value]);
          },
        },
      }),
    );
  }
  const variables = (operation.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined;
    return type && mayHoldRuled(type, rules) ? [{ name: variable.name.value, type }] : [];
  });
  return { touched, variables };
}

/** What a variable's value touches. It need not fit its type yet: what does not fit is refused elsewhere. */
export function touchedByValue(
  value: unknown,
  type: GraphQLInputType,
  rules: Rules,
  path: string,
): Touched[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => touchedByValue(item, type, rules, `${path}.${index}`));
  const named = getNamedType(type);
  if (typeof value !== 'object' || value === null || !isInputObjectType(named)) return [];
  const fields = named.getFields();
  return Object.entries(value).flatMap(([name, member]) => {
    if (!Object.hasOwn(fields, name)) return [];
    const at = `${path}.${name}`;
    const need = rules.inputs.get(named.name)?.get(name);
    const field = fields[name];
    return [
      ...(need ? [{ path: at, need }] : []),
      ...(field ? touchedByValue(member, field.type, rules, at) : []),
    ];
  });
}
