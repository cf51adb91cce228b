import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { examine } from '../../src/erp/doctor/doctor.ts';
import { grantsScript } from '../../src/erp/install/install-scripts.ts';
import { heading, line, summary } from '../../src/erp/doctor/report.ts';
import { erpFile } from '../erp-views/arrange-views.ts';
import { openWard, type Ward } from './arrange-doctor.ts';

const page = erpFile('docs/connect-your-erp.md');
const blocks = [...page.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
const printed = /^```text\n(main: [\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

/** Times vary, and of the server the page tells what a real one would say. */
const comparable = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((one) => !/^ {2}\w+ +connection /.test(one) && !/^main: \d/.test(one))
    .map((one) => one.replace(/: \d+ ms$/, ': … ms'));

describe('what the page says that the doctor prints', () => {
  let ward: Ward;
  let told: string;

  beforeAll(async () => {
    ward = await openWard();
    const company = {
      ...(await ward.company('main', ...blocks)),
      name: 'Hurtownia Sp. z o.o.',
    };
    const lines: string[] = [heading(company)];
    const findings = await examine(company, {
      limitMs: 20_000,
      patience: 1_000,
      tell: (finding) => lines.push(line(finding)),
      progress: () => undefined,
    });
    told = lines.join('') + summary([{ company: 'main', name: company.name, findings }]);
  });
  afterAll(() => ward.close());

  it('is what it prints over the example', () => {
    expect(comparable(printed)).toEqual(comparable(told));
  });

  it('counts its own lines', () => {
    const number = (level: string) =>
      printed.split('\n').filter((one) => one.startsWith(`  ${level} `)).length;
    const counts = /^main: (\d+) OK, (\d+) notes?, (\d+) warnings?, (\d+) faults$/m
      .exec(printed)
      ?.slice(1)
      .map(Number);
    expect(counts).toEqual(['OK', 'NOTE', 'WARN', 'FAULT'].map(number));
  });
});

describe('what the page says that is to be run for the login', () => {
  const statements = (script: string) =>
    script
      .split('\n')
      .filter((one) => /^\s*(CREATE USER|GRANT)/.test(one))
      .map((one) => one.trim());
  const section = (title: string) => page.slice(page.indexOf(title)).split(/^## /m)[1] ?? '';

  it('is what erp:install prints, after the views', async () => {
    const choice = { erp: 'contract', schema: 'kartoteka', erpDatabase: undefined };
    expect(statements(section('## 2. '))).toEqual(statements(await grantsScript(choice, 'kartoteka_read')));
    expect(page.match(/CREATE SCHEMA kartoteka;/g)).toHaveLength(1);
    expect(page.indexOf('CREATE SCHEMA kartoteka;')).toBeLessThan(page.indexOf('GRANT SELECT ON SCHEMA'));
  });

  it('grants the tables of the example where the views lie elsewhere', () => {
    const read = new Set(
      [...blocks.join('').matchAll(/(?:FROM|JOIN) (dbo\.\[[^\]]+\])/g)].map(([, table]) => table),
    );
    const granted = [...page.matchAll(/GRANT SELECT ON (dbo\.\[[^\]]+\])/g)].map(([, table]) => table);
    expect(granted.toSorted()).toEqual([...read].toSorted());
  });
});
