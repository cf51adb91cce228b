import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../../src/config.ts';
import { readReportFolder } from '../../../src/reports/sql-reports/files/report-folder.ts';
import { plainHead, reportFile } from '../../arrange/report-files.ts';
import { shippedReports } from '../../arrange/shipped-reports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const known = { companies: new Set(['main']), roles: new Set(['SALES']), tables: new Set(['client']) };
const write = (file: string, content: string | Buffer) => writeFile(join(folder, file), content);

async function faults(): Promise<readonly string[]> {
  const { problems } = await readReportFolder(folder, known);
  return problems.map(({ file, line, path, code }) => `${file}:${line} ${path} ${code}`);
}

describe('a folder of reports', () => {
  it('is read by the names of its files, and what is no report is left alone', async () => {
    await write('b-second.sql', reportFile());
    await write('a-first.sql', reportFile(['title: Kartoteki', 'database: CRM'], 'SELECT code FROM client'));
    await write('README.md', 'x');
    await write('.hidden.sql', 'x');
    await mkdir(join(folder, 'old'));
    const { reports, problems } = await readReportFolder(folder, known);
    expect(problems).toEqual([]);
    expect(reports.map(({ key, title }) => `${key} ${title}`)).toEqual([
      'a-first Kartoteki',
      'b-second Sprzedaż',
    ]);
  });

  it('tells the faults of every file, and answers the others', async () => {
    await write('good.sql', reportFile());
    await write('not-a-report.sql', 'SELECT 1');
    await write(
      'wrong.sql',
      reportFile(
        [
          ...plainHead,
          'company: other',
          'roles:',
          '  - SALES',
          '  - BOSS',
          'columns:',
          '  - { name: a, label: "" }',
        ],
        '\nSELECT a\nFROM dbo.x WHERE a = @b',
      ),
    );
    await write('reads.sql', reportFile(['title: Klucze', 'database: CRM'], 'SELECT 1\nFROM api_key'));
    expect((await readReportFolder(folder, known)).reports.map(({ key }) => key)).toEqual(['good']);
    expect(await faults()).toEqual([
      'not-a-report.sql:1  HEAD',
      'reads.sql:6 sql TABLE_NOT_READABLE',
      'wrong.sql:4 company COMPANY',
      'wrong.sql:7 roles.1 ROLE',
      'wrong.sql:9 columns.0.label REQUIRED',
      'wrong.sql:13 sql PARAMETER_UNDECLARED',
    ]);
  });

  it('has files of UTF-8, and of a size that somebody wrote', async () => {
    await write('latin.sql', Buffer.from(reportFile().replace('ż', '\u00BF'), 'latin1'));
    await write('wide.sql', Buffer.from(`\uFEFF${reportFile()}`, 'utf16le'));
    await write('huge.sql', reportFile(plainHead, `SELECT 1 -- ${'x'.repeat(400_000)}`));
    await mkdir(join(folder, 'folder.sql'));
    expect(await faults()).toEqual([
      'folder.sql:1  UNREADABLE',
      'huge.sql:1  UNREADABLE',
      'latin.sql:1  UNREADABLE',
      'wide.sql:1  UNREADABLE',
    ]);
  });

  it('that is not there is told', async () => {
    await rm(folder, { recursive: true });
    expect(await faults()).toEqual([':1  UNREADABLE']);
    expect((await readReportFolder(folder, known)).problems[0]?.message).toBe('cannot be read (ENOENT)');
  });
});

it('the report in the page for administrators is one', async () => {
  const page = await readFile(join(packageRoot, 'docs', 'reports.md'), 'utf8');
  await write('unpaid.sql', /```sql\n(\/\*---[^]*?)```/.exec(page)?.[1] ?? '');
  const roles = new Set(['MANAGER', 'FINANCE']);
  const { reports, problems } = await readReportFolder(folder, { ...known, roles });
  expect(problems).toEqual([]);
  expect(reports.map(({ parameters }) => parameters.length)).toEqual([2]);
});

describe('the reports shipped', () => {
  it('are six, without a fault', async () => {
    const { reports, problems } = await shippedReports();
    expect(problems).toEqual([]);
    expect(reports.map(({ key }) => key)).toEqual([
      'cards-without-required-feature',
      'order-backlog',
      'payment-behaviour',
      'recipient-turnover',
      'turnover-by-product-group',
      'unpaid-over-30-days',
    ]);
  });

  it('take the client from the card where they are over an ERP', async () => {
    const { reports } = await shippedReports();
    for (const { database, parameters } of reports) {
      const fromClient = parameters.flatMap(({ fromClient: value }) => value ?? []);
      expect(fromClient).toEqual(database === 'ERP' ? ['CUSTOMER_ID'] : []);
    }
  });
});
