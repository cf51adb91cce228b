/** What of a selection GraphQL would carry out: by its directives, and by the types of its fragments. */
import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type NamedTypeNode,
  type SelectionNode,
} from 'graphql';

/** Throws GraphQLError where a directive's variable is null. */
export function isAskedFor(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (!selection.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
}

interface Fragment {
  readonly typeCondition?: NamedTypeNode | undefined;
}

/** A fragment on an interface holds for all of its types; one on another type, within such a fragment, for none of ours. */
export function appliesTo(
  schema: GraphQLSchema,
  { typeCondition }: Fragment,
  type: GraphQLObjectType,
): boolean {
  if (!typeCondition) return true;
  const condition = schema.getType(typeCondition.name.value);
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}
