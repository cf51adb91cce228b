/** Documents that ask for any field of a schema: the shortest way to its type, with the least that its arguments take. */
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
} from 'graphql';

type Fielded = GraphQLObjectType | GraphQLInterfaceType;

const isFielded = (type: GraphQLNamedType | null | undefined): type is Fielded =>
  isObjectType(type) || isInterfaceType(type);

/** Of the right form as far as GraphQL sees; ids of nothing. */
const scalarLiterals: Readonly<Record<string, string>> = {
  ID: '"client_00000000-0000-7000-8000-000000000000"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  Date: '"2026-01-01"',
  DateTime: '"2026-01-01T00:00:00Z"',
  Decimal: '"1"',
};

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return `[${literalOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'NONE';
  if (!isInputObjectType(type)) return scalarLiterals[type.name] ?? '"x"';
  const members = Object.values(type.getFields()).filter(isRequiredInputField);
  return `{${members.map((member) => `${member.name}: ${literalOf(member.type)}`).join(', ')}}`;
}

/** Files cannot be written down: they come as a variable, which is missed only once the operation is let through. */
const declarations = '($file: Upload!)';

function argumentsOf(field: GraphQLField<unknown, unknown>): string {
  const given = field.args
    .filter(isRequiredArgument)
    .map((one) => `${one.name}: ${getNamedType(one.type).name === 'Upload' ? '$file' : literalOf(one.type)}`);
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

const selectionOf = (field: GraphQLField<unknown, unknown>): string =>
  isFielded(getNamedType(field.type)) ? ' { __typename }' : '';

interface Step {
  readonly from: Fielded;
  readonly field: GraphQLField<unknown, unknown>;
  /** Narrows what the field answers. */
  readonly to: Fielded;
}

export interface Reaching {
  readonly type: string;
  readonly field: string;
  readonly query: string;
  /** Where it stands in the answer. */
  readonly path: string;
}

/** The steps to each type there is, from the roots, the shortest first. */
function waysThrough(schema: GraphQLSchema): Map<string, readonly Step[]> {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  const ways = new Map<string, readonly Step[]>(roots.map((root) => [root.name, []]));
  const queue: Fielded[] = [...roots];
  for (const from of queue) {
    for (const field of Object.values(from.getFields())) {
      const named = getNamedType(field.type);
      const reached = isAbstractType(named) ? [named, ...schema.getPossibleTypes(named)] : [named];
      for (const to of reached) {
        if (!isFielded(to) || ways.has(to.name)) continue;
        ways.set(to.name, [...(ways.get(from.name) ?? []), { from, field, to }]);
        queue.push(to);
      }
    }
  }
  return ways;
}

function wrapped(steps: readonly Step[], inner: string): string {
  return steps.reduceRight((selection, { field, to }) => {
    const narrowed =
      getNamedType(field.type).name === to.name ? selection : `... on ${to.name} { ${selection} }`;
    return `${field.name}${argumentsOf(field)} { ${narrowed} }`;
  }, inner);
}

/** One document for each field of each object and interface type but introspection's. */
export function reachingFields(schema: GraphQLSchema, given = ''): Reaching[] {
  const mutation = schema.getMutationType()?.name;
  return [...waysThrough(schema)].flatMap(([type, steps]) => {
    const at = schema.getType(type);
    if (!isFielded(at)) return [];
    const first = steps[0]?.from.name ?? type;
    return Object.values(at.getFields()).map((field) => {
      const body = wrapped(steps, `${field.name}${argumentsOf(field)}${selectionOf(field)}${given}`);
      const keyword = first === mutation ? 'mutation' : 'query';
      const declared = body.includes('$file') ? declarations : '';
      return {
        type,
        field: field.name,
        query: `${keyword} ${declared} { ${body} }`,
        path: [...steps.map((step) => step.field.name), field.name].join('.'),
      };
    });
  });
}
