import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changesOf } from '../arrange/change-log.ts';
import { bare, makeCardTypes, makeClient, write, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { storedKeys, waitForCount } from '../arrange/stored-files.ts';
import {
  addAttachment,
  attach,
  attachmentInput,
  pdfBytes,
  reviseAttachment,
  sendFile,
  somePdf,
  type Attachment,
} from '../arrange/uploads.ts';

let service: TestService;
let card: Written;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service);
});
afterAll(() => service.close());

interface Listed {
  readonly attachments: {
    readonly nodes: Written[];
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const revise = async (seen: Written, file = somePdf()): Promise<Attachment> => {
  const { data, errors } = await sendFile(
    service,
    reviseAttachment,
    { id: seen.id, version: seen.version },
    file,
  );
  if (!data?.written) throw new Error(JSON.stringify(errors));
  return data.written;
};

const downloaded = async (url: string): Promise<Buffer> => {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

it('keeps a file with what its bytes are, and gives the same bytes back', async () => {
  const bytes = pdfBytes(5_000);
  const written = await attach(
    service,
    card,
    { name: 'Umowa o współpracę.pdf', bytes },
    { description: ' Ramowa ', validFrom: '2026-01-01', validUntil: '2027-12-31' },
  );
  expect(written).toMatchObject({
    version: 1,
    fileName: 'Umowa o współpracę.pdf',
    mediaType: 'application/pdf',
    size: 5_000,
    sha256: sha256(bytes),
    category: 'CONTRACT',
    description: 'Ramowa',
    validFrom: '2026-01-01',
    validUntil: '2027-12-31',
    deletedAt: null,
    client: { id: card.id },
    revisions: [{ number: 1, fileName: 'Umowa o współpracę.pdf', size: 5_000, sha256: sha256(bytes) }],
  });
  expect(await downloaded(written.downloadUrl)).toEqual(bytes);
});

it('keeps every revision, each downloaded by itself, and the latest as its own', async () => {
  const [first, second] = [pdfBytes(), pdfBytes(2_000)];
  const added = await attach(service, card, somePdf({ bytes: first }));
  const revised = await revise(added, { name: 'Umowa v2.pdf', bytes: second });
  expect(revised).toMatchObject({
    id: added.id,
    version: 2,
    fileName: 'Umowa v2.pdf',
    sha256: sha256(second),
    revisions: [
      { number: 2, sha256: sha256(second) },
      { number: 1, sha256: sha256(first) },
    ],
  });
  const urls = [revised.downloadUrl, ...revised.revisions.map(({ downloadUrl }) => downloadUrl)];
  expect(await Promise.all(urls.map(downloaded))).toEqual([second, second, first]);
});

it('puts every step into the change log', async () => {
  const added = await attach(service, card);
  const revised = await revise(added, somePdf({ name: 'Aneks.pdf' }));
  await service.ask('mutation ($input: UpdateAttachmentInput!) { updateAttachment(input: $input) { id } }', {
    input: { id: added.id, version: revised.version, category: 'TRADE_TERMS' },
  });
  const changes = await changesOf(service, added.id);
  expect(changes.map(({ action, version, record_type }) => [action, version, record_type])).toEqual([
    ['CREATED', 1, 'ATTACHMENT'],
    ['UPDATED', 2, 'ATTACHMENT'],
    ['UPDATED', 3, 'ATTACHMENT'],
  ]);
  expect(changes[0]?.client_id).toBe(bare(card.id));
  expect(changes[1]?.fields).toContainEqual({ name: 'fileName', before: 'Umowa.pdf', after: 'Aneks.pdf' });
  expect(changes[1]?.fields).toContainEqual({ name: 'revision', before: '1', after: '2' });
  expect(changes[2]?.fields).toEqual([{ name: 'category', before: 'CONTRACT', after: 'TRADE_TERMS' }]);
});

it('is found again by its id', async () => {
  const { id } = await attach(service, card);
  const query = 'query ($id: ID!) { node(id: $id) { id ... on Attachment { fileName } } }';
  expect(await service.ask(query, { id })).toEqual({ node: { id, fileName: 'Umowa.pdf' } });
});

describe('of two who revise the same version', () => {
  it('one wins, and of the other nothing is left', async () => {
    const added = await attach(service, card);
    const seen = { id: added.id, version: 1 };
    const before = await storedKeys(service.storageFolder);
    const answers = await Promise.all([1, 2].map(() => sendFile(service, reviseAttachment, seen, somePdf())));
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code).toSorted();
    expect(codes).toEqual(['CONFLICT', undefined]);
    const lost = answers.find(({ errors }) => errors.length > 0);
    expect(lost?.errors[0]?.extensions['changedFields']).toContain('revision');
    await waitForCount(service.storageFolder, before.files.length + 1);
  });
});

describe('a removed attachment', () => {
  it('leads nowhere, is listed among the removed, and comes back whole', async () => {
    const mine = await makeClient(service);
    const added = await attach(service, mine);
    const removed = await service.ask<{ removed: Written & { deletedAt: string } }>(
      'mutation ($input: VersionedId!) { removed: removeAttachment(input: $input) { id version deletedAt } }',
      { input: { id: added.id, version: 1 } },
    );
    expect(removed.removed.deletedAt).not.toBeNull();
    const gone = await fetch(added.downloadUrl);
    expect([gone.status, await gone.json()]).toMatchObject([
      404,
      { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    ]);
    expect(await listed(mine, {})).toEqual([]);
    expect(await listed(mine, { deleted: true })).toEqual([added.id]);
    await write(service, 'restoreRecord', { id: added.id, version: removed.removed.version });
    expect((await downloaded(added.downloadUrl)).length).toBe(added.size);
    expect(await listed(mine, {})).toEqual([added.id]);
  });
});

describe('a write that is refused', () => {
  it('leaves no bytes behind', async () => {
    const taken = await attach(service, card);
    const before = await storedKeys(service.storageFolder);
    const codes = [];
    for (const input of [
      attachmentInput(card, { id: taken.id }),
      attachmentInput({ id: 'client_00000000-0000-7000-8000-000000000000', version: 1 }),
      attachmentInput(card, { validFrom: '2026-02-01', validUntil: '2026-01-31' }),
      attachmentInput(card, { description: 'x'.repeat(2_001) }),
    ]) {
      const { errors } = await sendFile(service, addAttachment, input, somePdf());
      const [error] = errors;
      codes.push([error?.extensions.code, error?.extensions.problems?.[0]?.code]);
    }
    expect(codes).toEqual([
      ['DUPLICATE', undefined],
      ['NOT_FOUND', undefined],
      ['BAD_USER_INPUT', 'NOT_BEFORE'],
      ['BAD_USER_INPUT', 'TOO_LONG'],
    ]);
    await waitForCount(service.storageFolder, before.files.length);
  });

  it('is so for a change of days that does not fit what is there', async () => {
    const added = await attach(service, card, somePdf(), { validFrom: '2026-02-01' });
    const refused = await service.refusal(
      'mutation ($input: UpdateAttachmentInput!) { updateAttachment(input: $input) { id } }',
      { input: { id: added.id, version: 1, validUntil: '2026-01-31', category: null } },
    );
    expect(refused.extensions.problems).toMatchObject([{ path: 'input.category', code: 'REQUIRED' }]);
    const again = await service.refusal(
      'mutation ($input: UpdateAttachmentInput!) { updateAttachment(input: $input) { id } }',
      { input: { id: added.id, version: 1, validUntil: '2026-01-31' } },
    );
    expect(again.extensions.problems).toMatchObject([{ path: 'input.validUntil', code: 'NOT_BEFORE' }]);
  });
});

describe('the list over all clients', () => {
  it('finds what runs out, the soonest first, page by page', async () => {
    const mine = await makeClient(service);
    const days = ['2031-03-01', '2031-01-15', '2031-02-01', '2031-04-01'];
    const ids = new Map<string, string>();
    for (const validUntil of days)
      ids.set(validUntil, (await attach(service, mine, somePdf(), { validUntil })).id);
    await attach(service, mine);
    const filter = { validUntil: { gte: '2031-01-01', lt: '2031-04-01' } };
    const query = `query ($filter: AttachmentFilter, $after: String) {
      attachments(first: 2, after: $after, filter: $filter) { nodes { id } totalCount pageInfo { hasNextPage endCursor } }
    }`;
    interface Page {
      attachments: {
        nodes: Written[];
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const { attachments: first } = await service.ask<Page>(query, { filter });
    const { attachments: second } = await service.ask<Page>(query, {
      filter,
      after: first.pageInfo.endCursor,
    });
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(
      ['2031-01-15', '2031-02-01', '2031-03-01'].map((day) => ids.get(day)),
    );
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
      3,
      true,
      false,
    ]);
  });

  it('goes on behind those without a last day too', async () => {
    const mine = await makeClient(service);
    const ids = [];
    for (const validUntil of ['2041-01-01', null, null])
      ids.push((await attach(service, mine, somePdf({ name: 'Bez terminu.pdf' }), { validUntil })).id);
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { attachments }: Listed = await service.ask<Listed>(
        `query ($after: String) { attachments(first: 1, after: $after, filter: { search: "bez termi" }) {
          nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      found.push(...attachments.nodes.map(({ id }) => id));
      after = attachments.pageInfo.hasNextPage ? attachments.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(ids);
  });
});

it("filters a card's own by category, fragment and day, newest first", async () => {
  const mine = await makeClient(service);
  const weksel = await attach(service, mine, somePdf({ name: 'Weksel.pdf' }), {
    category: 'PROMISSORY_NOTE',
  });
  const umowa = await attach(service, mine, somePdf(), { description: 'Zażółć', validUntil: '2030-01-01' });
  expect(await listed(mine, {})).toEqual([umowa.id, weksel.id]);
  expect(await listed(mine, { category: ['PROMISSORY_NOTE', 'OTHER'] })).toEqual([weksel.id]);
  expect(await listed(mine, { category: [] })).toEqual([]);
  expect(await listed(mine, { search: 'zazolc' })).toEqual([umowa.id]);
  expect(await listed(mine, { search: 'WEKS' })).toEqual([weksel.id]);
  expect(await listed(mine, { validUntil: { isNull: true } })).toEqual([weksel.id]);
});

async function listed(client: Written, filter: object): Promise<string[]> {
  const { client: found } = await service.ask<{ client: { attachments: { nodes: Written[] } } }>(
    'query ($id: ID!, $filter: AttachmentFilter) { client(id: $id) { attachments(filter: $filter) { nodes { id } } } }',
    { id: client.id, filter },
  );
  return found.attachments.nodes.map(({ id }) => id);
}
