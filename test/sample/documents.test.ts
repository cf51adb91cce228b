import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Dialect, parse } from '@polyglot-sql/sdk';
import { sandboxCompanies, tradingCompanies } from '../../src/sample/companies.ts';
import { amountText } from '../../src/sample/ledger/amounts.ts';
import { ksefNumber } from '../../src/sample/ledger/ksef-number.ts';
import { tradedLedger } from '../../src/sample/ledger/trading.ts';
import { readInsert } from './inserted-rows.ts';
import { validNumber } from './valid-number.ts';

const contract = new URL('../../erp/contract.sql', import.meta.url);

function parses(batch: string): boolean {
  return parse(batch, Dialect.TSQL).success;
}

function batches(script: string): string[] {
  return script.split(/^GO$/m).filter((batch) => batch.trim() !== '');
}

describe.each(sandboxCompanies)('the T-SQL of $database', ({ key, scripts, documents }) => {
  it('parses, scripts and documents', () => {
    const texts = scripts.flatMap((path) => batches(readFileSync(path, 'utf8')));
    const failing = [...texts, ...documents()].filter((batch) => !parses(batch));
    expect(failing.map((batch) => batch.slice(0, 60))).toEqual([]);
  });

  it('is the same at every run', () => {
    expect([...documents()].join('')).toBe([...documents()].join(''));
  });

  it('inserts no more rows at once than SQL Server takes', () => {
    for (const statement of documents()) expect(readInsert(statement).rows.length).toBeLessThanOrEqual(1_000);
  });

  it('holds every invoice, payment and settlement of the ledger, to the last digit', () => {
    const tables = {
      main: ['dbo.dokument', 'dbo.platnosc', 'dbo.rozrachunek'],
      export: ['dbo.DocHeader', 'dbo.BankEntry', 'dbo.OpenItem'],
    };
    const amounts = {
      main: ['brutto', 'nierozliczone', 'pozostaje'],
      export: ['GrossAmount', 'OpenAmount', 'OpenAmount'],
    };
    const ledger = tradedLedger(tradingCompanies[key]);
    const expected = [
      ledger.invoices.map((invoice) => amountText(invoice.gross)),
      ledger.payments.map((payment) => amountText(payment.unallocated)),
      ledger.settlements.map((settlement) => amountText(settlement.remaining)),
    ];
    const inserts = [...documents()].map(readInsert);
    const written = tables[key].map((table, index) =>
      inserts
        .filter((insert) => insert.table === table)
        .flatMap(({ rows }) => rows.map((row) => row.get(amounts[key][index] ?? ''))),
    );
    expect(written).toEqual(expected);
  });

  it('has KSeF numbers on the documents of 2026 and on none before', () => {
    const { invoices } = tradedLedger(tradingCompanies[key]);
    const numbered = invoices.filter((invoice) => invoice.ksefNumber !== null);
    expect(numbered.length).toBeGreaterThan(20);
    for (const { ksefNumber: number, issuedOn } of numbered) {
      expect(issuedOn >= '2026-01-01').toBe(true);
      const [nip = '', day = '', serial = ''] = number?.split('-') ?? [];
      expect(validNumber('PL', 'nip', nip)).toBe(true);
      expect(day).toBe(issuedOn.replaceAll('-', ''));
      expect(number).toMatch(/^\d{10}-\d{8}-[0-9A-F]{12}-[0-9A-F]{2}$/);
      expect(ksefNumber(nip, issuedOn, serial)).toBe(number);
    }
  });
});

it('works the check digits of a KSeF number out as the tax office does', () => {
  expect(ksefNumber('5265877635', '2025-08-26', '0100001AF629')).toBe('5265877635-20250826-0100001AF629-AF');
});

it('writes amounts as decimals of four places', () => {
  expect([0, 1, -1, 12_345_600, -10_000].map(amountText)).toEqual([
    '0.0000',
    '0.0001',
    '-0.0001',
    '1234.5600',
    '-1.0000',
  ]);
});

describe('the contract of the ERP', () => {
  it('parses as T-SQL', () => {
    expect(batches(readFileSync(contract, 'utf8')).filter((batch) => !parses(batch))).toEqual([]);
  });

  it('is kept by the views of both companies, column by column and in its order', () => {
    const promised = new Map(
      [...readFileSync(contract, 'utf8').matchAll(/CREATE TABLE (kartoteka\.\w+) \((.*?)^\);/gms)].map(
        ([, name = '', body = '']) => [
          name,
          [...body.matchAll(/^ {2}([a-z_]+) /gm)].map(([, column]) => column),
        ],
      ),
    );
    expect(promised.size).toBe(9);
    for (const { key, scripts } of sandboxCompanies) {
      const views = scripts
        .filter((path) => path.endsWith('20-views.sql'))
        .flatMap((path) => batches(readFileSync(path, 'utf8')));
      const offered = new Map(
        views.flatMap((view) => {
          const name = /CREATE VIEW (kartoteka\.\w+)/.exec(view)?.[1];
          const columns = [...view.matchAll(/^(?:SELECT| {7}).* AS ([a-z_]+),?$/gm)].map(
            ([, column]) => column,
          );
          return name === undefined ? [] : [[name, columns] as const];
        }),
      );
      const expected = [...promised].filter(([name]) => key === 'main' || name !== 'kartoteka.invoice_order');
      expect(Object.fromEntries(offered)).toEqual(Object.fromEntries(expected));
    }
  });
});
