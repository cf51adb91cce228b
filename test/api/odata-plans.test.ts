/** What OData's lists cost the database: the plans of their own statements, among many records. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fullAccess } from '../../src/access/access.ts';
import { permissions } from '../../src/access/permission.ts';
import { CrmLists } from '../../src/exports/odata/crm-lists.ts';
import { listOptions } from '../../src/exports/odata/list-options.ts';
import { modelOf } from '../../src/exports/odata/model.ts';
import { exportSets } from '../../src/exports/sets.ts';
import { bare, makeCardTypes, makeClient } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

describe('among many records, an index leads to', () => {
  const model = modelOf(exportSets, new Set(permissions));
  interface Plan {
    readonly text: string;
  }
  async function planOf(set: string, options: Readonly<Record<string, string>>): Promise<string> {
    const entity = model.get(set);
    if (entity?.source !== 'crm') throw new Error(`no ${set}`);
    const asked = listOptions(model, entity, options);
    const plans: Plan[] = [];
    const lists = new CrmLists(async ({ text, values }) => {
      const rows = await service.dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${text}`, [...values]);
      plans.push({ text: rows.map((row) => row['QUERY PLAN']).join('\n') });
      return [];
    });
    const names = new Set(['id']);
    await lists.page({ ...asked, entity, names, sight: undefined, access: fullAccess, size: 100 });
    return plans[0]?.text ?? '';
  }
  beforeAll(async () => {
    const lots = await makeClient(service, { code: 'LOTS' });
    await service.dataSource.query(
      `INSERT INTO note (id, version, created_at, created_by, updated_at, updated_by, client_id, text, pinned)
       SELECT gen_random_uuid(), 1, '2020-01-01Z'::timestamptz + n * interval '1 hour', 'x', '2020-01-01Z'::timestamptz + n * interval '1 hour', 'x', $1, 'x', false
       FROM generate_series(1, 20000) n`,
      [bare(lots.id)],
    );
    await service.dataSource.query(
      `INSERT INTO client (id, version, created_at, created_by, updated_at, updated_by, code, active, card_type_id, short_name, full_name, shares_tax_id, city)
       SELECT gen_random_uuid(), 1, '2020-01-01Z'::timestamptz + n * interval '1 hour', 'x', '2020-01-01Z'::timestamptz + n * interval '1 hour', 'x', 'K' || n, true, c.card_type_id, 'S' || n, 'F' || n, false, CASE WHEN n % 2 = 0 THEN 'M' || n END
       FROM generate_series(1, 20000) n, client c WHERE c.code = 'LOTS'`,
    );
    await service.dataSource.query('ANALYZE note');
    await service.dataSource.query('ANALYZE client');
  });

  it.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
    ['Clients', { $filter: 'updatedAt ge 2022-04-01T00:00:00Z' }, /Index.*client_by_updated_at/],
    [
      'Clients',
      { $filter: 'createdAt ge 2021-04-01T00:00:00Z and createdAt lt 2021-04-08T00:00:00Z' },
      /Index.*client_by_created_at/,
    ],
    ['Clients', { $filter: "tolower(shortName) eq 's77'" }, /Index.*client_equal_short_name/],
    ['Clients', { $filter: "id eq 'client_01a00000-0000-7000-8000-00000000e0da'" }, /Index.*client_pkey/],
    ['Clients', { $orderby: 'city' }, /Index.*client_by_city/],
    ['Clients', { $orderby: 'city desc' }, /Index.*client_by_city/],
    ['Notes', { $filter: 'updatedAt ge 2022-04-01T00:00:00Z' }, /Index.*note_by_updated_at/],
    [
      'Notes',
      { $filter: 'createdAt ge 2021-04-01T00:00:00Z and createdAt lt 2021-04-08T00:00:00Z' },
      /Index.*note_by_created_at/,
    ],
    [
      'Notes',
      { $filter: "clientId eq 'client_01a00000-0000-7000-8000-00000000e0da'" },
      /Index.*note_of_client/,
    ],
    ['Notes', {}, /Index.*note_pkey/],
  ])('%s with %j', async (set, options, index) => {
    const plan = await planOf(set, options);
    expect(plan).toMatch(index);
    expect(plan).not.toContain('Seq Scan');
  });
});
