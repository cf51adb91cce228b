/**
 * What the API's types are read from, for reading a whole selection in one statement: fields that are not columns of a type's
 * read lead to rows of another type. A field that nobody declares is open: its own resolver answers it, as ever.
 */
import type { RequestContext } from '../../request.ts';
import type { PageArguments } from '../../values/page.ts';
import type { FilterCondition, OrderBy, ReadDeclaration, Sort } from '../declaration.ts';
import type { Listing } from '../listing.ts';
import type { KeyColumn } from '../statement.ts';

/** A declared read, whatever its rows and filters are. */
export interface AnyDeclaration {
  readonly table: string;
  readonly card: string | null;
  readonly columns: Readonly<Record<string, string>>;
  readonly parents: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, FilterCondition<never>>>;
  readonly sorts: Readonly<Record<string, Sort>>;
  readonly defaultOrder: readonly OrderBy[];
}

export type AnyListing = Listing<object, string>;

/** One row of another type, by its key: null where there is none, or none that the caller may see. */
export interface LinkedRow {
  readonly to: string;
  /** Column of this type's table that holds the key. */
  readonly key: string;
}

/** A page of another type's rows that belong to this one. */
export interface LinkedPage {
  readonly to: string;
  /** Name of the relation among the other read's parents. */
  readonly parent: string;
  /** Throws InputRejected, as the field's resolver does. */
  listing(given: object, context: RequestContext): AnyListing;
  /**
   * Columns of the other type's read that are cheaper to know from here, where the row around is at hand: the SQL of each, made of how
   * a column of that row is called.
   */
  readonly told?: Readonly<Record<string, ToldColumn>>;
}

type ToldColumn = (around: (column: string) => string) => string;

/** Rows that open fields will ask for, read along: so they need not be asked for. */
export interface Companions {
  /** The open fields that ask for them. */
  readonly of: readonly string[];
  readonly read: AnyDeclaration;
  readonly parent: string;
  /** Hands the rows to whoever loads them. `owner` is the row they belong to. */
  prime(context: RequestContext, owner: { readonly id: string }, rows: readonly object[]): void;
}

export interface DeclaredType {
  readonly read: AnyDeclaration;
  /** Fields that are objects of a fixed form, with an SQL expression for each member. */
  readonly parts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly rows?: Readonly<Record<string, LinkedRow>>;
  readonly pages?: Readonly<Record<string, LinkedPage>>;
  readonly companions?: Companions;
}

/** A single record that the root of a query answers. */
export interface RootRecord {
  readonly kind: 'record';
  readonly to: string;
  /** Throws InputRejected, as the field's resolver does. */
  find(given: object): { readonly by: KeyColumn; readonly key: string };
}

export interface RootPage {
  readonly kind: 'page';
  readonly to: string;
  /** Throws (or rejects with) InputRejected, as the field's resolver does. */
  listing(given: object, context: RequestContext): AnyListing | Promise<AnyListing>;
}

/** All rows of a type, of which there are few by nature. */
export interface RootRows {
  readonly kind: 'rows';
  readonly to: string;
}

export type DeclaredRoot = RootRecord | RootPage | RootRows;

export interface DeclaredReads {
  /** By GraphQL's names. */
  readonly types: Readonly<Record<string, DeclaredType>>;
  /** By the name of the field. */
  readonly roots: Readonly<Record<string, DeclaredRoot>>;
}

interface UsualArguments<Filter> extends PageArguments {
  readonly filter?: Filter | null;
}

/** A page of a relation; its arguments are a page and a filter that the read knows, unless `listing` says otherwise. */
export function linkedPage<
  Row extends object,
  Filter extends object,
  SortName extends string,
  Given extends object = UsualArguments<Filter>,
>(
  to: string,
  read: ReadDeclaration<Row, Filter, SortName>,
  parent: string,
  listing?: (given: Given, context: RequestContext) => Listing<Filter, SortName>,
): LinkedPage {
  if (read.parents[parent] === undefined) throw new Error(`${read.table} has no parent ${parent}`);
  const usual = ({ first, after, filter }: UsualArguments<Filter>): Listing<Filter, SortName> => ({
    page: { first, after },
    filter,
  });
  // The schema has seen to it that the arguments are of this form.
  const form = (listing ?? usual) as (given: object, context: RequestContext) => AnyListing;
  return { to, parent, listing: form };
}

/** A page of a root field, by what its resolver makes of its arguments. */
export const rootPage = <Given extends object, Filter extends object, SortName extends string>(
  to: string,
  listing: (
    given: Given,
    context: RequestContext,
  ) => Listing<Filter, SortName> | Promise<Listing<Filter, SortName>>,
): RootPage => ({ kind: 'page', to, listing: listing });
