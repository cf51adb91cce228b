/** A client's history, against a straightforward model: everything there is, sorted, filtered and cut in the test. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callersByHeader, callerWith } from '../arrange/callers.ts';
import { bare, makeContact, makeNote, write, type Written } from '../arrange/cards.ts';
import { all, historyModel, kinds, noon, text, type Entry, type Kind } from '../arrange/history-model.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { attach } from '../arrange/uploads.ts';

const userKey = '01a00000-0000-7000-8000-00000000e008';

interface Wish {
  readonly first?: number;
  readonly after?: string | null;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kinds?: readonly Kind[] | undefined;
}
interface History {
  readonly nodes: readonly Entry[];
  readonly missing: readonly Kind[];
  readonly gaps: readonly unknown[];
  readonly totalCount: number | null;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

let service: SampleService;
/** Has customers in both companies, and everything else. */
let card: Written;
let everything: readonly Entry[];

const query = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime, $kinds: [HistoryKind!]) {
  client(id: $id) { history(first: $first, after: $after, from: $from, to: $to, kinds: $kinds) {
    nodes { at kind title actor record { id } } missing gaps { kind company code } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
const read = async (wish: Wish = {}, caller: Pick<SampleService, 'ask'> = service): Promise<History> =>
  (await caller.ask<{ client: { history: History } }>(query, { id: card.id, ...wish })).client.history;

async function walk(wish: Wish, first: number): Promise<Entry[]> {
  const met: Entry[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: History = await read({ ...wish, first, after });
    met.push(...nodes);
    if (!pageInfo.hasNextPage) return met;
    after = pageInfo.endCursor;
  }
}

beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader });
  const [found] = await service.dataSource.query<{ id: string; version: number }[]>(
    `SELECT c.id, c.version FROM client c JOIN erp_account a ON a.client_id = c.id WHERE a.deleted_at IS NULL
     GROUP BY c.id HAVING count(DISTINCT a.company_key) = 2 ORDER BY c.id LIMIT 1`,
  );
  if (!found) throw new Error('no sample card has customers in both companies');
  card = { id: `client_${found.id}`, version: found.version };
  for (let count = 0; count < 6; count += 1)
    await makeNote(service, card, { text: `Uwaga ${count}\nw dwóch wierszach` });
  for (let count = 0; count < 3; count += 1) await attach(service, card);
  const contact = await makeContact(service, card);
  await write(service, 'updateContact', { ...contact, lastName: 'Łoś' });
  card = await write(service, 'updateClient', { ...card, phone: '601602603', email: 'biuro@but.example' });
  const gone = await makeNote(service, card, { text: 'Do usunięcia' });
  await write(service, 'removeNote', gone);
  // Several of each kind at one and the same instant, that of some of the ERP's documents among them.
  const [invoice] = await all({ service, card }, 'invoices', 'issuedOn');
  const at = noon(text(invoice?.['issuedOn']));
  await service.dataSource.query(
    `INSERT INTO event (id, version, created_at, created_by, updated_at, updated_by, client_id, kind, status, subject, starts_at)
     SELECT gen_random_uuid(), 1, now(), 'Jan', now(), 'Jan', $1, 'MEETING', 'PLANNED', 'Spotkanie ' || n, $2 FROM generate_series(1, 4) n`,
    [bare(card.id), at],
  );
  await service.dataSource.query('UPDATE note SET created_at = $2 WHERE client_id = $1 AND text LIKE $3', [
    bare(card.id),
    at,
    'Uwaga%',
  ]);
  everything = await historyModel({ service, card });
}, 60_000);
afterAll(() => service.close());

it('is all that there is, from everywhere, newest first', async () => {
  const met = await walk({}, 200);
  expect(met).toEqual(everything);
  expect(new Set(met.map(({ kind }) => kind))).toEqual(new Set(kinds));
  expect(met.length).toBeGreaterThan(40);
});

