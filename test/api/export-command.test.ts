/** `npm run export`: sets into files, whole or not at all, gone on with after a break. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/log.ts';
import type { CompanyConfig } from '../../src/config.ts';
import { CopyOut } from '../../src/crm-database/copy-out.ts';
import type { RunQuery } from '../../src/crm-database/run-query.ts';
import { createErpDoor } from '../../src/erp/guard/erp-door.ts';
import { ErpExports } from '../../src/exports/erp-rows.ts';
import { Exporter } from '../../src/exports/exporter.ts';
import { exportToFile } from '../../src/exports/to-file/export-to-file.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { startBuiltService } from '../arrange/built-service.ts';
import { makeCardTypes, makeClient, makeNote, type Written } from '../arrange/cards.ts';
import { launched, run } from '../arrange/commands.ts';
import { getExport } from '../arrange/exports.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { until } from '../arrange/signing-in.ts';
import { partsOf } from '../arrange/workbooks.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

const customers = 70;

let erp: Erp;
let service: TestService;
let card: Written;

let folder: string;
let companies: CompanyConfig[];
let settings: Record<string, string>;

/** One customer has more than a statement brings at first. */
const ordersOf = (customer: number): number => (customer === 3 ? 100 : 3);
const orders = 3 * (customers - 1) + 100;

const fill = (): string => {
  const rows = Array.from({ length: customers }, (_, place) => place + 1).flatMap((customer) =>
    Array.from(
      { length: ordersOf(customer) },
      (_order, n) =>
        `(0, ${customer * 1000 + n}, ${customer}, N'ZS/${n}', '2026-01-02', 'OPEN', 'PLN', '2026-01-02T10:00:00')`,
    ),
  );
  return `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency, modified_at) VALUES ${rows.join(', ')};`;
};
/** The statement that goes on with that one. */
const further = /v\.\[order_id\] >/;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-export-'));
  erp = await startErp();
  companies = [await erp.company('main', { fill: fill() })];
  service = await startTestService({ companies });
  await makeCardTypes(service);
  card = await makeClient(service);
  for (const text of ['jedna', 'druga "w cudzysłowie"', 'trzecia;\nw dwóch, liniach', 'ęśąćź', '']) {
    const note = await makeNote(service, card, { text: text || '-' });
    expect(note.id).toContain('note_');
  }
  await service.dataSource.query(
    `INSERT INTO erp_account (id, version, created_at, created_by, updated_at, updated_by, client_id, company_key, customer_id)
     SELECT gen_random_uuid(), 1, now(), 'x', now(), 'x', $1::uuid, 'main', n::text FROM generate_series(1, $2::int) n`,
    [card.id.slice('client_'.length), customers],
  );
  settings = { DATABASE_URL: service.databaseUrl, ERP_COMPANIES: JSON.stringify(companies) };
}, 60_000);
afterAll(async () => {
  await service.close();
  await erp.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  erp.server.behave();
  for (const name of await readdir(folder)) await rm(join(folder, name));
});

const at = (name: string): string => join(folder, name);
const exporting = (...words: readonly string[]) => run('export', words, settings);

/** As the command does, in this process: what the command itself is, the others try. */
async function written(name: string, search = '', resume = false): Promise<boolean> {
  const door = createErpDoor({ companies, timeoutMs: 10_000, log: silentLog });
  const copyOut = new CopyOut({ url: service.databaseUrl, most: 1 });
  const query: RunQuery = ({ text, values }) => service.dataSource.query(text, [...values]);
  const exporter = new Exporter({ run: query, copyOut, erp: new ErpExports(query, door.companies) });
  const { signal: halt } = new AbortController();
  const by = {
    exporter,
    dataSource: service.dataSource,
    actor: developmentUser,
    halt,
    tell: () => undefined,
  };
  try {
    return await exportToFile(by, { name, search, path: at(name), resume });
  } finally {
    await copyOut.close();
    await door.close();
  }
}
const overHttp = async (address: string): Promise<Buffer> =>
  Buffer.from(await (await getExport(service, address)).arrayBuffer());

const resumed = (name: string): Promise<boolean> => written(name, '', true);

