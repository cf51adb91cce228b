import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { launched, run } from '../arrange/commands.ts';
import { define } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let folder: string;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  await define(service, 'klasa', { kind: 'CHOICE', choices: [{ key: 'a', name: 'Dobra' }] });
  await define(service, 'rabat', { kind: 'DECIMAL', maximum: '30' });
  await define(service, 'od', { kind: 'DATE' });
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-import-'));
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

async function file(text: string | Uint8Array): Promise<string> {
  const path = join(folder, 'karty.csv');
  await writeFile(path, text);
  return path;
}

const importing = (path: string, ...words: string[]) =>
  run('import-clients', [path, ...words], { DATABASE_URL: service.databaseUrl });

const codes = async (search: string): Promise<string[]> => {
  const query = 'query ($search: String) { clients(search: $search, first: 200) { nodes { code } } }';
  const { clients } = await service.ask<{ clients: { nodes: { code: string }[] } }>(query, { search });
  return clients.nodes.map(({ code }) => code).toSorted();
};

/** ASCII but for the Polish letters that CP1250 has elsewhere than Latin-1. */
const inCp1250 = (text: string): Uint8Array => {
  const letters: Readonly<Record<string, number>> = { ó: 0xf3, ł: 0xb3, Ł: 0xa3, ź: 0x9f, Ź: 0x8f, ś: 0x9c };
  return Uint8Array.from([...text].map((sign) => letters[sign] ?? sign.charCodeAt(0)));
};

const whole = [
  'Kod;Typ kartoteki;Nazwa;NIP;REGON;Ulica;Kod pocztowy;Miejscowość;Telefon;e-mail;Opiekun;Nazwisko;Imię;cecha.klasa;cecha.rabat;cecha.od',
  'ZOLW;shop;Żółw sp. z o.o.;526-025-02-74;;ul. Długa 1;00-001;Łódź;601 100 100;biuro@zolw.example;Użytkownik deweloperski;Wójcik;Jan;Dobra;12,50;31.12.2026',
].join('\r\n');

