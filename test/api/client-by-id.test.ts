import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { bare, makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let card: Written;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service, { code: 'ŻUBR-7' });
});
afterAll(() => service.close());

const query = 'query ($id: ID, $code: String) { client(id: $id, code: $code) { id code deletedAt } }';
const found = { id: '', code: 'ŻUBR-7', deletedAt: null };

describe('a card is found', () => {
  it('by its id', async () => {
    expect(await service.ask(query, { id: card.id })).toEqual({ client: { ...found, id: card.id } });
  });

  it('by its id in capitals', async () => {
    const id = `client_${bare(card.id).toUpperCase()}`;
    expect(await service.ask(query, { id })).toEqual({ client: { ...found, id: card.id } });
  });

  it.each(['ŻUBR-7', 'żubr-7', 'Żubr-7'])('by its code written %s', async (code) => {
    expect(await service.ask(query, { code })).toEqual({ client: { ...found, id: card.id } });
  });

  it('after it was deleted, with the instant of it', async () => {
    const { id } = await makeClient(service, { code: 'USUNIĘTY' });
    await service.dataSource.query('UPDATE client SET deleted_at = $1 WHERE id = $2', [
      '2026-02-03T04:05:06.789Z',
      bare(id),
    ]);
    expect(await service.ask(query, { code: 'usunięty' })).toEqual({
      client: { id, code: 'USUNIĘTY', deletedAt: '2026-02-03T04:05:06.789Z' },
    });
  });
});

describe('null is answered', () => {
  it('for an id nobody has', async () => {
    expect(await service.ask(query, { id: `client_${randomUUID()}` })).toEqual({ client: null });
  });

  it.each(['', 'NIE-MA', 'ŻUBR-7 ', '%', 'a\u0000b', '\ud800'])('for the code %j', async (code) => {
    expect(await service.ask(query, { code })).toEqual({ client: null });
  });

  it('for a code of a hundred thousand letters', async () => {
    expect(await service.ask(query, { code: 'Ż'.repeat(100_000) })).toEqual({ client: null });
  });
});

describe('it is refused', () => {
  it.each([
    ['with neither id nor code', {}],
    ['with both id and code', { id: `client_${randomUUID()}`, code: 'A' }],
    ['with nulls for both', { id: null, code: null }],
  ])('%s', async (_case, variables) => {
    expect(await service.refusal(query, variables)).toMatchObject({
      path: ['client'],
      extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'id', code: 'EXACTLY_ONE' }] },
    });
  });

  it.each([
    '',
    'client_',
    'client_123',
    randomUUID(),
    `contact_${randomUUID()}`,
    `constructor_${randomUUID()}`,
    `client_${randomUUID()} `,
    `client_${randomUUID()}\n`,
    'client_\u0000',
    'x'.repeat(100_000),
  ])('with an id of another form (%#)', async (id) => {
    expect(await service.refusal(query, { id })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', problems: [{ path: 'id', code: 'ID' }] },
    });
  });
});
