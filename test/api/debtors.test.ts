import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeClient, type Written } from '../arrange/cards.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';

let service: ErpService;
let card: Written;

beforeAll(async () => {
  service = await startErpService();
});
afterAll(() => service.close());
beforeEach(async () => {
  card = await makeClient(service);
});

describe('debtors', () => {
  const owed = (id: number, amount: number) =>
    `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, issued_on, side, due_on, amount, remaining, currency)
     VALUES (0, ${id}, 1, ${id}, '2026-01-01', 'RECEIVABLE', '2026-01-02', ${amount}, ${amount}, 'USD');`;
  const query =
    '{ debtors(company: "main", currency: "USD", first: 50) { nodes { customer { customerId } client { id } overdue { amount currency } } totalCount sources { company state } } }';

  it('tell who they are and which card is theirs, the customers of a page in one statement', async () => {
    const linked = await service.newCustomer();
    const others = await Promise.all(Array.from({ length: 5 }, () => service.newCustomer()));
    await service.link(card, linked);
    await service.erp.fill('main', [linked, ...others].map((id, n) => owed(Number(id), 60 - n)).join('\n'));
    service.erp.statements();

    const { debtors } = await service.ask<{ debtors: { nodes: unknown[] } }>(query);

    expect(debtors).toMatchObject({ totalCount: 6, sources: [{ company: 'main', state: 'LIVE' }] });
    expect(debtors.nodes).toEqual(
      [linked, ...others].map((customerId, n) => ({
        customer: { customerId },
        client: n === 0 ? { id: card.id } : null,
        overdue: { amount: `${60 - n}.0000`, currency: 'USD' },
      })),
    );
    expect(service.erp.statements()).toHaveLength(3);
  });

  it('fail by name where the ERP keeps no such customer', async () => {
    await service.erp.fill('main', owed(55_555, 1).replace("'USD'", "'SEK'"));
    const { errors } = await service.graphql(query.replace('USD', 'SEK'));
    expect(errors).toMatchObject([
      { extensions: { code: 'ERP_CONTRACT', company: 'main', view: 'customer' } },
    ]);
  });
});
