/** Lists of the CRM's records, by the statements of declared reads: cut in SQL, in a total order, from a place on that no write can shift. */
import type { Access } from '../../access/access.ts';
import type { RunQuery } from '../../crm-database/run-query.ts';
import { cursorValues } from '../../reads/cursor-values.ts';
import { keyBehindId, keySort, type Bind, type OrderBy, type Sort } from '../../reads/declaration.ts';
import type { Sight } from '../../reads/own-cards.ts';
import { sortsOf } from '../../reads/page-rows.ts';
import {
  countStatement,
  keyedStatement,
  listStatement,
  nestedStatement,
  type Statement,
} from '../../reads/statement.ts';
import { encodeCursor, type CursorValues } from '../../values/page.ts';
import type { Cell } from '../cells.ts';
import { jsonExpression } from '../copy-statement.ts';
import type { ColumnType } from '../export-set.ts';
import type { Condition } from './filter-condition.ts';
import { conditionSql } from './filter-sql.ts';
import type { Ordering } from './list-options.ts';
import type { CrmEntity, Property, StoredEntity } from './model.ts';
import type { OdataPage, OdataRecord } from './records.ts';

interface Filter {
  readonly where?: Condition | undefined;
  /** Of one row alone. */
  readonly key?: readonly string[];
}

export interface CrmList {
  readonly entity: StoredEntity;
  /** Of the properties to be read. */
  readonly names: ReadonlySet<string>;
  readonly filter: Condition | undefined;
  readonly order: readonly Ordering[];
  readonly sight: Sight | undefined;
  readonly access: Access;
}

export interface CrmPage extends CrmList {
  readonly size: number;
  readonly skip: number;
  readonly token: string | undefined;
}

const sortTypes: Readonly<Record<Exclude<ColumnType, 'list' | 'json'>, Sort['type']>> = {
  text: 'text',
  integer: 'numeric',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
};

const columnsOf = ({ set }: StoredEntity) => new Map(set.columns.map((column) => [column.name, column]));

function columnOf(entity: StoredEntity, name: string) {
  const column = columnsOf(entity).get(name);
  if (!column) throw new Error(`${entity.name} has no ${name}`);
  return column;
}

function sortOf(entity: StoredEntity, { name, type, always }: Property): Sort {
  const { sql } = columnOf(entity, name);
  const id = keyBehindId(sql);
  if (type === 'list' || type === 'json') throw new Error(`no order goes by ${name}`);
  return { sql: id?.column ?? sql, type: id ? 'uuid' : sortTypes[type], nullable: !always };
}

/** The declared read that a list is. */
function readOf({ entity, names, order, access }: Pick<CrmList, 'entity' | 'names' | 'order' | 'access'>) {
  const { set } = entity;
  const columns = set.columns.filter(({ name }) => names.has(name));
  const where = (condition: Condition | undefined, bind: Bind): string | undefined =>
    condition &&
    `(${conditionSql(condition, { bind, sqlOf: (property) => columnOf(entity, property.name).sql })})`;
  const key = (values: readonly string[] | undefined, bind: Bind): string | undefined =>
    values && set.key.map(([sql, type], place) => `${sql} = ${bind(values[place], type)}`).join(' AND ');
  const permitted = (): string | undefined => set.conditions?.(access).join(' AND ') || undefined;
  const ids = set.columns.flatMap(({ name, sql }) => {
    const id = keyBehindId(sql);
    return id ? [[name, id.column] as const] : [];
  });
  return {
    table: set.table,
    card: set.card,
    columns: Object.fromEntries(columns.map((column) => [column.name, jsonExpression(column)])),
    parents: Object.fromEntries(ids),
    filters: { where, key, permitted },
    key: set.key.map(([sql, type]): Sort => ({ sql, type, nullable: false })),
    cardless: set.source === 'about' && set.cardless === true,
    sorts: Object.fromEntries(order.map(({ property }) => [property.name, sortOf(entity, property)])),
  };
}

/** OData has what is without a value before all others when ascending, and behind them when descending. */
const ordersOf = (order: readonly Ordering[]): readonly OrderBy[] =>
  order.map(({ property, direction }) => ({
    sort: property.name,
    direction,
    nulls: direction === 'ASC' ? 'FIRST' : 'LAST',
  }));

