import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeEvent,
  makeNote,
  write,
  type Written,
} from '../arrange/cards.ts';
import { insertChange, openSession } from '../arrange/raw-changes.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { countStatements, type WireCounter } from '../arrange/wire-counter.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: TestService;
let counter: WireCounter;
let session: pg.Client;
let card: Written;

beforeAll(async () => {
  service = await startTestService({
    through: async (url) => {
      counter = await countStatements(url);
      return counter.url;
    },
  });
  session = await openSession(service.databaseUrl);
  await makeCardTypes(service);
  card = await makeClient(service);
});
afterAll(async () => {
  await session.end();
  await service.close();
  await counter.close();
});

interface Feed {
  readonly nodes: readonly {
    readonly position: string;
    readonly recordId: string;
    readonly recordType: string;
    readonly action: string;
    readonly version: number;
  }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

const query = `query ($after: String, $first: Int, $recordTypes: [RecordType!]) {
  changes(after: $after, first: $first, recordTypes: $recordTypes) {
    nodes { position at actor recordType recordId clientId action version fields { name before after } }
    edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

interface FeedArguments {
  readonly after?: string | null;
  readonly first?: number;
  readonly recordTypes?: readonly string[];
}

const read = async (variables: FeedArguments): Promise<Feed> =>
  (await service.ask<{ changes: Feed }>(query, variables)).changes;

/** The cursor behind all that there is. */
async function end(): Promise<string> {
  let after: string | null = null;
  for (;;) {
    const { pageInfo }: Feed = await read({ after, first: 200 });
    after = pageInfo.endCursor ?? after;
    if (!pageInfo.hasNextPage) return after ?? '0';
  }
}

const told = ({ nodes }: Feed): unknown =>
  nodes.map(({ recordType, action, version }) => `${recordType} ${action} ${version}`);

describe('a change', () => {
  it('tells what was done to which record of which card, by whom and when, and every field', async () => {
    const after = await end();
    const before = Date.now();
    const contact = await makeContact(service, card, { firstName: 'Jan', lastName: 'Łoś' });
    const feed = await read({ after });
    expect(feed.nodes).toEqual([
      {
        position: String(Number(after) + 1),
        at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
        actor: developmentUser.name,
        recordType: 'CONTACT',
        recordId: contact.id,
        clientId: card.id,
        action: 'CREATED',
        version: 1,
        fields: [
          { name: 'active', before: null, after: 'true' },
          { name: 'lastName', before: null, after: 'Łoś' },
          { name: 'firstName', before: null, after: 'Jan' },
        ],
      },
    ]);
    const [{ at } = { at: '' }] = feed.nodes as unknown as readonly { at: string }[];
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  });

  it('of a removal and a restoration comes like any other', async () => {
    const after = await end();
    const note = await makeNote(service, card, { text: 'Dzwonić po dziesiątej' });
    const removed = await write(service, 'removeNote', note);
    await write(service, 'restoreRecord', removed);
    const own = await makeClient(service);
    await write(service, 'restoreClient', await write(service, 'deleteClient', own));
    expect(told(await read({ after }))).toEqual([
      'NOTE CREATED 1',
      'NOTE DELETED 2',
      'NOTE RESTORED 3',
      'CLIENT CREATED 1',
      'CLIENT DELETED 2',
      'CLIENT RESTORED 3',
    ]);
  });

  it('of a card type belongs to no card', async () => {
    const after = await end();
    const { id } = await write(service, 'defineCardType', { key: 'hurt', name: 'Hurt' });
    expect((await read({ after })).nodes).toMatchObject([
      { recordType: 'CARD_TYPE', recordId: id, clientId: null },
    ]);
  });

  it('of an ERP account has the account’s id', async () => {
    const after = await end();
    const key = await insertChange(session, 'ERP_ACCOUNT');
    expect((await read({ after })).nodes).toMatchObject([
      { recordType: 'ERP_ACCOUNT', recordId: `account_${key}` },
    ]);
  });
});

describe('who asks', () => {
  it('meets what was committed before, at once, and nothing after a refusal', async () => {
    let after = await end();
    for (let turn = 0; turn < 20; turn += 1) {
      const { id } = await makeNote(service, card);
      const { nodes, pageInfo } = await read({ after });
      expect(nodes).toMatchObject([{ recordId: id }]);
      expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      after = pageInfo.endCursor ?? '';
    }
    await service.refusal('mutation { addNote(input: { clientId: "client_x", text: "x" }) { id } }');
    expect(await read({ after })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it('meets what commits late after what was read meanwhile, and waits for none of it', async () => {
    const after = await end();
    await session.query('BEGIN');
    const late = await insertChange(session);
    const note = await makeNote(service, card);
    const meanwhile = await read({ after });
    expect(meanwhile.nodes).toMatchObject([{ recordId: note.id }]);
    await session.query('COMMIT');
    const then = await read({ after: meanwhile.pageInfo.endCursor ?? '' });
    expect(then.nodes).toMatchObject([{ recordId: `client_${late}` }]);
    expect((await read({ after })).nodes.map(({ recordId }) => bare(recordId))).toEqual([
      bare(note.id),
      late,
    ]);
  });

  it('never meets what was undone', async () => {
    const after = await end();
    await session.query('BEGIN');
    await insertChange(session);
    await session.query('ROLLBACK');
    const { id } = await makeNote(service, card);
    expect((await read({ after })).nodes).toMatchObject([{ recordId: id }]);
  });

  it('goes through it page by page and meets the same as at once', async () => {
    const whole: string[] = [];
    let after: string | null = null;
    for (let first = 1; ; first += 1) {
      const { edges, pageInfo }: Feed = await read({ after, first });
      expect(pageInfo.hasNextPage ? edges.length : first).toBe(first);
      whole.push(...edges.map(({ cursor }) => cursor));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(whole).toEqual((await read({ first: 200 })).nodes.map(({ position }) => position));
    expect(whole.length).toBeGreaterThan(20);
  });

  it.each([
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ])('for %i of three changes is told whether more follow: %p', async (first, more) => {
    const after = await end();
    for (let made = 0; made < 3; made += 1) await makeNote(service, card);
    const { nodes, pageInfo } = await read({ after, first });
    expect(nodes.length).toBe(Math.min(first, 3));
    expect(pageInfo.hasNextPage).toBe(more);
  });

  it('for some types of records meets those alone, in the feed’s order', async () => {
    const after = await end();
    await makeNote(service, card);
    await makeEvent(service, card);
    await makeContact(service, card);
    await makeNote(service, card);
    const of = async (...recordTypes: readonly string[]) => told(await read({ after, recordTypes }));
    expect(await of('NOTE')).toEqual(['NOTE CREATED 1', 'NOTE CREATED 1']);
    expect(await of('NOTE', 'EVENT', 'NOTE', 'CLIENT')).toEqual([
      'NOTE CREATED 1',
      'EVENT CREATED 1',
      'NOTE CREATED 1',
    ]);
    expect(await of()).toEqual([]);
    expect(told(await read({ after, recordTypes: ['NOTE', 'EVENT'], first: 2 }))).toEqual([
      'NOTE CREATED 1',
      'EVENT CREATED 1',
    ]);
  });

  it('is told how many there are of those types, on any page', async () => {
    const counts = async () =>
      service.ask<{ all: { totalCount: number }; types: { totalCount: number } }>(
        '{ all: changes(first: 1) { totalCount } types: changes(first: 1, recordTypes: [CARD_TYPE]) { totalCount } }',
      );
    await end();
    const before = await counts();
    await write(service, 'defineCardType', { key: 'targ', name: 'Targ' });
    await makeNote(service, card);
    await end();
    const now = await counts();
    expect(now.all.totalCount).toBe(before.all.totalCount + 2);
    expect(now.types.totalCount).toBe(before.types.totalCount + 1);
  });
});

describe('is refused', () => {
  const problems = async (variables: object): Promise<unknown> => {
    const { extensions } = await service.refusal(query, variables);
    return [extensions.code, ...(extensions.problems ?? []).map(({ path, code }) => `${path} ${code}`)];
  };

  it.each([0, -1, 201])('a page of %i', async (first) => {
    expect(await problems({ first })).toEqual(['BAD_USER_INPUT', 'first PAGE_SIZE']);
  });

  it.each(['', ' ', 'x', '-1', '1.5', '01', '1e3', '9'.repeat(19), '١', '1\0'])(
    'the cursor %j',
    async (after) => {
      expect(await problems({ after })).toEqual(['BAD_USER_INPUT', 'after CURSOR']);
    },
  );

  it('a cursor of another list, and its own by another list', async () => {
    const { clients } = await service.ask<{ clients: { pageInfo: { endCursor: string } } }>(
      '{ clients { pageInfo { endCursor } } }',
    );
    expect(await problems({ after: clients.pageInfo.endCursor })).toEqual(['BAD_USER_INPUT', 'after CURSOR']);
    const own = await service.refusal('query ($after: String) { clients(after: $after) { nodes { id } } }', {
      after: await end(),
    });
    expect(own.extensions.problems).toMatchObject([{ path: 'after', code: 'CURSOR' }]);
  });

  it('a cursor beyond the end: it is of a database that is no more', async () => {
    const last = await end();
    await read({ after: last });
    expect(await problems({ after: String(Number(last) + 1) })).toEqual(['BAD_USER_INPUT', 'after CURSOR']);
  });

  it('a type of record that there is not', async () => {
    expect(await problems({ recordTypes: ['PERSON'] })).toEqual(['BAD_USER_INPUT', 'recordTypes.0 VARIABLE']);
  });
});

describe('costs', () => {
  it.each([{}, { recordTypes: ['CLIENT', 'CONTACT', 'NOTE'] }])(
    'a look for changes without a position and one statement for the page %j',
    async (variables) => {
      await end();
      counter.reset();
      await read({ ...variables, first: 3 });
      expect(counter.statements().length).toBe(2);
    },
  );

  it('no reading of the page again where it is full without what has no position yet', async () => {
    await end();
    await session.query('ALTER TABLE change DISABLE TRIGGER change_is_told');
    await insertChange(session);
    counter.reset();
    await read({ first: 3 });
    expect(counter.statements().length).toBe(2);
    await session.query('ALTER TABLE change ENABLE TRIGGER change_is_told');
  });
});
