/**
 * Makes the SQL of rows in the shape of the answer. A row `t` of a type's table is joined laterally with a row of the selected
 * fields, which row_to_json writes with their response keys in the order of the selection; further rows and pages are subselects
 * within it. Those have a `t` of their own, so that what they need of the row around them is passed on by a join, too. PostgreSQL
 * folds all of these joins away: none is carried out.
 */
import {
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { isOwn, sightOf } from '../own-cards.ts';
import { planPage } from '../listing.ts';
import { childCount, childRows, nestedRows } from '../page-rows.ts';
import type { FieldCollector } from './collected-fields.ts';
import { argumentsOf } from './field-arguments.ts';
import type { Companions, DeclaredReads, DeclaredType, LinkedPage, LinkedRow } from './declared-type.ts';
import { hiddenKey, OpenFields, type OpenPlace } from './open-places.ts';
import { PageShape } from './page-shape.ts';
import { NoPlan, columnName, joined, listed, rowValue, valueText, wholeRow, type Piece } from './pieces.ts';
import {
  selectionsOf,
  type Field,
  type FieldNodes,
  type RowShaping,
  type ShapedRow,
  type ToldColumns,
} from './shaping.ts';
import { ownKey, Surroundings } from './surroundings.ts';

/** SQL of one field, and where open fields are within. `own` is an open field itself. */
interface Made {
  readonly sql: readonly Piece[];
  readonly open?: OpenPlace | 'own' | undefined;
}

/**
 * Some seventy relations. A statement of more takes PostgreSQL longer to plan than its parts, and more memory to keep, than it saves in
 * round trips.
 */
const mostNames = 200;

/** That only seen rows are told; nothing for whoever sees all. */
export const ownCondition =
  (card: string | null): Piece =>
  ({ context, bind }) =>
    isOwn(card, sightOf(context), bind)
      .map((condition) => ` AND ${condition}`)
      .join('');

export class RowCompiler implements RowShaping {
  private made = 0;
  /** How many pages are around. */
  private pages = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly declared: DeclaredReads,
    readonly fields: FieldCollector,
  ) {}

  name(prefix: string): string {
    this.made += 1;
    if (this.made > mostNames) throw new NoPlan('too_large');
    return `${prefix}${this.made}`;
  }

  objectType(name: string): GraphQLObjectType {
    const type = this.schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is no object type of the schema`);
    return type;
  }

  declaredType(name: string): DeclaredType {
    const declared = this.declared.types[name];
    if (!declared) throw new Error(`nothing is declared of ${name}`);
    return declared;
  }

  pagedRow(typeName: string, nodes: readonly FieldNode[], told?: ToldColumns): ShapedRow {
    this.pages += 1;
    const row = this.row(typeName, nodes, told);
    this.pages -= 1;
    return row;
  }

  row(typeName: string, nodes: readonly FieldNode[], told?: ToldColumns): ShapedRow {
    const type = this.objectType(typeName);
    const declared = this.declaredType(typeName);
    const around = new Surroundings(this.name('p'), declared, told);
    const open = new OpenFields();
    const joins: Piece[] = [];
    const columns: (readonly Piece[])[] = [];
    for (const [key, fieldNodes] of this.fields.collect(type, selectionsOf(nodes))) {
      const { sql, open: place } = this.field(type, around, fieldNodes, joins);
      if (place === 'own') open.add(key, fieldNodes);
      else open.lead(key, fieldNodes[0], place);
      columns.push([...sql, ` AS ${columnName(key)}`]);
    }
    const companions = open.asksOne(declared.companions?.of ?? []) ? declared.companions : undefined;
    if (open.hasOwn) columns.push([`${rowValue(this.hidden(around, companions, joins))} AS "${hiddenKey}"`]);
    const alias = this.name('n');
    const shape = [' CROSS JOIN LATERAL (SELECT ', ...listed(columns), `) ${alias}`];
    return { alias, joins: joined([around.join, ...joins, ...shape]), open: open.place(companions) };
  }

  private field(type: GraphQLObjectType, around: Surroundings, nodes: FieldNodes, joins: Piece[]): Made {
    const name = nodes[0].name.value;
    if (name === '__typename') return { sql: [`'${type.name}'::text`] };
    const field = type.getFields()[name];
    if (!field) throw new Error(`${type.name} has no field ${name}`);
    const { read, parts, rows, pages } = around.declared;
    const column = around.told(name) ?? read.columns[name];
    if (column !== undefined && !field.resolve && isLeafType(getNamedType(field.type)))
      return { sql: [valueText(column)] };
    const [members, row, page] = [parts?.[name], rows?.[name], pages?.[name]];
    if (members) return { sql: [this.parts(field, members, nodes, joins)] };
    if (row && !this.isShared(row.to, nodes)) return this.linkedRow(around, row, field, nodes);
    if (page) return this.linkedPage(around, page, field, nodes);
    return { sql: ['NULL::json'], open: 'own' };
  }

  /**
   * Many rows of a page may lead to the same row, as contacts do to their card: its pages would be read for each of them, where loaders
   * read them once.
   */
  private isShared(to: string, nodes: readonly FieldNode[]): boolean {
    return this.pages > 0 && this.leadsToPage(to, nodes);
  }

  private leadsToPage(typeName: string, nodes: readonly FieldNode[]): boolean {
    const { rows, pages } = this.declaredType(typeName);
    const collected = this.fields.collect(this.objectType(typeName), selectionsOf(nodes));
    return [...collected.values()].some((fieldNodes) => {
      const name = fieldNodes[0].name.value;
      const row = rows?.[name];
      return pages?.[name] !== undefined || (row !== undefined && this.leadsToPage(row.to, fieldNodes));
    });
  }

  /** An object of the row's own columns. */
  private parts(
    field: Field,
    members: Readonly<Record<string, string>>,
    nodes: FieldNodes,
    joins: Piece[],
  ): string {
    const type = this.objectType(getNamedType(field.type).name);
    const columns = [...this.fields.collect(type, selectionsOf(nodes))].map(([key, [{ name }]]) => {
      const sql = name.value === '__typename' ? `'${type.name}'::text` : members[name.value];
      if (sql === undefined) throw new Error(`nothing is declared of ${type.name}.${name.value}`);
      return `${sql} AS ${columnName(key)}`;
    });
    const alias = this.name('o');
    joins.push(` CROSS JOIN LATERAL (SELECT ${columns.join(', ')}) ${alias}`);
    return rowValue(alias);
  }

  private linkedRow(around: Surroundings, link: LinkedRow, field: Field, nodes: FieldNodes): Made {
    const { read } = this.declaredType(link.to);
    const row = this.row(link.to, nodes);
    const key = around.key(link.key);
    const own = around.isOwnCard(read, link.key) ? '' : ownCondition(read.card);
    const promised = isNonNullType(field.type);
    const select = [
      `(SELECT ${promised ? `row_to_json(${wholeRow(row.alias)})` : rowValue(row.alias)} FROM ${read.table} t`,
      ...row.joins,
      ` WHERE t.id = ${key}`,
      own,
      ')',
    ];
    // Where the schema promises a row and there is none, this stops the statement: the ordinary way knows what to say of it.
    const sql = promised ? ['coalesce(', ...select, `, ('missing ' || ${key})::json)`] : select;
    return { sql, open: row.open };
  }

  private linkedPage(around: Surroundings, link: LinkedPage, field: Field, nodes: FieldNodes): Made {
    const { read } = this.declaredType(link.to);
    const told: ToldColumns = (name) => link.told?.[name]?.((column) => around.key(column));
    const shape = new PageShape(this, link.to, nodes, told);
    const owner = { parent: link.parent, key: around.key(ownKey) };
    const seen = around.isOfOwnCard(read, link.parent);
    const given = argumentsOf(field, nodes[0]);
    const write: Piece = (asking) => {
      const { bind, context, variables } = asking;
      const sight = seen ? undefined : sightOf(context);
      const page = planPage(read, link.listing(given(variables), context), sight);
      const { request } = page;
      return shape.write(asking, {
        page,
        rows: (limit) => nestedRows(read, owner, { ...request, limit }, bind),
        count: () => `(${childCount(read, owner, request.filter, sight, bind)})`,
      });
    };
    return { sql: [write], open: shape.open };
  }

  /** The whole row as loaders have it, for the resolvers of open fields. Answers its alias. */
  private hidden(around: Surroundings, companions: Companions | undefined, joins: Piece[]): string {
    const { read } = around.declared;
    const columns: Piece[] = [rowColumns(read.columns)];
    if (companions) {
      const { read: theirs, parent } = companions;
      const owner = { parent, key: around.key(ownKey) };
      const alias = this.name('c');
      columns.push(
        `, ARRAY(SELECT ${rowValue(alias)} FROM (`,
        ({ context, bind }) => childRows(theirs, owner, sightOf(context), bind),
        `) t CROSS JOIN LATERAL (SELECT ${rowColumns(theirs.columns)}) ${alias}) AS "${hiddenKey}"`,
      );
    }
    const alias = this.name('h');
    joins.push(' CROSS JOIN LATERAL (SELECT ', ...columns, `) ${alias}`);
    return alias;
  }
}

const rowColumns = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, sql]) => `${valueText(sql)} AS "${name}"`)
    .join(', ');
