/**
 * What an operation may cost, reckoned before it runs: how many objects it could answer at most, every list by the size that is asked
 * for, lists within lists multiplied. What depends on the document alone is worked out once for each.
 */
import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { TooComplex } from './too-complex.ts';

type Variables = Readonly<Record<string, unknown>>;
type Size = (variables: Variables) => number;

/** So many objects of a field, each with what is asked of it. */
interface Costly {
  readonly size: Size;
  /** What finding them takes, in objects. */
  readonly search: number;
  readonly within: readonly Costly[];
}

/** Pages are so long where nothing is said, and never longer than the other. */
const usualPage = 20;
const longestPage = 200;
/** Of a list that is short by nature, such as an invoice's lines. */
const shortList: Size = () => 5;
const one: Size = () => 1;
/** A search looks through everything, whatever it answers. */
const searchCost = 2_000;
/** Counting looks through a list from end to end, though it answers one number. */
const countCost = 100;
const none: Size = () => 0;

/** These search without saying so. */
const searches = new Set(['possibleDuplicates', 'report']);

const paged = new Set(['nodes', 'edges']);

const pageSize = (given: unknown): number =>
  typeof given === 'number' && Number.isFinite(given) ? Math.min(Math.max(given, 0), longestPage) : usualPage;

const valueOf = (node: ValueNode, variables: Variables): unknown =>
  node.kind === Kind.INT
    ? Number(node.value)
    : node.kind === Kind.VARIABLE
      ? variables[node.name.value]
      : undefined;

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** By `first` or `last`; by the ids where these are what is asked for. */
function sizeOfPage({ arguments: given = [] }: FieldNode): Size {
  const sizes = given.filter(({ name }) => name.value === 'first' || name.value === 'last');
  return (variables) =>
    sizes.length === 0
      ? usualPage
      : Math.max(...sizes.map(({ value }) => pageSize(valueOf(value, variables))));
}

function sizeOfList({ arguments: given = [] }: FieldNode): Size {
  const ids = given.find(({ name }) => name.value === 'ids')?.value;
  if (!ids) return shortList;
  if (ids.kind === Kind.LIST) return () => ids.values.length;
  return (variables) => {
    const value = valueOf(ids, variables);
    return Array.isArray(value) ? value.length : 1;
  };
}

class CostReading {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  of(set: SelectionSetNode, type: GraphQLNamedType | undefined, page: Size | undefined): Costly[] {
    return set.selections.flatMap((selection): Costly[] => {
      if (selection.kind === Kind.FIELD) return this.ofField(selection, type, page);
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection;
      if (!fragment) return [];
      const { typeCondition, selectionSet } = fragment;
      const narrowed = typeCondition ? typeFromAST(this.schema, typeCondition) : type;
      return this.of(selectionSet, narrowed, page);
    });
  }

  private ofField(field: FieldNode, type: GraphQLNamedType | undefined, page: Size | undefined): Costly[] {
    if (!type || !('getFields' in type)) return [];
    if (field.name.value === 'totalCount') return [{ size: none, search: countCost, within: [] }];
    if (!field.selectionSet) return [];
    const definition = type.getFields()[field.name.value];
    // Introspection costs no statement.
    if (!definition) return [];
    const output = definition.type as GraphQLOutputType;
    const named = getNamedType(output);
    const isPage = isObjectType(named) && named.name.endsWith('Connection');
    const within = this.of(field.selectionSet, named, isPage ? sizeOfPage(field) : undefined);
    const size = !isList(output) ? one : page && paged.has(field.name.value) ? page : sizeOfList(field);
    const isSearch =
      searches.has(field.name.value) || field.arguments?.some(({ name }) => name.value === 'search');
    const search = isSearch ? searchCost : 0;
    return [{ size, search, within }];
  }
}

const costOf = (all: readonly Costly[], variables: Variables): number =>
  all.reduce(
    (sum, { size, search, within }) => sum + search + size(variables) * (1 + costOf(within, variables)),
    0,
  );

/** Defaults of variables that are not given. */
function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

export class OperationCost {
  private readonly known = new WeakMap<OperationDefinitionNode, readonly Costly[]>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly maxCost: number,
  ) {}

  /** The document must be valid. Answers the cost. Throws TooComplex. */
  check(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): number {
    const cost = this.of(document, operation, variables);
    if (cost > this.maxCost) throw new TooComplex('cost', this.maxCost, cost, 'objects could be answered');
    return cost;
  }

  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): number {
    let costly = this.known.get(operation);
    if (!costly) {
      const root = this.schema.getRootType(operation.operation) ?? undefined;
      costly = new CostReading(this.schema, document).of(operation.selectionSet, root, undefined);
      this.known.set(operation, costly);
    }
    return costOf(costly, withDefaults(operation, variables));
  }
}
