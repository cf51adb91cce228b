import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import type { Catalog } from './catalog.ts';
import { tokenise } from './lexer.ts';
import { readStatement } from './read-statement.ts';
import type { GivenColumn } from './scope.ts';
import { readSteps } from './steps.ts';
import type { Query, Select, Source } from './syntax.ts';
import { Translation } from './translation.ts';
import { nullLiteral, textLiteral } from './typed.ts';
import { refuse, typeText } from './types.ts';

/**
 * What sys.dm_exec_describe_first_result_set tells of a query: of each column its name and type, and in browse mode 1 the base table's
 * column that it is, or nothing where an expression, a UNION, DISTINCT or GROUP BY makes it. The hidden columns that SQL Server adds for
 * browsing are left out.
 */
interface Origin {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

interface DescribedColumn {
  readonly name: string | null;
  readonly origin: Origin | null;
}

interface NamedSource {
  readonly path: readonly string[];
  readonly columns: readonly DescribedColumn[];
}

type CommonTables = ReadonlyMap<string, readonly DescribedColumn[]>;

type Described = Extract<Source, { kind: 'described' }>;

const lower = (text: string | null | undefined): string | undefined => text?.toLowerCase();

function queryColumns(
  catalog: Catalog,
  query: Query,
  outer: CommonTables = new Map(),
): readonly DescribedColumn[] {
  const common = new Map(outer);
  for (const { name, columns, query: inner } of query.common)
    common.set(name.toLowerCase(), renamed(queryColumns(catalog, inner, common), columns));
  const { body } = query;
  if (body.kind === 'select') return selectColumns(catalog, body, common);
  return made(queryColumns(catalog, body.left, common));
}

const made = (columns: readonly DescribedColumn[]): readonly DescribedColumn[] =>
  columns.map(({ name }) => ({ name, origin: null }));

const renamed = (columns: readonly DescribedColumn[], names: readonly string[]): readonly DescribedColumn[] =>
  columns.map(({ name, origin }, place) => ({ name: names[place] ?? name, origin }));

function selectColumns(catalog: Catalog, select: Select, common: CommonTables): readonly DescribedColumn[] {
  const sources = select.from === null ? [] : sourcesIn(catalog, select.from, common);
  const columns = select.items.flatMap((item): readonly DescribedColumn[] => {
    if (item.kind === 'assign') throw refuse('a description of what sets variables');
    if (item.kind === 'star') {
      const { source } = item;
      const chosen =
        source === null ? sources : sources.filter(({ path }) => lower(path.at(-1)) === lower(source));
      return chosen.flatMap((one) => one.columns);
    }
    const origin = item.value.kind === 'column' ? originOf(item.value.path, sources) : null;
    return [{ name: item.name, origin }];
  });
  return select.distinct || select.group.length > 0 ? made(columns) : columns;
}

function originOf(path: readonly string[], sources: readonly NamedSource[]): Origin | null {
  const [name, ...owner] = path.toReversed();
  const named = sources.filter((source) =>
    owner.every((part, place) => lower(source.path.at(-1 - place)) === lower(part)),
  );
  for (const { columns } of named) {
    const found = columns.find((column) => lower(column.name) === lower(name));
    if (found) return found.origin;
  }
  return null;
}

function sourcesIn(catalog: Catalog, source: Source, common: CommonTables): readonly NamedSource[] {
  switch (source.kind) {
    case 'joined':
      return [source.first, ...source.joins.map((join) => join.source)].flatMap((one) =>
        sourcesIn(catalog, one, common),
      );
    case 'derived': {
      const columns = renamed(queryColumns(catalog, source.query, common), source.columns);
      return [{ path: [source.alias], columns }];
    }
    case 'values':
      return [{ path: [source.alias], columns: source.columns.map((name) => ({ name, origin: null })) }];
    case 'described':
      throw refuse('a description of a description');
    case 'object':
      return [objectSource(catalog, source, common)];
  }
}

function objectSource(
  catalog: Catalog,
  source: Extract<Source, { kind: 'object' }>,
  common: CommonTables,
): NamedSource {
  const known = source.name.length === 1 ? common.get(source.name[0]?.toLowerCase() ?? '') : undefined;
  const called = source.alias === null ? null : [source.alias];
  if (known) return { path: called ?? source.name, columns: known };
  const object = catalog.object(source.name);
  const path = called ?? [object.schema, object.name];
  const names = object.columns.map((column) => column.name);
  if (object.kind === 'view' && object.definition !== null)
    return { path, columns: renamed(queryColumns(catalog, queryIn(object.definition)), names) };
  const { schema, name: table } = object;
  const columns = names.map((name) => ({ name, origin: { schema, table, column: name } }));
  return { path, columns: object.kind === 'table' ? columns : made(columns) };
}

function queryIn(text: string): Query {
  const statement = readStatement(text, tokenise(text));
  if (statement.kind !== 'query') throw refuse('a description of what is no query');
  return statement.query;
}

const sysname = { name: 'nvarchar', length: 128 } as const;
const int = { name: 'int' } as const;
const bit = { name: 'bit' } as const;

/** In the order of the function's own result. */
const columns: readonly (GivenColumn & { readonly name: string })[] = [
  { name: 'is_hidden', type: bit, nullable: true, isNullLiteral: false },
  { name: 'column_ordinal', type: int, nullable: true, isNullLiteral: false },
  ...['name', 'source_database', 'source_schema', 'source_table', 'source_column'].map((name) => ({
    name,
    type: sysname,
    nullable: true,
    isNullLiteral: false,
  })),
  { name: 'is_computed_column', type: bit, nullable: true, isNullLiteral: false },
  { name: 'error_number', type: int, nullable: true, isNullLiteral: false },
  { name: 'system_type_name', type: { name: 'nvarchar', length: 256 }, nullable: true, isNullLiteral: false },
  {
    name: 'error_message',
    type: { name: 'nvarchar', length: 4000 },
    nullable: true,
    isNullLiteral: false,
  },
];

const name = (value: string | null | undefined): string =>
  value == null ? nullLiteral(sysname).sql : textLiteral(value, true).sql;

function rowOf(
  { name: given, origin }: DescribedColumn,
  type: SqlType | undefined,
  place: number,
  database: string,
): string {
  const source = [origin && database, origin?.schema, origin?.table, origin?.column].map(name);
  const computed = origin === null ? 'NULL::int2' : '0::int2';
  const told = [name(given), ...source, computed, 'NULL::int4', name(type && typeText(type)), name(null)];
  return `(0::int2, ${place + 1}, ${told.join(', ')})`;
}

/** What cannot be described is one row with the error, as there: the statement itself does not fail. */
function rowsOf(translation: Translation, { batch, declared, browse }: Described): readonly string[] {
  const { catalog, translators } = translation;
  try {
    const query = queryIn(batch);
    // For its errors, too: what names what is not there is not described either.
    const inner = new Translation(catalog, variablesIn(declared), translators);
    const { columns: typed } = translators.query(inner, query, null, 'bare');
    const told = browse
      ? queryColumns(catalog, query)
      : typed.map((column): DescribedColumn => ({ name: column.name, origin: null }));
    return told.map((column, place) => rowOf(column, typed[place]?.type, place, catalog.database));
  } catch (fault) {
    if (!(fault instanceof SqlServerError) || fault.number === 40000) throw fault;
    const empty = [name(null), name(null), name(null), name(null), name(null)].join(', ');
    const message = textLiteral(fault.message, true).sql;
    return [`(NULL::int2, NULL::int4, ${empty}, NULL::int2, ${fault.number}, ${name(null)}, ${message})`];
  }
}

function variablesIn(declared: string | null): ReadonlyMap<string, SqlType> {
  const steps = declared === null || declared.trim() === '' ? [] : readSteps(`DECLARE ${declared}`);
  return new Map(
    steps.map((step) => {
      if (step.kind !== 'declare') throw refuse('parameters of this form');
      return [step.name, step.type];
    }),
  );
}

export function describedTable(
  translation: Translation,
  source: Described,
  alias: string,
): { readonly sql: string; readonly columns: readonly GivenColumn[] } {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  return { sql: `(VALUES ${rowsOf(translation, source).join(', ')}) AS ${alias}(${names})`, columns };
}
