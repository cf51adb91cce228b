/**
 * Where in an answer the open fields are, which their own resolvers answer: below objects that one statement has read. The way
 * there is a document of its own, with nothing in it but open fields and what leads to them.
 */
import type { FieldNode } from 'graphql';
import { Kind } from 'graphql';
import type { Companions } from './declared-type.ts';

export interface OpenObject {
  readonly kind: 'object';
  /** Response keys of its own open fields. */
  readonly open: readonly string[];
  /** By response key, what has open fields further down. */
  readonly within: ReadonlyMap<string, OpenPlace>;
  /** What its open fields will ask for, where that was read along. */
  readonly companions: Companions | undefined;
  readonly selections: readonly FieldNode[];
}

interface OpenList {
  readonly kind: 'list';
  readonly of: OpenObject;
}

export type OpenPlace = OpenObject | OpenList;

/** What is read for open fields alone stands under this key, which no field can have; within it, under the same, what is read along. */
export const hiddenKey = '~';

/** Gathers the open fields of one object. */
export class OpenFields {
  private readonly open: string[] = [];
  private readonly within = new Map<string, OpenPlace>();
  private readonly selections: FieldNode[] = [];

  get hasOwn(): boolean {
    return this.open.length > 0;
  }

  /** Whether one of these fields is among them. */
  asksOne(names: readonly string[]): boolean {
    return this.selections.some(({ name }) => names.includes(name.value));
  }

  add(key: string, nodes: readonly FieldNode[]): void {
    this.open.push(key);
    this.selections.push(...nodes);
  }

  lead(key: string, node: FieldNode, place: OpenPlace | undefined): void {
    if (!place) return;
    const { selections } = place.kind === 'list' ? place.of : place;
    this.within.set(key, place);
    this.selections.push({ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } });
  }

  place(companions?: Companions): OpenObject | undefined {
    if (this.selections.length === 0) return undefined;
    const { open, within, selections } = this;
    return { kind: 'object', open, within, companions, selections };
  }
}

export const listOf = (of: OpenObject | undefined): OpenList | undefined => of && { kind: 'list', of };
