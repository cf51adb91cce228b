/** Exports as tools take them: whole, in parts, in each form, by whoever may; and what becomes of one that breaks. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { crmSets } from '../../src/exports/crm-sets.ts';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { bare, makeClient, write, type Written } from '../arrange/cards.ts';
import { recordTable } from '../arrange/record-table.ts';
import {
  asTexts,
  exportRefusal,
  exportedRows,
  getExport,
  idsOf,
  type ExportedRow,
} from '../arrange/exports.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import { until } from '../arrange/signing-in.ts';
import { attach } from '../arrange/uploads.ts';

const userKey = '01a00000-0000-7000-8000-00000000e001';
const awkward = 'Zażółć; "gęślą", \\jaźń\nw dwóch wierszach\t\u2028koniec';

let service: ErpService;
let card: Written;
let own: Written;
beforeAll(async () => {
  service = await startErpService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  card = await makeClient(service, { fullName: 'Trzewik; "Łódź"', taxId: '5261040828', phone: '601602603' });
  own = await makeClient(service, {
    accountManagerId: `user_${userKey}`,
    sharedWithIds: [`user_${userKey}`],
  });
  for (const name of ['Contact', 'DeliveryPlace', 'Recipient', 'Event'])
    for (const owner of [card, own]) await make(name, owner);
  for (let count = 0; count < 5; count += 1)
    await write(service, 'addNote', { clientId: card.id, text: `${awkward} ${count}`, pinned: count === 0 });
  const gone = await write(service, 'addNote', { clientId: own.id, text: '=1+1' });
  await write(service, 'addNote', { clientId: own.id, text: '-cmd' });
  await write(service, 'addNote', { clientId: own.id, text: '+48 601602603' });
  await service.ask('mutation ($input: VersionedId!) { removeNote(input: $input) { id } }', { input: gone });
  await attach(service, card);
});
afterAll(() => service.close());

async function make(name: string, of: Written): Promise<void> {
  const row = recordTable[name];
  if (!row) throw new Error(`no ${name}`);
  const input = await row.make.input({ service, card: of });
  const { mutation } = row.make;
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  await service.ask(`mutation ($input: ${type}) { ${mutation}(input: $input) { id } }`, { input });
}

const get = (address: string, headers = {}, init: RequestInit = {}) =>
  getExport(service, address, headers, init);
const rowsOf = (address: string, headers = {}) => exportedRows(service, address, headers);
const refusal = (address: string, headers = {}) => exportRefusal(service, address, headers);

const allCards =
  '{ clients(first: 200) { nodes { id version code active shortName fullName taxId regon phone email createdBy deletedAt address { street postalCode city country } cardType { id } accountManager { id } sharedWith { id } } } }';

describe.each(crmSets.map(({ name }) => name))('the set %s', (name) => {
  it('is the same in both forms, row for row in the order of keys, deleted ones told as such', async () => {
    const json = await rowsOf(`${name}.ndjson`);
    const csv = await get(`${name}.csv`);
    const table = parse<Record<string, string>>(await csv.text(), { columns: true });
    expect(json.length).toBeGreaterThan(0);
    expect(table).toEqual(json.map(asTexts));
    expect(idsOf(json)).toEqual(idsOf(json).toSorted());
    expect(Object.keys(json[0] ?? {})).toEqual(
      crmSets.find((set) => set.name === name)?.columns.map((column) => column.name),
    );
    for (const row of json) {
      expect(row['deleted']).toBe(row['deletedAt'] !== null);
      expect(row['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toContain(`${name}.csv`);
  });

  it('goes on after any of its rows', async () => {
    const whole = await rowsOf(`${name}.ndjson`);
    for (const [place, { id }] of whole.entries())
      expect(await rowsOf(`${name}.ndjson?after=${String(id)}`)).toEqual(whole.slice(place + 1));
  });
});

it('tells of cards what the API tells', async () => {
  const { clients } = await service.ask<{ clients: { nodes: Record<string, unknown>[] } }>(allCards);
  const rows = new Map((await rowsOf('clients.ndjson')).map((row) => [row['id'], row]));
  for (const { address, cardType, accountManager, sharedWith, ...fields } of clients.nodes)
    expect(rows.get(fields['id'])).toMatchObject({
      ...fields,
      ...(address as object),
      cardTypeId: (cardType as Written).id,
      accountManagerId: (accountManager as Written | null)?.id ?? null,
      sharedWithIds: (sharedWith as Written[]).map(({ id }) => id),
    });
  expect(rows.size).toBe(clients.nodes.length);
});

it('keeps texts as they are, whatever signs they hold', async () => {
  const texts = (await rowsOf(`notes.ndjson?client=${card.id}`)).map(({ text }) => text);
  expect(texts).toEqual([0, 1, 2, 3, 4].map((count) => `${awkward} ${count}`));
});

it('gives the columns that are asked for, the id first', async () => {
  const [row] = await rowsOf('notes.ndjson?columns=pinned,text');
  expect(Object.keys(row ?? {})).toEqual(['id', 'text', 'pinned']);
});

it('gives what is of one card, what has changed since, and what was made in a time', async () => {
  const all = await rowsOf('notes.ndjson');
  const at = (place: number, column: string) => String(all[place]?.[column]);
  const [since, from, to] = [at(5, 'updatedAt'), at(2, 'createdAt'), at(4, 'createdAt')];

  expect(await rowsOf(`notes.ndjson?client=${own.id}`)).toHaveLength(3);
  expect(idsOf(await rowsOf(`notes.ndjson?updatedSince=${since}`))).toEqual(
    idsOf(all.filter((row) => String(row['updatedAt']) >= since)),
  );
  expect(idsOf(await rowsOf(`notes.ndjson?from=${from}&to=${to}`))).toEqual(idsOf(all.slice(2, 4)));
});

it('is for Excel in Polish: semicolons, a mark of UTF-8, times it knows, and no text that it would run', async () => {
  const bytes = Buffer.from(await (await get('notes.csv?dialect=excel-pl')).arrayBuffer());
  const rows = parse<Record<string, string>>(bytes, { columns: true, delimiter: ';', bom: true });

  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(rows.slice(-3).map(({ text }) => text)).toEqual(["'=1+1", "'-cmd", '+48 601602603']);
  expect(rows[0]?.['createdAt']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(rows[0]?.['text']).toBe(`${awkward} 0`);
});

describe('what cannot be asked is refused, each fault with its place:', () => {
  it.each([
    ['secrets.csv', ['set SET']],
    ['clients', ['format FORMAT']],
    ['secrets', ['set SET', 'format FORMAT']],
    ['clients.xml', ['format FORMAT']],
    ['__proto__.csv', ['set SET']],
    ['..%2fclients.csv', ['set SET']],
    ['clients.csv?columns=secret', ['columns COLUMN']],
    ['clients.csv?columns=', ['columns COLUMN']],
    ['clients.csv?client=x', ['client ID']],
    ['clients.csv?client=contact_01a00000-0000-7000-8000-00000000e001', ['client ID']],
    ["clients.csv?after=client_01a00000-0000-7000-8000-00000000e00'", ['after ID']],
    ['contacts.csv?after=client_01a00000-0000-7000-8000-00000000e001', ['after ID']],
    ['clients.csv?updatedSince=yesterday', ['updatedSince DATE_TIME']],
    ['clients.csv?from=2026-13-01T00:00:00Z', ['from DATE_TIME']],
    ["clients.csv?from=2026-01-01T00:00:00Z'%20OR%20true", ['from DATE_TIME']],
    ['clients.csv?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', ['to RANGE']],
    ['clients.csv?dialect=klingon', ['dialect DIALECT']],
    ['clients.ndjson?dialect=excel-pl', ['dialect DIALECT']],
    ['clients.csv?limit=5', ['limit PARAMETER']],
    ['clients.csv?updatedSince=2026-02-30T00:00:00Z', ['updatedSince DATE_TIME']],
    ['clients.csv?from=2026-01-01T24:00:00Z', ['from DATE_TIME']],
    [
      'clients.csv?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59-14:00',
      ['from DATE_TIME', 'to DATE_TIME'],
    ],
    ['clients.csv?updatedSince=0001-01-01T00:00:00%2B01:00', ['updatedSince DATE_TIME']],
    ['invoices.csv?from=2026-02-30', ['from DATE_TIME']],
    ['changes.csv?after=99999999', ['after CURSOR']],
    ['clients.csv?columns=id&columns=code', ['columns REPEATED']],
    ['clients.csv?x=1&client=x', ['x PARAMETER', 'client ID']],
  ])('%s', async (address, problems) => {
    expect(await refusal(address)).toEqual([400, 'BAD_USER_INPUT', problems]);
  });
});

describe('who may', () => {
  it.each([
    ['SALES', 'clients.csv', ['set PERMISSION']],
    ['VIEWER', 'clients.csv', ['set PERMISSION']],
    ['REPORTING', 'attachments.csv', ['set PERMISSION']],
  ] as const)('is not %s for %s', async (role, address, problems) => {
    expect(await refusal(address, headerOf(role, userKey))).toEqual([403, 'FORBIDDEN', problems]);
  });

  it.each(crmSets.map(({ name }) => name))(
    'sees of %s own cards alone, where that is their scope',
    async (name) => {
      const [seen, all] = [
        await rowsOf(`${name}.ndjson`, headerOf('OWNER', userKey)),
        await rowsOf(`${name}.ndjson`),
      ];
      const cardOf = (row: ExportedRow) => (name === 'clients' ? row['id'] : row['clientId']);

      expect(idsOf(seen)).toEqual(idsOf(all.filter((row) => cardOf(row) === own.id)));
      expect(await rowsOf(`${name}.ndjson?client=${card.id}`, headerOf('OWNER', userKey))).toEqual([]);
    },
  );

  it('tells the change log, to whoever may read the audit', async () => {
    await rowsOf(`notes.ndjson?client=${card.id}`, headerOf('FINANCE', userKey));
    const query =
      '{ changes(recordTypes: [EXPORT], first: 200) { nodes { actor action fields { name after } } } }';
    const { changes } = await service.ask<{ changes: { nodes: object[] } }>(query);

    expect(changes.nodes.at(-1)).toEqual({
      actor: 'FINANCE',
      action: 'EXPORTED',
      fields: [
        { name: 'set', after: 'notes' },
        { name: 'format', after: 'ndjson' },
        { name: 'client', after: card.id },
      ],
    });
  });
});

describe('an export of many rows', () => {
  const running = async (): Promise<number> => {
    const [row] = await service.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'kartoteka-export' AND datname = current_database()`,
    );
    return row?.count ?? 0;
  };
  const nothingRuns = () => until(async () => ((await running()) === 0 ? true : undefined));
  const begin = async (signal?: AbortSignal) => {
    const response = await get('notes.ndjson?from=2000-01-01T00:00:00Z', {}, signal ? { signal } : {});
    const reader = response.body?.getReader();
    if (!reader) throw new Error('no body');
    await reader.read();
    return reader;
  };
  const toEnd = async (reader: Awaited<ReturnType<typeof begin>>): Promise<void> => {
    while (!(await reader.read()).done);
  };
  beforeAll(async () => {
    await service.dataSource.query(
      `INSERT INTO note (id, version, created_at, created_by, updated_at, updated_by, client_id, text, pinned)
       SELECT gen_random_uuid(), 1, '2001-01-01', 'x', now(), 'x', $1, repeat('x', 1000), false FROM generate_series(1, 60000)`,
      [bare(card.id)],
    );
  });

  it('that loses its database ends in a broken transfer, never in a file that looks whole', async () => {
    const reader = await begin();
    await service.dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kartoteka-export' AND datname = current_database()`,
    );
    await expect(toEnd(reader)).rejects.toThrow();
    await nothingRuns();
  });

  it('is given up at the database when its caller hangs up', async () => {
    const hangUp = new AbortController();
    await begin(hangUp.signal);
    expect(await running()).toBe(1);
    hangUp.abort();
    await nothingRuns();
  });

  /** Not the development user. */
  const another = headerOf('ADMIN', '01a00000-0000-7000-8000-00000000e0aa');

  it('is one of four at once, and of three of its caller: who comes then is told the limit, and served when one is through', async () => {
    const controllers = Array.from({ length: 4 }, () => new AbortController());
    const [last, ...mine] = controllers;
    for (const { signal } of mine) await begin(signal);
    const fourth = await get('clients.csv');
    expect(await fourth.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', limit: 'exports', most: 3 } }],
    });
    const signal = last?.signal ?? null;
    expect((await get('notes.ndjson', another, { signal })).status).toBe(200);
    const fifth = await get('clients.csv', headerOf('ADMIN', '01a00000-0000-7000-8000-00000000e0ab'));

    expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([429, '10']);
    expect(await fifth.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', limit: 'exports', most: 4 } }],
    });
    for (const controller of controllers) controller.abort();
    await nothingRuns();
    await until(async () => ((await get('clients.csv')).status === 200 ? true : undefined));
  });

  it('is one of three of its caller however many come in one moment', async () => {
    const controllers = Array.from({ length: 12 }, () => new AbortController());
    const answers = await Promise.all(controllers.map(({ signal }) => get('notes.ndjson', {}, { signal })));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      ...Array<number>(3).fill(200),
      ...Array<number>(9).fill(429),
    ]);
    for (const controller of controllers) controller.abort();
    await nothingRuns();
  });

  it('leaves its place whenever its caller hangs up, in whatever form, which is no fault', async () => {
    const faults = () => service.log.filter(({ event }) => event === 'request failed').length;
    const before = faults();
    for (let moment = 0; moment < 40; moment += 1) {
      const controller = new AbortController();
      const form = ['notes.csv?dialect=excel-pl', 'notes.ndjson', 'notes.xlsx'][moment % 3] ?? '';
      const asked = get(form, {}, { signal: controller.signal }).catch(() => undefined);
      // Some before they are connected, some while they ask, some with rows on their way.
      for (let turn = 0; turn < moment * moment; turn += 1) await new Promise(setImmediate);
      controller.abort();
      await asked;
    }
    await nothingRuns();
    const begun = Array.from({ length: 4 }, () => new AbortController());
    for (const [place, { signal }] of begun.entries())
      expect((await get('notes.ndjson', place === 0 ? another : {}, { signal })).status).toBe(200);
    for (const controller of begun) controller.abort();
    await nothingRuns();
    expect(faults()).toBe(before);
  });
});
