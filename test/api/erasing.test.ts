import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cardRecords } from '../../src/clients/whole-card/card-records.ts';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeEvent,
  makeRecipient,
  mutations,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf, contactFeed } from '../arrange/change-log.ts';
import { define } from '../arrange/features.ts';
import { asIs, merge } from '../arrange/merging.ts';
import {
  fillWithPersonal,
  givePersonalFeature,
  makePersonalClient,
  personalClient,
  personalContact,
  personalPlace,
  personalRecipient,
  tablesWith,
  textsOf,
  values,
  word,
} from '../arrange/personal-data.ts';
import { storedKeys } from '../arrange/stored-files.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
let card: Written;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  for (const recordType of ['CLIENT', 'CONTACT']) await define(service, 'personal', { recordType });
});
afterAll(() => service.close());
beforeEach(async () => {
  card = await makePersonalClient(service);
});

const erasing = (name: string): string =>
  `mutation ($input: VersionedId!) { erased: ${name}(input: $input) }`;

async function erase(name: string, record: Written): Promise<void> {
  const input = await asIs(service, record);
  expect(await service.ask(erasing(name), { input })).toEqual({ erased: true });
}

const found = async (search: string): Promise<string[]> => {
  const query = 'query ($search: String) { clients(search: $search) { nodes { id } } }';
  const { clients } = await service.ask<{ clients: { nodes: Written[] } }>(query, { search });
  return clients.nodes.map(({ id }) => id);
};

