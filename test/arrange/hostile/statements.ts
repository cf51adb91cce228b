/** SQL where a text may stand: in every argument and every member of an input that takes one, found from the schema. */
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { jsonHeaders, row, sending, type HostileRow } from './row.ts';

/** Ends a text, a list and a statement, begins another, and hides the rest. */
const injected = "'); DROP TABLE client CASCADE; --";

type Field = GraphQLField<unknown, unknown>;
type Values = Readonly<Record<string, unknown>>;

interface Injection {
  /** Where the text stands in it. */
  readonly path: string;
  readonly value: unknown;
}

const scalars: Values = {
  Int: 1,
  Boolean: true,
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00Z',
  Decimal: '1',
};

/** The least that fits, so that nothing but the text is in the way. */
function leastOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType);
  if (isListType(type)) return [leastOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) return leastMembers(type);
  return scalars[type.name] ?? 'x';
}

const leastMembers = (type: GraphQLInputObjectType): Values =>
  Object.fromEntries(
    Object.values(type.getFields())
      .filter(isRequiredInputField)
      .map((member) => [member.name, leastOf(member.type)]),
  );

/** Every value of that type with the text in one place; of inputs within themselves only the outermost. */
function injectionsInto(
  type: GraphQLInputType,
  path: string,
  within: readonly GraphQLInputObjectType[] = [],
): Injection[] {
  if (isNonNullType(type)) return injectionsInto(type.ofType, path, within);
  if (isListType(type))
    return injectionsInto(type.ofType, path, within).map((one) => ({ ...one, value: [one.value] }));
  if (!isInputObjectType(type))
    return isEnumType(type) || type.name in scalars ? [] : [{ path, value: injected }];
  if (within.includes(type)) return [];
  return Object.values(type.getFields()).flatMap((member) =>
    injectionsInto(member.type, `${path}.${member.name}`, [...within, type]).map((one) => ({
      path: one.path,
      value: { ...leastMembers(type), [member.name]: one.value },
    })),
  );
}

/** All arguments as variables, so that what stands in them is their value alone. */
function documentOf(keyword: string, field: Field, given: readonly GraphQLArgument[]): string {
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${keyword} (${declared}) { ${field.name}(${passed})${selection} }`;
}

function rowsOf(keyword: string, field: Field): HostileRow[] {
  return field.args.flatMap((argument) => {
    const given = field.args.filter((one) => one === argument || isRequiredArgument(one));
    const needed = Object.fromEntries(given.map((one) => [one.name, leastOf(one.type)]));
    return injectionsInto(argument.type, argument.name).map(({ path, value }) => {
      const query = documentOf(keyword, field, given);
      const body = JSON.stringify({ query, variables: { ...needed, [argument.name]: value } });
      return row(`SQL in ${field.name}(${path})`, 200, '', ({ url }) =>
        sending(new URL('graphql', url), { method: 'POST', headers: jsonHeaders, body }),
      );
    });
  });
}

export function statementRows(schema: GraphQLSchema): HostileRow[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return roots.flatMap(([keyword, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) => rowsOf(keyword, field)),
  );
}
