/**
 * The shape of a document, looked at before it is validated: graphql-js compares fields of one name with each other, and a
 * document of a few kilobytes could keep it busy for minutes. Each definition is walked once, however often it is spread.
 */
import {
  GraphQLError,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { introspectionSize, isIntrospection } from './introspection-size.ts';
import { TooComplex } from './too-complex.ts';

export interface ShapeLimits {
  /** Levels of fields within fields, fragments spread. */
  readonly maxDepth: number;
  /** Fields in all, fragments spread, repeated ones and aliases each by itself. */
  readonly maxFields: number;
}

/** The usual introspection goes down through lists of lists of what is not null. */
const introspectionDepth = 25;
/** Objects; the usual introspection of a schema of 200 types could have half of them. */
const mostIntrospected = 100_000;
const mostDirectives = 200;

interface Shape {
  readonly fields: number;
  readonly depth: number;
}

const nothing: Shape = { fields: 0, depth: 0 };

class ShapeReading {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly known = new Map<string, Shape>();

  constructor(
    document: DocumentNode,
    private readonly maxDepth: number,
  ) {
    this.fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
      ),
    );
  }

  of({ selections }: SelectionSetNode): Shape {
    let [fields, depth] = [0, 0];
    for (const selection of selections) {
      const shape = this.ofSelection(selection);
      fields += shape.fields;
      depth = Math.max(depth, shape.depth);
    }
    return { fields, depth };
  }

  private ofSelection(selection: SelectionNode): Shape {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.ofFragment(selection.name.value);
    const { fields, depth } = selection.selectionSet ? this.of(selection.selectionSet) : nothing;
    const own = isIntrospection(selection.name.value) ? Math.min(depth, this.maxDepth - 1) : depth;
    if (isIntrospection(selection.name.value) && depth >= introspectionDepth)
      throw new TooComplex('introspectionDepth', introspectionDepth, depth + 1, 'levels of introspection');
    return { fields: fields + 1, depth: own + 1 };
  }

  private ofFragment(name: string): Shape {
    const known = this.known.get(name);
    if (known) return known;
    const fragment = this.fragments.get(name);
    // One that leads back to itself is counted once here; validation refuses it.
    this.known.set(name, nothing);
    const shape = fragment ? this.of(fragment.selectionSet) : nothing;
    this.known.set(name, shape);
    return shape;
  }
}

/** Throws TooComplex. */
function checkShape(document: DocumentNode, { maxDepth, maxFields }: ShapeLimits): void {
  let directives = 0;
  visit(document, { Directive: () => void (directives += 1) });
  if (directives > mostDirectives)
    throw new TooComplex('directives', mostDirectives, directives, 'directives');
  const reading = new ShapeReading(document, maxDepth);
  // Fragments that nobody spreads are validated too.
  const shapes = document.definitions.flatMap((one) =>
    'selectionSet' in one ? [reading.of(one.selectionSet)] : [],
  );
  const depth = Math.max(0, ...shapes.map((shape) => shape.depth));
  const fields = shapes.reduce((sum, shape) => sum + shape.fields, 0);
  if (depth > maxDepth) throw new TooComplex('depth', maxDepth, depth, 'levels of fields within fields');
  const introspected = introspectionSize(document);
  if (introspected > mostIntrospected)
    throw new TooComplex('introspection', mostIntrospected, introspected, 'objects of introspection');
  if (fields > maxFields) throw new TooComplex('fields', maxFields, fields, 'fields, fragments spread');
}

/** graphql-js says so in words alone. */
const isTooLong = (fault: unknown): boolean =>
  fault instanceof GraphQLError && /\d tokens\. Parsing aborted/.test(fault.message);

const keptBytes = 4_194_304;

/** Looks at each text once, as long as it is remembered. The result throws TooComplex; what is no document is let through, to be refused as such. */
export function shapeCheck(limits: ShapeLimits, maxTokens: number): (query: string) => void {
  const fitting = new LRUCache<string, true>({
    maxSize: keptBytes,
    sizeCalculation: (_, query) => query.length + 1,
  });
  return (query) => {
    if (fitting.get(query)) return;
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens, noLocation: true });
    } catch (fault) {
      if (isTooLong(fault)) throw new TooComplex('tokens', maxTokens, NaN, 'tokens of the document');
      return;
    }
    checkShape(document, limits);
    fitting.set(query, true);
  };
}
