import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cardRecords } from '../../src/clients/whole-card/card-records.ts';
import {
  bare,
  makeClient,
  makeContact,
  makeEvent,
  makeNote,
  makeRecipient,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startErpService, unlinkMutation, type ErpService } from '../arrange/erp-service.ts';
import { asIs, fillCard, merge, undoMutation } from '../arrange/merging.ts';

let service: ErpService;
let winner: Written;
let loser: Written;
beforeAll(async () => {
  service = await startErpService();
});
afterAll(() => service.close());
beforeEach(async () => {
  winner = await makeClient(service);
  loser = await makeClient(service);
});

const undo = async (mergeId: string | null): Promise<Written> =>
  (await service.ask<{ written: Written }>(undoMutation, { mergeId })).written;

const refused = async (mergeId: string | null) =>
  (await service.refusal(undoMutation, { mergeId })).extensions;

/** Every row of the cards and of what belongs to them, but for versions and when they were written. */
async function everything(...cards: readonly Written[]): Promise<unknown> {
  const keys = cards.map(({ id }) => bare(id));
  const rows = (table: string, column: string): Promise<object[]> =>
    service.dataSource.query(`SELECT * FROM ${table} WHERE ${column} = ANY($1) ORDER BY id`, [keys]);
  const tables = [
    await rows('client', 'id'),
    await rows('recipient', 'member_card_id'),
    ...(await Promise.all(cardRecords.map(({ kind }) => rows(kind.read.table, 'client_id')))),
  ];
  return tables.map((table) => table.map((row) => ({ ...row, version: null, updated_at: null })));
}

describe('undoing a merge', () => {
  it('puts everything back to where it was: records, accounts, primary contacts, members and the loser', async () => {
    const group = await makeClient(service);
    await makeRecipient(service, group, { memberCardId: loser.id });
    const [ofLoser] = [await fillCard(service, loser), await fillCard(service, winner)];
    const member = await makeRecipient(service, loser, { memberCardId: winner.id });
    await write(service, 'removeRecipient', member);
    const before = await everything(winner, loser);

    const { mergeId } = await merge(service, winner, [loser], { keepErpAccounts: [ofLoser.account.id] });
    expect(await everything(winner, loser)).not.toEqual(before);
    expect(await undo(mergeId)).toEqual(await asIs(service, winner));

    expect(await everything(winner, loser)).toEqual(before);
    expect(await asIs(service, loser)).toMatchObject({ version: 4 });
  });

  it('takes the loser’s primary contact from a winner that had none', async () => {
    await fillCard(service, loser);
    const before = await everything(winner, loser);
    const { mergeId } = await merge(service, winner, [loser]);
    await undo(mergeId);
    expect(await everything(winner, loser)).toEqual(before);
  });

  it('is traced, and what was unlinked is told as restored', async () => {
    const mine = await service.link(winner, await service.newCustomer());
    const theirs = await service.link(loser, await service.newCustomer());
    const { mergeId } = await merge(service, winner, [loser], { keepErpAccounts: [mine.id] });
    await undo(mergeId);
    expect((await changesOf(service, winner.id)).at(-1)).toMatchObject({
      action: 'UNMERGED',
      version: 3,
      fields: [{ name: 'mergedFrom', before: loser.id, after: null }],
    });
    expect((await changesOf(service, loser.id)).at(-1)).toMatchObject({
      action: 'UNMERGED',
      fields: [
        { name: 'mergedIntoId', before: winner.id, after: null },
        { name: 'deletedAt', after: null },
      ],
    });
    expect((await changesOf(service, theirs.id)).map(({ action }) => action)).toEqual([
      'CREATED',
      'DELETED',
      'RESTORED',
    ]);
  });

  it('leaves what was added to the winner since, and lets the cards be merged again', async () => {
    const { mergeId } = await merge(service, winner, [loser]);
    const note = await makeNote(service, winner);
    await undo(mergeId);
    expect(
      await service.ask('query ($id: ID!) { client(id: $id) { notes { nodes { id } } } }', winner),
    ).toEqual({
      client: { notes: { nodes: [{ id: note.id }] } },
    });
    expect((await merge(service, loser, [winner])).moved).toEqual([{ recordType: 'NOTE', count: 1 }]);
  });

  it('goes merge by merge, the last one first', async () => {
    await fillCard(service, loser);
    const last = await makeClient(service);
    const before = await everything(winner, loser, last);
    const first = await merge(service, winner, [loser]);
    const second = await merge(service, last, [winner]);
    expect(await refused(first.mergeId)).toMatchObject({ code: 'BAD_USER_INPUT' });
    await undo(second.mergeId);
    await undo(first.mergeId);
    expect(await everything(winner, loser, last)).toEqual(before);
  });
});

describe('undoing a merge is refused', () => {
  it('naming each card and record that has changed since', async () => {
    const { contact, note } = await fillCard(service, loser);
    const { mergeId } = await merge(service, winner, [loser]);
    await write(service, 'updateContact', { ...(await asIs(service, contact)), position: 'Prezes' });
    await write(service, 'removeNote', await asIs(service, note));
    await write(service, 'updateClient', { ...(await asIs(service, winner)), shortName: 'Inna' });
    const before = await everything(winner, loser);
    expect(await refused(mergeId)).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [winner, contact, note].map(({ id }) => ({
        path: 'mergeId',
        code: 'CHANGED',
        recordId: id,
        message: expect.stringContaining(id),
      })),
    });
    expect(await everything(winner, loser)).toEqual(before);
  });

  it('naming what names a moved record by now and would be torn from it', async () => {
    const { contact, place } = await fillCard(service, loser);
    const { mergeId } = await merge(service, winner, [loser]);
    const recipient = await makeRecipient(service, winner, { deliveryPlaceId: place.id });
    const event = await makeEvent(service, winner, { participantIds: [contact.id] });
    expect(await refused(mergeId)).toMatchObject({
      problems: [
        { code: 'NAMED', recordId: recipient.id },
        { code: 'NAMED', recordId: event.id },
      ],
    });
  });

  it('where an unlinked customer is linked to another card by now', async () => {
    const mine = await service.link(winner, await service.newCustomer());
    const theirs = await service.link(loser, await service.newCustomer());
    const { mergeId } = await merge(service, winner, [loser], { keepErpAccounts: [mine.id] });
    const again = await service.link(await makeClient(service), theirs.customerId);
    expect(await refused(mergeId)).toMatchObject({ problems: [{ code: 'DUPLICATE', recordId: again.id }] });
    await service.ask(unlinkMutation, { input: { id: again.id, version: 1 } });
    await undo(mergeId);
  });

  it('a second time, also where both come at once, and of what is no merge', async () => {
    await makeContact(service, loser);
    const { mergeId } = await merge(service, winner, [loser]);
    const answers = await Promise.all([1, 2, 3].map(() => service.graphql(undoMutation, { mergeId })));
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(await refused(mergeId)).toMatchObject({ problems: [{ path: 'mergeId', code: 'UNDONE' }] });
    expect(await refused('merge_x')).toMatchObject({ problems: [{ path: 'mergeId', code: 'ID' }] });
    const absent = mergeId?.replace(/.{12}$/, '000000000000') ?? '';
    expect(await refused(absent)).toEqual({ code: 'NOT_FOUND', path: 'mergeId', id: absent });
  });
});
