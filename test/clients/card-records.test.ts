import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isNonNullType, isObjectType } from 'graphql';
import type { DataSource } from 'typeorm';
import { cardRecords } from '../../src/clients/whole-card/card-records.ts';
import { createDataSource } from '../../src/crm-database/data-source.ts';
import { crmEntities } from '../../src/server/entities.ts';
import { createSchema } from '../../src/server/schema.ts';
import { recordKinds } from '../../src/values/record-id.ts';
import { createTestDatabase, type TestDatabase } from '../arrange/postgres.ts';
import { migratedTemplate } from '../arrange/template.ts';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase(migratedTemplate);
  dataSource = await createDataSource(database.url, crmEntities).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const declared = cardRecords.map(({ kind }) => `${kind.read.table}.client_id`);

/** What points at cards without belonging to one. */
const others = {
  'client.merged_into_id': 'a chain of merges stays as it was',
  'client_merge.winner_id': 'what merges were done is history',
  'client_search.client_id': 'kept by triggers for every card by itself',
  'recipient.member_card_id': 'a merge lets it name the winner',
};

it('declares every table whose rows belong to a card, as the database’s foreign keys tell', async () => {
  const found = await dataSource.query<{ column: string }[]>(
    `SELECT c.conrelid::regclass || '.' || a.attname AS "column"
     FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = 'client'::regclass`,
  );
  expect(found.map(({ column }) => column).toSorted()).toEqual(
    [...declared, ...Object.keys(others)].toSorted(),
  );
});

it('declares every entity that has the key of a card', () => {
  const found = dataSource.entityMetadatas
    .filter(({ propertiesMap }) => 'clientKey' in propertiesMap)
    // The change log tells of every record whose card it was then.
    .flatMap(({ tableName }) => (tableName === 'change' ? [] : [`${tableName}.client_id`]));
  expect(found.toSorted()).toEqual(declared.toSorted());
});

it('declares every type of the API that leads back to its card', () => {
  const found = Object.values(createSchema().getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Record')) return [];
    const { client } = type.getFields();
    return client && isNonNullType(client.type) ? [type.name] : [];
  });
  const names = cardRecords.map(({ kind }): string => recordKinds[kind.kind]);
  expect(found.length).toBeGreaterThan(4);
  expect(found.filter((name) => !names.includes(name))).toEqual([]);
});

it('says of each kind that its live records have codes exactly where the table has such an index', async () => {
  const found = await dataSource.query<{ table: string }[]>(
    `SELECT indrelid::regclass::text AS "table" FROM pg_index
     WHERE indisunique AND pg_get_indexdef(indexrelid) LIKE '%(client_id, lower(%code%'`,
  );
  expect(found.map(({ table }) => table).toSorted()).toEqual(
    cardRecords
      .filter(({ codes }) => codes)
      .map(({ kind }) => kind.read.table)
      .toSorted(),
  );
});