describe('eraseContact', () => {
  it('leaves nothing of the person anywhere in the database, neither of now nor of before', async () => {
    const own = await textsOf(service, card);
    const contact = await makeContact(service, card, personalContact());
    const before = values(await textsOf(service, contact));
    await write(service, 'updateContact', { ...contact, ...personalContact() });
    const after = await textsOf(service, contact);
    expect(after.filter(({ value }) => value === null)).toEqual([]);
    const personal = [...before, ...values(after)];
    expect(personal).toHaveLength(14);
    expect(await tablesWith(service, personal)).toEqual([
      'change',
      'client_search',
      'contact',
      'search_word',
    ]);

    await erase('eraseContact', contact);

    expect(await tablesWith(service, personal)).toEqual([]);
    expect(await textsOf(service, card)).toEqual(own);
  });

  it('takes the person out of the search, and leaves what the card itself is found by', async () => {
    const input = personalContact();
    const contact = await makeContact(service, card, input);
    const name = (await textsOf(service, card)).find(({ column }) => column === 'full_name')?.value ?? '';
    expect(await found(input.lastName)).toEqual([card.id]);
    await erase('eraseContact', contact);
    expect(await found(input.lastName)).toEqual([]);
    expect(await found(name)).toEqual([card.id]);
  });

  it('leaves the words that others are found by, with mistakes in them too', async () => {
    const lastName = word();
    const contact = await makeContact(service, card, { lastName });
    const other = await makeContact(service, await makeClient(service), { lastName });
    await erase('eraseContact', contact);
    expect(await tablesWith(service, [lastName])).toEqual([
      'change',
      'client_search',
      'contact',
      'search_word',
    ]);
    await erase('eraseContact', other);
    expect(await tablesWith(service, [lastName])).toEqual([]);
  });

  it('leaves a trace of who, when and which, and every version to be counted', async () => {
    const contact = await makeContact(service, card, { lastName: word(), email: 'kowalska@example.pl' });
    await write(service, 'updateContact', { ...contact, lastName: word(), active: false });
    await erase('eraseContact', contact);
    const changes = await changesOf(service, contact.id);
    expect(changes.map(({ action, version }) => [action, version])).toEqual([
      ['CREATED', 1],
      ['UPDATED', 2],
      ['ERASED', 3],
    ]);
    const erased = (name: string) => ({ name, before: null, after: null, erased: true });
    expect(changes[0]?.fields).toEqual([
      { name: 'active', before: null, after: 'true' },
      erased('lastName'),
      erased('email'),
    ]);
    expect(changes[1]?.fields).toEqual([
      { name: 'active', before: 'true', after: 'false' },
      erased('lastName'),
    ]);
    expect(changes[2]).toMatchObject({
      actor: developmentUser.name,
      record_type: 'CONTACT',
      client_id: bare(card.id),
      at: expect.any(String),
    });
    expect(changes[2]?.fields).toEqual([
      ...['lastName', 'firstName', 'email', 'phone', 'mobile', 'position', 'department'].map(erased),
      { name: 'deletedAt', before: null, after: changes[2]?.at },
    ]);
  });

  it('tells whoever copies through the feed, which no more tells what it told', async () => {
    const { head } = await contactFeed(service);
    const contact = await makeContact(service, card, { lastName: word() });
    await write(service, 'updateContact', { ...contact, lastName: word() });
    const told = await contactFeed(service, head);
    expect(told.actions).toEqual(['CREATED', 'UPDATED']);
    await erase('eraseContact', contact);
    expect((await contactFeed(service, told.head)).actions).toEqual(['ERASED']);
    const again = await contactFeed(service, head);
    expect(again.actions).toEqual(['CREATED', 'UPDATED', 'ERASED']);
    expect(again.named).toEqual(
      Array.from({ length: 3 }, () => ({ name: 'lastName', before: null, after: null })),
    );
  });

  it('removes the contact for good, also as the primary one, and events still count who took part', async () => {
    const contact = await makeContact(service, card, { lastName: word(), primary: true });
    const event = await makeEvent(service, card, { participantIds: [contact.id] });
    await erase('eraseContact', contact);
    expect(
      await service.ask(
        `query ($card: ID!, $event: ID!) { client(id: $card) { primaryContact { id } contacts { nodes { id } } }
          node(id: $event) { ... on Event { participants { id lastName email deletedAt } } } }`,
        { card: card.id, event: event.id },
      ),
    ).toMatchObject({
      client: { primaryContact: null, contacts: { nodes: [] } },
      node: { participants: [{ id: contact.id, lastName: '(erased)', email: null }] },
    });
    const input = await asIs(service, contact);
    expect((await service.refusal(mutations.restoreRecord, { input })).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ path: 'input.id', code: 'ERASED' }],
    });
  });

  it('erases removed contacts, and those of deleted cards, too', async () => {
    const contact = await makeContact(service, card, personalContact());
    const personal = values(await textsOf(service, contact));
    await write(service, 'removeContact', contact);
    const [{ deleted_at }] = await service.dataSource.query<[{ deleted_at: string }]>(
      'SELECT deleted_at FROM contact WHERE id = $1',
      [bare(contact.id)],
    );
    await write(service, 'deleteClient', card);
    await erase('eraseContact', contact);
    expect(await tablesWith(service, personal)).toEqual([]);
    expect(
      await service.dataSource.query('SELECT deleted_at FROM contact WHERE id = $1', [bare(contact.id)]),
    ).toEqual([{ deleted_at }]);
  });
});

describe.each([
  ['eraseDeliveryPlaceContact', 'place', 'updateDeliveryPlace', personalPlace],
  ['eraseRecipientContact', 'recipient', 'updateRecipient', personalRecipient],
] as const)('%s', (name, which, update, input) => {
  it('leaves nothing of the person, and the rest as it is', async () => {
    const record = (await fillWithPersonal(service, card))[which];
    const isPersonal = ({ column }: { column: string }) =>
      ['contact_name', 'phone', 'email'].includes(column);
    const before = await textsOf(service, record);
    await write(service, update, { ...record, ...input() });
    const after = await textsOf(service, record);
    const personal = values([...before, ...after].filter(isPersonal));
    expect(personal).toHaveLength(6);

    await erase(name, record);

    expect(await tablesWith(service, personal)).toEqual([]);
    expect(await textsOf(service, record)).toEqual(
      after.map((text) => (isPersonal(text) ? { ...text, value: null } : text)),
    );
    const changes = await changesOf(service, record.id);
    expect(changes.map(({ action }) => action)).toEqual(['CREATED', 'UPDATED', 'ERASED']);
    expect(changes[2]?.fields.map(({ name: field }) => field)).toEqual(['contactName', 'phone', 'email']);
    expect(await asIs(service, record)).toMatchObject({ version: 3 });
  });
});