describe('a file of cards', () => {
  it('is tried first: nothing is written, and it is told what would be', async () => {
    const { code, out, errors } = await importing(await file(whole.replaceAll('ZOLW', 'PROBA')));

    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(errors).toContain('1 cards would be made, 0 there already, 0 rows refused; nothing was written');
    expect(await codes('PROBA')).toEqual([]);
  });

  it('becomes cards with --commit: every member, features and a first contact, searched and in the change log', async () => {
    const { code, errors } = await importing(await file(`\ufeff${whole}`), '--commit');
    const { client } = await service.ask<{ client: { id: string } }>(
      `{ client(code: "ZOLW") { id fullName shortName taxId phone email address { street postalCode city } accountManager { name }
        primaryContact { lastName firstName } features { definition { key } decimal date choices { key } } } }`,
    );

    expect({ code, made: errors.includes('1 cards made') }).toEqual({ code: 0, made: true });
    expect(client).toMatchObject({
      fullName: 'Żółw sp. z o.o.',
      shortName: 'Żółw sp. z o.o.',
      taxId: '5260250274',
      phone: '+48601100100',
      email: 'biuro@zolw.example',
      address: { street: 'ul. Długa 1', postalCode: '00-001', city: 'Łódź' },
      accountManager: { name: 'Użytkownik deweloperski' },
      primaryContact: { lastName: 'Wójcik', firstName: 'Jan' },
    });
    expect(JSON.stringify(client)).toContain('"decimal":"12.50"');
    expect(JSON.stringify(client)).toContain('"date":"2026-12-31"');
    expect(await codes('wójcik')).toEqual(['ZOLW']);
    const changes = await service.dataSource.query<{ actor: string }[]>(
      'SELECT actor FROM change WHERE client_id = $1 ORDER BY id',
      [client.id.slice('client_'.length)],
    );
    expect(changes).toHaveLength(3);
    for (const { actor } of changes) expect(actor).toMatch(/^import:clients \(/);
  });

  it.each([
    ['UTF-8 and semicolons', (text: string) => text, ';'],
    ['UTF-8 and commas', (text: string) => text, ','],
    ['CP1250 and semicolons', inCp1250, ';'],
    ['CP1250 and tabs', inCp1250, '\t'],
  ] as const)('is read in %s without being told', async (name, encoded, separator) => {
    const code = name.replaceAll(/[^A-Z0-9]/gi, '');
    const text = `kod;typ;nazwa\n${code};shop;Źródło Łódź ś\n`.replaceAll(';', separator);
    await importing(await file(encoded(text)), '--commit');

    expect(await service.ask(`{ client(code: "${code}") { fullName } }`)).toEqual({
      client: { fullName: 'Źródło Łódź ś' },
    });
  });
});

describe('a row that is wrong', () => {
  it('is told on a line of its own with its line in the file and every reason, and holds up no other', async () => {
    const text = [
      'kod,typ,nazwa,NIP,kod pocztowy,telefon,aktywny,cecha.klasa,cecha.rabat,opiekun,nazwisko,imię',
      'ZLA,shop,"Zła ""firma""",5260250275,0001,12,może,Zła,31,nikt,,Ewa',
      '',
      'DOBRA,shop,Dobra,,,,nie,,,,,',
      'BEZ,nie-ma,Bez,,,,,,,,,',
      ',shop,,,,,,,,,,',
      'DOBRA,shop,Inna nazwa,,,,,,,,,',
      'DUZO,shop,Dużo,,,,,,,,,,nadmiar',
    ].join('\n');
    const { code, out, errors } = await importing(await file(text), '--commit');
    const lines = new Map(out.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]));

    expect({ code, summary: errors.includes('1 cards made, 0 there already, 5 rows refused') }).toEqual({
      code: 1,
      summary: true,
    });
    const reasons = ['aktywny: FLAG', 'NIP: TAX_ID', 'kod pocztowy: POSTAL_CODE', 'telefon: PHONE'];
    for (const reason of [...reasons, 'opiekun: NOT_FOUND', 'nazwisko: REQUIRED'])
      expect(lines.get('line 2')).toContain(reason);
    expect(lines.get('line 5')).toContain('typ: CARD_TYPE');
    expect(lines.get('line 6')).toContain('kod: REQUIRED');
    expect(lines.get('line 7')).toMatch(/kod: DUPLICATE .*\(client_[0-9a-f-]{36}\)/);
    expect(lines.get('line 8')).toContain('row: COLUMNS');
    expect(await service.ask('{ client(code: "DOBRA") { active } }')).toEqual({ client: { active: false } });
  });

  it('is refused for features that do not fit, by their columns', async () => {
    const text =
      'kod,typ,nazwa,cecha.klasa,cecha.rabat,cecha.od\nCECHY,shop,x,brak,31,1.2.3\nRABAT,shop,x,,31,\n';
    const { out } = await importing(await file(text), '--commit');

    expect(out).toContain('line 2: cecha.od: VALUE');
    expect(out).toContain('line 3: cecha.rabat: MAXIMUM');
  });

  it('is refused where it takes what a card has, or an earlier row of the file, in a dry run too', async () => {
    await makeClient(service, { code: 'ZAJETY', taxId: '1060000062' });
    const rows = Array.from({ length: 210 }, (_, n) => `N${n},shop,Firma ${n},`);
    const text = [
      'kod,typ,nazwa,NIP',
      'zajety,shop,Inna,1060000062',
      'PIERW,shop,x,7740001454',
      ...rows,
      'DRUGI,shop,y,774-000-14-54',
      'n7,shop,z,',
    ].join('\n');
    const { code, out } = await importing(await file(text));

    expect(code).toBe(1);
    expect(out).toContain('line 2: kod: DUPLICATE there is already a card with this code');
    expect(out).toContain('NIP: DUPLICATE there is already a card with this tax id');
    expect(out).toContain('line 214: NIP: DUPLICATE stands in an earlier row');
    expect(out).toContain('line 215: kod: DUPLICATE stands in an earlier row');
    expect(await codes('pierw')).toEqual([]);
  });

  it('leaves nothing of itself where its contact is refused after its card was written', async () => {
    await define(service, 'obowiazkowa', { recordType: 'CONTACT', required: true });
    const text = 'kod,typ,nazwa,nazwisko\nZKONTAKTEM,shop,x,Nowak\nBEZKONTAKTU,shop,x,\n';
    const { out, errors } = await importing(await file(text), '--commit');
    await service.dataSource.query(
      `UPDATE feature_definition SET required = false WHERE key = 'obowiazkowa'`,
    );

    expect(out).toMatch(/^line 2: .*REQUIRED/);
    expect(errors).toContain('1 cards made, 0 there already, 1 rows refused');
    expect(
      await service.ask('{ a: client(code: "ZKONTAKTEM") { id } b: client(code: "BEZKONTAKTU") { code } }'),
    ).toEqual({ a: null, b: { code: 'BEZKONTAKTU' } });
  });
});

