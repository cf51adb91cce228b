/** Sets of what is told about records: their features, and their changes; and narrowing any set to a type of card. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeNote,
  write,
  type Written,
} from '../arrange/cards.ts';
import { exportRefusal, exportedRows, getExport, idsOf, type ExportedRow } from '../arrange/exports.ts';
import { define, setFeatures } from '../arrange/features.ts';
import { endOfFeed } from '../arrange/live.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const userKey = '01a00000-0000-7000-8000-00000000e00a';

let service: TestService;
let types: Awaited<ReturnType<typeof makeCardTypes>>;
let card: Written;
let chain: Written;
let contact: Written;

beforeAll(async () => {
  service = await startTestService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  types = await makeCardTypes(service);
  await define(service, 'rabat', { recordType: 'CLIENT', name: 'Rabat', kind: 'DECIMAL', unit: '%' });
  await define(service, 'uwagi', { recordType: 'CLIENT', name: 'Uwagi', kind: 'LONG_TEXT' });
  await define(service, 'od', { recordType: 'CLIENT', name: 'Klient od', kind: 'DATE' });
  await define(service, 'vip', { recordType: 'CLIENT', name: 'VIP', kind: 'BOOLEAN', cardTypes: ['chain'] });
  await define(service, 'marki', {
    recordType: 'CLIENT',
    name: 'Marki',
    kind: 'MULTI_CHOICE',
    choices: [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ],
  });
  await define(service, 'hobby', { recordType: 'CONTACT', name: 'Hobby', kind: 'TEXT' });
  card = await makeClient(service, { accountManagerId: `user_${userKey}` });
  chain = await makeClient(service, { cardType: 'chain' });
  card = await setFeatures(service, card, [
    { key: 'rabat', decimal: '12.5' },
    { key: 'uwagi', text: 'Zażółć; "gęślą"\njaźń' },
    { key: 'od', date: '2020-02-29' },
    { key: 'marki', choices: ['b', 'a'] },
  ]);
  chain = await setFeatures(service, chain, [{ key: 'vip', boolean: true }]);
  contact = await makeContact(service, chain);
  contact = await setFeatures(service, contact, [{ key: 'hobby', text: '=1+1' }]);
});
afterAll(() => service.close());

const rowsOf = (address: string, headers = {}) => exportedRows(service, address, headers);
const by = (rows: readonly ExportedRow[], key: string) => rows.find((row) => row['key'] === key);

describe('features', () => {
  it('are a row for each record and value, of every kind', async () => {
    const rows = await rowsOf('features.ndjson');
    expect(rows).toHaveLength(6);
    expect(by(rows, 'rabat')).toMatchObject({
      recordType: 'CLIENT',
      recordId: card.id,
      clientId: card.id,
      name: 'Rabat',
      kind: 'DECIMAL',
      unit: '%',
      retired: false,
      number: '12.5',
      text: null,
      choices: null,
      deleted: false,
    });
    expect(by(rows, 'uwagi')).toMatchObject({ text: 'Zażółć; "gęślą"\njaźń', number: null });
    expect(by(rows, 'od')).toMatchObject({ date: '2020-02-29' });
    expect(by(rows, 'vip')).toMatchObject({ boolean: true, clientId: chain.id });
    expect(by(rows, 'marki')).toMatchObject({ text: null });
    expect(by(rows, 'marki')?.['choices']).toHaveLength(2);
    expect(by(rows, 'hobby')).toMatchObject({
      recordType: 'CONTACT',
      recordId: contact.id,
      clientId: chain.id,
      text: '=1+1',
    });
  });

  it('go on after any of them, and are the same as CSV', async () => {
    const rows = await rowsOf('features.ndjson');
    for (const [place, { id }] of rows.entries())
      expect(await rowsOf(`features.ndjson?after=${String(id)}`)).toEqual(rows.slice(place + 1));
    const table = parse<Record<string, string>>(await (await getExport(service, 'features.csv')).text(), {
      columns: true,
    });
    expect(table.map(({ id }) => id)).toEqual(idsOf(rows));
    expect(
      table
        .find(({ key }) => key === 'marki')
        ?.['choices']?.split(' ')
        .toSorted(),
    ).toEqual(['a', 'b']);
  });

  it('of another type of card do not count, whatever was kept', async () => {
    const moved = await write(service, 'updateClient', { ...chain, cardType: 'shop' });
    expect(by(await rowsOf('features.ndjson'), 'vip')).toBeUndefined();
    chain = await write(service, 'updateClient', { ...moved, cardType: 'chain' });
    expect(by(await rowsOf('features.ndjson'), 'vip')).toBeDefined();
  });

  it('are told anew of each record that was changed since', async () => {
    const before = await rowsOf('features.ndjson');
    const since =
      before
        .map(({ updatedAt }) => updatedAt as string)
        .toSorted()
        .at(-1) ?? '';
    card = await setFeatures(service, card, [{ key: 'od', clear: true }]);
    const rows = await rowsOf(`features.ndjson?updatedSince=${since}`);
    expect(rows.filter(({ recordId }) => recordId === card.id).map(({ key }) => key)).not.toContain('od');
    expect(by(rows, 'rabat')).toBeDefined();
  });

  it('are those of cards that one sees', async () => {
    const rows = await rowsOf('features.ndjson', headerOf('OWNER', userKey));
    expect(new Set(rows.map(({ clientId }) => clientId))).toEqual(new Set([card.id]));
  });
});

describe('changes', () => {
  const feed = async (headers = {}) => {
    const response = await fetch(new URL('graphql', service.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        query:
          '{ changes(first: 200) { nodes { position at actor recordType recordId clientId action version fields { name before after } } } }',
      }),
    });
    const { data } = (await response.json()) as { data: { changes: { nodes: ExportedRow[] } } };
    return data.changes.nodes;
  };
  const instants = (rows: readonly ExportedRow[]) =>
    rows.map((row) => ({ ...row, at: new Date(String(row['at'] as string)).toISOString() }));

  it.each([
    ['whoever may do everything', {}],
    ['REPORTING', headerOf('REPORTING', userKey)],
    ['FINANCE', headerOf('FINANCE', userKey)],
    ['OWNER', headerOf('OWNER', userKey)],
  ])('are to %s what the feed tells them, in its order', async (_, headers) => {
    await endOfFeed(service);
    const told = await feed(headers);
    const rows = await rowsOf('changes.ndjson', headers);
    // Of exports the log tells, too: of this one after the others.
    const count = Math.min(told.length, rows.length);
    expect(count).toBeGreaterThan(5);
    expect(instants(rows.slice(0, count))).toEqual(instants(told.slice(0, count)));
  });

  it('go on after any position, and are of a card, and of a time', async () => {
    const rows = await rowsOf('changes.ndjson');
    for (const place of [0, 3, 7])
      expect((await rowsOf(`changes.ndjson?after=${String(rows[place]?.['position'])}`)).slice(0, 3)).toEqual(
        rows.slice(place + 1, place + 4),
      );
    expect(await rowsOf(`changes.ndjson?client=${card.id}`)).toEqual(
      rows.filter(({ clientId }) => clientId === card.id),
    );
    const from = String(rows[5]?.['at']);
    expect((await rowsOf(`changes.ndjson?from=${from}`))[0]).toEqual(
      rows.find(({ at }) => String(at) >= from),
    );
  });

  it('hold their fields as JSON in CSV, too', async () => {
    const csv = await (await getExport(service, `changes.csv?client=${card.id}`)).text();
    const [first] = parse<Record<string, string>>(csv, { columns: true });
    expect(JSON.parse(first?.['fields'] ?? '')).toContainEqual({
      name: 'active',
      before: null,
      after: 'true',
    });
  });
});

describe('a set narrowed to a type of card', () => {
  it('has what belongs to cards of it', async () => {
    const note = await makeNote(service, chain);
    await makeNote(service, card);
    expect(idsOf(await rowsOf(`clients.ndjson?cardType=${types.chain.id}`))).toEqual([chain.id]);
    expect(idsOf(await rowsOf(`notes.ndjson?cardType=${types.chain.id}`))).toEqual([note.id]);
    expect(idsOf(await rowsOf(`contacts.ndjson?cardType=${types.shop.id}`))).toEqual([]);
    expect((await rowsOf(`features.ndjson?cardType=${types.shop.id}`)).length).toBeGreaterThan(0);
    const changes = await rowsOf(`changes.ndjson?cardType=${types.chain.id}`);
    expect(new Set(changes.map(({ clientId }) => clientId))).toEqual(new Set([chain.id]));
    expect(bare(chain.id)).not.toBe('');
  });
});

it.each([
  ['features.csv?after=x', ['after ID']],
  ['features.csv?after=client_01a00000-0000-7000-8000-00000000e001', ['after ID']],
  [
    'features.csv?after=client_01a00000-0000-7000-8000-00000000e001:client_01a00000-0000-7000-8000-00000000e001',
    ['after ID'],
  ],
  ['changes.csv?after=-1', ['after ID']],
  ["changes.csv?after=1'", ['after ID']],
  ['changes.csv?updatedSince=2026-01-01T00:00:00Z', ['updatedSince PARAMETER']],
  ['clients.csv?cardType=szop', ['cardType CARD_TYPE']],
  ['orders.csv?cardType=client_01a00000-0000-7000-8000-00000000e001', ['cardType CARD_TYPE']],
])('%s is refused with its place', async (address, problems) => {
  expect(await exportRefusal(service, address)).toEqual([400, 'BAD_USER_INPUT', problems]);
});