describe('eraseClient', () => {
  it('leaves nothing of a sole trader in the database: card, records, merged cards, and members’ recipients', async () => {
    const [merged, group] = [await makePersonalClient(service), await makeClient(service)];
    const filled = await fillWithPersonal(service, card);
    const gone = await fillWithPersonal(service, merged);
    await write(service, 'removeNote', gone.note);
    const member = await makeRecipient(service, group, { ...personalRecipient(), memberCardId: card.id });
    const records = [card, merged, member, ...Object.values(filled), ...Object.values(gone)];
    const texts = await textsOf(service, ...records);
    expect(texts.filter(({ value }) => value === null)).toEqual([]);
    await write(service, 'updateClient', { ...(await asIs(service, card)), ...personalClient() });
    const featured = [card, merged, filled.contact];
    const features = [];
    for (const record of featured)
      features.push(await givePersonalFeature(service, await asIs(service, record)));
    const revisions = await service.dataSource.query<{ id: string; text: string }[]>(
      'SELECT id, unnest(ARRAY[file_name, sha256]) AS text FROM attachment_revision WHERE attachment_id = ANY($1)',
      [[filled, gone].map(({ attachment }) => bare(attachment.id))],
    );
    expect(revisions).toHaveLength(8);
    const personal = [
      ...values(texts),
      ...values(await textsOf(service, card)),
      ...features,
      ...revisions.map(({ text }) => text),
    ];
    await merge(service, card, [merged], { keepErpAccounts: [filled.account.id, gone.account.id] });
    expect(await tablesWith(service, personal)).toEqual(
      [
        'attachment_revision',
        'change',
        'client',
        'client_search',
        'feature_value',
        'search_word',
        ...cardRecords.map(({ kind }) => kind.read.table),
      ].sort(),
    );

    await erase('eraseClient', card);

    expect(await tablesWith(service, personal)).toEqual([]);
    const { files } = await storedKeys(service.storageFolder);
    expect(revisions.filter(({ id }) => files.includes(id))).toEqual([]);
    for (const { id } of records)
      expect((await changesOf(service, id)).at(-1)).toMatchObject({ action: 'ERASED' });
    expect(
      await service.ask(
        'query ($id: ID!) { client(id: $id) { code shortName taxId erpAccounts { id } } }',
        card,
      ),
    ).toEqual({
      client: { code: `ERASED-${bare(card.id)}`, shortName: '(erased)', taxId: null, erpAccounts: [] },
    });
    const tables = ['client', ...cardRecords.map(({ kind }) => kind.read.table)];
    for (const table of tables)
      expect(
        await service.dataSource.query(`SELECT FROM ${table} WHERE id = ANY($1) AND deleted_at IS NULL`, [
          records.map(({ id }) => bare(id)),
        ]),
      ).toEqual([]);
  });

  it('cannot be undone: neither by restoring the card nor by undoing a merge', async () => {
    const other = await makePersonalClient(service);
    const { mergeId } = await merge(service, card, [other]);
    await erase('eraseClient', card);
    const restore = { input: await asIs(service, card) };
    expect((await service.refusal(mutations.restoreClient, restore)).extensions).toMatchObject({
      problems: [{ path: 'input.id', code: 'ERASED' }],
    });
    const undo = 'mutation ($mergeId: ID!) { undoMerge(mergeId: $mergeId) { id } }';
    expect((await service.refusal(undo, { mergeId })).extensions).toMatchObject({
      problems: [{ code: 'CHANGED' }, { code: 'CHANGED' }],
    });
  });

  it('gives the tax id and the code free for whoever comes with them anew', async () => {
    const [before] = await service.dataSource.query<{ code: string; tax_id: string }[]>(
      'SELECT code, tax_id FROM client WHERE id = $1',
      [bare(card.id)],
    );
    await erase('eraseClient', card);
    await makeClient(service, { code: before?.code, taxId: before?.tax_id });
  });
});
