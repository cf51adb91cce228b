import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CompanyConfig } from '../../src/config.ts';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import {
  contractScript,
  documents,
  examined,
  invoiceView,
  ofLevel,
  openWard,
  reader,
  viewOf,
  writer,
  type Ward,
} from './arrange-doctor.ts';

let ward: Ward;
let sound: CompanyConfig;

beforeAll(async () => {
  ward = await openWard();
  sound = await ward.company('sound', documents, await invoiceView());
});
afterEach(async () => {
  ward.server.behave();
  await ward.server.comeBack();
});
afterAll(() => ward.close());

const faults = async (company: CompanyConfig): Promise<readonly string[]> =>
  ofLevel(await examined(company), 'FAULT');

describe('the doctor at views that do not fit', () => {
  it('names view and column that are missing or of another type, and what is expected', async () => {
    const view = await invoiceView({
      vat: null,
      gross: 'CAST(d.Net AS float)',
      issued_on: 'CAST(d.Day AS datetime)',
      cancelled: '0',
      net: 'CAST(d.Net AS money)',
      number: 'd.No',
      recipient_id: 'CAST(NULL AS float)',
    });
    const lines = await examined(await ward.company('types', documents, view));

    expect(ofLevel(lines, 'FAULT', 'WARN').filter((line) => line.includes(' views '))).toEqual([
      'FAULT views invoice.recipient_id is float, and a whole number, an exact number, a text or a uniqueidentifier is expected: no key can be compared exactly in it',
      'FAULT views invoice.number is int, and nvarchar(60) is expected: it is a text',
      'FAULT views invoice.issued_on is datetime, and date is expected: a time beside the day makes lists lose rows: CAST it in the view',
      'WARN views invoice.net is money, and decimal(19,4) is expected: sums and products of it are rounded: CAST it in the view',
      'FAULT views invoice.vat is missing: decimal(19,4) is expected',
      'FAULT views invoice.gross is float, and decimal(19,4) is expected: amounts in it are not exact',
      'FAULT views invoice.cancelled is int, and bit is expected: it is 0 or 1 of type bit',
    ]);
  });

  it('tells what is not offered, and what nobody can reach', async () => {
    const lines = await examined(
      await ward.company(
        'parts',
        contractScript,
        'DROP TABLE kartoteka.settlement; CREATE TABLE kartoteka.invoices (a int NULL);',
      ),
    );
    expect(ofLevel(lines, 'NOTE', 'WARN').filter((line) => line.includes(' views '))).toEqual([
      'NOTE views not offered: settlement (no such view, or no SELECT on it)',
      'WARN views settlement_match is there without settlement, and nobody can reach it',
      'NOTE views nobody reads invoices: no such view in the contract',
    ]);
  });

  it('says that there are none', async () => {
    expect(await faults({ ...sound, schema: 'elsewhere' })).toEqual([
      "FAULT views schema elsewhere has none of the contract's views, or the login may not SELECT from them: npm run erp:install prints them",
    ]);
  });

  it('counts what is NULL or in words that the contract does not know', async () => {
    const rows = `INSERT INTO dbo.Doc (Kind, No, Who, Day, Net, Vat, Cur, Word) VALUES (3, 1, 'B', '2026-01-05', 1, 0.5, NULL, 'FAKTURA'),
      (3, 2, 'B', '2026-01-05', 1, 0.5, NULL, 'FAKTURA'), (3, 3, 'B', '2026-01-05', 1, 0, 'zł', 'INVOICE');`;
    const lines = await examined(
      await ward.company('words', documents, rows, await invoiceView({ gross: 'd.Net' })),
    );
    expect(ofLevel(lines, 'FAULT').filter((line) => line.includes(' values '))).toEqual([
      'FAULT values invoice.currency is NULL in 2 rows, and must not be',
      "FAULT values invoice.kind is 'FAKTURA' in 2 rows: INVOICE, CORRECTION, ADVANCE, RECEIPT is expected",
      "FAULT values invoice.currency is 'zł' in 1 row: an ISO 4217 code such as 'PLN' is expected",
    ]);
    expect(lines).toContainEqual(expect.stringContaining('-1.0000 without a currency over 2 records'));
  });
});

