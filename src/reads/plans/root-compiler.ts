/** The fields at the root of a query: a record by its key, a page of a list, or all rows of what are few by nature. */
import type { RequestContext } from '../../request.ts';
import { planPage } from '../listing.ts';
import { sightOf } from '../own-cards.ts';
import { allRows, pageRows, rowCount } from '../page-rows.ts';
import type { Variables } from './collected-fields.ts';
import type { AnyListing, DeclaredRoot, RootPage, RootRecord, RootRows } from './declared-type.ts';
import { argumentsOf } from './field-arguments.ts';
import { listOf, type OpenPlace } from './open-places.ts';
import { PageShape } from './page-shape.ts';
import { rowValue, written, type Asking } from './pieces.ts';
import { ownCondition, type RowCompiler } from './row-compiler.ts';
import type { Field, FieldNodes } from './shaping.ts';

/** One field of the root. */
export interface RootPiece {
  readonly open: OpenPlace | undefined;
  /** Of a list: what it is asked for. It may take a statement of its own to know, as a search does. */
  prepare?(variables: Variables, context: RequestContext): AnyListing | Promise<AnyListing>;
  /** `listing` is what was prepared. */
  write(asking: Asking, listing: AnyListing | undefined): string;
}

/** Throws NoPlan. */
export function compileRoot(
  compiler: RowCompiler,
  root: DeclaredRoot,
  field: Field,
  nodes: FieldNodes,
): RootPiece {
  switch (root.kind) {
    case 'record':
      return recordPiece(compiler, root, field, nodes);
    case 'page':
      return pagePiece(compiler, root, field, nodes);
    case 'rows':
      return rowsPiece(compiler, root, nodes);
  }
}

function recordPiece(compiler: RowCompiler, root: RootRecord, field: Field, nodes: FieldNodes): RootPiece {
  const { read } = compiler.declaredType(root.to);
  const row = compiler.row(root.to, nodes);
  const given = argumentsOf(field, nodes[0]);
  const own = ownCondition(read.card);
  return {
    open: row.open,
    write: (asking) => {
      const { by, key } = root.find(given(asking.variables));
      // PostgreSQL refuses a parameter with NUL in it, and holds no key that has one.
      const among = key.includes('\0') ? 'false' : `${by.column} = ${asking.bind(key, by.type)}`;
      const found = [among, ...(by.condition ? [by.condition] : [])];
      const where = written([found.join(' AND '), own], asking);
      return `(SELECT ${rowValue(row.alias)} FROM ${read.table} t${written(row.joins, asking)} WHERE ${where})`;
    },
  };
}

function pagePiece(compiler: RowCompiler, root: RootPage, field: Field, nodes: FieldNodes): RootPiece {
  const { read } = compiler.declaredType(root.to);
  const shape = new PageShape(compiler, root.to, nodes);
  const given = argumentsOf(field, nodes[0]);
  return {
    open: shape.open,
    prepare: (variables, context) => root.listing(given(variables), context),
    write: (asking, listing) => {
      if (!listing) throw new Error('a list was not prepared');
      const { bind, context } = asking;
      const sight = sightOf(context);
      const page = planPage(read, listing, sight);
      const { request } = page;
      const { found } = listing;
      return shape.write(asking, {
        page,
        rows: (limit) => pageRows(read, { ...request, limit }, bind),
        count: () =>
          found
            ? found.complete
              ? String(found.keys.length)
              : 'NULL::int'
            : `(${rowCount(read, request.filter, sight, bind)})`,
      });
    },
  };
}

function rowsPiece(compiler: RowCompiler, root: RootRows, nodes: FieldNodes): RootPiece {
  const { read } = compiler.declaredType(root.to);
  const row = compiler.row(root.to, nodes);
  return {
    open: listOf(row.open),
    write: (asking) =>
      `ARRAY(SELECT ${rowValue(row.alias)} FROM (${allRows(read)}) t${written(row.joins, asking)})`,
  };
}
