import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { loadSample } from '../../src/sample/load-sample.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.close());

const load = (): Promise<number> => loadSample(service.dataSource, service.crm, developmentUser);

interface Total {
  readonly totalCount: number;
}
interface Sampled {
  readonly shortName: string;
  readonly contacts: Total;
  readonly deliveryPlaces: Total;
  readonly recipients: Total;
  readonly primaryContact: object | null;
}

const everyCard = `{ clients(first: 200) { totalCount nodes {
  shortName contacts { totalCount } deliveryPlaces { totalCount } recipients { totalCount } primaryContact { lastName }
} } }`;

async function cards(): Promise<readonly Sampled[]> {
  const { clients } = await service.ask<{ clients: Total & { nodes: Sampled[] } }>(everyCard);
  expect(clients.nodes.length).toBe(clients.totalCount);
  return clients.nodes;
}

it('is sixty cards, a buying group with members, and a chain with forty delivery places', async () => {
  await load();
  const all = await cards();
  expect(all.length).toBe(60);
  expect(all.some(({ deliveryPlaces }) => deliveryPlaces.totalCount === 40)).toBe(true);
  expect(all.some(({ recipients }) => recipients.totalCount > 2)).toBe(true);
  expect(all.every(({ contacts }) => contacts.totalCount > 0)).toBe(true);
  expect(all.every(({ primaryContact }) => primaryContact !== null)).toBe(true);
});

it('makes nothing the second time, and touches nothing that was changed since', async () => {
  expect(await load()).toBeGreaterThan(60);
  const { clients } = await service.ask<{ clients: { nodes: { id: string; version: number }[] } }>(
    '{ clients(first: 1) { nodes { id version } } }',
  );
  const change = { ...clients.nodes[0], shortName: 'Zmieniona przez kogoś' };
  await service.ask('mutation ($input: UpdateClientInput!) { updateClient(input: $input) { id } }', {
    input: change,
  });
  const before = await cards();
  expect(await load()).toBe(0);
  expect(await cards()).toEqual(before);
});

it('is completed by the next load when one was cut short', async () => {
  await service.dataSource.query(`
    CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT count(*) FROM change) > 250 THEN RAISE EXCEPTION 'cut short'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER cut BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION cut()`);
  await expect(load()).rejects.toThrow('cut short');
  await service.dataSource.query('DROP TRIGGER cut ON change');
  expect(await load()).toBeGreaterThan(0);
  expect(await load()).toBe(0);

  const other = await startTestService();
  try {
    await loadSample(other.dataSource, other.crm, developmentUser);
    expect(await cards()).toEqual(
      (await other.ask<{ clients: { nodes: unknown } }>(everyCard)).clients.nodes,
    );
  } finally {
    await other.close();
  }
});