describe('the doctor at views without a row', () => {
  it('warns, for an empty view says that there is nothing', async () => {
    const lines = (await examined(await ward.company('hollow', contractScript))).filter((line) =>
      line.includes(' values '),
    );
    expect(lines).toContain(
      'WARN values invoice is empty, which says that there is nothing: if this ERP does not keep it, leave the view out; if it does, the view loses its rows',
    );
    expect(ofLevel(lines, 'WARN')).toHaveLength(6);
    expect(ofLevel(lines, 'NOTE').map((line) => line.split(' ')[2])).toEqual([
      'invoice_order',
      'payment',
      'settlement_match',
    ]);
    expect(ofLevel(lines, 'OK')).toEqual([]);
  });
});

describe('the doctor at keys', () => {
  const ofKeys = async (company: CompanyConfig) =>
    (await examined(company)).filter((line) => line.includes(' keys ') && !line.startsWith('OK'));

  it('names those that an expression makes, and lets a literal be', async () => {
    const view = await invoiceView({
      invoice_type: '0',
      invoice_id: 'd.Kind * 1000 + d.No',
      customer_id: "ISNULL(d.Who, '')",
      recipient_id: 'CAST(NULL AS varchar(20))',
      corrects_type: 'd.Kind + 0',
    });
    const computed = (column: string) =>
      `FAULT keys invoice.${column} is computed: an expression stands where the ERP's bare column must, and no index serves it`;
    expect(await ofKeys(await ward.company('computed', documents, view))).toEqual([
      computed('invoice_id'),
      computed('customer_id'),
      computed('corrects_type'),
      'WARN keys invoice by corrects_type and corrects_id: no index of dbo.Doc begins with No',
    ]);
  });

  it('says what it could not see behind a UNION, and does not call it in order', async () => {
    const view = await invoiceView(
      {},
      '(SELECT * FROM dbo.Doc AS x UNION ALL SELECT * FROM dbo.Doc AS y WHERE y.No < 0) AS d',
    );
    const lines = await examined(await ward.company('united', documents, view));
    expect(lines).toContain(
      'NOTE keys invoice: whether invoice_type, invoice_id, customer_id, recipient_id, corrects_type and corrects_id are bare could not be checked: a UNION, DISTINCT or GROUP BY makes it, or every column is an expression',
    );
    expect(lines.filter((line) => line.endsWith('bare'))).toEqual([]);
  });

  it('counts those that repeat, and says which, but never of customers', async () => {
    const base = documents.replace(', PRIMARY KEY (Kind, No)', '');
    const twice = `INSERT INTO dbo.Doc (Kind, No, Who, Day, Net, Vat, Cur) VALUES (1, 1, 'A', '2026-01-01', 1, 0, 'PLN'), (1, 1, 'A', '2026-01-01', 1, 0, 'PLN'),
      (2, 1, 'A', '2026-01-01', 1, 0, 'PLN');`;
    const customers = await viewOf('customer', 'dbo.Doc AS d', {
      customer_id: 'd.Who',
      code: 'CAST(d.Who AS nvarchar(50))',
      name: 'CAST(d.Who AS nvarchar(400))',
      blocked: 'CAST(0 AS bit)',
    });
    const lines = await examined(await ward.company('twice', base, twice, customers, await invoiceView()));
    expect(ofLevel(lines, 'FAULT')).toEqual([
      'FAULT keys customer: customer_id is not unique: 1 key in 5 rows',
      expect.stringMatching(
        /^FAULT keys invoice: invoice_type and invoice_id are not unique: 2 keys in 5 rows, such as (1:1, 2:1|2:1, 1:1)$/,
      ),
    ]);
  });

  it('tells where no index begins with what is looked up', async () => {
    const bare = documents.replace('CREATE INDEX by_who ON dbo.Doc (Who, Day);', '');
    expect(await ofKeys(await ward.company('bare', bare, await invoiceView()))).toEqual([
      'WARN keys invoice by customer_id: no index of dbo.Doc begins with Who',
    ]);
  });
});

