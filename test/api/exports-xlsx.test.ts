/** Exports as workbooks: read back by an independent reader of zips, and by LibreOffice where the machine has it. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { exportedRows, getExport, type ExportedRow } from '../arrange/exports.ts';
import { bare, makeNote, type Written } from '../arrange/cards.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { until } from '../arrange/signing-in.ts';
import { partsOf } from '../arrange/workbooks.ts';

const awkward = '=1+1 <b> & "ęśąćź" \u0001 _x0041_ \t koniec';

let service: SampleService;
let card: Written;
beforeAll(async () => {
  service = await startSampleService();
  const { clients } = await service.ask<{ clients: { nodes: Written[] } }>(
    '{ clients(first: 1) { nodes { id version } } }',
  );
  card = clients.nodes[0] ?? { id: '', version: 0 };
  const note = await makeNote(service, card, { text: 'x' });
  // Past the checks of input, as old data may be.
  await service.dataSource.query('UPDATE note SET text = $2 WHERE id = $1', [bare(note.id), awkward]);
  await makeNote(service, card, { text: '00123' });
});
afterAll(() => service.close());

const bytesOf = async (address: string): Promise<Buffer> => {
  const answer = await getExport(service, address);
  expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
  return Buffer.from(await answer.arrayBuffer());
};

const cellsOf = (row: string): string[] => row.match(/<c\b[^>]*?(?:\/>|>.*?<\/c>)/gs) ?? [];

it('is a workbook with a fixed head, wide columns, and a sheet of the set’s name', async () => {
  const parts = await partsOf(await bytesOf('notes.xlsx'));
  expect([...parts.keys()].toSorted()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toMatch(/<col min="1" max="1" width="46" customWidth="1"\/>/);
  expect(parts.get('xl/workbook.xml')).toContain('<sheet name="notes"');
});

it('has numbers, days and times as such, exactly, and texts as nothing but texts', async () => {
  const rows = await exportedRows(
    service,
    'invoices.ndjson?columns=number,issuedOn,gross,cancelled,daysOverdue,modifiedAt',
  );
  const sheet = (
    await partsOf(
      await bytesOf('invoices.xlsx?columns=number,issuedOn,gross,cancelled,daysOverdue,modifiedAt'),
    )
  ).get('xl/worksheets/sheet1.xml');
  const told = (sheet?.match(/<row>.*?<\/row>/gs) ?? []).slice(1).map(cellsOf);
  expect(told).toHaveLength(rows.length);
  const day = (text_: unknown) =>
    (Date.parse(`${text_ as string}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
  const time = (text_: unknown) => (Date.parse(text_ as string) - Date.UTC(1899, 11, 30)) / 86_400_000;
  for (const [place, row] of rows.entries()) {
    const [, number, issuedOn, gross, cancelled, daysOverdue, modifiedAt] = told[place] ?? [];
    expect(number).toContain(`<t xml:space="preserve">${row['number'] as string}</t>`);
    expect(issuedOn).toBe(`<c s="2"><v>${day(row['issuedOn'])}</v></c>`);
    expect(gross).toBe(`<c s="4"><v>${row['gross'] as string}</v></c>`);
    expect(cancelled).toBe(`<c t="b"><v>${row['cancelled'] === true ? 1 : 0}</v></c>`);
    expect(daysOverdue).toBe(`<c s="5"><v>${row['daysOverdue'] as number}</v></c>`);
    expect(modifiedAt).toBe(
      row['modifiedAt'] === null ? '<c/>' : `<c s="3"><v>${time(row['modifiedAt'])}</v></c>`,
    );
  }
});

it('keeps whatever signs a text holds, and runs none of it', async () => {
  const sheet = (await partsOf(await bytesOf(`notes.xlsx?client=${card.id}&columns=text`))).get(
    'xl/worksheets/sheet1.xml',
  );
  expect(sheet).toContain('=1+1 &lt;b&gt; &amp; &quot;ęśąćź&quot; _x0001_ _x005F_x0041_ \t koniec');
  expect(sheet).toContain('<t xml:space="preserve">00123</t>');
  expect(sheet).not.toContain('<f>');
});

const office = ['soffice', 'libreoffice'].find((name) => {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

(office === undefined ? it.skip : it)(
  'opens in LibreOffice, with the same rows, dates and numbers',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kartoteka-xlsx-'));
    await writeFile(
      join(folder, 'invoices.xlsx'),
      await bytesOf('invoices.xlsx?columns=number,issuedOn,gross'),
    );
    await promisify(execFile)(
      office ?? '',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false',
        '--outdir',
        folder,
        join(folder, 'invoices.xlsx'),
      ],
      { timeout: 50_000 },
    );
    const table = parse<Record<string, string>>(await readFile(join(folder, 'invoices.csv'), 'utf8'), {
      columns: true,
    });
    const rows: readonly ExportedRow[] = await exportedRows(
      service,
      'invoices.ndjson?columns=number,issuedOn,gross',
    );
    expect(table.map(({ number }) => number)).toEqual(rows.map(({ number }) => number));
    expect(table.map(({ gross = '' }) => Number(gross.replaceAll(',', '')))).toEqual(
      rows.map(({ gross }) => Number(gross)),
    );
    expect(table.every(({ issuedOn = '' }) => /\d/.test(issuedOn))).toBe(true);
    await rm(folder, { recursive: true, force: true });
  },
  60_000,
);

it('that breaks off is no workbook', async () => {
  const stop = service.sandbox.server.misbehave({
    kind: 'error',
    number: 50_000,
    text: /\[dokument\]|invoice_type/,
    times: 100,
  });
  const refused = await getExport(service, 'invoices.xlsx');
  stop();
  expect(refused.status).toBeGreaterThanOrEqual(500);
  await service.dataSource.query(
    `INSERT INTO note (id, version, created_at, created_by, updated_at, updated_by, client_id, text, pinned)
     SELECT gen_random_uuid(), 1, now(), 'x', now(), 'x', $1, md5(n::text) || repeat(md5(random()::text), 20), false FROM generate_series(1, 40000) n`,
    [card.id.slice('client_'.length)],
  );
  const answer = await getExport(service, 'notes.xlsx');
  const reader = answer.body?.getReader();
  await reader?.read();
  const ended = await until(async () => {
    const [{ count } = { count: 0 }] = await service.dataSource.query<{ count: number }[]>(
      `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity WHERE application_name = 'kartoteka-export' AND datname = current_database()`,
    );
    return count;
  });
  expect(ended).toBe(1);
  await expect(
    (async () => {
      for (;;) if ((await reader?.read())?.done !== false) return;
    })(),
  ).rejects.toThrow();
});
