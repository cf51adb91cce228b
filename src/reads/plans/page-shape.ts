/**
 * What is selected of a page of rows, as SQL: the rows are cut first, then aggregated once, whatever of nodes, edges and cursors is
 * asked for and under however many names. A row more than the page holds is read only where it is asked whether one follows.
 */
import type { FieldNode } from 'graphql';
import type { Term } from '../keyset.ts';
import type { PlannedPage } from '../listing.ts';
import { cursorText } from './cursor-text.ts';
import { listOf, OpenFields, type OpenObject } from './open-places.ts';
import { columnName, rowValue, written, type Asking, type Piece } from './pieces.ts';
import { selectionsOf, type FieldNodes, type RowShaping, type ToldColumns } from './shaping.ts';

/** Where the rows of one request's page come from. */
export interface PageSource {
  readonly page: PlannedPage<object>;
  /** A select of the rows in their order, as many as given. */
  rows(most: number): { readonly rows: string; readonly terms: readonly Term[] };
  /** A subselect of the number of all rows. */
  count(): string;
}

type Member = (page: PlannedPage<object>, count: () => string) => string;

/** A page looks one row further in its own direction; whatever lies behind it, its cursor came from there. */
const pageInfo: Readonly<Record<string, Member>> = {
  hasNextPage: ({ paging }) => (paging.backward ? String(paging.cursor !== undefined) : 'a.more'),
  hasPreviousPage: ({ paging }) => (paging.backward ? 'a.more' : String(paging.cursor !== undefined)),
  startCursor: () => 'a.cursors[1]',
  endCursor: () => 'a.cursors[cardinality(a.cursors)]',
  __typename: () => "'PageInfo'::text",
};

export class PageShape {
  private readonly joins: Piece[] = [];
  /** Rows that become lists, by the name of the list. */
  private readonly lists = new Map<string, string>();
  private readonly members: (readonly [key: string, member: Member])[] = [];
  private readonly openFields = new OpenFields();
  private readonly cursors: string;
  private asksCursors = false;
  private readonly asksInfo = new Set<string>();

  /** Throws NoPlan. */
  constructor(
    private readonly compiler: RowShaping,
    private readonly to: string,
    nodes: readonly FieldNode[],
    private readonly told?: ToldColumns,
  ) {
    this.cursors = compiler.name('w');
    const type = compiler.objectType(`${to}Connection`);
    for (const [key, fieldNodes] of compiler.fields.collect(type, selectionsOf(nodes))) {
      columnName(key);
      this.members.push([key, this.member(type.name, key, fieldNodes)]);
    }
  }

  get open(): OpenObject | undefined {
    return this.openFields.place();
  }

  /** The page as a JSON object. */
  write(asking: Asking, source: PageSource): string {
    const { page } = source;
    const members = this.members.map(([key, member]) => `${member(page, () => source.count())} AS "${key}"`);
    return `(SELECT ${rowValue('c')} FROM (SELECT ${members.join(', ')}${this.from(asking, source)}) c)`;
  }

  /** The rows as lists; nothing where none is asked for: PostgreSQL refuses parameters that stand nowhere in a statement. */
  private from(asking: Asking, source: PageSource): string {
    const { paging, list } = source.page;
    const overlooks = this.asksInfo.has(paging.backward ? 'hasPreviousPage' : 'hasNextPage');
    if (this.lists.size === 0 && !this.asksCursors && !overlooks) return '';
    const { rows, terms } = source.rows(paging.size + (overlooks ? 1 : 0));
    const placed = overlooks || paging.backward;
    const numbered = placed ? `SELECT t.*, row_number() OVER () AS place FROM (${rows}) t` : rows;
    // A backward page was read from its end.
    const order = paging.backward ? ' ORDER BY t.place DESC' : '';
    const from = `FROM (${numbered}) t${this.cursorJoin(list, terms)}${written(this.joins, asking)}`;
    const [only] = this.lists.size === 1 && !this.asksCursors && !overlooks ? this.lists : [];
    // A subselect becomes a list faster than an aggregate does.
    if (only) return ` FROM (SELECT ARRAY(SELECT ${rowValue(only[1])} ${from}${order}) AS ${only[0]}) a`;
    const within = overlooks ? ` FILTER (WHERE t.place <= ${paging.size})` : '';
    const aggregates = [...this.lists].map(
      ([name, row]) => `coalesce(array_agg(${rowValue(row)}${order})${within}, '{}') AS ${name}`,
    );
    if (this.asksCursors) aggregates.push(`array_agg(${this.cursors}.cursor${order})${within} AS cursors`);
    if (overlooks) aggregates.push(`count(*) > ${paging.size} AS more`);
    return ` FROM (SELECT ${aggregates.join(', ')} ${from}) a`;
  }

  private cursorJoin(list: string, terms: readonly Term[]): string {
    if (!this.asksCursors) return '';
    return ` CROSS JOIN LATERAL (SELECT ${cursorText(list, terms)} AS cursor) ${this.cursors}`;
  }

  private member(type: string, key: string, nodes: FieldNodes): Member {
    const name = nodes[0].name.value;
    switch (name) {
      case 'nodes':
        return this.list(key, nodes, this.node(nodes));
      case 'edges':
        return this.list(key, nodes, this.edge(nodes));
      case 'pageInfo':
        return this.info(nodes);
      case 'totalCount':
        return (_page, count) => count();
      case '__typename':
        return () => `'${type}'::text`;
      default:
        throw new Error(`${type}.${name} is not known`);
    }
  }

  private list(
    key: string,
    nodes: FieldNodes,
    row: { readonly alias: string; readonly open: OpenObject | undefined },
  ): Member {
    const name = `a${this.lists.size}`;
    this.lists.set(name, row.alias);
    this.openFields.lead(key, nodes[0], listOf(row.open));
    return () => `a.${name}`;
  }

  private node(nodes: FieldNodes) {
    const row = this.compiler.pagedRow(this.to, nodes, this.told);
    this.joins.push(...row.joins);
    return row;
  }

  private edge(nodes: FieldNodes) {
    const type = this.compiler.objectType(`${this.to}Edge`);
    const open = new OpenFields();
    const columns = [...this.compiler.fields.collect(type, selectionsOf(nodes))].map(([key, fieldNodes]) => {
      const name = fieldNodes[0].name.value;
      if (name === '__typename') return `'${type.name}'::text AS ${columnName(key)}`;
      if (name === 'cursor') {
        this.asksCursors = true;
        return `${this.cursors}.cursor AS ${columnName(key)}`;
      }
      const row = this.node(fieldNodes);
      open.lead(key, fieldNodes[0], row.open);
      return `${rowValue(row.alias)} AS ${columnName(key)}`;
    });
    const alias = this.compiler.name('e');
    this.joins.push(` CROSS JOIN LATERAL (SELECT ${columns.join(', ')}) ${alias}`);
    return { alias, open: open.place() };
  }

  private info(nodes: FieldNodes): Member {
    const type = this.compiler.objectType('PageInfo');
    const fields = [...this.compiler.fields.collect(type, selectionsOf(nodes))].map(([key, [{ name }]]) => {
      const member = pageInfo[name.value];
      if (!member) throw new Error(`PageInfo.${name.value} is not known`);
      this.asksInfo.add(name.value);
      if (name.value.endsWith('Cursor')) this.asksCursors = true;
      return [columnName(key), member] as const;
    });
    return (page, count) => {
      const columns = fields.map(([key, member]) => `${member(page, count)} AS ${key}`);
      return `(SELECT ${rowValue('i')} FROM (SELECT ${columns.join(', ')}) i)`;
    };
  }
}
