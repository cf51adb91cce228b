/**
 * What an operation selects beneath a field, so that a resolver may begin at once what will be asked for next. Only a hint: whoever
 * acts on it must answer the same without it.
 */
import {
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { appliesTo, isAskedFor } from './asked-for.ts';

/** Fields by their names in the schema; `true` for one that is itself looked for, else what is looked for beneath it. */
export interface SoughtFields {
  readonly [field: string]: true | SoughtFields;
}

type Asked = Pick<
  GraphQLResolveInfo,
  'fieldNodes' | 'fragments' | 'returnType' | 'schema' | 'variableValues'
>;

/** Whether any of the sought fields is selected beneath the resolved one, through aliases, fragments, @skip and @include. */
export type Selects = (info: Asked) => boolean;

/**
 * What hangs on no directive is looked for once per field of a document, which lives as long as the server keeps the document.
 * Beneath a field of an interface or a union the answer is no.
 */
export function selectionOf(sought: SoughtFields): Selects {
  const known = new WeakMap<FieldNode, boolean>();
  return (info) => {
    const type = getNamedType(info.returnType);
    return (
      isObjectType(type) &&
      info.fieldNodes.some((node) => {
        const before = known.get(node);
        if (before !== undefined) return before;
        const search = new Search(info);
        const found = search.beneath(node.selectionSet, type, sought);
        if (!search.hangsOnDirectives) known.set(node, found);
        return found;
      })
    );
  };
}

class Search {
  hangsOnDirectives = false;

  constructor(private readonly info: Asked) {}

  beneath(set: SelectionSetNode | undefined, type: GraphQLObjectType, sought: SoughtFields): boolean {
    return set?.selections.some((selection) => this.finds(selection, type, sought)) ?? false;
  }

  private finds(selection: SelectionNode, type: GraphQLObjectType, sought: SoughtFields): boolean {
    this.hangsOnDirectives ||= (selection.directives?.length ?? 0) > 0;
    if (!isAskedFor(selection, this.info.variableValues)) return false;
    if (selection.kind === Kind.FIELD) return this.field(selection, type, sought);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.info.fragments[selection.name.value];
    if (!fragment || !appliesTo(this.info.schema, fragment, type)) return false;
    return this.beneath(fragment.selectionSet, type, sought);
  }

  private field({ name, selectionSet }: FieldNode, type: GraphQLObjectType, sought: SoughtFields): boolean {
    const wanted = Object.hasOwn(sought, name.value) ? sought[name.value] : undefined;
    if (wanted === undefined || wanted === true) return wanted ?? false;
    const of = getNamedType(type.getFields()[name.value]?.type);
    return isObjectType(of) && this.beneath(selectionSet, of, wanted);
  }
}
