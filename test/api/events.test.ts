import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  eventInput,
  makeCardTypes,
  makeClient,
  makeContact,
  makeEvent,
  mutations,
  write,
  type Written,
} from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { UserEntity } from '../../src/users/user.entity.ts';

let service: TestService;
const me = `user_${developmentUser.id}`;
const colleague = `user_${randomUUID()}`;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  await service.dataSource.manager.insert(UserEntity, {
    id: colleague.slice('user_'.length),
    name: 'Agata Żurek',
    email: null,
    active: true,
  });
});
afterAll(() => service.close());

type Given = Readonly<Record<string, unknown>>;
const refused = async (name: 'addEvent' | 'updateEvent', input: object): Promise<Given> =>
  (await service.refusal(mutations[name], { input })).extensions;

const fields = `id version kind status subject description location startsAt endsAt outcome
  participants { id } attendees { id } client { id }`;

async function read({ id }: Written): Promise<Given> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Event { ${fields} } } }`;
  return (await service.ask<{ node: Given }>(query, { id })).node;
}

describe('an event', () => {
  it('is added with who takes part on both sides, and read back the same', async () => {
    const card = await makeClient(service);
    const [one, two] = [await makeContact(service, card), await makeContact(service, card)];
    const made = await makeEvent(service, card, {
      kind: 'VISIT',
      status: 'DONE',
      subject: ' Kolekcja jesienna ',
      description: 'Próbki:\n– półbuty',
      location: 'Łódź',
      startsAt: '2026-03-04T11:30:00+02:00',
      endsAt: '2026-03-04T10:00:00Z',
      outcome: 'Zamówią',
      participantIds: [two.id, one.id, two.id],
      attendeeIds: [colleague, me],
    });
    expect(await read(made)).toEqual({
      id: expect.stringMatching(/^event_/),
      version: 1,
      kind: 'VISIT',
      status: 'DONE',
      subject: 'Kolekcja jesienna',
      description: 'Próbki:\n– półbuty',
      location: 'Łódź',
      startsAt: '2026-03-04T09:30:00.000Z',
      endsAt: '2026-03-04T10:00:00.000Z',
      outcome: 'Zamówią',
      participants: [{ id: two.id }, { id: one.id }],
      attendees: [{ id: colleague }, { id: me }],
      client: { id: card.id },
    });
  });

  it('needs no more than kind, subject and start, and is planned then', async () => {
    const made = await makeEvent(service, await makeClient(service));
    expect(await read(made)).toMatchObject({
      status: 'PLANNED',
      description: null,
      endsAt: null,
      participants: [],
      attendees: [],
    });
  });

  it('is changed in what is named: a list is replaced, null clears, what is left out stays', async () => {
    const card = await makeClient(service);
    const [one, two] = [await makeContact(service, card), await makeContact(service, card)];
    const made = await makeEvent(service, card, {
      endsAt: '2026-02-03T11:00:00Z',
      location: 'Łódź',
      participantIds: [one.id],
      attendeeIds: [me],
    });
    const changed = { ...made, participantIds: [two.id], attendeeIds: null, endsAt: null, status: 'DONE' };
    expect(await write(service, 'updateEvent', changed)).toEqual({ id: made.id, version: 2 });
    expect(await read(made)).toMatchObject({
      status: 'DONE',
      location: 'Łódź',
      startsAt: '2026-02-03T10:00:00.000Z',
      endsAt: null,
      participants: [{ id: two.id }],
      attendees: [],
    });
  });

  it('tells in the change log who takes part, before and after', async () => {
    const card = await makeClient(service);
    const [one, two] = [await makeContact(service, card), await makeContact(service, card)];
    const made = await makeEvent(service, card, { participantIds: [one.id], attendeeIds: [me] });
    await write(service, 'updateEvent', { ...made, participantIds: [one.id, two.id] });
    const same = { id: made.id, version: 2, participantIds: [one.id, two.id], attendeeIds: [me] };
    expect(await write(service, 'updateEvent', same)).toMatchObject({ version: 2 });
    const changes = await changesOf(service, made.id);
    expect(changes[0]?.fields).toEqual(
      expect.arrayContaining([
        { name: 'participantIds', before: null, after: one.id },
        { name: 'attendeeIds', before: null, after: me },
      ]),
    );
    expect(changes.slice(1)).toMatchObject([
      { version: 2, fields: [{ name: 'participantIds', before: one.id, after: `${one.id}, ${two.id}` }] },
    ]);
  });

  it('keeps who took part when it is removed and restored', async () => {
    const card = await makeClient(service);
    const one = await makeContact(service, card);
    const made = await makeEvent(service, card, { participantIds: [one.id], attendeeIds: [me] });
    const removed = await write(service, 'removeEvent', made);
    await write(service, 'restoreRecord', removed);
    expect(await read(made)).toMatchObject({
      version: 3,
      participants: [{ id: one.id }],
      attendees: [{ id: me }],
    });
  });
});

describe('who takes part', () => {
  it('must be there, and of that client: all others are told by their places', async () => {
    const card = await makeClient(service);
    const [own, gone] = [await makeContact(service, card), await makeContact(service, card)];
    const theirs = await makeContact(service, await makeClient(service));
    await write(service, 'removeContact', gone);
    const nobody = `user_${randomUUID()}`;
    const people = { participantIds: [own.id, theirs.id, gone.id], attendeeIds: [me, nobody] };
    const problems = {
      code: 'BAD_USER_INPUT',
      problems: [
        { path: 'input.participantIds.1', code: 'NOT_FOUND' },
        { path: 'input.participantIds.2', code: 'NOT_FOUND' },
        { path: 'input.attendeeIds.1', code: 'NOT_FOUND' },
      ],
    };
    expect(await refused('addEvent', eventInput(card, people))).toMatchObject(problems);
    const made = await makeEvent(service, card);
    expect(await refused('updateEvent', { ...made, ...people })).toMatchObject(problems);
    const one = { ...made, attendeeIds: [nobody] };
    expect(await refused('updateEvent', one)).toEqual({
      code: 'NOT_FOUND',
      path: 'input.attendeeIds.0',
      id: nobody,
    });
  });

  it('may stay when removed since', async () => {
    const card = await makeClient(service);
    const [one, two] = [await makeContact(service, card), await makeContact(service, card)];
    const made = await makeEvent(service, card, { participantIds: [one.id] });
    await write(service, 'removeContact', one);
    await write(service, 'updateEvent', { ...made, participantIds: [two.id, one.id] });
    expect(await read(made)).toMatchObject({ participants: [{ id: two.id }, { id: one.id }] });
  });

  it('is told by place where it is no id, and as too many', async () => {
    const card = await makeClient(service);
    const input = eventInput(card, { participantIds: ['x', card.id], attendeeIds: Array(201).fill(me) });
    expect((await refused('addEvent', input))['problems']).toMatchObject([
      { path: 'input.participantIds.0', code: 'ID' },
      { path: 'input.participantIds.1', code: 'ID' },
      { path: 'input.attendeeIds', code: 'TOO_MANY' },
    ]);
  });
});

describe('an end before the start is refused', () => {
  const early = '2026-02-03T09:59:59.999Z';
  it('of a new event, with all else that is wrong', async () => {
    const input = eventInput(await makeClient(service), { endsAt: early, subject: ' ' });
    const { problems } = await refused('addEvent', input);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'input.endsAt', code: 'NOT_BEFORE' }),
        expect.objectContaining({ path: 'input.subject', code: 'REQUIRED' }),
      ]),
    );
  });

  it('of a change to either, whatever is left out', async () => {
    const endsAt = '2026-02-03T11:00:00Z';
    const made = await makeEvent(service, await makeClient(service), { endsAt });
    const blamed = async (change: Given) =>
      (await refused('updateEvent', { ...made, ...change }))['problems'];
    expect(await blamed({ endsAt: early })).toMatchObject([{ path: 'input.endsAt', code: 'NOT_BEFORE' }]);
    expect(await blamed({ startsAt: '2026-02-03T11:00:00.001Z' })).toMatchObject([
      { path: 'input.startsAt', code: 'NOT_BEFORE' },
    ]);
    await write(service, 'updateEvent', { ...made, startsAt: endsAt });
  });
});

interface Listed {
  readonly nodes: readonly { readonly subject: string }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}
const listed = 'nodes { subject } totalCount pageInfo { endCursor hasNextPage }';
const subjects = ({ nodes }: Listed): string[] => nodes.map(({ subject }) => subject);

describe('the lists of events', () => {
  let card: Written;
  const in2031 = { gte: '2031-01-01T00:00:00Z', lt: '2032-01-01T00:00:00+00:00' };
  const calendar = async (variables: object): Promise<Listed> => {
    const query = `query ($first: Int, $after: String, $filter: EventFilter) {
      events(first: $first, after: $after, filter: $filter) { ${listed} } }`;
    return (await service.ask<{ events: Listed }>(query, variables)).events;
  };

  beforeAll(async () => {
    card = await makeClient(service);
    const other = await makeClient(service);
    const on = (day: string, subject: string, given: Given = {}) => ({
      subject,
      startsAt: `2031-${day}T08:00:00Z`,
      ...given,
    });
    await makeEvent(service, card, on('03-01', 'C', { kind: 'CALL', attendeeIds: [me] }));
    await makeEvent(
      service,
      card,
      on('01-01', 'A', { status: 'DONE', outcome: 'Zamówili 300 par', location: 'Łódź' }),
    );
    await makeEvent(service, other, on('02-01', 'B', { attendeeIds: [colleague, me] }));
    await makeEvent(service, other, on('04-01', 'D', { kind: 'TASK', attendeeIds: [colleague] }));
    await makeEvent(service, card, { subject: 'Za późno', startsAt: '2032-01-01T00:00:00Z' });
    await write(service, 'removeEvent', await makeEvent(service, card, on('05-01', 'Odwołane')));
    const deleted = await makeClient(service);
    await makeEvent(service, deleted, on('06-01', 'Karty nie ma'));
    await write(service, 'deleteClient', deleted);
  });

  it('have a card’s own, the latest first', async () => {
    const query = `query ($id: ID!, $filter: EventFilter) { client(id: $id) { events(filter: $filter) { ${listed} } } }`;
    const ask = async (filter: object) =>
      (await service.ask<{ client: { events: Listed } }>(query, { id: card.id, filter })).client.events;
    expect(subjects(await ask({}))).toEqual(['Za późno', 'C', 'A']);
    expect(subjects(await ask({ deleted: true }))).toEqual(['Odwołane']);
    expect(subjects(await ask({ mine: true, kind: ['CALL', 'TASK'] }))).toEqual(['C']);
  });

  it.each([1, 2, 3, 4])('have the calendar by when events begin, %i at a time, each once', async (first) => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await calendar({ first, after, filter: { startsAt: in2031 } });
      expect(page.totalCount).toBe(4);
      seen.push(...subjects(page));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(seen).toEqual(['A', 'B', 'C', 'D']);
  });

  it.each([
    [{ kind: ['CALL', 'TASK'] }, ['C', 'D']],
    [{ kind: [] }, []],
    [{ status: ['DONE'] }, ['A']],
    [{ attendeeId: colleague }, ['B', 'D']],
    [{ mine: true }, ['B', 'C']],
    [{ mine: false }, ['A', 'D']],
    [{ mine: true, attendeeId: colleague }, ['B']],
    [{ search: 'zamowili' }, ['A']],
    [{ search: 'ŁÓDZ', kind: ['CALL'] }, []],
    [{ search: 'b' }, ['B']],
    [{ deleted: true }, ['Odwołane']],
    [{ startsAt: { gte: '2031-02-01T08:00:00Z', lt: '2031-03-01T08:00:00Z' } }, ['B']],
    [{ startsAt: { ...in2031, isNull: true } }, []],
    [{ kind: null, status: null, attendeeId: null, mine: null, deleted: null }, ['A', 'B', 'C', 'D']],
  ])('are filtered by %j', async (filter, expected) => {
    const page = await calendar({ filter: { startsAt: in2031, ...filter } });
    expect(subjects(page)).toEqual(expected);
    expect(page.totalCount).toBe(expected.length);
  });

  it('refuse an attendee that is no user', async () => {
    const query = 'query ($filter: EventFilter) { events(filter: $filter) { totalCount } }';
    const { extensions } = await service.refusal(query, { filter: { attendeeId: card.id } });
    expect(extensions.problems).toMatchObject([{ path: 'filter.attendeeId', code: 'ID' }]);
  });
});