describe('the doctor at figures', () => {
  it('counts references that lead nowhere, or are half', async () => {
    const rows = `
      INSERT INTO kartoteka.invoice_line (invoice_type, invoice_id, line_no, product_name, quantity, net) VALUES (1, 7, 1, N'x', 1, 1), (1, 7, 2, N'x', 1, 1);
      INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, issued_on, amount, remaining, currency)
      VALUES (1, 1, 1, 5, 'PAYABLE', 1, '2026-01-01', 1, 1, 'PLN');
      INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, amount) VALUES (9, 1, 1, 1, 5, 1);`;
    const lines = await examined(await ward.company('dangling', contractScript, rows));
    expect(lines.filter((line) => line.includes(' references '))).toEqual([
      'WARN references invoice_line.invoice_type and invoice_id: the invoice is not there in 2 rows, such as 1:7:1, 1:7:2',
      'WARN references settlement.customer_id: the customer is not there in 1 row, such as 1:1:1',
      'WARN references settlement.invoice_type and invoice_id: one part without the other in 1 row',
      'WARN references settlement_match.customer_id: the customer is not there in 1 row, such as 9:1:1:1',
      'FAULT references settlement_match.settlement_type, settlement_id and settlement_line: the settlement is not there in 1 row, such as 9:1:1:1',
      'OK references references between views that lead somewhere in every row: 10',
    ]);
  });

  it('tells by how much sums do not agree, by currency, and where most', async () => {
    const rows = `
      INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, remaining, counts_in_sales, cancelled)
      VALUES (1, 1, 1, 'INVOICE', N'1', '2026-01-01', 'PLN', 100, 23, 123.5, 40, 1, 0), (1, 2, 1, 'INVOICE', N'2', '2026-01-01', 'PLN', 10, 0, 9.9, NULL, 1, 0),
        (1, 3, 1, 'INVOICE', N'3', '2026-01-01', 'EUR', 10, 0, 10.0001, NULL, 1, 0);
      INSERT INTO kartoteka.invoice_line (invoice_type, invoice_id, line_no, product_name, quantity, net) VALUES (1, 1, 1, N'x', 1, 99.99);
      INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, invoice_id, issued_on, amount, remaining, currency)
      VALUES (1, 1, 1, 1, 'RECEIVABLE', 1, 1, '2026-01-01', 100, 41, 'PLN'), (1, 1, 2, 1, 'RECEIVABLE', 1, 1, '2026-01-01', 23.5, 0, 'PLN'),
        (1, 2, 1, 1, 'RECEIVABLE', 1, 2, '2026-01-01', 9, 9, 'PLN');
      INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, payment_type, payment_id, amount)
      VALUES (1, 1, 1, 1, 1, 5, 1, 59), (1, 1, 2, 1, 1, 5, 1, 20);
      INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency) VALUES (5, 1, 1, '2026-01-02', 80, 0, 'PLN');`;
    const lines = await examined(await ward.company('sums', contractScript, rows));
    expect(lines.filter((line) => line.includes(' sums '))).toEqual([
      'WARN sums gross = net + vat of each invoice does not hold: differs by 0.0001 EUR over 1 record, 0.4000 PLN over 2 records, such as 1:1, 1:2, 1:3',
      'NOTE sums net of each invoice = its lines does not hold: differs by 0.0100 PLN over 1 record, such as 1:1',
      'WARN sums gross of each invoice = paid + remaining = its settlements does not hold: differs by 0.9000 PLN over 1 record, such as 1:2',
      'WARN sums remaining of each invoice = what remains of its settlements does not hold: differs by -1.0000 PLN over 1 record, such as 1:1',
      'WARN sums remaining of each settlement = its amount less its matches does not hold: differs by 3.5000 PLN over 1 record, such as 1:1:2',
      'WARN sums unallocated of each payment = its amount less its matches does not hold: differs by 1.0000 PLN over 1 record, such as 5:1',
      'OK sums balances = ageing of today, of the 1 customer with most settlements',
    ]);
  });
});

