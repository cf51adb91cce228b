/** Reports rendered by the double: the right bytes, whatever is asked, however it has to be written. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSsrs, type SsrsDouble } from '../../arrange/ssrs/double.ts';
import { large, open, turnover } from '../../arrange/ssrs/reports.ts';
import { expectedSha, serverOver, shaOf, wish } from '../../arrange/ssrs/server.ts';
import type { SsrsServer } from '../../../src/reports/ssrs/ssrs-server.ts';

let double: SsrsDouble;
let server: SsrsServer;
beforeEach(async () => {
  double = await startSsrs();
  server = serverOver(double);
});
afterEach(async () => {
  server.close();
  await double.close();
});

/** NIP may be null and has no default. */
const noNip = ['NIP', null] as const;
const seven = ['KlientId', '7'] as const;

describe('a report is written', () => {
  it.each([
    ['pdf', 'PDF', 'application/pdf'],
    ['xlsx', 'EXCELOPENXML', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['docx', 'WORDOPENXML', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['csv', 'CSV', 'text/csv; charset=utf-8'],
    ['xml', 'XML', 'text/xml; charset=utf-8'],
    ['mhtml', 'MHTML', 'message/rfc822'],
  ] as const)('as %s', async (format, renderer, contentType) => {
    const rendered = await server.render(wish({ format }));
    expect(rendered.contentType).toBe(contentType);
    expect(await shaOf(server, wish({ format }))).toBe(expectedSha([seven, noNip], { renderer }));
  });

  it('in the language of the settings, while values are read in one that never changes', async () => {
    const german = serverOver(double, { locale: 'de-DE' });
    const parameters = new Map([
      ['KlientId', ['7']],
      ['Prog', ['1234.5']],
    ]);
    const sha = await shaOf(german, wish({ parameters }));
    german.close();
    expect(sha).toBe(expectedSha([seven, noNip, ['Prog', '1234.5']], { language: 'de-DE' }));
    expect(double.seen.renders[0]?.commands.get('rs:ParameterLanguage')).toBe('en-US');
  });

  it('when it is large, piece by piece', async () => {
    const sha = await shaOf(server, wish({ path: large, parameters: new Map() }));
    expect(sha).toBe(expectedSha([], { path: large }));
  });

  it('when its name has quotes in it', async () => {
    const path = "/Sprzedaż/Zarząd/Plan 'A'";
    expect(await shaOf(server, wish({ path, parameters: new Map() }))).toBe(expectedSha([], { path }));
  });

  it('when it is linked to another one', async () => {
    const sha = await shaOf(server, wish({ path: open, parameters: new Map([['Dni', ['60']]]) }));
    expect(sha).toBe(expectedSha([['Dni', '60']], { path: open }));
  });
});

describe('values reach the report as they are', () => {
  it.each([
    ['a null', [['NIP', [null]]], [noNip]],
    ['nothing, where it may be null', [['NIP', []]], [noNip]],
    [
      'several values',
      [['Status', ['O', 'S', 'Z']]],
      [noNip, ['Status', 'O'], ['Status', 'S'], ['Status', 'Z']],
    ],
    ['true and false', [['ZKorektami', ['False']]], [noNip, ['ZKorektami', 'false']]],
    ['a day', [['Od', ['2026-02-28']]], [noNip, ['Od', '2026-02-28']]],
    ['a moment', [['Od', ['2026-02-28T13:05:00']]], [noNip, ['Od', '2026-02-28T13:05:00']]],
    ['a number with a point', [['Prog', ['-0.75']]], [noNip, ['Prog', '-0.75']]],
    ['an empty text', [['Uwaga', ['']]], [noNip, ['Uwaga', '']]],
    ['a name with Polish letters', [['Źródło', ['Optima']]], [noNip, ['Źródło', 'Optima']]],
    [
      'signs that mean something in an address',
      [['Uwaga', ['a&rs:Format=XML#?%+ /\\"\'; ż=1:isnull']]],
      [noNip, ['Uwaga', 'a&rs:Format=XML#?%+ /\\"\'; ż=1:isnull']],
    ],
  ] as const)('%s', async (_, given, sent) => {
    const parameters = new Map<string, readonly (string | null)[]>([['KlientId', ['7']], ...given]);
    expect(await shaOf(server, wish({ parameters }))).toBe(expectedSha([seven, ...sent]));
  });

  it('in a form where the address would be long, which is not sent before the login', async () => {
    const remark = 'Zażółć gęślą jaźń & spółka. '.repeat(100);
    const parameters = new Map([
      ['KlientId', ['7']],
      ['Uwaga', [remark]],
    ]);
    const alone = serverOver(double, { connections: 1 });
    await alone.parameters(turnover, wish().signal);
    // So that the form meets a new connection, which is not logged in.
    double.dropIdleLines();
    const shas = [await shaOf(alone, wish({ parameters })), await shaOf(server, wish({ parameters }))];
    alone.close();
    expect(new Set(shas)).toEqual(new Set([expectedSha([seven, noNip, ['Uwaga', remark]])]));
    expect(double.seen.renders.map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(double.seen.formsBeforeLogin).toBe(0);
  });
});

it('fifty callers at once get each their own bytes, over no more connections than are allowed', async () => {
  const customers = Array.from({ length: 50 }, (_, at) => String(at + 1));
  const shas = await Promise.all(
    customers.map((id) => shaOf(server, wish({ parameters: new Map([['KlientId', [id]]]) }))),
  );
  expect(shas).toEqual(customers.map((id) => expectedSha([['KlientId', id], noNip])));
  expect(double.seen.renders).toHaveLength(50);
  expect(double.seen.connections).toBeLessThanOrEqual(4);
});
