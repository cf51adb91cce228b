/** The fields of a selection as GraphQL collects them: fragments opened, directives obeyed, alike response keys merged. */
import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { appliesTo, isAskedFor } from '../../values/asked-for.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** By response key, in the order of the answer: every node of the document that asks for it. The first one has the arguments. */
export type CollectedFields = ReadonlyMap<string, readonly [FieldNode, ...FieldNode[]]>;

/** Names of the variables on which it depends what is selected. */
export function decidingVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

export class FieldCollector {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Variables,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  /** Of an object of `type`, by the selections of all the nodes that ask for it. */
  collect(type: GraphQLObjectType, sets: readonly (SelectionSetNode | undefined)[]): CollectedFields {
    const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
    // A fragment that was opened once adds nothing the second time.
    const opened = new Set<string>();
    for (const set of sets) if (set) this.open(type, set, fields, opened);
    return fields;
  }

  private open(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    fields: Map<string, [FieldNode, ...FieldNode[]]>,
    opened: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!isAskedFor(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const same = fields.get(key);
        if (same) same.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      const fragment = this.fragmentOf(selection, opened);
      if (fragment && appliesTo(this.schema, fragment, type))
        this.open(type, fragment.selectionSet, fields, opened);
    }
  }

  private fragmentOf(selection: Exclude<SelectionNode, FieldNode>, opened: Set<string>) {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const name = selection.name.value;
    if (opened.has(name)) return undefined;
    opened.add(name);
    return this.fragments.get(name);
  }
}
