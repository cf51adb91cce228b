import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  makeCardTypes,
  makeClient,
  makeNote,
  mutations,
  noteInput,
  write,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());

interface Notes {
  readonly nodes: readonly { readonly text: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

async function notesOf(card: Written, variables: object = {}): Promise<Notes> {
  const { client } = await service.ask<{ client: { notes: Notes } }>(
    `query ($id: ID!, $first: Int, $after: String, $filter: NoteFilter) { client(id: $id) {
      notes(first: $first, after: $after, filter: $filter) { nodes { text } totalCount pageInfo { endCursor hasNextPage } } } }`,
    { id: card.id, ...variables },
  );
  return client.notes;
}
const texts = ({ nodes }: Notes): string[] => nodes.map(({ text }) => text);

describe('the notes on a card', () => {
  let card: Written;
  beforeAll(async () => {
    card = await makeClient(service);
    await makeNote(service, card, { text: 'Stara' });
    await makeNote(service, card, { text: 'Ważna żółć', pinned: true });
    await makeNote(service, card, { text: 'Nowa' });
    await makeNote(service, card, { text: 'Ważniejsza', pinned: true });
    const gone = await makeNote(service, card, { text: 'Zbędna' });
    await write(service, 'removeNote', gone);
  });

  it('come with the pinned ones first, and the newest first', async () => {
    expect(texts(await notesOf(card))).toEqual(['Ważniejsza', 'Ważna żółć', 'Nowa', 'Stara']);
  });

  it.each([1, 2, 3])('are paged by %i, each once', async (first) => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await notesOf(card, { first, after });
      expect(page.totalCount).toBe(4);
      seen.push(...texts(page));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(seen).toEqual(['Ważniejsza', 'Ważna żółć', 'Nowa', 'Stara']);
  });

  it.each([
    [{ pinned: true }, ['Ważniejsza', 'Ważna żółć']],
    [{ pinned: false }, ['Nowa', 'Stara']],
    [{ deleted: true }, ['Zbędna']],
    [{ search: 'ZOLC' }, ['Ważna żółć']],
    [{ search: 'nie ma' }, []],
    [{ pinned: true, search: 'ważn' }, ['Ważniejsza', 'Ważna żółć']],
  ])('are filtered by %j', async (filter, expected) => {
    expect(texts(await notesOf(card, { filter }))).toEqual(expected);
  });

  it('refuse a cursor whose pin is none', async () => {
    const at = '2026-01-31 08:00:00+00';
    const values = ['note:PINNED DESC:CREATED_AT DESC', 'maybe', at, card.id.slice('client_'.length)];
    const after = Buffer.from(JSON.stringify(values)).toString('base64url');
    const { extensions } = await service.refusal(
      'query ($id: ID!, $after: String) { client(id: $id) { notes(after: $after) { totalCount } } }',
      { id: card.id, after },
    );
    expect(extensions.problems).toMatchObject([
      { path: 'after', code: 'CURSOR', message: 'is not a cursor of this service' },
    ]);
  });
});

it('keeps the lines of a note, and not the blanks round it', async () => {
  const card = await makeClient(service);
  await makeNote(service, card, { text: ' Zamówienie:\n\t1. buty\r\n\t2. sandały\n ' });
  expect(texts(await notesOf(card))).toEqual(['Zamówienie:\n\t1. buty\r\n\t2. sandały']);
});

it('takes twenty thousand characters and not one more', async () => {
  const card = await makeClient(service);
  await makeNote(service, card, { text: 'ż'.repeat(20_000) });
  const input = noteInput(card, { text: 'ż'.repeat(20_001) });
  expect((await service.refusal(mutations.addNote, { input })).extensions.problems).toMatchObject([
    { path: 'input.text', code: 'TOO_LONG' },
  ]);
});
