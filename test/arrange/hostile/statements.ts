/** SQL where a text may stand: in every argument and every member of an input that takes one, found from the schema. */
import {
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';
import { literalOf } from '../reaching-fields.ts';
import { textMembers, withText } from '../text-members.ts';
import { jsonHeaders, row, sending, type HostileRow } from './row.ts';

/** Ends a text, a list and a statement, begins another, and hides the rest. */
const injected = "'); DROP TABLE client CASCADE; --";

type Field = GraphQLField<unknown, unknown>;

/** All arguments as variables, so that what stands in them is their value alone. */
function documentOf(keyword: string, field: Field, given: readonly GraphQLArgument[]): string {
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const needed = field.args
    .filter((one) => isRequiredArgument(one) && !given.includes(one))
    .map((one) => `${one.name}: ${literalOf(one.type)}`);
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${keyword} (${declared}) { ${field.name}(${[passed, ...needed].join(', ')})${selection} }`;
}

function injections(
  field: Field,
): { readonly where: string; readonly argument: GraphQLArgument; readonly value: unknown }[] {
  return field.args.flatMap((argument) => {
    const type = getNamedType(argument.type);
    if (type.name === 'String' || type.name === 'ID')
      return [{ where: argument.name, argument, value: injected }];
    if (!isInputObjectType(type)) return [];
    return textMembers(type).map(({ path }) => ({
      where: [argument.name, ...path].join('.'),
      argument,
      value: withText(type, {}, path, injected),
    }));
  });
}

export function statementRows(schema: GraphQLSchema): HostileRow[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return roots.flatMap(([keyword, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) =>
      injections(field).map(({ where, argument, value }) => {
        const query = documentOf(keyword, field, [argument]);
        const body = JSON.stringify({ query, variables: { [argument.name]: value } });
        return row(`SQL in ${field.name}(${where})`, 200, '', ({ url }) =>
          sending(new URL('graphql', url), { method: 'POST', headers: jsonHeaders, body }),
        );
      }),
    ),
  );
}