describe('an import that was cut short', () => {
  it('is begun again and goes on: killed at any row, no card twice and none missing', async () => {
    const count = 450;
    const rows = Array.from({ length: count }, (_, n) => `K${n};shop;Przerwana ${n};Nazwisko${n}`);
    const path = await file(['kod;typ;nazwa;nazwisko', ...rows].join('\n'));
    const countOf = async (what: string): Promise<number> => {
      const [row] = await service.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM ${what}`,
      );
      return row?.count ?? 0;
    };
    const written = () => countOf(`client WHERE full_name LIKE 'Przerwana %'`);
    for (const least of [1, 150]) {
      const child = launched('import-clients', [path, '--commit'], { DATABASE_URL: service.databaseUrl });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdout.resume();
      child.stderr.resume();
      while ((await written()) < least && child.exitCode === null) await delay(5);
      child.kill('SIGKILL');
      await ended;
    }
    const before = await written();
    const { code, errors } = await importing(path, '--commit');

    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(count);
    expect({ code, written: await written() }).toEqual({ code: 0, written: count });
    expect(errors).toContain(`${count - before} cards made, ${before} there already, 0 rows refused`);
    expect(await countOf(`contact WHERE last_name LIKE 'Nazwisko%'`)).toBe(count);
    // Four programs are started one after another.
  }, 60_000);
});

describe('a file that cannot be read as one of cards', () => {
  const wrongHeader =
    /column 2, "nieznana", is no known column[^]*column 3, "cecha.brak", names no feature[^]*no column for the name[^]*no column for the card type/;

  it.each([
    ['kod,nieznana,cecha.brak\n1,2,3\n', wrongHeader],
    ['kod,akronim,nazwa,typ\n1,2,3,4\n', /column 2, "akronim", holds code, as another column does/],
    ['', /is empty/],
    [Uint8Array.from([0xff, 0xfe, 0x41, 0]), /is UTF-16/],
    [`kod,typ,nazwa\nA,shop,"${'x'.repeat(1_100_000)}`, /cannot be taken apart after line/],
  ] as const)('is refused as a whole, with what is wrong: %#', async (text, message) => {
    const { code, errors } = await importing(await file(text), '--commit');

    expect(code).toBe(1);
    expect(errors).toMatch(message);
    expect(errors).not.toContain(' at ');
  });

  it('is told of with its name where it is not there, and a wrong call with how to call', async () => {
    const absent = await importing(join(folder, 'nie-ma.csv'));
    const calls = await Promise.all([
      importing('a', '--separator', 'x'),
      importing('a', '--encoding', 'latin2'),
      run('import-clients', []),
      importing('a', '--nope'),
    ]);

    expect(absent.code).toBe(1);
    expect(absent.errors).toContain('nie-ma.csv there is no such file');
    expect(calls.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  });
});
