import { SqlServerError } from '../engine.ts';
import { convert } from './conversion.ts';
import { describedTable } from './described.ts';
import { placeIn, shared } from './expressions.ts';
import { quoted, storedName } from './relation.ts';
import { type GivenColumn, Scope } from './scope.ts';
import type { BoundColumn, BoundSource, CommonTable } from './scope.ts';
import type { Join, Source } from './syntax.ts';
import type { Translation } from './translation.ts';
import { nullLiteral } from './typed.ts';
import { refuse } from './types.ts';

/** FROM: tables, views (put in the place of their names), derived tables, VALUES, and how they are joined. */
export interface BoundFrom {
  readonly sql: string;
  readonly sources: readonly BoundSource[];
}

export function bindSource(translation: Translation, source: Source, scope: Scope): BoundFrom {
  switch (source.kind) {
    case 'object':
      return bindObject(translation, source, scope);
    case 'derived':
      return bindDerived(translation, source, scope);
    case 'values':
      return bindValues(translation, source, scope);
    case 'described': {
      const alias = translation.alias();
      const { sql, columns } = describedTable(translation, source, alias);
      return { sql, sources: [{ path: [source.alias], columns: columnsUnder(alias, columns) }] };
    }
    case 'joined':
      return bindJoined(translation, source, scope);
  }
}

/** Columns of a source under its PostgreSQL alias. */
function columnsUnder(alias: string, columns: readonly GivenColumn[]): BoundColumn[] {
  const seen = new Set<string>();
  return columns.map(({ name, type, nullable, isNullLiteral }, index) => {
    if (name === null)
      throw new SqlServerError(
        8155,
        `No column name was specified for column ${index + 1} of a derived table.`,
      );
    if (seen.has(name.toLowerCase()))
      throw new SqlServerError(8156, `The column '${name}' was specified multiple times.`);
    seen.add(name.toLowerCase());
    const sql = `${alias}.${quoted(name)}`;
    return isNullLiteral ? { name, ...nullLiteral(type), sql } : { name, sql, type, nullable };
  });
}

function bindObject(
  translation: Translation,
  source: Extract<Source, { kind: 'object' }>,
  scope: Scope,
): BoundFrom {
  const alias = translation.alias();
  const [only, ...more] = source.name;
  const common = more.length === 0 && only !== undefined ? scope.commonTable(only) : undefined;
  const called = source.alias === null ? null : [source.alias];
  if (common !== undefined) return bound(alias, common.alias, called ?? source.name, common.columns);
  const object = translation.catalog.object(source.name);
  const path = called ?? [object.schema, object.name];
  if (object.kind !== 'view' || object.definition === null) {
    const columns = object.columns.map((column) => ({ ...column, isNullLiteral: false }));
    return bound(alias, storedName(object), path, columns);
  }
  const view = translation.translators.view(translation, object.definition);
  const columns = view.columns.map((column, at) => ({
    ...column,
    name: object.columns[at]?.name ?? column.name,
  }));
  const names = columns.map((column) => quoted(column.name ?? '')).join(', ');
  const sources = [{ path, columns: columnsUnder(alias, columns) }];
  return { sql: `(${view.sql}) AS ${alias}(${names})`, sources };
}

function bound(
  alias: string,
  stored: string,
  path: readonly string[],
  columns: readonly GivenColumn[],
): BoundFrom {
  return { sql: `${stored} AS ${alias}`, sources: [{ path, columns: columnsUnder(alias, columns) }] };
}

function renamed(columns: readonly GivenColumn[], names: readonly string[], alias: string): GivenColumn[] {
  if (names.length === 0) return [...columns];
  if (names.length !== columns.length)
    throw new SqlServerError(
      names.length > columns.length ? 8158 : 8159,
      `'${alias}' has ${names.length > columns.length ? 'more' : 'fewer'} columns than were specified in the column list.`,
    );
  return columns.map((column, at) => ({ ...column, name: names[at] ?? null }));
}

