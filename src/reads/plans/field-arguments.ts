/** The arguments of a field as its resolver gets them: coerced by GraphQL, worked out once where no variable is in them. */
import { getArgumentValues, Kind, visit, type FieldNode } from 'graphql';
import type { Variables } from './collected-fields.ts';
import type { Field } from './shaping.ts';

function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  for (const argument of given)
    visit(argument, {
      enter: ({ kind }) => {
        found ||= kind === Kind.VARIABLE;
      },
    });
  return found;
}

/** Throws GraphQLError where a value does not fit, as the executor does. */
export function argumentsOf(field: Field, node: FieldNode): (variables: Variables) => object {
  if (hasVariables(node)) return (variables) => getArgumentValues(field, node, variables);
  const fixed = getArgumentValues(field, node);
  return () => fixed;
}
