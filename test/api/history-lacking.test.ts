/** What a client's history lacks and says so, what it keeps from whom, and what becomes of it when cards are merged or people erased. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RoleName } from '../arrange/callers.ts';
import { makeClient, makeContact, makeNote, type Written } from '../arrange/cards.ts';
import {
  historyQuery,
  startHistoryService,
  titles,
  type HistoryPage,
  type HistoryService,
} from '../arrange/history.ts';
import { merge, undoMutation } from '../arrange/merging.ts';
import { attach } from '../arrange/uploads.ts';

let service: HistoryService;
beforeAll(async () => {
  service = await startHistoryService();
}, 60_000);
afterAll(() => service.close());

describe('what cannot be had', () => {
  it('is missing while the rest is told, and is there when the same page is asked for again', async () => {
    const card = await makeClient(service);
    await service.link(card, 'branch');
    await makeNote(service, card);
    const newest = await service.historyOf(card, { first: 2 });
    const { endCursor } = newest.pageInfo;
    const end = service.erp.server.misbehave({
      kind: 'error',
      number: 50_000,
      database: 'branch',
      text: /\[sales_order\]|\[invoice\]/,
    });
    const lame = await service.historyOf(card, { after: endCursor });
    end();
    const whole = await service.historyOf(card, { after: endCursor });
    await service.unlink();

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
    await service.link(card, 'main');
    await service.link(card, 'bare');
    await service.link(other, 'branch');
    const ask = `{ a: client(id: "${card.id}") { ...H } b: client(id: "${other.id}") { ...H } }
      fragment H on Client { history(kinds: [PAYMENT, INVOICE]) { missing totalCount nodes { record { id } } } }`;
    const { a, b } = await service.ask<Record<string, { history: unknown }>>(ask);
    await service.unlink();

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
    await service.link(card, 'gone');

    expect((await service.historyOf(card)).missing).toEqual(['ORDER', 'INVOICE', 'PAYMENT']);
    await service.unlink();
  });
});

describe('what the caller may not see', () => {
  const kinds = ['PAYMENT', 'ORDER', 'ATTACHMENT', 'NOTE'];
  let card: Written;
  beforeAll(async () => {
    card = await makeClient(service, { accountManagerId: `user_${service.userKey}` });
    await service.link(card, 'main');
    const file = await attach(service, card);
    await service.ask('mutation ($i: VersionedId!) { removeAttachment(input: $i) { id } }', {
      i: { id: file.id, version: file.version },
    });
    await attach(service, card);
  });
  afterAll(() => service.unlink());

  it.each([
    ['SALES', ['PAYMENT']],
    ['FINANCE', []],
    ['REPORTING', ['ATTACHMENT']],
    ['VIEWER', ['ORDER', 'INVOICE', 'PAYMENT']],
  ] as const)('is no part of what %s is told, but named as missing', async (role, missing) => {
    const page = await service.historyOf(card, {}, service.as(role));
    const shown = new Set(page.nodes.map(({ kind }) => kind));

    expect(page.missing).toEqual(missing);
    expect(missing.filter((kind) => shown.has(kind))).toEqual([]);
    expect(page.totalCount).toBe(page.nodes.length);
    const named = await service.historyOf(card, { kinds }, service.as(role));
    expect(named.missing.toSorted()).toEqual(missing.filter((kind) => kinds.includes(kind)).toSorted());
    expect(named.nodes.filter(({ kind }) => (missing as readonly string[]).includes(kind))).toEqual([]);
  });

  it('is named for clients without an ERP account too, so that it tells nothing of them', async () => {
    const without = await makeClient(service, { accountManagerId: `user_${service.userKey}` });

    expect((await service.historyOf(without, {}, service.as('SALES'))).missing).toEqual(['PAYMENT']);
  });

  it('is not in the change log either: files and ERP accounts', async () => {
    const typesSeen = async (role: RoleName) =>
      new Set(
        (await service.historyOf(card, {}, service.as(role))).nodes.map(({ change }) => change?.recordType),
      );

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
    const together = await service.historyOf(winner);
    const past = await service.historyOf(loser);
    await service.ask(undoMutation, { mergeId });
    const apart = await service.historyOf(winner);

    const added = (page: HistoryPage, title: string) =>
      page.nodes.filter((entry) => entry.title === title).length;
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
    const winner = await makeClient(service, { accountManagerId: `user_${service.userKey}` });
    const loser = await makeClient(service, { shortName: 'Tajny' });
    await merge(service, winner, [loser]);
    const seen = await service.historyOf(winner, {}, service.as('SALES'));

    expect(
      titles(await service.historyOf(winner)).filter((title) => title === 'CHANGE Card added'),
    ).toHaveLength(2);
    expect(titles(seen).filter((title) => title === 'CHANGE Card added')).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('Tajny');
    expect(seen.totalCount).toBe(seen.nodes.length);
  });
});

it('holds nothing of a person who was erased', async () => {
  const card = await makeClient(service);
  const contact = await makeContact(service, card, { lastName: 'Zapomniany' });
  expect(JSON.stringify(await service.historyOf(card))).toContain('Zapomniany');
  await service.ask('mutation ($input: VersionedId!) { eraseContact(input: $input) }', {
    input: { id: contact.id, version: contact.version },
  });
  const page = await service.historyOf(card);

  expect(JSON.stringify(page)).not.toContain('Zapomniany');
  expect(titles(page)[0]).toBe('CHANGE Contact erased');
});

it('is not told of a card that the caller does not see', async () => {
  const card = await makeClient(service);
  const { client } = await service.as('SALES').ask<{ client: unknown }>(historyQuery, { id: card.id });

  expect(client).toBeNull();
});
