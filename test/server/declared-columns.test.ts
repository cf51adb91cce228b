/** What plans take for granted of the columns that they read: src/reads/plans writes JSON of them as they are. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getNamedType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import type { ClientLists } from '../../src/clients/client-lists.ts';
import type { AccountLoaders } from '../../src/clients/erp-accounts/account.loaders.ts';
import { declaredReads } from '../../src/server/declared-reads.ts';
import { createSchema } from '../../src/server/schema.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const { types } = declaredReads({} as AccountLoaders, {} as ClientLists);
const schema = createSchema();

interface Column {
  readonly column: string;
  readonly type: string;
  readonly precision: number | null;
  readonly nullable: string;
}

let service: TestService;
const columns = new Map<string, readonly Column[]>();
beforeAll(async () => {
  service = await startTestService();
  for (const { read } of Object.values(types))
    columns.set(
      read.table,
      await service.dataSource.query<Column[]>(
        `SELECT column_name AS column, data_type AS type, datetime_precision AS precision, is_nullable AS nullable
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
        [read.table.replaceAll('"', '')],
      ),
    );
});
afterAll(() => service.close());

/** Columns that a read takes as they are, by the name of the field. */
const plain = (read: { readonly columns: Readonly<Record<string, string>> }) =>
  Object.entries(read.columns).flatMap(([field, sql]) => {
    const column = /^t\.([a-z0-9_]+)$/.exec(sql)?.[1];
    return column === undefined ? [] : [{ field, column }];
  });

it.each(Object.entries(types))(
  'has the instants of %s, and nothing else, in columns named so',
  (_name, { read }) => {
    const known = columns.get(read.table) ?? [];
    expect(known.length).toBeGreaterThan(0);
    for (const { column } of plain(read)) {
      const found = known.find((one) => one.column === column);
      const isInstant = found?.type === 'timestamp with time zone';
      expect([column, isInstant]).toEqual([column, column.endsWith('_at')]);
      if (isInstant) expect([column, found.precision]).toEqual([column, 3]);
    }
  },
);

it.each(Object.entries(types))('has a value for every field of %s that promises one', (name, { read }) => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  const fields = type.getFields();
  const promised = plain(read).filter(({ field }) => {
    const shown = fields[field];
    return shown && isNonNullType(shown.type) && isLeafType(getNamedType(shown.type));
  });
  expect(promised.length).toBeGreaterThan(0);
  const nullable = (columns.get(read.table) ?? []).filter((one) => one.nullable === 'YES');
  expect(promised.filter(({ column }) => nullable.some((one) => one.column === column))).toEqual([]);
});