describe('a set', () => {
  it.each([
    ['notes.csv', ''],
    ['notes.csv', 'dialect=excel-pl&columns=text'],
    ['notes.ndjson', ''],
    ['orders.csv', ''],
    ['orders.ndjson', 'from=2026-01-02&to=2026-01-03&company=main'],
    ['features-wide.csv', 'recordType=CONTACT'],
  ])('is in the file as the service tells it: %s %s', async (name, search) => {
    expect(await written(name, search)).toBe(true);
    expect(await readFile(at(name))).toEqual(await overHttp(`${name}?${search}`));
    expect(await readdir(folder)).toEqual([name]);
  });

  it('is narrowed by the words of the command as by the parameters of an address', async () => {
    const words = ['--from', '2026-01-02', '--to', '2026-01-03', '--company', 'main', '--columns', 'number'];
    const { code, errors } = await exporting(
      'orders.csv',
      '--out',
      at('o.csv'),
      '--dialect',
      'excel-pl',
      ...words,
    );

    expect([code, errors]).toEqual([0, expect.stringMatching(/\d+ rows, \d+ rows\/s, \d+\.\d s/)]);
    const search = 'from=2026-01-02&to=2026-01-03&company=main&columns=number&dialect=excel-pl';
    expect(await readFile(at('o.csv'))).toEqual(await overHttp(`orders.csv?${search}`));
  });

  it('is a workbook, too, and goes to the standard output where that is wished', async () => {
    const workbook = await exporting('orders.xlsx', '--out', at('orders.xlsx'));
    expect(workbook.errors).toContain(`${orders} rows,`);
    expect([...(await partsOf(await readFile(at('orders.xlsx')))).keys()]).toContain('xl/workbook.xml');

    const { code, out } = await exporting('notes.csv', '--out', '-');
    expect([code, out]).toEqual([0, (await overHttp('notes.csv')).toString()]);
  });

  it('shows how far it has come: rows of the CRM, customers of the ERP, and rows a second', async () => {
    const notes = await exporting('notes.csv', '--out', at('notes.csv'));
    expect(notes.errors).toMatch(/notes +\[#{30}\] 5 of 5 rows, \d+ rows\/s, \d+ s\n/);
    const told = await exporting('orders.csv', '--out', at('orders.csv'));
    expect(told.errors).toMatch(/orders +\[#+\.+\] 32 of 70 customers, 193 rows, \d+ rows\/s/);
    expect(told.errors).toMatch(/orders +\[#{30}\] 70 of 70 customers, 307 rows, \d+ rows\/s/);
  });

  it('has every change that was committed, numbered or not', async () => {
    await service.dataSource.query('UPDATE change SET position = NULL');
    const { code } = await exporting('changes.ndjson', '--out', at('changes.ndjson'));
    const [{ count } = { count: 0 }] = await service.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM change WHERE record_type = 'NOTE'`,
    );
    const lines = (await readFile(at('changes.ndjson'), 'utf8')).split('\n');
    expect(code).toBe(0);
    expect(lines.filter((line) => line.includes('"recordType":"NOTE"'))).toHaveLength(count);
  });

  it('that was taken stands in the change log with who took it', async () => {
    await exporting('notes.csv', '--out', at('notes.csv'), '--client', card.id);
    const [line] = await service.dataSource.query<{ actor: string; fields: unknown }[]>(
      `SELECT actor, fields FROM change WHERE record_type = 'EXPORT' ORDER BY id DESC LIMIT 1`,
    );
    expect(line?.actor).toMatch(/^export \(.+\)$/);
    expect(JSON.stringify(line?.fields)).toContain(card.id);
  });
});

describe('what broke off', () => {
  const note = (name: string, search = ''): string => JSON.stringify({ name, search });

  it.each(['notes.csv', 'notes.ndjson', 'orders.csv', 'orders.ndjson'])(
    'is gone on with from wherever it was cut: %s',
    async (name) => {
      const whole = await overHttp(name);
      // In a first line, in a quoted line end, and right behind the last row but the file's end.
      for (const cut of [10, whole.indexOf('dwóch'), whole.length - 1, whole.length].filter(
        (one) => one > 0,
      )) {
        await writeFile(at(`${name}.part`), whole.subarray(0, cut));
        await writeFile(at(`${name}.part.json`), note(name));
        expect(await resumed(name)).toBe(true);
        expect((await readFile(at(name))).equals(whole)).toBe(true);
        expect(await readdir(folder)).toEqual([name]);
      }
    },
    60_000,
  );

  it('is left beside the file that was there, and the same call goes on with it', async () => {
    await writeFile(at('orders.csv'), 'earlier');
    erp.server.misbehave({ kind: 'error', number: 50_000, text: further });
    const broken = await exporting('orders.csv', '--out', at('orders.csv'));
    expect(broken.code).toBe(1);
    expect(broken.errors).toContain('ERP_CONTRACT: the ERP of main');
    expect(await readFile(at('orders.csv'), 'utf8')).toBe('earlier');

    erp.server.behave();
    const { code } = await exporting('orders.csv', '--out', at('orders.csv'), '--resume');
    expect(code).toBe(0);
    expect(await readFile(at('orders.csv'))).toEqual(await overHttp('orders.csv'));
  });

  it('by a signal has no name of its own, and goes on', async () => {
    erp.server.misbehave({ kind: 'stall', text: further });
    erp.server.statements.clear();
    const child = launched('export', ['orders.ndjson', '--out', at('orders.ndjson')], settings);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await until(() => erp.server.statements.list({ text: further })[0]);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(await readdir(folder)).not.toContain('orders.ndjson');

    erp.server.behave();
    const { code } = await exporting('orders.ndjson', '--out', at('orders.ndjson'), '--resume');
    expect(code).toBe(0);
    expect(await readFile(at('orders.ndjson'))).toEqual(await overHttp('orders.ndjson'));
  });

  it('is not gone on with by another call, nor as a workbook, nor where columns have changed', async () => {
    const whole = await overHttp('notes.csv');
    await writeFile(at('notes.csv.part'), whole);
    await writeFile(at('notes.csv.part.json'), note('notes.csv', 'columns=text'));
    const other = await exporting('notes.csv', '--out', at('notes.csv'), '--resume');
    expect([other.code, other.errors]).toEqual([2, expect.stringContaining('was left by another call')]);
    await expect(resumed('notes.xlsx')).rejects.toThrow('cannot be gone on with');

    await writeFile(at('notes.csv.part'), whole.toString().replace('text', 'words'));
    await writeFile(at('notes.csv.part.json'), note('notes.csv'));
    await expect(resumed('notes.csv')).rejects.toThrow('columns are others');
  });
});

it.each([
  [[], 'npm run export -- <set>'],
  [
    ['notes.pdf', '--client', 'x', '--from', 'wczoraj', '--card-type', 'nic', '--columns', 'nic'],
    /format is not "pdf"[^]*--from is no instant[^]*--client is not an id[^]*--card-type is neither[^]*--columns notes has no nic/,
  ],
  [['notes.csv', '--out', '-', '--resume'], '--resume goes on with a file'],
  [['notes.csv', '--nic'], "Unknown option '--nic'"],
] as const)('a wrong call ends with 2 and says what is wrong: %j', async (words, message) => {
  const { code, errors } = await exporting(...words);
  expect(code).toBe(2);
  expect(errors).toMatch(message);
});

it('works beside a service that runs in the same data directory', async () => {
  const running = await startBuiltService({});
  try {
    const own = { DATA_DIR: running.dataDir };
    for (const name of ['clients.csv', 'invoices.ndjson']) {
      const { code, errors } = await run('export', [name, '--out', at(name)], own);
      expect([code, errors]).toEqual([0, expect.stringContaining('rows/s')]);
      expect(await readFile(at(name))).toEqual(await overHttpOf(running.url, name));
    }
    expect(await running.ask('{ clients { totalCount } }')).toEqual({
      data: { clients: { totalCount: 60 } },
    });
  } finally {
    await running.stop();
  }
}, 60_000);

const overHttpOf = async (url: string, name: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(new URL(`export/${name}`, url))).arrayBuffer());
