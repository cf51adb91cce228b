import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CompanyConfig } from '../../src/config.ts';
import { CompanyStates } from '../../src/erp/company-states.ts';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import type { Misbehaviour } from '../../src/sandbox-erp/misbehaviour.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

const question = { first: 20, after: null, filter: {} };

/** Asks until it is answered; the test's own time limit ends it where that never happens. */
async function untilAnswered<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('the door to an ERP', () => {
  let erp: Erp;
  let main: CompanyConfig;

  beforeAll(async () => {
    erp = await startErp();
    main = await erp.company('main', {
      fill: `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
        VALUES (0, 1, 1, 'ZS/1', '2026-01-01', 'OPEN', 'PLN'), (0, 2, 1, 'ZS/2', '2026-01-02', 'OPEN', 'PLN');`,
    });
  });

  afterEach(async () => {
    erp.server.behave();
    await erp.server.comeBack();
  });

  afterAll(() => erp.close());

  const ask = (door: ErpDoor, client = 'main:1', signal?: AbortSignal) =>
    new OrderLoaders(door.companies, accountsInId).ofClient(request(signal), client, question);

  const refusal = (door: ErpDoor, client?: string): Promise<unknown> =>
    ask(door, client).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('opens while the server is away, says ERP_UNAVAILABLE, and finds it by itself when it comes', async () => {
    await erp.server.goAway();
    const door = erp.door([main]);

    expect(await refusal(door)).toMatchObject({ code: 'ERP_UNAVAILABLE', details: { company: 'main' } });

    await erp.server.comeBack();
    const { nodes } = await untilAnswered(() => ask(door));
    expect(nodes).toHaveLength(2);
  });

  it('closes on many callers with few knocks while the server is away, and opens again', async () => {
    const door = erp.door([main]);
    await ask(door);
    await erp.server.goAway();

    const errors = await Promise.all(Array.from({ length: 50 }, () => refusal(door)));
    expect(new Set(errors.map((error) => (error as { code?: string }).code))).toEqual(
      new Set(['ERP_UNAVAILABLE']),
    );

    await erp.server.comeBack();
    expect((await untilAnswered(() => ask(door))).nodes).toHaveLength(2);
  });

  it('does not let those wait one after the other whom a silent server keeps waiting', async () => {
    const stop = erp.server.misbehave({ kind: 'stall-connection' });
    const knocked = erp.server.acceptedConnections();
    const door = erp.door([main], { timeoutMs: 400 });

    const errors = await Promise.all(Array.from({ length: 50 }, () => refusal(door)));

    expect(new Set(errors.map((error) => (error as { code?: string }).code))).toEqual(
      new Set(['ERP_TIMEOUT']),
    );
    expect(erp.server.acceptedConnections() - knocked).toBe(1);
    stop();
  });

  it.each<[string, Misbehaviour, string]>([
    ['a lock is not given up in time', { kind: 'error', number: 1222, text: /sales_order/ }, 'ERP_TIMEOUT'],
    [
      'it is chosen as deadlock victim',
      { kind: 'error', number: 1205, text: /sales_order/ },
      'ERP_UNAVAILABLE',
    ],
    ['the disk fails', { kind: 'error', number: 823, severity: 24, text: /sales_order/ }, 'ERP_UNAVAILABLE'],
    [
      'the view computes what cannot be',
      { kind: 'error', number: 8134, text: /sales_order/ },
      'ERP_CONTRACT',
    ],
    ['the right to read is gone', { kind: 'error', number: 229, text: /sales_order/ }, 'ERP_CONTRACT'],
    [
      'the line is cut before the first row',
      { kind: 'cut-before-first-row', text: /sales_order/ },
      'ERP_UNAVAILABLE',
    ],
    ['the line is cut in a row', { kind: 'cut-in-row', row: 1, text: /sales_order/ }, 'ERP_UNAVAILABLE'],
    ['the server stalls', { kind: 'stall', text: /sales_order/ }, 'ERP_TIMEOUT'],
  ])('tells what it is when %s, and is whole again afterwards', async (_what, misbehaviour, code) => {
    // Short only where the limit itself is to strike: a busy machine must not be taken for a stalled server.
    const door = erp.door([main], { timeoutMs: misbehaviour.kind === 'stall' ? 600 : 15_000 });
    await untilAnswered(() => ask(door));

    const stop = erp.server.misbehave({ ...misbehaviour, database: 'main' } as Misbehaviour);
    expect(await refusal(door)).toMatchObject({ code, company: 'main' });
    stop();

    expect((await untilAnswered(() => ask(door))).nodes).toHaveLength(2);
  });

  it('stops the statement at the server when the caller goes away', async () => {
    const door = erp.door([main], { timeoutMs: 60_000 });
    await ask(door);
    erp.server.misbehave({ kind: 'stall', text: /sales_order/ });
    const caller = new AbortController();
    erp.statements();

    const connections = 8;
    // Each another question: the same one would be asked once for all.
    const clients = Array.from({ length: connections }, (_, index) => `main:${index + 1}`);
    const asked = clients.map((client) => ask(door, client, caller.signal));
    while (erp.server.statements.list({ text: /sales_order/ }).length < connections) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const knocked = erp.server.acceptedConnections();
    caller.abort();
    const refused = await Promise.allSettled(asked);
    erp.server.behave();

    // A statement that was not stopped would keep its connection, until it is dropped and another one made.
    await Promise.all(clients.map((client) => ask(door, client)));
    expect(refused).toMatchObject(asked.map(() => ({ reason: { code: 'ERP_TIMEOUT' } })));
    expect(erp.server.acceptedConnections()).toBe(knocked);
  });

  it('says ERP_UNAVAILABLE for a refused login and for a database that is not there', async () => {
    const wrongPassword = { ...main, url: main.url.replace(/:[^:@]*@/, ':wrong@') };
    const wrongDatabase = { ...main, url: main.url.replace('/main?', '/nowhere?') };

    expect(await refusal(erp.door([wrongPassword]))).toMatchObject({ code: 'ERP_UNAVAILABLE' });
    expect(await refusal(erp.door([wrongDatabase]))).toMatchObject({ code: 'ERP_UNAVAILABLE' });
  });

  it('sends no password to a server without the encryption that was asked for', async () => {
    const door = erp.door([{ ...main, url: main.url.replace('encrypt=false', 'encrypt=true') }]);

    const error = await refusal(door);

    expect(error).toMatchObject({ code: 'ERP_UNAVAILABLE' });
    expect(String((error as Error).cause)).toContain('offers no encryption');
  });

  it('fails the lists of the company that is away, and no other', async () => {
    const away = { ...main, key: 'away', url: main.url.replace(/:\d+\//, ':1/') };
    const door = erp.door([main, away]);
    const context = request();
    const orders = new OrderLoaders(door.companies, accountsInId);

    const [both, one, gone] = await Promise.allSettled(
      ['main:1,away:1', 'main:1', 'removed:1'].map((client) => orders.ofClient(context, client, question)),
    );

    expect(both).toMatchObject({ reason: { code: 'ERP_UNAVAILABLE', company: 'away' } });
    expect(one).toMatchObject({ value: { nodes: [{ number: 'ZS/2' }, { number: 'ZS/1' }] } });
    expect(gone).toMatchObject({ reason: { code: 'ERP_UNAVAILABLE', company: 'removed' } });
  });

  it('lists each company with what it offers, those that do not answer, too', async () => {
    const few = await erp.company('few', {
      without: ['sales_order', 'payment', 'settlement_match', 'settlement'],
    });
    const away = { ...main, key: 'away', url: main.url.replace(/:\d+\//, ':1/') };
    const door = erp.door([main, few, away]);
    const states = new CompanyStates(door.companies);
    const context = request();

    const told = await Promise.all(door.companies.all.map((company) => states.of(context, company)));

    expect(told).toMatchObject([
      { state: 'LIVE', sections: ['CUSTOMERS', 'ORDERS', 'INVOICES', 'PAYMENTS', 'SETTLEMENTS', 'MATCHES'] },
      { state: 'LIVE', sections: ['CUSTOMERS', 'INVOICES'] },
      { state: 'UNAVAILABLE', sections: [], asOf: null },
    ]);
    expect(await refusal(door, 'few:1')).toMatchObject({ code: 'NOT_OFFERED', company: 'few' });
  });

  it('says ERP_CONTRACT when a view is dropped under it, and NOT_OFFERED from then on', async () => {
    const company = await erp.company('dropping');
    const door = erp.door([company]);
    await ask(door, 'dropping:1');

    await erp.fill('dropping', 'DROP TABLE kartoteka.sales_order;');

    expect(await refusal(door, 'dropping:1')).toMatchObject({ code: 'ERP_CONTRACT' });
    expect(await refusal(door, 'dropping:1')).toMatchObject({
      code: 'NOT_OFFERED',
      details: { view: 'sales_order' },
    });
  });

  it('names view and column where one is missing', async () => {
    const company = await erp.company('lacking', {
      fill: `DROP TABLE kartoteka.sales_order;
        CREATE TABLE kartoteka.sales_order (order_type int NOT NULL, order_id int NOT NULL, customer_id int NOT NULL,
          number nvarchar(60) NOT NULL, ordered_on date NOT NULL, requested_on date NULL, status varchar(20) NOT NULL,
          currency char(3) NOT NULL, net decimal(19,4) NULL, gross decimal(19,4) NULL);`,
    });

    expect(await refusal(erp.door([company]), 'lacking:1')).toMatchObject({
      code: 'ERP_CONTRACT',
      details: { company: 'lacking', view: 'sales_order', column: 'status_text' },
    });
  });
});
