import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parameter, SqlType } from '../../src/sandbox-erp/engine.ts';
import { Catalog } from '../../src/sandbox-erp/tsql/catalog.ts';
import { tokenise } from '../../src/sandbox-erp/tsql/lexer.ts';
import { planStatement, signatureOf } from '../../src/sandbox-erp/tsql/plans.ts';
import { arrangeEngine, parameter, postgresUrl, typeOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

/** 20,000 invoices of 200 customers, an invoice a day for each, behind a view as the contract has it. */
beforeAll(async () => {
  sandbox = await arrangeEngine();
  const batches = Array.from({ length: 20 }, (_, batch) => {
    const rows = Array.from({ length: 1000 }, (__, at) => {
      const id = batch * 1000 + at;
      const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(id / 200))).toISOString().slice(0, 10);
      return `(${id % 2}, ${id}, ${id % 200}, 'DE-${id % 200}', '${day}', ${id}.5)`;
    });
    return `INSERT INTO dbo.inv (kind, id, customer, debtor, day, amount) VALUES ${rows.join(',')}`;
  });
  await sandbox.engine.installScript(
    sandbox.database,
    [
      'CREATE SCHEMA kartoteka',
      `CREATE TABLE dbo.inv (kind int NOT NULL, id int NOT NULL, customer int NOT NULL, debtor varchar(20) NOT NULL,
         day date NOT NULL, amount decimal(19,4) NOT NULL, PRIMARY KEY (kind, id))
       CREATE INDEX by_customer ON dbo.inv (customer, day DESC, kind DESC, id DESC)
       CREATE INDEX by_debtor ON dbo.inv (debtor, day DESC, kind DESC, id DESC)`,
      `CREATE VIEW kartoteka.invoice AS
       SELECT i.kind AS invoice_type, i.id AS invoice_id, i.customer AS customer_id, i.debtor AS debtor_id, i.day AS issued_on,
         CAST(i.amount AS decimal(19,4)) AS gross, CASE WHEN i.amount < 0 THEN 'CORRECTION' ELSE 'INVOICE' END AS kind
       FROM dbo.inv AS i`,
      ...batches,
    ].join('\nGO\n'),
  );
});

afterAll(() => sandbox.close());

/** The door's own pattern: the first three after a place in the order, for each of these customers. */
function firstThree(
  column: string,
  type: SqlType,
  keys: readonly string[],
): { text: string; parameters: Parameter[] } {
  const rows = keys.map((_, at) => `(@o${at}, @k${at})`).join(', ');
  const text = `
    SELECT k.ordinal, x.invoice_type, x.invoice_id, CONVERT(varchar(40), CAST(x.gross AS decimal(19,4))) AS gross,
      CONVERT(char(10), x.issued_on, 23) AS issued_on, x.kind
    FROM (VALUES ${rows}) AS k(ordinal, c0)
    CROSS APPLY (
      SELECT TOP (@n) v.[invoice_type], v.[invoice_id], v.[gross], v.[issued_on], v.[kind] FROM [kartoteka].[invoice] AS v
      WHERE v.${column} = k.c0 AND (v.issued_on < @d OR (v.issued_on = @d AND (v.invoice_type < @t OR (v.invoice_type = @t AND v.invoice_id < @i))))
      ORDER BY v.[issued_on] DESC, v.[invoice_type] DESC, v.[invoice_id] DESC) AS x
    ORDER BY x.issued_on DESC, k.ordinal`;
  const parameters = keys.flatMap((key, at) => [
    parameter(`@o${at}`, { name: 'int' }, String(at)),
    parameter(`@k${at}`, type, key),
  ]);
  const place = [
    parameter('@n', { name: 'int' }, '3'),
    parameter('@d', { name: 'date' }, '2024-04-01'),
    parameter('@t', { name: 'int' }, '1'),
    parameter('@i', { name: 'int' }, '0'),
  ];
  return { text, parameters: [...parameters, ...place] };
}

const keys: readonly (readonly [string, SqlType, (at: number) => string])[] = [
  ['customer_id', { name: 'int' }, (at) => String(at)],
  ['debtor_id', { name: 'varchar', length: 20 }, (at) => `de-${at}`],
];

async function planOf(text: string, parameters: readonly Parameter[]): Promise<string> {
  const url = new URL(postgresUrl());
  url.pathname = `/tsql_${sandbox.database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const variables = new Map(parameters.map(({ name, type }) => [name, type]));
    const catalog = await Catalog.load(client, sandbox.database);
    const context = { catalog, variables, signature: signatureOf(variables), identityInsert: false };
    const plan = planStatement(text, tokenise(text), context);
    const values = plan.used.map((name) => parameters.find((one) => one.name === name)?.value ?? null);
    const { rows } = await client.query<[string]>({ text: `EXPLAIN ${plan.sql}`, values, rowMode: 'array' });
    return rows.map(([line]) => line).join('\n');
  } finally {
    await client.end();
  }
}

describe('the first three invoices of twenty customers', () => {
  it.each(keys)('by %s come in order, whole and typed', async (column, type, key) => {
    const { text, parameters } = firstThree(
      column,
      type,
      Array.from({ length: 20 }, (_, at) => key(at)),
    );
    const [answer] = await sandbox.ask(text, parameters);
    expect(answer?.columns.map((one) => `${one.name} ${typeOf(one)}`)).toEqual([
      'ordinal int',
      'invoice_type int',
      'invoice_id int',
      'gross varchar(40)',
      'issued_on char(10)',
      'kind varchar(10)',
    ]);
    expect(answer?.rows).toHaveLength(60);
    // 2024-04-01 is day 91: customer 1 has the odd ids 200 * day + 1, the place stands before its own invoice of that day.
    expect(answer?.rows.filter(([ordinal]) => ordinal === '1')).toEqual([
      ['1', '1', '18001', '18001.5000', '2024-03-31', 'INVOICE'],
      ['1', '1', '17801', '17801.5000', '2024-03-30', 'INVOICE'],
      ['1', '1', '17601', '17601.5000', '2024-03-29', 'INVOICE'],
    ]);
  });

  it.each(keys)(
    'by %s are found through the index under the view, without sorting them',
    async (column, type, key) => {
      const { text, parameters } = firstThree(
        column,
        type,
        Array.from({ length: 20 }, (_, at) => key(at)),
      );
      const plan = await planOf(text, parameters);
      expect(plan).toContain('Index Scan');
      expect(plan).not.toContain('Seq Scan');
      expect(plan.match(/Sort Key/gu)).toHaveLength(1);
    },
  );

  it('come the same with 512 customers in one statement', async () => {
    const { text, parameters } = firstThree(
      'customer_id',
      { name: 'int' },
      Array.from({ length: 512 }, (_, at) => String(at)),
    );
    expect(await sandbox.rows(text, parameters)).toHaveLength(600);
  });
});