describe('the doctor at the login', () => {
  it('says loudly that it can write, and by which rights', async () => {
    const lines = (await faults({ ...sound, url: ward.url('sound', writer) })).join('\n');
    expect(lines).toMatch(
      /^FAULT login THE LOGIN CAN WRITE: it is a member of sysadmin,.* has CONTROL SERVER/m,
    );
    expect(lines).toContain(
      'FAULT login THE LOGIN CAN WRITE: it has INSERT on database sound, has UPDATE on database sound, has DELETE on database sound, has ALTER on database sound and has CONTROL on database sound',
    );
    expect(lines).toContain('THE LOGIN CAN WRITE: it has INSERT on schema kartoteka');
    expect(lines).toContain(
      'THE LOGIN CAN WRITE: it can insert, update or delete in dbo.Doc, kartoteka.invoice',
    );
  });

  it('does not call in order what the server does not tell', async () => {
    ward.server.misbehave({ kind: 'error', number: 297, text: /HAS_PERMS_BY_NAME/ });
    ward.server.misbehave({ kind: 'error', number: 297, text: /dm_exec_describe/ });
    const lines = await examined(sound);
    expect(ofLevel(lines, 'FAULT', 'WARN')).toEqual([]);
    expect(lines).toContain(
      'NOTE login rights on database sound could not be checked: SQL error 297, the login may not see this',
    );
    expect(lines).toContain(
      'NOTE login where it could be asked, the login has no right and no role that writes',
    );
    expect(ofLevel(lines, 'NOTE')).toContainEqual(
      expect.stringMatching(
        /^NOTE keys invoice: whether .* are bare could not be checked: SQL error 297, the login may not see this$/,
      ),
    );
    expect(lines.filter((line) => line.includes('can only read'))).toEqual([]);
  });
});

describe('the doctor at a server', () => {
  const address = () => `127.0.0.1:${ward.server.port}`;

  it('tells of a refused login, and shows no password', async () => {
    const wrong = { user: 'reader', password: 'not-the-one' };
    const refused = await faults({ ...sound, url: ward.url('sound', wrong) });
    expect(refused).toEqual([
      `FAULT connection ${address()}, database sound, cannot be used: the login was refused: its name, its password, or its way into the database; Login failed for user 'reader'.`,
    ]);
    const [elsewhere = ''] = await faults({ ...sound, url: ward.url('nowhere') });
    expect(elsewhere).toContain('database nowhere, cannot be used: the login was refused');
    expect(elsewhere).not.toContain('s3cret');
    const error = new SqlServerError(18456, `Login failed for reader with ${reader.password}.`);
    ward.server.misbehave({ kind: 'refuse-login', error });
    expect((await faults(sound)).join()).toContain('Login failed for reader with ….');
  });

  it('tells that nobody is there', async () => {
    await ward.server.goAway();
    const [line = '', ...more] = await faults(sound);
    expect(line).toContain(
      `FAULT connection ${address()}, database sound, cannot be used: nobody listens at that port`,
    );
    expect(more).toEqual([]);
  });

  it('tells that encryption was asked for and there is none', async () => {
    const [line] = await faults({ ...sound, url: ward.url('sound', undefined, 'encrypt=true') });
    expect(line).toContain('the server offers no encryption, and this company asks for it');
  });

  it.each([{ kind: 'stall-connection' as const }, { kind: 'stall' as const, text: /@@VERSION/ }])(
    'tells that the server is silent: $kind',
    async (misbehaviour) => {
      ward.server.misbehave(misbehaviour);
      expect(await examined(sound, { limitMs: 1_000 })).toEqual([
        `FAULT connection ${address()}, database sound, cannot be used: the server does not answer: nothing came within 1 s`,
      ]);
    },
  );

  it('tells of an address that cannot be read', async () => {
    expect(await faults({ ...sound, url: ward.url('sound', undefined, 'encrypt=maybe') })).toEqual([
      "FAULT connection the url cannot be read: encrypt in a company's url is true or false",
    ]);
  });

  it('tells a lookup that takes its time', async () => {
    const lookup = /WHERE v\.\[invoice_type\] = k\.k0 AND v\.\[invoice_id\] = k\.k1/;
    ward.server.misbehave({ kind: 'delay', milliseconds: 300, text: lookup });
    expect(ofLevel(await examined(sound, { patience: 1 }), 'WARN')).toContainEqual(
      expect.stringMatching(/^WARN lookups invoice by invoice_type and invoice_id: \d+ ms, which is slow: /),
    );
  });

  it('gives a slow check up, and goes on', async () => {
    ward.server.misbehave({ kind: 'stall', text: /HAVING COUNT_BIG/ });
    const lines = await examined(sound, { limitMs: 1_500 });
    expect(lines).toContain(
      'WARN keys invoice: whether invoice_type and invoice_id can repeat could not be checked: took too long: more than 1.5 s',
    );
    expect(lines).toContain('OK sums gross = net + vat of each invoice');
  });

  it('tells where the server breaks off', async () => {
    ward.server.misbehave({ kind: 'cut-before-first-row', text: /GROUP BY/ });
    const lines = await faults(sound);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`FAULT connection ${address()}, database sound, cannot be used`);
  });
});
