/** What a client's history tells, and which questions it refuses. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { developmentUser } from '../../src/users/development-user.ts';
import { makeClient, makeEvent, makeNote, write } from '../arrange/cards.ts';
import { historyQuery, startHistoryService, titles, type HistoryService } from '../arrange/history.ts';
import { attach } from '../arrange/uploads.ts';

let service: HistoryService;
beforeAll(async () => {
  service = await startHistoryService();
}, 60_000);
afterAll(() => service.close());

describe('the history of a client', () => {
  it('has an entry of every kind, with its title, who did it, and the record', async () => {
    const card = await makeClient(service);
    await service.link(card, 'main');
    const note = await makeNote(service, card, { text: '\n  Dzwonić po dziesiątej  \nalbo nie' });
    const event = await makeEvent(service, card, { startsAt: '2031-01-01T10:00:00Z' });
    const file = await attach(service, card);
    await write(service, 'updateClient', { id: card.id, version: 1, phone: '22 620 10 00' });
    const { nodes, missing, totalCount } = await service.historyOf(card);
    await service.unlink();

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
    const page = await service.historyOf(card);

    expect(titles(page)).toEqual(['CHANGE Note removed', 'CHANGE Card added']);
    expect(page.nodes[0]?.record).toEqual({ __typename: 'Note', id: note.id });
  });

  it('begins at `from` and ends before `to`, noon being the instant of a business day', async () => {
    const card = await makeClient(service);
    await service.link(card, 'main');
    await makeEvent(service, card, { startsAt: '2026-02-04T11:00:00Z' });
    const noon = '2026-02-04T12:00:00+01:00';
    const from = await service.historyOf(card, { from: noon, to: '2026-02-04T11:00:00.001Z' });
    const to = await service.historyOf(card, { from: '2026-01-02T11:00:00.001Z', to: noon });
    const none = await service.historyOf(card, { from: noon, to: noon });
    await service.unlink();

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

    expect(titles(await service.historyOf(card, { kinds: ['NOTE', 'NOTE', 'ORDER'] }))).toEqual([
      'NOTE Dzwonić po dziesiątej',
    ]);
    expect(await service.historyOf(card, { kinds: [] })).toMatchObject({
      nodes: [],
      missing: [],
      totalCount: 0,
    });
  });
});

it('goes on from the very end of time, where nothing is', async () => {
  const card = await makeClient(service);
  const end = ['history', '9999-12-31T23:59:59.999Z', 'CHANGE', '["1"]'];
  const after = Buffer.from(JSON.stringify(end)).toString('base64url');

  expect(titles(await service.historyOf(card, { after }))).toEqual(['CHANGE Card added']);
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
    await service.link(card, 'main');
    const { extensions } = await service.refusal(historyQuery, { id: card.id, ...given });
    await service.unlink();

    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path, code }] });
  });
});
