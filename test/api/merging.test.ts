import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  bare,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
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

const cardQuery = `query ($id: ID!) { client(id: $id) {
  shortName version deletedAt mergedInto { id } primaryContact { id }
  contacts { nodes { id version } } removed: contacts(filter: { deleted: true }) { nodes { id } }
  deliveryPlaces { nodes { id } } recipients { nodes { id deliveryPlace { id } memberCard { id } } }
  notes { nodes { id } } events { nodes { id participants { id } } } erpAccounts { id } } }`;
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

describe('merging', () => {
  it('moves every record of the loser to the winner, with what they name, and deletes the loser', async () => {
    const all = await fillCard(service, loser);
    const merged = await merge(service, winner, [loser]);
    expect(merged).toEqual({
      mergeId: expect.stringMatching(/^merge_/),
      client: { id: winner.id, version: 2 },
      moved: [
        { recordType: 'CONTACT', count: 2 },
        { recordType: 'DELIVERY_PLACE', count: 1 },
        { recordType: 'RECIPIENT', count: 1 },
        { recordType: 'NOTE', count: 1 },
        { recordType: 'EVENT', count: 1 },
        { recordType: 'ERP_ACCOUNT', count: 1 },
      ],
      obstacles: [],
    });
    expect(await cardOf(winner)).toEqual({
      shortName: 'Wygrana',
      version: 2,
      deletedAt: null,
      mergedInto: null,
      primaryContact: { id: all.contact.id },
      contacts: { nodes: [{ id: all.contact.id, version: 2 }] },
      removed: { nodes: [{ id: all.removed.id }] },
      deliveryPlaces: { nodes: [{ id: all.place.id }] },
      recipients: {
        nodes: [{ id: all.recipient.id, deliveryPlace: { id: all.place.id }, memberCard: null }],
      },
      notes: { nodes: [{ id: all.note.id }] },
      events: { nodes: [{ id: all.event.id, participants: [{ id: all.contact.id }] }] },
      erpAccounts: [{ id: all.account.id }],
    });
    const none = { nodes: [] };
    expect(await cardOf(loser)).toEqual({
      shortName: 'Przegrana',
      version: 3,
      deletedAt: expect.stringMatching(/Z$/),
      mergedInto: { id: winner.id },
      primaryContact: null,
      contacts: none,
      removed: none,
      deliveryPlaces: none,
      recipients: none,
      notes: none,
      events: none,
      erpAccounts: [],
    });
  });

  it('traces every record it wrote, in one moment', async () => {
    const { contact, event, account } = await fillCard(service, loser);
    await merge(service, winner, [loser]);
    const [ofWinner, ofLoser] = [
      (await changesOf(service, winner.id)).at(-1),
      (await changesOf(service, loser.id)).at(-1),
    ];
    expect(ofWinner).toMatchObject({
      action: 'MERGED',
      version: 2,
      fields: [
        { name: 'primaryContactId', before: null, after: contact.id },
        { name: 'mergedFrom', before: null, after: loser.id },
      ],
    });
    expect(ofLoser).toMatchObject({
      action: 'MERGED',
      version: 3,
      at: ofWinner?.at,
      fields: [
        { name: 'primaryContactId', before: contact.id, after: null },
        { name: 'mergedIntoId', before: null, after: winner.id },
        { name: 'deletedAt', before: null },
      ],
    });
    for (const { id } of [contact, event, account])
      expect((await changesOf(service, id)).at(-1)).toMatchObject({
        action: 'MERGED',
        version: 2,
        at: ofWinner?.at,
        client_id: bare(winner.id),
        fields: [{ name: 'clientId', before: loser.id, after: winner.id }],
      });
  });

  it('takes several losers at once, and keeps the winner’s own primary contact', async () => {
    const other = await makeClient(service);
    const own = await makeContact(service, winner, { primary: true });
    const [first, second] = [await fillCard(service, loser), await fillCard(service, other)];
    const { moved } = await merge(service, winner, [other, loser], {
      keepErpAccounts: [first.account.id, second.account.id],
    });
    expect(moved).toContainEqual({ recordType: 'CONTACT', count: 4 });
    expect(await cardOf(winner)).toMatchObject({ primaryContact: { id: own.id }, erpAccounts: [{}, {}] });
    expect(await cardOf(other)).toMatchObject({ mergedInto: { id: winner.id } });
    expect((await changesOf(service, winner.id)).at(-1)?.fields).toEqual([
      { name: 'mergedFrom', before: null, after: [loser.id, other.id].toSorted().join(', ') },
    ]);
  });

  it('lets recipients of other cards name the winner where they named the loser, removed ones too', async () => {
    const group = await makeClient(service);
    const live = await makeRecipient(service, group, { memberCardId: loser.id });
    const removed = await makeRecipient(service, group, { memberCardId: loser.id });
    await write(service, 'removeRecipient', removed);
    const { moved } = await merge(service, winner, [loser]);
    expect(moved).toEqual([]);
    expect(await cardOf(group)).toMatchObject({ recipients: { nodes: [{ memberCard: { id: winner.id } }] } });
    for (const [{ id }, version] of [
      [live, 2],
      [removed, 3],
    ] as const)
      expect((await changesOf(service, id)).at(-1)).toMatchObject({
        action: 'MERGED',
        version,
        fields: [{ name: 'memberCardId', before: loser.id, after: winner.id }],
      });
  });

  it('can be followed from card to card where a winner is merged in its turn', async () => {
    await merge(service, winner, [loser]);
    const last = await makeClient(service);
    await merge(service, last, [winner]);
    const query =
      'query ($id: ID!) { client(id: $id) { mergedInto { id mergedInto { id mergedInto { id } } } } }';
    expect(await service.ask(query, loser)).toEqual({
      client: { mergedInto: { id: winner.id, mergedInto: { id: last.id, mergedInto: null } } },
    });
  });
});

