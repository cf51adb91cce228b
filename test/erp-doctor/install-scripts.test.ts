import { afterEach, describe, expect, it } from '@jest/globals';
import { erpNames, grantsScript, viewsScript } from '../../src/erp/install/install-scripts.ts';
import { erpFile } from '../erp-views/arrange-views.ts';
import { arrangeEngine, type ArrangedEngine } from '../sandbox-erp/arrange-engine.ts';

const asItIs = { schema: 'kartoteka', erpDatabase: undefined } as const;

describe('what erp:install prints', () => {
  let sandbox: ArrangedEngine | undefined;
  afterEach(() => sandbox?.close());

  it('is the file itself where nothing is asked for', async () => {
    expect(await viewsScript({ erp: 'subiekt-gt', ...asItIs })).toBe(erpFile('erp/subiekt-gt/views.sql'));
    expect(await viewsScript({ erp: 'contract', ...asItIs })).toBe(erpFile('erp/contract.sql'));
  });

  it.each(['comarch-optima', 'comarch-xl', 'enova365', 'subiekt-gt'])(
    'runs for %s in another schema, with the ERP’s database before its tables',
    async (erp) => {
      sandbox = await arrangeEngine();
      const script = await viewsScript({ erp, schema: 'figures', erpDatabase: sandbox.database });
      await sandbox.engine.installScript(sandbox.database, erpFile(`erp/${erp}/tables.sql`), script);
      const schemas = await sandbox.rows(
        'SELECT DISTINCT s.name FROM sys.views AS v JOIN sys.schemas AS s ON s.schema_id = v.schema_id',
      );
      expect(schemas).toEqual([['figures']]);
      expect(script).not.toMatch(/^[^-\n]*\b(FROM|JOIN) (CDN|dbo)\./m);
    },
  );

  it('knows an ERP by its folder', async () => {
    expect(await erpNames()).toEqual(['comarch-optima', 'comarch-xl', 'enova365', 'subiekt-gt', 'contract']);
  });
});

describe('the grants that erp:install prints', () => {
  it('are SELECT on the schema, and sign nobody in with a password that stands there', async () => {
    const script = await grantsScript({ erp: 'contract', ...asItIs, schema: 'figures' }, 'read]er');
    expect(script).toContain('GRANT SELECT ON SCHEMA::[figures] TO [read]]er];');
    expect(script).not.toMatch(/^CREATE LOGIN/m);
    expect(script).not.toContain('USE ');
  });

  it('name each table that the views read where they lie elsewhere', async () => {
    const script = await grantsScript(
      { erp: 'comarch-xl', schema: 'kartoteka', erpDatabase: 'CDNXL Firma' },
      'r',
    );
    expect(script).toContain('USE [CDNXL Firma];');
    const read = new Set(
      [...erpFile('erp/comarch-xl/views.sql').matchAll(/^[^-\n]*\bCDN\.(\w+) AS /gm)].map(
        ([, table = '']) => table,
      ),
    );
    const granted = [...script.matchAll(/^GRANT SELECT ON CDN\.(\w+) TO \[r\];$/gm)].map(
      ([, table = '']) => table,
    );
    expect(granted.toSorted()).toEqual([...read].toSorted());
    expect(granted.length).toBeGreaterThan(8);
  });
});
