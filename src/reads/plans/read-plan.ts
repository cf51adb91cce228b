/**
 * A plan: how all that an operation selects of the CRM is read by one statement, which answers the whole of it as one JSON object in
 * the shape of the answer. It is made once for a document and what its directives say; every request then writes its arguments, and
 * what its caller may see, into the statement. Open fields stand in the object as null, until `rest`, a document of theirs alone,
 * has been answered by their resolvers.
 */
import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { bytesColumn } from '../../crm-database/column-bytes.ts';
import type { RequestContext } from '../../request.ts';
import type { Bind } from '../declaration.ts';
import { binder } from '../page-rows.ts';
import { nameOf, nameOfRepeated } from '../statement-names.ts';
import { FieldCollector, type Variables } from './collected-fields.ts';
import type { AnyListing, DeclaredReads } from './declared-type.ts';
import { OpenFields, type OpenObject } from './open-places.ts';
import { columnName, NoPlan, wholeRow, type Asking } from './pieces.ts';
import { compileRoot, type RootPiece } from './root-compiler.ts';
import { RowCompiler } from './row-compiler.ts';

export interface PlannedStatement {
  /** Empty where it is not to be prepared. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the open fields of an operation are asked by. */
interface Rest {
  readonly document: DocumentNode;
  readonly place: OpenObject;
}

type Column = readonly [key: string, piece: RootPiece | string];

export class ReadPlan {
  private readonly columns: readonly Column[];
  private last: { readonly text: string; readonly name: string } | undefined;
  /** Where there are open fields. */
  readonly rest: Rest | undefined;

  /** The operation is a valid query. Throws NoPlan. */
  constructor(
    schema: GraphQLSchema,
    declared: DeclaredReads,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ) {
    const query = schema.getQueryType();
    if (!query) throw new Error('the schema has no queries');
    const fields = new FieldCollector(schema, document, variables);
    const compiler = new RowCompiler(schema, declared, fields);
    const open = new OpenFields();
    this.columns = [...fields.collect(query, [operation.selectionSet])].map(([key, nodes]): Column => {
      const { value: name } = nodes[0].name;
      const [root, field] = [declared.roots[name], query.getFields()[name]];
      if (name === '__typename') return [columnName(key), `'${query.name}'::text`];
      if (!root || !field) {
        open.add(key, nodes);
        return [columnName(key), 'NULL::json'];
      }
      const piece = compileRoot(compiler, root, field, nodes);
      open.lead(key, nodes[0], piece.open);
      return [columnName(key), piece];
    });
    if (!this.columns.some(([, piece]) => typeof piece !== 'string')) throw new NoPlan('no_declared_root');
    const place = open.place();
    this.rest = place && { place, document: restOf(document, operation, place) };
  }

  /** Throws InputRejected (as resolvers do) where the arguments are not right, and GraphQLError. */
  async statement(variables: Variables, context: RequestContext): Promise<PlannedStatement> {
    const listings = await this.listings(variables, context);
    const { bind, values } = binder();
    const asking: Asking = { bind: withPlainSizes(bind), variables, context };
    const columns = this.columns.map(
      ([key, piece], place) =>
        `${typeof piece === 'string' ? piece : piece.write(asking, listings[place])} AS ${key}`,
    );
    const text = `SELECT row_to_json(${wholeRow('q')})::text AS ${bytesColumn} FROM (SELECT ${columns.join(', ')}) q`;
    // A list with a filter has no one good plan: it is planned by its values (as in reads.ts).
    const filtered = listings.some((listing) => listing?.filter != null);
    if (filtered) return { name: '', text, values };
    // Most requests of a document differ in values alone: comparing a long text is cheaper than to look its name up.
    const name = this.last?.text === text ? this.last.name || nameOf(text) : nameOfRepeated(text);
    this.last = { text, name };
    return { name, text, values };
  }

  /** What lists are asked for, by the place of their fields. */
  private async listings(variables: Variables, context: RequestContext): Promise<(AnyListing | undefined)[]> {
    const listings: (AnyListing | undefined)[] = [];
    const waiting = this.columns.map(async ([, piece], place) => {
      if (typeof piece !== 'string') listings[place] = await piece.prepare?.(variables, context);
    });
    await Promise.all(waiting);
    return listings;
  }
}

/**
 * How long a page is stands in the text: PostgreSQL takes a length that it does not know for a tenth of the table, and would plan the
 * statement anew each time, which takes longer than to run it. Lengths are whole numbers of the service's own, and few.
 */
const withPlainSizes =
  (bind: Bind): Bind =>
  (value, type) =>
    type === 'int' && Number.isSafeInteger(value) ? String(value) : bind(value, type);

/** The document with the open fields alone, and its fragments, which these may open. */
const restOf = (
  { kind, definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  { selections }: OpenObject,
): DocumentNode => ({
  kind,
  definitions: [
    { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
    ...definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION),
  ],
});
