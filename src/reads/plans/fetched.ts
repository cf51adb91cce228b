/**
 * How resolvers of open fields are led to: objects that a statement has read stand on the sources, by response key, and the fields
 * that lead there take them from there. A source without them is answered by the field's own resolver, as ever.
 */
import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../request.ts';
import type { DeclaredReads } from './declared-type.ts';
import { hiddenKey, type OpenObject, type OpenPlace } from './open-places.ts';

type Json = Record<string, unknown>;
type Resolve = GraphQLFieldResolver<unknown, RequestContext>;

const fetched = Symbol('fetched');

interface Source {
  readonly [fetched]?: Readonly<Record<string, unknown>>;
}

function takingFetched(resolve: Resolve): Resolve {
  return (source, given, context, info) => {
    const found = (source as Source | undefined)?.[fetched];
    const { key } = info.path;
    return found && key in found ? found[key] : resolve(source, given, context, info);
  };
}

function wrap(schema: GraphQLSchema, typeName: string, names: readonly string[]): void {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type of the schema`);
  const fields = type.getFields();
  for (const name of names) {
    const field = fields[name];
    if (!field) throw new Error(`${typeName} has no field ${name}`);
    field.resolve = takingFetched(field.resolve ?? defaultFieldResolver);
  }
}

/** Changes the resolvers of all that is declared, once for a schema. Throws where the schema has no such field. */
export function takeFetched(schema: GraphQLSchema, { types, roots }: DeclaredReads): void {
  const paged = new Set<string>();
  wrap(schema, 'Query', Object.keys(roots));
  for (const root of Object.values(roots)) if (root.kind === 'page') paged.add(root.to);
  for (const [name, { rows = {}, pages = {} }] of Object.entries(types)) {
    wrap(schema, name, [...Object.keys(rows), ...Object.keys(pages)]);
    for (const { to } of Object.values(pages)) paged.add(to);
  }
  for (const to of paged) {
    wrap(schema, `${to}Connection`, ['nodes', 'edges']);
    wrap(schema, `${to}Edge`, ['node']);
  }
}

/** What resolvers below an object start from. Hands on the rows that were read along. */
export function sourceOf(place: OpenObject, value: Json, context: RequestContext): object {
  const row = (value[hiddenKey] ?? {}) as Json & { id: string };
  const { companions } = place;
  if (companions) companions.prime(context, row, row[hiddenKey] as object[]);
  // With no members of a prototype: response keys are the caller's, __proto__ among them.
  const within = Object.create(null) as Record<string, unknown>;
  for (const [key, below] of place.within) within[key] = source(below, value[key], context);
  return { ...row, [fetched]: within };
}

function source(place: OpenPlace, value: unknown, context: RequestContext): unknown {
  if (value === null) return null;
  return place.kind === 'list'
    ? (value as Json[]).map((one) => sourceOf(place.of, one, context))
    : sourceOf(place, value as Json, context);
}

/** The read objects with what open fields have answered in their places; null where an error took an object with it. */
export function merged(place: OpenPlace, read: unknown, answered: unknown): unknown {
  if (read === null || answered === null) return null;
  if (place.kind === 'list') {
    const answers = answered as unknown[];
    return (read as unknown[]).map((one, index) => merged(place.of, one, answers[index]));
  }
  const object = read as Json;
  const answers = answered as Json;
  for (const key of place.open) object[key] = answers[key];
  for (const [key, below] of place.within) object[key] = merged(below, object[key], answers[key]);
  delete object[hiddenKey];
  return object;
}
