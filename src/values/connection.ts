/** Lists as callers see them: edges, nodes, pageInfo and a total that is counted only when asked for. */
import { Field, Int, ObjectType, type ClassType } from 'type-graphql';

@ObjectType({ description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether rows come before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null on an empty page.' })
  endCursor!: string | null;
}

interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

/** What a connection's fields are answered from. Functions are called only when their field is selected. */
export interface Page<Row> {
  readonly nodes: readonly Row[];
  edges(): readonly Edge<Row>[];
  pageInfo(): PageInfo;
  totalCount(): Promise<number | null> | number | null;
}

export interface PageParts<Row> {
  readonly rows: readonly Row[];
  readonly cursorOf: (row: Row) => string;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: () => Promise<number | null> | number | null;
}

export function makePage<Row>({
  rows,
  cursorOf,
  hasNextPage,
  hasPreviousPage,
  totalCount,
}: PageParts<Row>): Page<Row> {
  const first = rows[0];
  const last = rows.at(-1);
  return {
    nodes: rows,
    edges: () => rows.map((node) => ({ cursor: cursorOf(node), node })),
    pageInfo: () => ({
      hasNextPage,
      hasPreviousPage,
      startCursor: first === undefined ? null : cursorOf(first),
      endCursor: last === undefined ? null : cursorOf(last),
    }),
    totalCount,
  };
}

/** The connection type of `node`, with its edge type. `plural` words its description. */
export function connectionOf<Row extends object>(node: ClassType<Row>, name: string, plural: string) {
  @ObjectType(`${name}Edge`, { description: `One of the ${plural} with its cursor.`, simpleResolvers: true })
  class EdgeOfConnection {
    @Field(() => String, { description: 'Give it as `after` or `before` to go on from here.' })
    cursor!: string;

    @Field(() => node, { description: 'The row itself.' })
    node!: Row;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${plural}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [EdgeOfConnection], { description: 'The rows with their cursors.' })
    edges!: EdgeOfConnection[];

    @Field(() => [node], { description: 'The rows.' })
    nodes!: Row[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description: 'All rows of the list, whatever the page. Costs a statement, and only when asked for.',
    })
    totalCount!: number | null;
  }

  return Connection;
}