function bindDerived(
  translation: Translation,
  source: Extract<Source, { kind: 'derived' }>,
  scope: Scope,
): BoundFrom {
  const alias = translation.alias();
  const use = source.columns.length > 0 ? 'bare' : 'named';
  const query = translation.query(source.query, scope, use);
  const columns = columnsUnder(alias, renamed(query.columns, source.columns, source.alias));
  const names = source.columns.length > 0 ? `(${source.columns.map(quoted).join(', ')})` : '';
  return { sql: `(${query.sql}) AS ${alias}${names}`, sources: [{ path: [source.alias], columns }] };
}

function bindValues(
  translation: Translation,
  source: Extract<Source, { kind: 'values' }>,
  scope: Scope,
): BoundFrom {
  const place = placeIn(translation, scope);
  const rows = source.rows.map((row) => row.map((value) => place.value(value)));
  const width = source.columns.length;
  if (rows.some((row) => row.length !== width))
    throw new SqlServerError(
      10709,
      'The number of columns for each row in a table value constructor must be the same.',
    );
  const types = source.columns.map((_, at) => shared(rows.map((row) => row[at] ?? nullLiteral())));
  const texts = rows.map(
    (row) => `(${row.map((value, at) => convert(value, types[at] ?? value.type).sql).join(', ')})`,
  );
  const alias = translation.alias();
  const columns = source.columns.map((name, at) => ({
    name,
    type: types[at] ?? nullLiteral().type,
    nullable: rows.some((row) => row[at]?.nullable !== false),
    isNullLiteral: false,
  }));
  const sql = `(VALUES ${texts.join(', ')}) AS ${alias}(${source.columns.map(quoted).join(', ')})`;
  return { sql, sources: [{ path: [source.alias], columns: columnsUnder(alias, columns) }] };
}

function bindJoined(
  translation: Translation,
  source: Extract<Source, { kind: 'joined' }>,
  scope: Scope,
): BoundFrom {
  let { sql, sources } = bindSource(translation, source.first, scope);
  for (const join of source.joins) {
    // APPLY alone may look at what stands before it.
    const inner = join.how.endsWith('APPLY') ? new Scope(sources, scope) : scope;
    const right = bindSource(translation, join.source, inner);
    if (join.how === 'RIGHT' || join.how === 'FULL') sources = sources.map(optional);
    const added = ['LEFT', 'FULL', 'OUTER APPLY'].includes(join.how)
      ? right.sources.map(optional)
      : right.sources;
    sources = distinctSources([...sources, ...added]);
    sql = `${sql} ${joinText(translation, join, right.sql, scope.with(sources))}`;
  }
  return { sql: `(${sql})`, sources };
}

function optional(source: BoundSource): BoundSource {
  return { ...source, columns: source.columns.map((column) => ({ ...column, nullable: true })) };
}

function distinctSources(sources: readonly BoundSource[]): readonly BoundSource[] {
  const names = sources.map((source) => source.path.join('.').toLowerCase());
  const twice = sources.find((_, at) => names.indexOf(names[at] ?? '') !== at);
  if (twice === undefined) return sources;
  throw new SqlServerError(
    1012,
    `The correlation name '${twice.path.join('.')}' is specified multiple times in a FROM clause.`,
  );
}

function joinText(translation: Translation, join: Join, right: string, scope: Scope): string {
  const lateral = right.startsWith('(SELECT') || right.startsWith('(VALUES') || right.startsWith('(WITH');
  if (join.how === 'CROSS') return `CROSS JOIN ${right}`;
  if (join.how === 'CROSS APPLY') return `CROSS JOIN ${lateral ? 'LATERAL ' : ''}${right}`;
  if (join.how === 'OUTER APPLY') return `LEFT JOIN ${lateral ? 'LATERAL ' : ''}${right} ON true`;
  if (join.on === null) throw refuse(`${join.how} JOIN without ON`);
  return `${join.how} JOIN ${right} ON ${placeIn(translation, scope).condition(join.on)}`;
}

export function commonTables(tables: ReadonlyMap<string, CommonTable>, scope: Scope | null): Scope {
  return new Scope([], scope, tables);
}
