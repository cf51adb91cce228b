/**
 * How large the answer to a document's introspection could be. It costs no statement and no permission, and its lists lead from one to
 * the next, so a small document could ask for millions of objects. Each fragment is walked once, however often it is spread.
 */
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** About as many as a large schema has on average; all other fields answer one object at most. */
const sizes: ReadonlyMap<string, number> = new Map([
  ['types', 200],
  ['fields', 5],
  ['args', 2],
  ['inputFields', 5],
  ['enumValues', 3],
  ['possibleTypes', 2],
  ['directives', 5],
]);

export const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type';

class SizeReading {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** By the fragment, within introspection and outside of it. */
  private readonly known = new Map<string, number>();

  constructor(document: DocumentNode) {
    this.fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      ),
    );
  }

  of({ selections }: SelectionSetNode, within: boolean): number {
    return selections.reduce((sum, selection) => sum + this.ofSelection(selection, within), 0);
  }

  private ofSelection(selection: SelectionNode, within: boolean): number {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet, within);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(selection.name.value, within);
    if (!selection.selectionSet) return 0;
    const name = selection.name.value;
    const inside = within || isIntrospection(name);
    const below = this.of(selection.selectionSet, inside);
    return inside ? (sizes.get(name) ?? 1) * (1 + below) : below;
  }

  private ofFragment(name: string, within: boolean): number {
    const key = `${name} ${within}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // One that leads back to itself is counted once here; validation refuses it.
    this.known.set(key, 0);
    const fragment = this.fragments.get(name);
    const size = fragment ? this.of(fragment.selectionSet, within) : 0;
    this.known.set(key, size);
    return size;
  }
}

/** In objects, of all operations of the document together. */
export function introspectionSize(document: DocumentNode): number {
  const reading = new SizeReading(document);
  return document.definitions.reduce(
    (sum, one) => (one.kind === Kind.OPERATION_DEFINITION ? sum + reading.of(one.selectionSet, false) : sum),
    0,
  );
}