it('comes page by page as it comes at once, whatever its size, kinds and times', async () => {
  const times = everything.map(({ at }) => at);
  const anyTime = fc.option(
    fc
      .tuple(fc.constantFrom(...times), fc.constantFrom(-1, 0, 1))
      .map(([at, shift]) => new Date(Date.parse(at) + shift).toISOString()),
    { nil: undefined },
  );
  const anyWish = fc.record({
    size: fc.integer({ min: 1, max: 30 }),
    from: anyTime,
    to: anyTime,
    some: fc.option(fc.subarray([...kinds]), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(anyWish, async ({ size, from, to, some }) => {
      fc.pre(from === undefined || to === undefined || from <= to);
      const expected = everything.filter(
        ({ at, kind }) =>
          (from === undefined || at >= from) &&
          (to === undefined || at < to) &&
          (some === undefined || some.includes(kind)),
      );
      expect(await walk({ from, to, kinds: some }, size)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
}, 60_000);

it('goes on where it was, whatever others write in between', async () => {
  const met: Entry[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: History = await read({ first: 9, after });
    met.push(...nodes);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
    await makeNote(service, card, { text: 'Dopisana' });
  }
  expect(met).toEqual(everything);
  await service.dataSource.query(`DELETE FROM note WHERE text = 'Dopisana'`);
  await service.dataSource.query(
    `DELETE FROM change WHERE record_type = 'NOTE' AND fields::text LIKE '%Dopisana%'`,
  );
});

it('tells of its page where it stands', async () => {
  const first = await read({ first: 1 });
  expect(first).toMatchObject({
    missing: [],
    totalCount: null,
    pageInfo: { hasNextPage: true, hasPreviousPage: false },
  });
  const second = await read({ first: 200, after: first.pageInfo.endCursor });
  expect(second.pageInfo.hasPreviousPage).toBe(true);
  expect(await read({ kinds: [] })).toMatchObject({
    nodes: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  });
});

it('asks one statement of each source for any number of cards', async () => {
  const statements = async (count: number): Promise<[number, number]> => {
    service.counter.reset();
    service.sandbox.server.statements.clear();
    await service.ask(
      `query ($first: Int) { clients(first: $first) { nodes { history(first: 5) { nodes { at kind title } } } } }`,
      { first: count },
    );
    const erp = service.sandbox.server.statements
      .list()
      .filter(({ text: sql }) => !sql.includes('sys.columns'));
    return [service.counter.statements().length, erp.length];
  };
  await statements(2);
  const [one, many] = [await statements(20), await statements(60)];
  // The cards, their accounts, and four sources of the CRM; three of each of two companies.
  expect(many[0]).toBe(6);
  expect(many[1]).toBeLessThanOrEqual(6);
  expect(one[0]).toBe(6);
});

describe('a source that cannot answer', () => {
  it('is named, and the rest is told all the same', async () => {
    const stop = service.sandbox.server.misbehave({ kind: 'error', number: 50_000, text: /\[invoice_id\]/ });
    const { nodes, missing } = await read({ first: 200 });
    stop();
    expect(missing).toEqual(['INVOICE']);
    expect(nodes).toEqual(everything.filter(({ kind }) => kind !== 'INVOICE').slice(0, 200));
    expect((await read({ first: 200 })).missing).toEqual([]);
  });

  it('may be one company, and what the others have is told', async () => {
    const stop = service.sandbox.server.misbehave({
      kind: 'error',
      number: 50_000,
      text: /customer_id/,
      database: 'export',
    });
    const { gaps, missing, nodes } = await read({ first: 200 });
    stop();
    expect(missing).toEqual(['ORDER', 'INVOICE', 'PAYMENT']);
    expect(gaps).toEqual(missing.map((kind) => ({ kind, company: 'export', code: 'ERP_CONTRACT' })));
    expect(nodes.some(({ kind }) => kind === 'INVOICE')).toBe(true);
    expect(nodes.length).toBeLessThan(everything.slice(0, 200).length + 1);
  });

  it('may be all of an ERP', async () => {
    const stop = service.sandbox.server.misbehave({ kind: 'error', number: 50_000, text: /customer_id/ });
    const { nodes, missing } = await read({ first: 200 });
    stop();
    expect(missing).toEqual(['ORDER', 'INVOICE', 'PAYMENT']);
    expect(nodes.length).toBeGreaterThan(10);
  });
});

it('has an end where time has one', async () => {
  const { id } = await service
    .ask<{ client: { id: string } }>(`{ client(code: "OBUWNIK-LDZ") { id } }`)
    .then(({ client }) => client);
  const times = async (given: string) => {
    const { client } = await service.ask<{ client: { history: { nodes: unknown[]; missing: unknown[] } } }>(
      `query ($id: ID!) { client(id: $id) { history(first: 200, kinds: [INVOICE], ${given}) { nodes { at } missing } } }`,
      { id },
    );
    return [client.history.nodes.length, client.history.missing];
  };
  const [all] = await times('from: "0001-01-01T00:00:00Z"');
  expect(all).toBeGreaterThan(0);
  expect(await times('to: "9999-12-31T23:59:59.999Z"')).toEqual([all, []]);
  expect(await times('from: "0001-01-01T00:00:00Z", to: "9999-12-31T11:30:00Z"')).toEqual([all, []]);
  expect(await times('from: "9999-12-31T23:59:59.999Z"')).toEqual([0, []]);
});

describe('whoever reads it', () => {
  it.each([
    ['VIEWER', ['ORDER', 'INVOICE', 'PAYMENT']],
    ['REPORTING', ['ATTACHMENT']],
    ['FINANCE', []],
  ] as const)('as %s meets nothing of %j, and is told so where these are asked for', async (role, hidden) => {
    const caller = callerWith(service, role, userKey);
    const { nodes, missing } = await read({ first: 200 }, caller);
    const types = { VIEWER: ['ERP_ACCOUNT'], REPORTING: ['ATTACHMENT'], FINANCE: [] }[role];
    expect(missing).toEqual([]);
    expect(nodes).toEqual(
      everything
        .filter(
          ({ kind, title }) =>
            !hidden.some((one) => one === kind) &&
            !(kind === 'CHANGE' && types.some((type) => title.startsWith(`${type} `))),
        )
        .slice(0, 200),
    );
    for (const kind of hidden) {
      const { extensions } = await caller.refusal(query, { id: card.id, kinds: [kind] });
      expect([extensions.code, extensions.problems?.map(({ path, code }) => `${path} ${code}`)]).toEqual([
        'FORBIDDEN',
        ['kinds PERMISSION'],
      ]);
    }
  });

  it('sees none of a card that is not theirs', async () => {
    const sales = callerWith(service, 'SALES', userKey);
    expect(await sales.ask(query, { id: card.id })).toEqual({ client: null });
  });
});

describe('what cannot be asked is refused with its place:', () => {
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  it.each([
    ['a page of nothing', { first: 0 }, 'first PAGE_SIZE'],
    ['a page too long', { first: 201 }, 'first PAGE_SIZE'],
    ['an end before the beginning', { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to RANGE'],
    ['what is no cursor', { after: 'x' }, 'after CURSOR'],
    ['a cursor of another list', { after: cursor('orders', 'a', 'b', 'c') }, 'after CURSOR'],
    [
      'a kind that is none',
      { after: cursor('history', '2026-01-01T00:00:00.000Z', 'SECRET', 'x') },
      'after CURSOR',
    ],
    [
      'a key that is none',
      { after: cursor('history', '2026-01-01T00:00:00.000Z', 'NOTE', "x'") },
      'after CURSOR',
    ],
    [
      'a change that is none',
      { after: cursor('history', '2026-01-01T00:00:00.000Z', 'CHANGE', '-1') },
      'after CURSOR',
    ],
    [
      'an order that is none',
      { after: cursor('history', '2026-01-01T11:00:00.000Z', 'ORDER', '{}') },
      'after CURSOR',
    ],
    [
      'an order of another ERP',
      { after: cursor('history', '2026-01-01T11:00:00.000Z', 'ORDER', '["main","x","y"]') },
      'after CURSOR',
    ],
    ['a time that is none', { after: cursor('history', 'yesterday', 'NOTE', 'x') }, 'after CURSOR'],
  ])('%s', async (_, wish, problem) => {
    const { extensions } = await service.refusal(query, { id: card.id, ...wish });
    expect([extensions.code, extensions.problems?.map(({ path, code }) => `${path} ${code}`)]).toEqual([
      'BAD_USER_INPUT',
      [problem],
    ]);
  });
});
