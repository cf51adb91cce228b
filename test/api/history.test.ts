/** What a client's history tells, what it leaves out, and what it says where something is lacking. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { callersByHeader, callerWith, type RoleName } from '../arrange/callers.ts';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeEvent,
  makeNote,
  write,
  type Written,
} from '../arrange/cards.ts';
import { merge, undoMutation } from '../arrange/merging.ts';
import { startTestService, type Caller, type TestService } from '../arrange/service.ts';
import { attach } from '../arrange/uploads.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

const documents = `
INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (7, N'K', N'Trzewik', 0);
INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
  VALUES (0, 1, 7, N'ZS/1', '2026-01-02', 'OPEN', 'PLN');
INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, remaining, counts_in_sales, cancelled)
  VALUES (0, 1, 7, 'INVOICE', N'FS/1', '2026-07-03', 'PLN', 1, 0, 1, 0, 1, 0), (0, 2, 7, 'INVOICE', N'FS/2', '2026-07-03', 'PLN', 1, 0, 1, 0, 1, 1);
INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency, reference)
  VALUES (0, 1, 7, '2026-02-04', 123.45, 0, 'PLN', N'za FS/1');`;

interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly actor: string | null;
  readonly change: {
    readonly recordType: string;
    readonly action: string;
    readonly fields: readonly object[];
  } | null;
  readonly record: { readonly __typename: string; readonly id: string } | null;
}
interface Page {
  readonly nodes: readonly Entry[];
  readonly missing: readonly string[];
  readonly totalCount: number | null;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const query = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime, $kinds: [HistoryKind!]) {
  client(id: $id) { history(first: $first, after: $after, from: $from, to: $to, kinds: $kinds) {
    nodes { at kind title actor change { recordType action fields { name before after } } record { __typename id } }
    missing totalCount pageInfo { endCursor hasNextPage }
  } } }`;

const userKey = randomUUID();
let erp: Erp;
let service: TestService;
let as: (role: RoleName) => Caller;

async function historyOf(card: { id: string }, given: object = {}, caller: Caller = service): Promise<Page> {
  const { client } = await caller.ask<{ client: { history: Page } }>(query, { id: card.id, ...given });
  return client.history;
}

const link = (card: Written, companyKey: string): Promise<unknown> =>
  service.crm.erpAccounts.link(developmentUser, { clientId: card.id, companyKey, customerId: '7' });

const unlinked = async (): Promise<void> =>
  void (await service.dataSource.query('UPDATE erp_account SET deleted_at = now()'));

const titles = ({ nodes }: Page): string[] => nodes.map(({ kind, title }) => `${kind} ${title}`);

beforeAll(async () => {
  erp = await startErp();
  const companies = await Promise.all([
    erp.company('main', { fill: documents }),
    erp.company('branch', { fill: documents }),
    erp.company('bare', { fill: documents, without: ['payment'] }),
  ]);
  service = await startTestService({ companies, callers: callersByHeader });
  as = (role) => callerWith(service, role, userKey);
  await service.dataSource.query(
    "INSERT INTO user_account (id, name, active) VALUES ($1, 'Agata Żurek', true)",
    [userKey],
  );
  await makeCardTypes(service);
}, 60_000);
afterAll(async () => {
  await service.close();
  await erp.close();
});

describe('the history of a client', () => {
  it('has an entry of every kind, with its title, who did it, and the record', async () => {
    const card = await makeClient(service);
    await link(card, 'main');
    const note = await makeNote(service, card, { text: '\n  Dzwonić po dziesiątej  \nalbo nie' });
    const event = await makeEvent(service, card, { startsAt: '2031-01-01T10:00:00Z' });
    const file = await attach(service, card);
    await write(service, 'updateClient', { id: card.id, version: 1, phone: '22 620 10 00' });
    const { nodes, missing, totalCount } = await historyOf(card);
    await unlinked();

    const { name } = developmentUser;
    expect(nodes.filter(({ kind }) => kind !== 'CHANGE')).toEqual([
      expect.objectContaining({
        at: '2031-01-01T10:00:00.000Z',
        kind: 'EVENT',
        title: 'Kolekcja na wiosnę',
        actor: name,
        change: null,
        record: { __typename: 'Event', id: event.id },
      }),
      expect.objectContaining({
        kind: 'ATTACHMENT',
        actor: name,
        record: { __typename: 'Attachment', id: file.id },
      }),
      expect.objectContaining({
        kind: 'NOTE',
        title: 'Dzwonić po dziesiątej',
        actor: name,
        record: { __typename: 'Note', id: note.id },
      }),
      {
        at: '2026-07-03T10:00:00.000Z',
        kind: 'INVOICE',
        title: 'FS/1',
        actor: null,
        change: null,
        record: { __typename: 'Invoice', id: 'invoice:main:0:1' },
      },
      expect.objectContaining({
        at: '2026-02-04T11:00:00.000Z',
        kind: 'PAYMENT',
        title: '123.4500 PLN · za FS/1',
        record: { __typename: 'Payment', id: 'payment:main:0:1' },
      }),
      expect.objectContaining({ at: '2026-01-02T11:00:00.000Z', kind: 'ORDER', title: 'ZS/1' }),
    ]);
    expect(nodes.filter(({ kind }) => kind === 'CHANGE')).toEqual([
      expect.objectContaining({
        title: 'Card changed: phone',
        actor: name,
        change: {
          recordType: 'CLIENT',
          action: 'UPDATED',
          fields: [{ name: 'phone', before: null, after: '+48226201000' }],
        },
        record: { __typename: 'Client', id: card.id },
      }),
      expect.objectContaining({ title: 'ERP account added' }),
      expect.objectContaining({ title: 'Card added' }),
    ]);
    expect([missing, totalCount]).toEqual([[], nodes.length]);
  });

  it('tells of what was removed by its change alone, with the record as it is now', async () => {
    const card = await makeClient(service);
    const note = await makeNote(service, card);
    await write(service, 'removeNote', note);
    const page = await historyOf(card);

    expect(titles(page)).toEqual(['CHANGE Note removed', 'CHANGE Card added']);
    expect(page.nodes[0]?.record).toEqual({ __typename: 'Note', id: note.id });
  });

  it('begins at `from` and ends before `to`, noon being the instant of a business day', async () => {
    const card = await makeClient(service);
    await link(card, 'main');
    await makeEvent(service, card, { startsAt: '2026-02-04T11:00:00Z' });
    const noon = '2026-02-04T12:00:00+01:00';
    const from = await historyOf(card, { from: noon, to: '2026-02-04T11:00:00.001Z' });
    const to = await historyOf(card, { from: '2026-01-02T11:00:00.001Z', to: noon });
    const none = await historyOf(card, { from: noon, to: noon });
    await unlinked();

    expect(titles(from)).toEqual(['EVENT Kolekcja na wiosnę', 'PAYMENT 123.4500 PLN · za FS/1']);
    expect(from.totalCount).toBe(2);
    expect([to, none]).toMatchObject([
      { nodes: [], totalCount: 0 },
      { nodes: [], totalCount: 0 },
    ]);
  });

  it('has only the kinds asked for, and none where none are', async () => {
    const card = await makeClient(service);
    await makeNote(service, card);

    expect(titles(await historyOf(card, { kinds: ['NOTE', 'NOTE', 'ORDER'] }))).toEqual([
      'NOTE Dzwonić po dziesiątej',
    ]);
    expect(await historyOf(card, { kinds: [] })).toMatchObject({ nodes: [], missing: [], totalCount: 0 });
  });
});

describe('wrong questions are refused', () => {
  const of = (values: readonly unknown[]): string =>
    Buffer.from(JSON.stringify(values)).toString('base64url');
  const at = '2026-01-01T00:00:00.000Z';

  it.each([
    [
      'a range that ends before it begins',
      { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
      'from',
      'RANGE',
    ],
    ['no page', { first: 0 }, 'first', 'PAGE_SIZE'],
    ['a page too long', { first: 201 }, 'first', 'PAGE_SIZE'],
    ['what is no cursor', { after: 'x' }, 'after', 'CURSOR'],
    ['a cursor of another list', { after: of(['note:AT', at, 'NOTE', '[]']) }, 'after', 'CURSOR'],
    ['a cursor of no kind', { after: of(['history', at, 'toString', '["1"]']) }, 'after', 'CURSOR'],
    ['a cursor of no time', { after: of(['history', '2026', 'CHANGE', '["1"]']) }, 'after', 'CURSOR'],
    [
      'a cursor with a key of another kind',
      { after: of(['history', at, 'CHANGE', '["a"]']) },
      'after',
      'CURSOR',
    ],
    [
      'a number beyond all',
      { after: of(['history', at, 'CHANGE', '["9999999999999999999"]']) },
      'after',
      'CURSOR',
    ],
    ['a cursor with no key', { after: of(['history', at, 'NOTE', '{']) }, 'after', 'CURSOR'],
    [
      'a cursor with a key that the ERP cannot have',
      { after: of(['history', '2026-01-02T11:00:00.000Z', 'ORDER', '["main","0","x"]']) },
      'after',
      'CURSOR',
    ],
  ])('%s', async (_, given, path, code) => {
    const card = await makeClient(service);
    await link(card, 'main');
    const { extensions } = await service.refusal(query, { id: card.id, ...given });
    await unlinked();

    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path, code }] });
  });
});

describe('what cannot be had', () => {
  it('is missing while the rest is told, and is there when the same page is asked for again', async () => {
    const card = await makeClient(service);
    await link(card, 'branch');
    await makeNote(service, card);
    const newest = await historyOf(card, { first: 2 });
    const { endCursor } = newest.pageInfo;
    const end = erp.server.misbehave({
      kind: 'error',
      number: 50_000,
      database: 'branch',
      text: /\[sales_order\]|\[invoice\]/,
    });
    const lame = await historyOf(card, { after: endCursor });
    end();
    const whole = await historyOf(card, { after: endCursor });
    await unlinked();

    expect(newest.pageInfo.hasNextPage).toBe(true);
    expect(lame).toMatchObject({ missing: ['ORDER', 'INVOICE'], totalCount: null });
    expect(titles(lame)).toEqual(['CHANGE Card added', 'PAYMENT 123.4500 PLN · za FS/1']);
    expect(whole.missing).toEqual([]);
    expect(titles(whole)).toEqual([
      'CHANGE Card added',
      'INVOICE FS/1',
      'PAYMENT 123.4500 PLN · za FS/1',
      'ORDER ZS/1',
    ]);
  });

  it('of one company leaves what the others have, for this client and no other', async () => {
    const [card, other] = [await makeClient(service), await makeClient(service)];
    await link(card, 'main');
    await link(card, 'bare');
    await link(other, 'branch');
    const ask = `{ a: client(id: "${card.id}") { ...H } b: client(id: "${other.id}") { ...H } }
      fragment H on Client { history(kinds: [PAYMENT, INVOICE]) { missing totalCount nodes { record { id } } } }`;
    const { a, b } = await service.ask<Record<string, { history: unknown }>>(ask);
    await unlinked();

    const record = (id: string) => ({ record: { id } });
    expect(a?.history).toEqual({
      missing: ['PAYMENT'],
      totalCount: null,
      nodes: ['invoice:bare:0:1', 'invoice:main:0:1', 'payment:main:0:1'].map(record),
    });
    expect(b?.history).toEqual({
      missing: [],
      totalCount: 2,
      nodes: ['invoice:branch:0:1', 'payment:branch:0:1'].map(record),
    });
  });

  it('is missing where an account leads to a company that is no more', async () => {
    const card = await makeClient(service);
    await link(card, 'gone');

    expect((await historyOf(card)).missing).toEqual(['ORDER', 'INVOICE', 'PAYMENT']);
    await unlinked();
  });
});

describe('what the caller may not see', () => {
  const kinds = ['PAYMENT', 'ORDER', 'ATTACHMENT', 'NOTE'];
  let card: Written;
  beforeAll(async () => {
    card = await makeClient(service, { accountManagerId: `user_${userKey}` });
    await link(card, 'main');
    const file = await attach(service, card);
    await service.ask('mutation ($i: VersionedId!) { removeAttachment(input: $i) { id } }', {
      i: { id: file.id, version: file.version },
    });
    await attach(service, card);
  });
  afterAll(unlinked);

  it.each([
    ['SALES', ['PAYMENT']],
    ['FINANCE', []],
    ['REPORTING', ['ATTACHMENT']],
    ['VIEWER', ['ORDER', 'INVOICE', 'PAYMENT']],
  ] as const)('is no part of what %s is told, but named as missing', async (role, missing) => {
    const page = await historyOf(card, {}, as(role));
    const shown = new Set(page.nodes.map(({ kind }) => kind));

    expect(page.missing).toEqual(missing);
    expect(missing.filter((kind) => shown.has(kind))).toEqual([]);
    expect(page.totalCount).toBe(page.nodes.length);
    const named = await historyOf(card, { kinds }, as(role));
    expect(named.missing.toSorted()).toEqual(missing.filter((kind) => kinds.includes(kind)).toSorted());
    expect(named.nodes.filter(({ kind }) => (missing as readonly string[]).includes(kind))).toEqual([]);
  });

  it('is named for clients without an ERP account too, so that it tells nothing of them', async () => {
    const without = await makeClient(service, { accountManagerId: `user_${userKey}` });

    expect((await historyOf(without, {}, as('SALES'))).missing).toEqual(['PAYMENT']);
  });

  it('is not in the change log either: files and ERP accounts', async () => {
    const typesSeen = async (role: RoleName) =>
      new Set((await historyOf(card, {}, as(role))).nodes.map(({ change }) => change?.recordType));

    expect(await typesSeen('REPORTING')).toEqual(new Set(['CLIENT', 'ERP_ACCOUNT', undefined]));
    expect(await typesSeen('VIEWER')).toEqual(new Set(['CLIENT', 'ATTACHMENT', undefined]));
  });
});

describe('cards that were merged', () => {
  it('bring their past along, and take it back when the merge is undone', async () => {
    const [winner, loser, first] = [
      await makeClient(service, { code: 'ZWYC' }),
      await makeClient(service),
      await makeClient(service),
    ];
    await makeContact(service, first, { lastName: 'Dawny' });
    await makeNote(service, loser, { text: 'O przegranym' });
    await merge(service, loser, [first]);
    const { mergeId } = await merge(service, winner, [loser]);
    const together = await historyOf(winner);
    const past = await historyOf(loser);
    await service.ask(undoMutation, { mergeId });
    const apart = await historyOf(winner);

    const added = (page: Page, title: string) => page.nodes.filter((entry) => entry.title === title).length;
    expect(added(together, 'Card added')).toBe(3);
    expect(added(together, 'Contact added')).toBe(1);
    expect(titles(together)).toContain('NOTE O przegranym');
    expect(together.totalCount).toBe(together.nodes.length);
    // Its own lines stay with the card that is no more; what was moved is not there.
    expect(added(past, 'Card added')).toBe(2);
    expect(titles(past)).not.toContain('NOTE O przegranym');
    expect(added(apart, 'Card added')).toBe(1);
    expect(titles(apart)).not.toContain('NOTE O przegranym');
  });

  it('keep their own past from those who do not see them', async () => {
    const winner = await makeClient(service, { accountManagerId: `user_${userKey}` });
    const loser = await makeClient(service, { shortName: 'Tajny' });
    await merge(service, winner, [loser]);
    const seen = await historyOf(winner, {}, as('SALES'));

    expect(titles(await historyOf(winner)).filter((title) => title === 'CHANGE Card added')).toHaveLength(2);
    expect(titles(seen).filter((title) => title === 'CHANGE Card added')).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('Tajny');
    expect(seen.totalCount).toBe(seen.nodes.length);
  });
});

it('holds nothing of a person who was erased', async () => {
  const card = await makeClient(service);
  const contact = await makeContact(service, card, { lastName: 'Zapomniany' });
  expect(JSON.stringify(await historyOf(card))).toContain('Zapomniany');
  await service.ask('mutation ($input: VersionedId!) { eraseContact(input: $input) }', {
    input: { id: contact.id, version: contact.version },
  });
  const page = await historyOf(card);

  expect(JSON.stringify(page)).not.toContain('Zapomniany');
  expect(titles(page)[0]).toBe('CHANGE Contact erased');
});

it('is not told of a card that the caller does not see', async () => {
  const card = await makeClient(service);
  const { client } = await as('SALES').ask<{ client: unknown }>(query, { id: card.id });

  expect([client, bare(card.id)]).toEqual([null, expect.any(String)]);
});
