import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeClient, makeContact, mutations, write, type Written } from '../arrange/cards.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import { asIs, fillCard, merge, mergeInput, mergeMutation } from '../arrange/merging.ts';

let service: ErpService;
let winner: Written;
let loser: Written;
beforeAll(async () => {
  service = await startErpService();
});
afterAll(() => service.close());
beforeEach(async () => {
  winner = await makeClient(service, { shortName: 'Wygrana' });
  loser = await makeClient(service, { shortName: 'Przegrana' });
});

type Given = Readonly<Record<string, unknown>>;

const cardQuery = `query ($id: ID!) { client(id: $id) { deletedAt notes { nodes { id } } erpAccounts { id } } }`;
const cardOf = async ({ id }: Written): Promise<Given> =>
  (await service.ask<{ client: Given }>(cardQuery, { id })).client;

const refused = async (losers: readonly Written[], more: Given = {}, into = winner): Promise<Given> => {
  const input = { ...(await mergeInput(service, into, losers)), ...more };
  return (await service.refusal(mergeMutation, { input })).extensions;
};

const problems = (...all: readonly (readonly [path: string, code: string])[]) => ({
  code: 'BAD_USER_INPUT',
  problems: all.map(([path, code]) => ({ path, code })),
});

describe('merging is refused', () => {
  it('of a card with itself, of one card twice and of none', async () => {
    expect(await refused([winner])).toMatchObject(problems(['input.losers.0.id', 'SAME_CARD']));
    expect(await refused([loser, loser])).toMatchObject(problems(['input.losers.1.id', 'REPEATED']));
    expect(await refused([])).toMatchObject(problems(['input.losers', 'REQUIRED']));
  });

  it('of a deleted card, and of one merged already, as winner and as loser', async () => {
    const [deleted, merged] = [await makeClient(service), await makeClient(service)];
    await write(service, 'deleteClient', deleted);
    await merge(service, loser, [merged]);
    expect(await refused([deleted, merged])).toMatchObject(
      problems(['input.losers.0.id', 'CARD_DELETED'], ['input.losers.1.id', 'CARD_MERGED']),
    );
    expect(await refused([loser], {}, merged)).toMatchObject(problems(['input.winner.id', 'CARD_MERGED']));
  });

  it('of a card that is not there or no card, and with what is no input', async () => {
    const absent = { id: winner.id.replace(/.{12}$/, '000000000000'), version: 1 };
    const send = async (input: object) => (await service.refusal(mergeMutation, { input })).extensions;
    expect(await send({ winner, losers: [absent] })).toMatchObject({
      code: 'NOT_FOUND',
      path: 'input.losers.0.id',
      id: absent.id,
    });
    const contact = await makeContact(service, winner);
    expect(await send({ winner, losers: [contact] })).toMatchObject(problems(['input.losers.0.id', 'ID']));
    const { problems: all } = await send({
      winner: { id: 'x', version: 0 },
      losers: [{ id: 'y', version: 1 }],
      keepErpAccounts: [winner.id],
    });
    expect(all?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'input.keepErpAccounts.0 ID',
      'input.losers.0.id ID',
      'input.winner.id ID',
      'input.winner.version VERSION',
    ]);
  });

  it('upon an older version of any card, with the state as it is', async () => {
    await write(service, 'updateClient', { ...loser, shortName: 'Inna' });
    for (const input of [
      { winner, losers: [loser] },
      { winner: loser, losers: [winner] },
    ])
      expect((await service.refusal(mergeMutation, { input })).extensions).toMatchObject({
        code: 'CONFLICT',
        changedFields: ['shortName'],
        current: { id: loser.id, version: 2, shortName: 'Inna' },
      });
    const input = { winner: { ...winner, version: 9 }, losers: [{ ...loser, version: 2 }] };
    expect((await service.refusal(mergeMutation, { input })).extensions).toMatchObject(
      problems(['input.winner.version', 'VERSION']),
    );
  });

  it('to all but one of those who merge the same cards at once, whichever way', async () => {
    await Promise.all([winner, loser].map((card) => fillCard(service, card)));
    const [one, other] = [await asIs(service, winner), await asIs(service, loser)];
    const { erpAccounts } = await cardOf(winner);
    const keepErpAccounts = (erpAccounts as Written[]).map(({ id }) => id);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, turn) =>
        service.graphql(mergeMutation, {
          input:
            turn % 2 === 0
              ? { winner: one, losers: [other], keepErpAccounts }
              : { winner: other, losers: [one], keepErpAccounts },
        }),
      ),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    const lost = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(lost).toEqual(Array.from({ length: 7 }, () => 'CONFLICT'));
    const gone = [await cardOf(winner), await cardOf(loser)].filter(({ deletedAt }) => deletedAt !== null);
    expect(gone).toHaveLength(1);
  });

  it('to a record that is added to the loser meanwhile, which is told that the card is deleted', async () => {
    const added = await Promise.all([
      merge(service, winner, [loser]),
      ...Array.from({ length: 8 }, () =>
        service.graphql(mutations.addNote, { input: { clientId: loser.id, text: 'W samą porę' } }),
      ),
    ]);
    const [, ...answers] = added;
    const { notes } = await cardOf(winner);
    const written = answers.filter((answer) => 'errors' in answer && answer.errors.length === 0).length;
    expect((notes as { nodes: unknown[] }).nodes).toHaveLength(written);
    expect(await cardOf(loser)).toMatchObject({ notes: { nodes: [] } });
  });

  it('and restoring a merged card as if it were only deleted, too', async () => {
    await merge(service, winner, [loser]);
    const { extensions } = await service.refusal(mutations.restoreClient, {
      input: await asIs(service, loser),
    });
    expect(extensions).toMatchObject(problems(['input.id', 'CARD_MERGED']));
  });
});