const listName = ({ entity, order }: Pick<CrmList, 'entity' | 'order'>): string =>
  ['odata', entity.name, ...order.map(({ property, direction }) => `${property.name} ${direction}`)].join(
    ':',
  );

interface Found {
  readonly sortValues?: CursorValues;
  readonly parentKey?: string;
  readonly lookupKey?: string;
  readonly [name: string]: unknown;
}

function recordOf(row: Found, names: ReadonlySet<string>): OdataRecord {
  const cells = Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
  return { cells: cells as Readonly<Record<string, Cell>>, expanded: new Map() };
}

/** Their texts are as many as callers can think of: none is kept prepared. */
const unnamed = ({ text, values }: Statement) => ({ name: '', text, values });

export class CrmLists {
  constructor(private readonly run: RunQuery) {}

  /** Throws InputRejected for a token of another list. */
  async page(asked: CrmPage): Promise<OdataPage> {
    const { names, filter, sight, size, skip, token } = asked;
    const read = readOf(asked);
    const order = ordersOf(asked.order);
    const cursor =
      token === undefined
        ? undefined
        : cursorValues(listName(asked), sortsOf(read.sorts, order, read.key), token, '$skiptoken');
    const rows = await this.run<Found>(
      unnamed(
        listStatement<Filter>(read, {
          filter: filter && { where: filter },
          order,
          backward: false,
          limit: size + 1,
          offset: skip,
          cursor,
          sight,
        }),
      ),
    );
    const told = rows.slice(0, size);
    const last = rows.length > size ? told.at(-1) : undefined;
    return {
      records: told.map((row) => recordOf(row, names)),
      token: last && encodeCursor(listName(asked), last.sortValues ?? []),
    };
  }

  /** The first of the records of each of many, by the id in `by`, and where each goes on. */
  async pagesOf(
    asked: CrmList & { readonly size: number },
    by: string,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, OdataPage>> {
    const { names, filter, order, sight, size } = asked;
    const rows = await this.run<Found>(
      unnamed(
        nestedStatement<Filter>(readOf(asked), by, keys, {
          filter: filter && { where: filter },
          order: ordersOf(order),
          backward: false,
          limit: size + 1,
          cursor: undefined,
          sight,
        }),
      ),
    );
    const groups = Map.groupBy(rows, ({ parentKey }) => parentKey ?? '');
    return new Map(
      [...groups].map(([key, all]) => {
        const told = all.slice(0, size);
        const last = all.length > size ? told.at(-1) : undefined;
        const token = last && encodeCursor(listName(asked), last.sortValues ?? []);
        return [key, { records: told.map((row) => recordOf(row, names)), token }];
      }),
    );
  }

  /** By their bare keys; those that there are, and that are seen. */
  async byKeys(
    {
      entity,
      names,
      sight,
      access,
    }: Pick<CrmList, 'names' | 'sight' | 'access'> & { readonly entity: CrmEntity },
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, OdataRecord>> {
    const read = readOf({ entity, names, order: [], access });
    const rows = await this.run<Found>(
      unnamed(keyedStatement(read, { column: keySort.sql, type: keySort.type }, keys, sight)),
    );
    return new Map(rows.map((row) => [row.lookupKey ?? '', recordOf(row, names)]));
  }

  async byKey(
    { entity, names, sight, access }: Pick<CrmList, 'entity' | 'names' | 'sight' | 'access'>,
    key: string,
  ): Promise<OdataRecord | undefined> {
    const values = entity.set.keyOf(key);
    if (!values) return undefined;
    const rows = await this.run<Found>(
      unnamed(
        listStatement<Filter>(readOf({ entity, names, order: [], access }), {
          filter: { key: values },
          order: [],
          backward: false,
          limit: 1,
          cursor: undefined,
          sight,
        }),
      ),
    );
    return rows[0] && recordOf(rows[0], names);
  }

  async count({
    entity,
    filter,
    sight,
    access,
  }: Pick<CrmList, 'entity' | 'filter' | 'sight' | 'access'>): Promise<number> {
    const read = readOf({ entity, names: new Set(), order: [], access });
    const [counted] = await this.run<{ count: number }>(
      unnamed(countStatement<Filter>(read, filter && { where: filter }, sight)),
    );
    return counted?.count ?? 0;
  }
}
