/** Exports of ERPs by what changed since, where cards have gained customers: their documents are new to a copy, though no document changed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportedRows, idsOf, type ExportedRow } from '../arrange/exports.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';

let service: SampleService;
let whole: readonly ExportedRow[];
let busy: string;
beforeAll(async () => {
  service = await startSampleService();
  whole = await rowsOf('invoices.ndjson');
  busy = String(whole[0]?.['clientId']);
  await service.dataSource.query(`UPDATE erp_account SET updated_at = '2000-01-01'`);
}, 60_000);
afterAll(() => service.close());

const rowsOf = (address: string) => exportedRows(service, address);

describe('invoices changed since', () => {
  it('are all that a customer has who came to a card since, in their place, and gone on with there', async () => {
    const since = '2100-01-01T00:00:00Z';
    const undated = await rowsOf(`invoices.ndjson?updatedSince=${since}`);
    const chosen = [...new Set(whole.map(({ customerId }) => customerId))].filter(
      (_, place) => place % 3 === 1,
    );
    await service.dataSource.query(
      `UPDATE erp_account SET updated_at = '2100-01-02' WHERE customer_id = ANY($1)`,
      [chosen],
    );
    const wanted = whole.filter(
      (row) => chosen.includes(row['customerId']) || undated.some(({ id }) => id === row['id']),
    );
    const rows = await rowsOf(`invoices.ndjson?updatedSince=${since}`);
    expect(wanted.length).toBeGreaterThan(undated.length);
    expect(idsOf(rows)).toEqual(idsOf(wanted));
    for (const place of [0, 3, Math.floor(rows.length / 2), rows.length - 2])
      expect(
        idsOf(await rowsOf(`invoices.ndjson?updatedSince=${since}&after=${String(rows[place]?.['cursor'])}`)),
      ).toEqual(idsOf(rows.slice(place + 1)));
    await service.dataSource.query(`UPDATE erp_account SET updated_at = '2000-01-01'`);
  });

  it('are all of a card that was merged into or restored since', async () => {
    const since = '2100-01-01T00:00:00Z';
    await service.dataSource.query(
      `INSERT INTO change (at, actor_id, actor, record_type, record_id, client_id, action, version, fields)
       SELECT '2100-01-02', $1::uuid, 'x', 'CLIENT', $1::uuid, $1::uuid, 'RESTORED', 1, '[]'`,
      [busy.slice('client_'.length)],
    );
    const rows = await rowsOf(`invoices.ndjson?updatedSince=${since}&client=${busy}`);
    expect(idsOf(rows)).toEqual(idsOf(whole.filter(({ clientId }) => clientId === busy)));
  });
});
