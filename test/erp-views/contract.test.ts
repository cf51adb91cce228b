import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  columnsOf,
  erpFile,
  installViews,
  isKey,
  type InstalledViews,
  type ViewColumn,
} from './arrange-views.ts';
import { viewsIn, type WrittenView } from './read-views.ts';

const erps = globSync('*/views.sql', { cwd: new URL('../../erp', import.meta.url).pathname }).map((path) =>
  path.replace('/views.sql', ''),
);

/** A column of the ERP's, a literal, or the literal 0 where the reference leads somewhere. */
const bareKey = /^(\w+\.\w+|0|NULL|CASE WHEN \w+\.\w+ IS NOT NULL THEN 0 END)$/;

let contract: readonly ViewColumn[];
beforeAll(async () => {
  const written = await installViews(erpFile('erp/contract.sql'));
  contract = await columnsOf(written);
  await written.close();
});

const ofView = (columns: readonly ViewColumn[], view: string): readonly ViewColumn[] =>
  columns.filter((column) => column.view === view);

describe.each(erps)('the views of %s', (erp) => {
  const script = erpFile(`erp/${erp}/views.sql`);
  const written: readonly WrittenView[] = viewsIn(script);
  let installed: InstalledViews;
  let columns: readonly ViewColumn[];

  beforeAll(async () => {
    installed = await installViews(erpFile(`erp/${erp}/tables.sql`), script);
    columns = await columnsOf(installed);
  });
  afterAll(() => installed.close());

  it('have the contract’s columns, in its order, and no view beside the contract’s', () => {
    const views = [...new Set(columns.map(({ view }) => view))];
    expect(views).toContain('customer');
    for (const view of views) {
      expect({ view, columns: ofView(columns, view).map(({ name }) => name) }).toEqual({
        view,
        columns: ofView(contract, view).map(({ name }) => name),
      });
    }
  });

  it('have the contract’s types, but for the keys, which have the ERP’s own', () => {
    const told = (list: readonly ViewColumn[]) =>
      list.filter(({ name }) => !isKey(name)).map(({ view, name, type }) => `${view}.${name} ${type}`);
    const offered = new Set(columns.map(({ view }) => view));
    expect(told(columns)).toEqual(told(contract.filter(({ view }) => offered.has(view))));
  });

  it('leave every key column bare', () => {
    const computed = written.flatMap(({ view, columns: list }) =>
      list
        .filter(({ name, expression }) => isKey(name) && !bareKey.test(expression))
        .map(({ name, expression }) => `${view}.${name}: ${expression}`),
    );
    expect(computed).toEqual([]);
    expect(
      written.flatMap(({ columns: list }) => list.filter(({ name }) => isKey(name))).length,
    ).toBeGreaterThan(10);
  });

  it('say of every column how sure it is', () => {
    const unmarked = written.flatMap(({ view, columns: list }) =>
      list.filter(({ mark }) => mark === undefined).map(({ name }) => `${view}.${name}`),
    );
    expect(unmarked).toEqual([]);
  });
});

it('knows a computed key when it sees one', () => {
  const [view] = viewsIn(
    'CREATE VIEW kartoteka.payment AS\nSELECT CAST(p.id AS int) AS payment_id, -- verified\n p.x AS amount\nFROM dbo.p AS p;\nGO',
  );
  expect(view?.columns).toEqual([
    { name: 'payment_id', expression: 'CAST(p.id AS int)', mark: 'verified' },
    { name: 'amount', expression: 'p.x', mark: undefined },
  ]);
  expect(bareKey.test('CAST(p.id AS int)')).toBe(false);
});