describe('a dry run', () => {
  it('tells the same as the merge that follows, and writes nothing', async () => {
    await fillCard(service, loser);
    const everything = (): Promise<unknown> =>
      service.dataSource.query(
        `SELECT (SELECT count(*) FROM change), (SELECT count(*) FROM client_merge), (SELECT sum(version) FROM client),
          (SELECT sum(version) FROM contact), (SELECT sum(version) FROM erp_account), (SELECT max(xmin::text::bigint) FROM client)`,
      );
    const before = await everything();
    const dry = await merge(service, winner, [loser], { dryRun: true });
    expect(await everything()).toEqual(before);
    expect(dry).toMatchObject({ mergeId: null, client: { id: winner.id, version: 1 }, obstacles: [] });
    expect((await merge(service, winner, [loser])).moved).toEqual(dry.moved);
  });

  it('tells all that stands in the way at once, which refuses the merge itself', async () => {
    const [mine, theirs] = [
      await service.link(winner, await service.newCustomer()),
      await service.link(loser, await service.newCustomer()),
    ];
    const places = [
      await makeDeliveryPlace(service, winner, { code: 'M1' }),
      await makeDeliveryPlace(service, loser, { code: 'm1' }),
    ];
    await makeRecipient(service, winner, { code: 'R1' });
    await makeRecipient(service, loser, { code: 'R1' });
    const member = await makeRecipient(service, loser, { memberCardId: winner.id });
    const dry = await merge(service, winner, [loser], { dryRun: true });
    expect(dry.obstacles).toHaveLength(4);
    const told = dry.obstacles.join('\n');
    for (const { id } of [...places, mine, theirs, member]) expect(told).toContain(id);
    expect(await refused([loser])).toMatchObject(
      problems(
        ['input.losers', 'SAME_CODE'],
        ['input.losers', 'SAME_CODE'],
        ['input.keepErpAccounts', 'ERP_ACCOUNTS'],
        ['input.losers', 'OWN_MEMBER'],
      ),
    );
    expect(await asIs(service, winner)).toEqual(winner);
  });
});

describe('codes', () => {
  it('that only a removed record has stand in nobody’s way', async () => {
    await makeDeliveryPlace(service, winner, { code: 'M1' });
    const gone = await makeDeliveryPlace(service, loser, { code: 'M1' });
    await write(service, 'removeDeliveryPlace', gone);
    expect((await merge(service, winner, [loser])).moved).toEqual([
      { recordType: 'DELIVERY_PLACE', count: 1 },
    ]);
  });

  it('that two losers have stand in the way too', async () => {
    const other = await makeClient(service);
    await makeDeliveryPlace(service, other, { code: 'M1' });
    await makeDeliveryPlace(service, loser, { code: 'M1' });
    expect(await refused([loser, other])).toMatchObject(problems(['input.losers', 'SAME_CODE']));
  });
});

describe('accounts of several cards in one company', () => {
  const linked = async (card: Written) => service.link(card, await service.newCustomer());

  it('are kept as told, and the others unlinked; those of other companies just move', async () => {
    const [mine, theirs] = [await linked(winner), await linked(loser)];
    await service.erp.fill(
      'texts',
      "INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES ('T1', N'K', N'Trzewik', 0);",
    );
    const elsewhere = await service.link(loser, 'T1', 'texts');
    const { moved } = await merge(service, winner, [loser], { keepErpAccounts: [theirs.id] });
    expect(moved).toEqual([{ recordType: 'ERP_ACCOUNT', count: 2 }]);
    const { erpAccounts } = await cardOf(winner);
    expect(new Set((erpAccounts as Written[]).map(({ id }) => id))).toEqual(
      new Set([theirs.id, elsewhere.id]),
    );
    expect((await changesOf(service, mine.id)).at(-1)).toMatchObject({ action: 'DELETED', version: 2 });
    expect(await service.nodeOf(mine.id)).toBeNull();
  });

  it('cannot be kept where the cards do not have them', async () => {
    const stranger = await linked(await makeClient(service));
    expect(await refused([loser], { keepErpAccounts: [stranger.id], dryRun: true })).toMatchObject(
      problems(['input.keepErpAccounts.0', 'NOT_FOUND']),
    );
  });

  it('are none where they were unlinked, and an unlinked one stays behind', async () => {
    const [mine, theirs] = [await linked(winner), await linked(loser)];
    await service.ask('mutation ($input: VersionedId!) { unlinkErpAccount(input: $input) }', {
      input: { id: theirs.id, version: 1 },
    });
    expect((await merge(service, winner, [loser])).moved).toEqual([]);
    expect(await cardOf(winner)).toMatchObject({ erpAccounts: [{ id: mine.id }] });
  });
});
