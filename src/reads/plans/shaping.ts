/** What pages and roots need of whoever makes the SQL of rows (row-compiler.ts). */
import type { FieldNode, GraphQLField, GraphQLObjectType } from 'graphql';
import type { FieldCollector } from './collected-fields.ts';
import type { OpenObject } from './open-places.ts';
import type { Piece } from './pieces.ts';

/** A row in the shape of the answer, under `alias`, once `joins` stand behind the `t` it is made of. */
export interface ShapedRow {
  readonly joins: readonly Piece[];
  readonly alias: string;
  readonly open: OpenObject | undefined;
}

/** A field of the schema. */
export type Field = GraphQLField<unknown, unknown>;

/** SQL for a column in place of its own; undefined where there is none. */
export type ToldColumns = (column: string) => string | undefined;

/** All nodes that ask for one response key. */
export type FieldNodes = readonly [FieldNode, ...FieldNode[]];

export const selectionsOf = (nodes: readonly FieldNode[]) => nodes.map(({ selectionSet }) => selectionSet);

export interface RowShaping {
  readonly fields: FieldCollector;
  /** A name for this statement alone. */
  name(prefix: string): string;
  objectType(name: string): GraphQLObjectType;
  /** As row, for rows of a page. Throws NoPlan. */
  pagedRow(typeName: string, nodes: readonly FieldNode[], told?: ToldColumns): ShapedRow;
  /** The fields that `nodes` select of a row of the type. Throws NoPlan. */
  row(typeName: string, nodes: readonly FieldNode[], told?: ToldColumns): ShapedRow;
}
