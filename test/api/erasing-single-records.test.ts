/** Notes, events and attachments that mention somebody, found by people, are erased one by one. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeDeliveryPlace,
  makeEvent,
  makeRecipient,
  makeNote,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { define, redefine } from '../arrange/features.ts';
import { fillWithPersonal, tablesWith, textsOf, values, word } from '../arrange/personal-data.ts';
import { waitForStored, storedKeys } from '../arrange/stored-files.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let card: Written;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());
beforeEach(async () => {
  card = await makeClient(service);
});

const erase = (mutation: string, { id, version }: Written): Promise<unknown> =>
  service.ask(`mutation ($input: VersionedId!) { ${mutation}(input: $input) }`, { input: { id, version } });

const restoring = 'mutation ($input: VersionedId!) { restoreRecord(input: $input) { id } }';

describe.each([
  ['eraseNote', (): Promise<Written> => makeNote(service, card, { text: word() }), 'updateNote', 'text'],
  [
    'eraseEvent',
    (): Promise<Written> =>
      makeEvent(service, card, { subject: word(), description: word(), location: word() }),
    'updateEvent',
    'subject',
  ],
] as const)('%s', (mutation, make, change, member) => {
  it('leaves nothing of what it said, now or before, and a trace; it cannot be restored', async () => {
    const made = await make();
    const before = values(await textsOf(service, made));
    const changed = await write(service, change, { id: made.id, version: 1, [member]: word() });
    const personal = [...before, ...values(await textsOf(service, made))];
    expect(await tablesWith(service, personal)).toEqual([
      'change',
      mutation === 'eraseNote' ? 'note' : 'event',
    ]);

    await erase(mutation, changed);

    expect(await tablesWith(service, personal)).toEqual([]);
    const changes = await changesOf(service, made.id);
    expect(changes.map(({ action }) => action)).toEqual(['CREATED', 'UPDATED', 'ERASED']);
    const { extensions } = await service.refusal(restoring, { input: { id: made.id, version: 3 } });
    expect(extensions.problems).toMatchObject([{ path: 'input.id', code: 'ERASED' }]);
  });
});

describe('eraseAttachment', () => {
  it('leaves neither names nor bytes of any revision, and those of others as they are', async () => {
    const [{ attachment }, other] = [
      await fillWithPersonal(service, card),
      await fillWithPersonal(service, card),
    ];
    const revisions = await service.dataSource.query<
      { id: string; name: string; sha256: string; of: string }[]
    >(
      'SELECT id, file_name AS name, sha256, attachment_id AS of FROM attachment_revision WHERE attachment_id = ANY($1)',
      [[bare(attachment.id), bare(other.attachment.id)]],
    );
    const own = revisions.filter(({ of }) => of === bare(attachment.id));
    const personal = [
      ...own.flatMap(({ name, sha256 }) => [name, sha256]),
      ...values(await textsOf(service, attachment)),
    ];
    const { files } = await storedKeys(service.storageFolder);

    await erase('eraseAttachment', { id: attachment.id, version: 2 });

    expect(own).toHaveLength(2);
    expect(await tablesWith(service, personal)).toEqual([]);
    await waitForStored(
      service.storageFolder,
      files.filter((key) => !own.some(({ id }) => id === key)),
    );
    const { extensions } = await service.refusal(restoring, { input: { id: attachment.id, version: 3 } });
    expect(extensions.problems).toMatchObject([{ code: 'ERASED' }]);
  });
});

describe('erasing a contact', () => {
  it('takes along what places and recipients of its card tell of the same person, and of nobody else', async () => {
    const [first, last, formerLast] = [word(), word(), word()];
    const contact = await write(service, 'addContact', {
      clientId: card.id,
      firstName: first,
      lastName: formerLast,
    });
    const renamed = await write(service, 'updateContact', { ...contact, lastName: last });
    const named = await makeDeliveryPlace(service, card, {
      contactName: `${first} ${last}`,
      phone: '+48601000001',
    });
    const before = await makeRecipient(service, card, {
      contactName: ` ${formerLast}  ${first}`,
      email: 'a@x.example',
    });
    const since = await makeDeliveryPlace(service, card, { contactName: `${last} ${first}` });
    await write(service, 'updateDeliveryPlace', { ...since, contactName: 'Ktoś Inny' });
    const other = await makeRecipient(service, card, { contactName: `Zofia ${last}` });

    await erase('eraseContact', renamed);

    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) {
      ... on DeliveryPlace { contactName phone } ... on Recipient { contactName email } } }`;
    expect(await service.ask(query, { ids: [named.id, before.id, since.id, other.id] })).toEqual({
      nodes: [
        { contactName: null, phone: null },
        { contactName: null, email: null },
        { contactName: 'Ktoś Inny', phone: null },
        { contactName: `Zofia ${last}`, email: null },
      ],
    });
    expect(await tablesWith(service, [first, formerLast])).toEqual([]);
  });
});

describe('erasing a primary contact', () => {
  it('is not held up by a feature that its card lacks', async () => {
    const contact = await write(service, 'addContact', {
      clientId: card.id,
      lastName: word(),
      primary: true,
    });
    const required = await define(service, 'brakuje', { required: true });

    await erase('eraseContact', contact);

    expect((await changesOf(service, contact.id)).at(-1)?.action).toBe('ERASED');
    await redefine(service, required, { required: false });
  });
});
