/** Whose a card is: who looks after it, with whom it is shared, and what is told of values that cards have which one does not see. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { developmentUser } from '../../src/users/development-user.ts';
import { bare, makeClient, write, type Written } from '../arrange/cards.ts';
import type { ErpService } from '../arrange/erp-service.ts';
import { asItIsNow, foreignTaxId, mark, ownAndForeign } from '../arrange/own-and-foreign.ts';
import type { Caller } from '../arrange/service.ts';

let service: ErpService;
let owner: Caller;
let own: Written;
let foreign: Written;
let userKey: string;

beforeAll(async () => {
  ({ service, owner, own, foreign, userKey } = await ownAndForeign());
});
afterAll(() => service.close());

describe('a value that another card has', () => {
  it.each([{ code: mark }, { taxId: foreignTaxId }])(
    'is told as taken, without the card: %j',
    async (given) => {
      const query = 'mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }';
      const input = { code: randomUUID(), cardType: 'shop', shortName: 'x', fullName: 'x', ...given };
      const [blind, seeing] = [
        await owner.refusal(query, { input }),
        await service.refusal(query, { input }),
      ];

      expect(blind.extensions.code).toBe('DUPLICATE');
      expect(JSON.stringify(blind)).not.toContain(bare(foreign.id));
      expect(seeing.extensions['existingId']).toBe(foreign.id);
    },
  );

  it('is told without the card where it is the id', async () => {
    const query = 'mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }';
    const input = { id: foreign.id, code: randomUUID(), cardType: 'shop', shortName: 'x', fullName: 'x' };
    const [blind, seeing] = [await owner.refusal(query, { input }), await service.refusal(query, { input })];

    expect([blind.extensions.code, blind.extensions['existingId']]).toEqual(['DUPLICATE', undefined]);
    expect(seeing.extensions['existingId']).toBe(foreign.id);
  });

  it('is counted among possible duplicates, though its id is said to be left out', async () => {
    const query =
      'query ($of: DuplicateProbe!) { possibleDuplicates(of: $of) { hidden candidates { client { id } } } }';
    const of = { taxId: foreignTaxId, excludeId: foreign.id };
    const nobody = { taxId: foreignTaxId, excludeId: `client_${randomUUID()}` };

    expect(await owner.ask(query, { of })).toEqual(await owner.ask(query, { of: nobody }));
    expect(await service.ask(query, { of })).toEqual({ possibleDuplicates: { hidden: 0, candidates: [] } });
  });

  it('is told without the card along with faults of form too', async () => {
    const query = 'mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }';
    const input = { code: mark, cardType: 'shop', shortName: '', fullName: 'x' };
    const blind = await owner.refusal(query, { input });

    expect(blind.extensions.problems?.map(({ code }) => code).toSorted()).toEqual(['DUPLICATE', 'REQUIRED']);
    expect(JSON.stringify(blind)).not.toContain(bare(foreign.id));
  });
});

describe('whose a card is', () => {
  const seen = async (id: string): Promise<boolean> =>
    (await owner.ask<{ client: object | null }>(`{ client(id: "${id}") { id } }`)).client !== null;
  const creating =
    'mutation ($input: CreateClientInput!) { made: createClient(input: $input) { id accountManager { id } sharedWith { id } } }';
  const card = (given: object = {}) => ({
    input: { code: randomUUID(), cardType: 'shop', shortName: 'x', fullName: 'x', ...given },
  });

  it('is who made it, where that is somebody who sees only their own', async () => {
    const [mine, anybodys] = [await owner.ask(creating, card()), await service.ask(creating, card())];

    expect(mine).toMatchObject({ made: { accountManager: { id: `user_${userKey}` } } });
    expect(anybodys).toMatchObject({ made: { accountManager: null, sharedWith: [] } });
  });

  it('is also whoever it is shared with, for as long as it is', async () => {
    const made = await makeClient(service);
    const before = await seen(made.id);
    const shared = await write(service, 'updateClient', { ...made, sharedWithIds: [`user_${userKey}`] });
    const meanwhile = await seen(made.id);
    const { totalCount } = (
      await owner.ask<{ clients: { totalCount: number } }>(
        `{ clients(filter: { createdAt: { gte: "2000-01-01T00:00:00Z" }, accountManagerId: null }, search: "trzewik") { totalCount } }`,
      )
    ).clients;
    const listed = async (): Promise<string[]> =>
      (
        await owner.ask<{ clients: { nodes: { id: string }[] } }>(
          '{ clients(first: 200, orderBy: [{ field: CREATED_AT, direction: DESC }]) { nodes { id } } }',
        )
      ).clients.nodes.map(({ id }) => id);
    const listedMeanwhile = await listed();
    await write(service, 'updateClient', { ...shared, sharedWithIds: [] });

    expect([listedMeanwhile.includes(made.id), listedMeanwhile.includes(own.id)]).toEqual([true, true]);
    expect(listedMeanwhile).not.toContain(foreign.id);
    expect(await listed()).not.toContain(made.id);
    expect([before, meanwhile, await seen(made.id)]).toEqual([false, true, false]);
    expect(totalCount).toBeGreaterThan(0);
  });

  it('cannot be given away by whoever would lose sight of it', async () => {
    const { extensions } = await owner.refusal(
      'mutation ($input: UpdateClientInput!) { updateClient(input: $input) { id } }',
      { input: { ...(await asItIsNow(service, own)), accountManagerId: `user_${developmentUser.id}` } },
    );

    expect(extensions.problems).toMatchObject([{ path: 'input.accountManagerId', code: 'OUT_OF_SIGHT' }]);
  });

  it.each([
    ['look after it', { accountManagerId: 'me' }, 'input.accountManagerId'],
    ['leave it to nobody', { accountManagerId: null }, 'input.accountManagerId'],
    ['share it on', { sharedWithIds: ['me', 'other'] }, 'input.sharedWithIds'],
  ])('is not for those it is merely shared with to decide: to %s', async (_what, given, path) => {
    const ids: Readonly<Record<string, string>> = {
      me: `user_${userKey}`,
      other: `user_${developmentUser.id}`,
    };
    const named = JSON.parse(JSON.stringify(given), (_key, value: unknown) =>
      typeof value === 'string' ? (ids[value] ?? value) : value,
    ) as object;
    const made = await makeClient(service, {
      accountManagerId: `user_${developmentUser.id}`,
      sharedWithIds: [`user_${userKey}`],
    });
    const changing = 'mutation ($input: UpdateClientInput!) { updateClient(input: $input) { version } }';
    const { extensions } = await owner.refusal(changing, { input: { ...made, ...named } });

    expect(extensions.problems).toMatchObject([{ path, code: 'NOT_YOUR_CARD' }]);
    expect(await owner.ask(changing, { input: { ...made, phone: '601602603' } })).toEqual({
      updateClient: { version: 2 },
    });
  });

  it('is told with colleagues that there are: unknown and former ones are refused, each at its place', async () => {
    const former = randomUUID();
    await service.dataSource.query(
      `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Cichoń', NULL, false)`,
      [former],
    );
    const sharedWithIds = [`user_${userKey}`, `user_${former}`, `user_${randomUUID()}`];
    const { extensions } = await service.refusal(creating, card({ sharedWithIds }));

    expect(extensions.problems).toMatchObject([
      { path: 'input.sharedWithIds.1', code: 'INACTIVE' },
      { path: 'input.sharedWithIds.2', code: 'NOT_FOUND' },
    ]);
  });

  it('tells in the change log', async () => {
    const made = await makeClient(service, { sharedWithIds: [`user_${userKey}`] });
    const [change] = await service.dataSource.query<{ fields: { name: string; after: string }[] }[]>(
      'SELECT fields FROM change WHERE record_id = $1',
      [bare(made.id)],
    );

    expect(change?.fields).toContainEqual({ name: 'sharedWithIds', before: null, after: `user_${userKey}` });
  });
});
