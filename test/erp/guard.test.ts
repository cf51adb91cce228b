import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CompanyConfig } from '../../src/config.ts';
import { CompanyStates } from '../../src/erp/company-states.ts';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import type { DoorMeter } from '../../src/erp/guard/meter.ts';
import { requireCustomer } from '../../src/erp/customers/customer-lookup.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

const long = 3_600_000;

/** The test's own time limit ends it where it never comes true. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

describe('the guard before an ERP', () => {
  let erp: Erp;
  let main: CompanyConfig;

  beforeAll(async () => {
    erp = await startErp();
    const customers = Array.from({ length: 60 }, (_, index) => index + 1);
    const orders = customers.map((id) => `(0, ${id}, ${id}, 'ZS/${id}', '2026-01-01', 'OPEN', 'PLN')`);
    main = await erp.company('main', {
      fill: `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
        VALUES ${orders.join(', ')};`,
    });
  });

  afterEach(async () => {
    erp.server.behave();
    await erp.server.comeBack();
  });

  afterAll(() => erp.close());

  const ask = (door: ErpDoor, client = 'main:1', signal?: AbortSignal) =>
    new OrderLoaders(door.companies, accountsInId).ofClient(request(signal), client, {
      first: 20,
      after: null,
      filter: {},
    });
  const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'answered',
      (error: unknown) => (error as { code?: string }).code,
    );
  const clients = (count: number) => Array.from({ length: count }, (_, index) => `main:${index + 1}`);
  const sentOrders = () => erp.statements().filter((text) => text.includes('sales_order')).length;
  const breaker = (door: ErpDoor) => door.status()[0]?.breaker;
  /** A door whose look at the catalogue is done. */
  const openDoor = async (options: Parameters<Erp['door']>[1] = {}): Promise<ErpDoor> => {
    const door = erp.door([main], options);
    await ask(door, 'main:60');
    erp.statements();
    return door;
  };

  it('asks what is asked by many at the same time once', async () => {
    const door = await openDoor();

    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(door)));

    expect(answers.map(({ nodes }) => nodes.map(({ number }) => number))).toEqual(
      answers.map(() => ['ZS/1']),
    );
    expect(sentOrders()).toBe(1);
  });

  it('lets the others have the answer when one of those who wait for it goes away', async () => {
    const door = await openDoor();
    const stop = erp.server.misbehave({ kind: 'delay', milliseconds: 300, text: /sales_order/ });
    const leaving = new AbortController();

    const [left, stayed] = [ask(door, 'main:1', leaving.signal), ask(door)];
    await until(() => sentOrders() === 1);
    leaving.abort();

    expect(await codeOf(left)).toBe('ERP_TIMEOUT');
    expect((await stayed).nodes).toHaveLength(1);
    stop();
  });

  it('answers a question again from what it kept, and says CACHED with the time of the answer', async () => {
    const door = await openDoor({ cacheMs: long });
    const first = await ask(door);

    const again = await ask(door);

    expect(sentOrders()).toBe(1);
    expect(again.nodes).toEqual(first.nodes);
    expect(first.sources).toMatchObject([{ company: 'main', state: 'LIVE' }]);
    expect(again.sources).toEqual([{ company: 'main', state: 'CACHED', asOf: first.sources[0]?.asOf }]);
  });

  it('does not take one question for another', async () => {
    const door = await openDoor({ cacheMs: long });

    const [one, other] = [await ask(door, 'main:1'), await ask(door, 'main:2')];

    expect([one, other].map(({ nodes }) => nodes[0]?.number)).toEqual(['ZS/1', 'ZS/2']);
    expect(other.sources).toMatchObject([{ state: 'LIVE' }]);
  });

  it('asks again when what it kept has grown too old', async () => {
    const door = await openDoor({ cacheMs: 40 });
    await ask(door);

    await until(async () => (await ask(door)).sources[0]?.state === 'LIVE');

    expect(sentOrders()).toBe(2);
  });

  it('looks for a customer that is to be linked in the ERP itself, whatever was kept', async () => {
    const door = await openDoor({ cacheMs: long, staleMs: long });
    const company = door.companies.require('main', 'company');
    const look = () => requireCustomer(company, '4712', 'input.customerId', new AbortController().signal);
    expect(await codeOf(look())).toBe('BAD_USER_INPUT');

    await erp.fill(
      'main',
      "INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (4712, 'K', 'K', 0);",
    );
    expect(await look()).toBe('4712');

    await erp.server.goAway();
    expect(await codeOf(look())).toBe('ERP_UNAVAILABLE');
  });

  it('keeps nothing unless told to', async () => {
    const door = await openDoor();

    expect((await ask(door)).sources).toMatchObject([{ state: 'LIVE' }]);
    expect((await ask(door)).sources).toMatchObject([{ state: 'LIVE' }]);
    expect(sentOrders()).toBe(2);
  });

  it('answers STALE with the time of the last answer while the server is away, and LIVE when it is back', async () => {
    const door = await openDoor({ staleMs: long });
    const first = await ask(door);
    await erp.server.goAway();

    const bridged = await ask(door);
    const never = await codeOf(ask(door, 'main:2'));

    expect(bridged.nodes).toEqual(first.nodes);
    expect(bridged.sources).toEqual([{ company: 'main', state: 'STALE', asOf: first.sources[0]?.asOf }]);
    expect(never).toBe('ERP_UNAVAILABLE');
    await erp.server.comeBack();
    await until(async () => (await ask(door)).sources[0]?.state === 'LIVE');
  });

  it('answers STALE when the server stalls, and nothing to a caller who has gone', async () => {
    const door = await openDoor({ staleMs: long, timeoutMs: 1_500 });
    await ask(door);
    erp.server.misbehave({ kind: 'stall', text: /sales_order/ });
    const leaving = new AbortController();

    const left = ask(door, 'main:1', leaving.signal);
    await until(() => sentOrders() > 0);
    leaving.abort();

    expect(await codeOf(left)).toBe('ERP_TIMEOUT');
    expect((await ask(door)).sources).toMatchObject([{ state: 'STALE' }]);
  });

  it('serves no stale answer where the contract is broken, and none that is too old', async () => {
    const broken = await openDoor({ staleMs: long });
    await ask(broken);
    erp.server.misbehave({ kind: 'error', number: 207, text: /sales_order/ });
    expect(await codeOf(ask(broken))).toBe('ERP_CONTRACT');
    erp.server.behave();

    const short = await openDoor({ staleMs: 1 });
    const { sources } = await ask(short);
    await until(() => Date.now() - Date.parse(sources[0]?.asOf ?? '') > 1);
    await erp.server.goAway();
    expect(await codeOf(ask(short))).toBe('ERP_UNAVAILABLE');
  });

  it('says of a company that fails what it last offered and when, STALE', async () => {
    const door = await openDoor();
    await erp.server.goAway();
    // The state is asked of the server, unless that was done a moment ago.
    const state = () =>
      new CompanyStates(door.companies).of(request(), door.companies.require('main', 'company'));

    await until(async () => (await state()).state === 'STALE');

    expect(await state()).toMatchObject({ sections: expect.arrayContaining(['ORDERS']) as unknown });
    expect((await state()).asOf).toMatch(/Z$/);
  });

  it.each([
    ['the victim of a deadlock', { kind: 'error', number: 1205, text: /sales_order/, times: 1 }],
    [
      'a statement whose line broke before the first row',
      { kind: 'cut-before-first-row', text: /sales_order/, times: 1 },
    ],
  ] as const)('sends %s once more', async (_what, misbehaviour) => {
    const retried: string[] = [];
    const door = await openDoor({ meter: meterOf({ retried: (company) => retried.push(company) }) });
    erp.server.misbehave(misbehaviour);

    expect((await ask(door)).nodes).toHaveLength(1);
    expect(sentOrders()).toBe(2);
    expect(retried).toEqual(['main']);
  });

  it('sends it no third time, and not again what broke in mid-row or broke the contract', async () => {
    const door = await openDoor();

    erp.server.misbehave({ kind: 'error', number: 1205, text: /sales_order/ });
    expect(await codeOf(ask(door))).toBe('ERP_UNAVAILABLE');
    expect(sentOrders()).toBe(2);
    erp.server.behave();

    erp.server.misbehave({ kind: 'cut-in-row', row: 2, text: /sales_order/ });
    expect(await codeOf(ask(door, 'main:1,main:2'))).toBe('ERP_UNAVAILABLE');
    expect(sentOrders()).toBe(1);
    erp.server.behave();

    erp.server.misbehave({ kind: 'error', number: 8134, text: /sales_order/ });
    expect(await codeOf(ask(door))).toBe('ERP_CONTRACT');
    expect(sentOrders()).toBe(1);
  });

  it('shows a stalled server no more than eight statements, whoever else asks', async () => {
    const door = await openDoor({ timeoutMs: 1_500 });
    erp.server.misbehave({ kind: 'stall', text: /sales_order/ });

    const codes = await Promise.all(clients(50).map((client) => codeOf(ask(door, client))));

    expect(new Set(codes)).toEqual(new Set(['ERP_TIMEOUT']));
    const sent = sentOrders();
    expect(sent).toBeGreaterThan(1);
    expect(sent).toBeLessThanOrEqual(8);
  });

  it('turns callers away at once while the server is left alone, tries it with one, and opens when that is answered', async () => {
    const door = await openDoor({ timeoutMs: 1_500 });
    erp.server.misbehave({ kind: 'stall', text: /sales_order/ });
    await Promise.all(clients(8).map((client) => codeOf(ask(door, client))));
    expect(breaker(door)).toBe('OPEN');
    erp.statements();

    const turnedAway = await Promise.all(clients(50).map((client) => codeOf(ask(door, client))));
    const sentMeanwhile = sentOrders();
    erp.server.behave();
    await until(async () => (await codeOf(ask(door))) === 'answered');

    expect(new Set(turnedAway)).toEqual(new Set(['ERP_TIMEOUT']));
    // None, or the one that tries the server where leaving it alone was just over.
    expect(sentMeanwhile).toBeLessThanOrEqual(1);
    expect(breaker(door)).toBe('CLOSED');
  });

  it('does not hold against the server what callers, locks and deadlocks end', async () => {
    const door = await openDoor();
    for (const number of [1222, 1205]) {
      erp.server.misbehave({ kind: 'error', number, text: /sales_order/ });
      for (const client of clients(6)) await codeOf(ask(door, client));
      erp.server.behave();
    }
    erp.server.misbehave({ kind: 'stall', text: /sales_order/ });
    for (const client of clients(6)) {
      const leaving = new AbortController();
      erp.statements();
      const left = codeOf(ask(door, client, leaving.signal));
      await until(() => sentOrders() > 0);
      leaving.abort();
      await left;
    }

    expect(breaker(door)).toBe('CLOSED');
  });

  it('counts what it sends, what it turns away and what it had kept', async () => {
    const outcomes: string[] = [];
    const lookups: string[] = [];
    const meter = meterOf({
      statement: ({ shape, outcome, rows }) => outcomes.push(`${shape}: ${outcome} ${rows}`),
      lookup: (_company, from) => lookups.push(from),
    });
    const door = erp.door([main], { cacheMs: long, meter });

    await Promise.all([ask(door, 'main:1'), ask(door, 'main:1')]);
    await ask(door, 'main:1');
    erp.server.misbehave({ kind: 'error', number: 1222, text: /sales_order/ });
    await codeOf(ask(door, 'main:2'));

    expect(outcomes).toEqual([
      'catalogue: answered ' + outcomes[0]?.split(' ').at(-1),
      'sales_order by customer_id: answered 1',
      'sales_order by customer_id: timeout 0',
    ]);
    expect(lookups).toEqual(['asked', 'joined', 'fresh', 'asked']);

    erp.server.behave();
    erp.server.misbehave({ kind: 'stall', text: /sales_order/ });
    const leaving = new AbortController();
    erp.statements();
    const left = codeOf(ask(door, 'main:3', leaving.signal));
    await until(() => sentOrders() > 0);
    leaving.abort();
    await left;
    await until(() => outcomes.length > 3);
    expect(outcomes.at(-1)).toBe('sales_order by customer_id: left 0');
  });

  it('logs a slow statement by its shape, and no value', async () => {
    const logged: { fields: object; event: string }[] = [];
    const silent = () => undefined;
    const log = {
      debug: silent,
      info: silent,
      error: silent,
      warn: (fields: object, event: string) => void logged.push({ fields, event }),
    };
    const door = erp.door([main], { slowMs: 1, log });
    erp.server.misbehave({ kind: 'delay', milliseconds: 5, text: /sales_order/ });

    await ask(door, 'main:47110815');

    const slow = logged.filter(({ event }) => event === 'erp slow').map(({ fields }) => fields);
    expect(slow).toContainEqual(
      expect.objectContaining({ company: 'main', shape: 'sales_order by customer_id', rows: 0 }),
    );
    expect(JSON.stringify(logged)).not.toContain('47110815');
  });

  it('sets what it relies on with every use of a connection', async () => {
    const door = await openDoor();
    await ask(door);

    const sent = erp.statements();
    expect(sent).toHaveLength(1);
    for (const text of sent) {
      expect(text).toMatch(
        /^SET LOCK_TIMEOUT \d+; SET DEADLOCK_PRIORITY LOW; SET TRANSACTION ISOLATION LEVEL READ COMMITTED;/,
      );
    }
  });
});

const meterOf = (meter: Partial<DoorMeter>): DoorMeter => ({
  statement: () => undefined,
  lookup: () => undefined,
  retried: () => undefined,
  ...meter,
});
