/** OData's addresses, the shapes of its answers and what goes with them, and what is refused how. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callersByHeader } from '../arrange/callers.ts';
import { makeClient, makeContact, write, type Written } from '../arrange/cards.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import { getOdata, odataBody, odataRefusal, pagesOf, rowsOfPage } from '../arrange/odata.ts';

let service: ErpService;
let card: Written;
let contact: Written;
beforeAll(async () => {
  service = await startErpService({ callers: callersByHeader });
  card = await makeClient(service, { code: 'A', shortName: 'Żabka' });
  await makeClient(service, { code: 'B' });
  contact = await makeContact(service, card, { lastName: "O'Neil" });
  await makeContact(service, card, { lastName: 'Adamska' });
  const gone = await write(service, 'addNote', { clientId: card.id, text: 'x' });
  await service.ask('mutation ($input: VersionedId!) { removeNote(input: $input) { id } }', { input: gone });
});
afterAll(() => service.close());

const root = () => `${service.url}odata/`;
const context = (of: string) => `${root()}$metadata#${of}`;

describe('the context of', () => {
  it.each([
    ['Clients', 'Clients'],
    ['Clients?$select=code', 'Clients(code)'],
    ['Clients?$select=shortName,code', 'Clients(code,shortName)'],
    ['Clients?$select=*', 'Clients'],
    ['Clients?$expand=Contacts', 'Clients(Contacts())'],
    [
      'Clients?$select=code&$expand=Contacts($select=lastName),MergedInto',
      'Clients(code,Contacts(lastName),MergedInto())',
    ],
    ["Contacts?$filter=lastName eq 'x'", 'Contacts'],
    ["Clients('CARD')", 'Clients/$entity'],
    ["Clients(id='CARD')", 'Clients/$entity'],
    ["Clients('CARD')?$select=code", 'Clients(code)/$entity'],
    ["Clients('CARD')/Contacts", 'Contacts'],
    ["Contacts('CONTACT')/Client", 'Clients/$entity'],
    ["Contacts('CONTACT')/Client?$select=code", 'Clients(code)/$entity'],
  ])('%s says what the answer holds', async (address, expected) => {
    const asked = address.replace('CARD', card.id).replace('CONTACT', contact.id);
    expect((await odataBody(service, asked))['@odata.context']).toBe(context(expected));
  });
});

it.each(['', '/', '?$format=json'])('the service document is at /odata%s', async (end) => {
  const answer = await fetch(`${service.url}odata${end}`);
  const { value, ...rest } = (await answer.json()) as { value: { name: string }[] };
  expect(rest).toEqual({ '@odata.context': `${root()}$metadata` });
  expect(value.slice(0, 2)).toEqual([
    { name: 'Clients', kind: 'EntitySet', url: 'Clients' },
    { name: 'Contacts', kind: 'EntitySet', url: 'Contacts' },
  ]);
  expect(answer.headers.get('odata-version')).toBe('4.0');
});

it('a record is found by its id, as it stands in its set', async () => {
  const [listed] = await rowsOfPage(service, "Clients?$filter=code eq 'A'");
  const { '@odata.context': _, ...alone } = await odataBody(service, `Clients('${card.id}')`);
  expect(alone).toEqual(listed);
  for (const id of ['x', contact.id, card.id.replace(/.$/, (sign) => (sign === '0' ? '1' : '0'))])
    expect(await odataRefusal(service, `Clients('${id}')`)).toMatchObject({ status: 404, target: 'key' });
});

it('what is related to a record is found behind it', async () => {
  const names = async (address: string) =>
    (await rowsOfPage(service, address)).map(({ lastName }) => lastName);
  expect(await names(`Clients('${card.id}')/Contacts?$orderby=lastName`)).toEqual(['Adamska', "O'Neil"]);
  expect(await names(`Clients('${card.id}')/Contacts?$filter=lastName gt 'B' or false`)).toEqual(["O'Neil"]);
  expect(await (await getOdata(service, `Clients('${card.id}')/Contacts/$count`)).text()).toBe('2');
  expect((await odataBody(service, `Contacts('${contact.id}')/Client`))['code']).toBe('A');
  expect((await getOdata(service, `Clients('${card.id}')/MergedInto`)).status).toBe(204);
  expect((await odataRefusal(service, "Clients('x')/Contacts")).status).toBe(404);
});

it('the pages of what is related go on where they are', async () => {
  const pages = await pagesOf(service, `Clients('${card.id}')/Contacts`, { prefer: 'maxpagesize=1' });
  expect(pages.map(({ value }) => value.length)).toEqual([1, 1]);
});

it('records are counted, with a filter or without, by themselves or beside a page', async () => {
  const count = async (address: string) => {
    const answer = await getOdata(service, address);
    return [answer.headers.get('content-type'), await answer.text()];
  };
  expect(await count('Clients/$count')).toEqual(['text/plain;charset=utf-8', '2']);
  expect(await count("Clients/$count?$filter=code eq 'A'")).toEqual(['text/plain;charset=utf-8', '1']);
  expect(await odataBody(service, "Contacts?$count=true&$top=1&$filter=lastName ne 'x'")).toMatchObject({
    '@odata.count': '2',
    value: [{}],
  });
  expect((await odataBody(service, 'Contacts?$count=false'))['@odata.count']).toBeUndefined();
});

it('deleted records come, and are told as such', async () => {
  expect(await rowsOfPage(service, 'Notes?$select=text,deleted')).toEqual([{ text: 'x', deleted: true }]);
  expect(await rowsOfPage(service, 'Notes?$filter=deletedAt eq null')).toEqual([]);
});

describe('the form of an answer', () => {
  const asked = async (address: string, headers = {}) => {
    const answer = await getOdata(service, address, headers);
    return { type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const json = (level: string) => `application/json;odata.metadata=${level};charset=utf-8`;

  it.each([
    ['Clients', '*/*', 'minimal'],
    ['Clients', 'application/json', 'minimal'],
    ['Clients', 'application/json;odata.metadata=none', 'none'],
    ['Clients', 'application/json;metadata=full', 'full'],
    ['Clients?$format=application/json;odata.metadata=none', 'application/xml', 'none'],
    [
      'Clients',
      'application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7',
      'minimal',
    ],
  ])('%s for %s', async (address, accept, level) => {
    expect((await asked(address, { accept })).type).toBe(json(level));
  });

  it('without metadata is bare, but for the link to the next page', async () => {
    const { text } = await asked('Contacts?$select=lastName', {
      accept: 'application/json;odata.metadata=none',
      prefer: 'odata.maxpagesize=1',
    });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['value', '@odata.nextLink']);
  });

  it('with all metadata says types, names and ways of each record', async () => {
    const { text } = await asked('Contacts?$select=version,lastName&$top=1', {
      accept: 'application/json;odata.metadata=full',
    });
    const [record] = (JSON.parse(text) as { value: Record<string, unknown>[] }).value;
    const self = `${root()}Contacts('${contact.id}')`;
    expect(record).toEqual({
      '@odata.type': '#Kartoteka.Contact',
      '@odata.id': self,
      '@odata.readLink': self,
      'Client@odata.navigationLink': `${self}/Client`,
      'version@odata.type': '#Int64',
      version: 1,
      lastName: "O'Neil",
    });
    expect((await getOdata(service, String(record?.['Client@odata.navigationLink']))).status).toBe(200);
  });

  it('is refused where no JSON will do', async () => {
    expect(await odataRefusal(service, 'Clients', { accept: 'application/atom+xml' })).toMatchObject({
      status: 406,
      details: ['accept MEDIA_TYPE'],
    });
    expect((await getOdata(service, '$metadata', { accept: 'application/atom+xml' })).status).toBe(200);
  });

  it('tells which preference it followed', async () => {
    const applied = async (prefer: string) =>
      (await getOdata(service, 'Clients', { prefer })).headers.get('preference-applied');
    expect(await applied('respond-async, odata.maxpagesize="7"')).toBe('odata.maxpagesize=7');
    expect(await applied('odata.maxpagesize=1000000')).toBe('odata.maxpagesize=5000');
    expect(await applied('return=minimal')).toBeNull();
  });
});

describe('what is refused, and how:', () => {
  it.each<readonly [string, number, string, Readonly<Record<string, string>>?]>([
    ['Secrets', 400, 'set SET'],
    ['clients', 400, 'set SET'],
    ['__proto__', 400, 'set SET'],
    ['%2e%2e', 400, 'set SET'],
    ['Clients/Contacts', 400, 'path PATH'],
    ['Clients(1)', 400, 'key KEY'],
    ["Clients(code='A')", 400, 'key KEY'],
    ['Clients?$select=secret', 400, '$select PROPERTY'],
    ['Clients?$orderby=secret', 400, '$orderby PROPERTY'],
    ['Clients?$orderby=code up', 400, '$orderby SYNTAX'],
    ['Clients?$orderby=tolower(code)', 501, '$orderby UNSUPPORTED'],
    ['Clients?$orderby=sharedWithIds', 501, '$orderby UNSUPPORTED'],
    ['Clients?$top=-1', 400, '$top NUMBER'],
    ['Clients?$top=x', 400, '$top NUMBER'],
    ['Clients?$skip=10001', 400, '$skip TOO_MANY'],
    ['Clients?$count=1', 400, '$count BOOLEAN'],
    ['Clients?$skiptoken=x', 400, '$skiptoken CURSOR'],
    ['Clients?$skiptoken=WyJvZGF0YTpDbGllbnRzIiwieCJd', 400, '$skiptoken CURSOR'],
    ['Clients?$expand=Secrets', 400, '$expand PROPERTY'],
    ['Clients?$expand=Contacts(', 400, '$expand SYNTAX'],
    ['Clients?$expand=Contacts)', 400, '$expand SYNTAX'],
    ['Clients?$expand=Contacts,Contacts', 400, '$expand REPEATED'],
    ['Clients?$expand=*', 501, '$expand UNSUPPORTED'],
    ['Clients?$expand=Contacts/Client', 501, '$expand UNSUPPORTED'],
    ['Clients?$expand=Contacts($expand=Client)', 501, '$expand UNSUPPORTED'],
    ['Clients?$expand=Contacts($skip=1)', 501, '$expand UNSUPPORTED'],
    ['Clients?$expand=Contacts($levels=2)', 501, '$expand UNSUPPORTED'],
    ['Clients?$expand=Contacts($select=secret)', 400, '$expand.Contacts.$select PROPERTY'],
    ['Clients?$expand=Contacts($filter=secret eq 1)', 400, '$expand.Contacts.$filter PROPERTY'],
    ['Clients?$expand=MergedInto($top=1)', 400, '$expand OPTION'],
    ['Clients?$search=x', 501, '$search UNSUPPORTED'],
    ['Clients?$apply=aggregate($count as n)', 501, '$apply UNSUPPORTED'],
    ['Clients?$inlinecount=allpages', 400, '$inlinecount OPTION'],
    ['Clients?filter=true', 400, 'filter OPTION'],
    ['Clients?x=1', 400, 'x OPTION'],
    ['Clients?$top=1&$top=2', 400, '$top REPEATED'],
    ['Clients?$format=xml', 400, '$format FORMAT'],
    ['Clients?$format=application/json;odata.metadata=some', 400, '$format METADATA'],
    ['Clients/$count?$top=1', 400, '$top OPTION'],
    ["Clients('x')?$filter=true", 400, '$filter OPTION'],
    ["Clients('x')/code", 501, 'path UNSUPPORTED'],
    ["Clients('x')/$ref", 501, 'path UNSUPPORTED'],
    ['$batch', 501, 'path UNSUPPORTED'],
    ['$entity', 501, 'path UNSUPPORTED'],
    ['Clients', 400, 'prefer PAGE_SIZE', { prefer: 'odata.maxpagesize=0' }],
    ['Clients', 400, 'prefer PAGE_SIZE', { prefer: 'odata.maxpagesize=many' }],
    ['Clients', 400, 'odata-maxversion VERSION', { 'odata-maxversion': '3.0' }],
  ])('%s is %s', async (...row) => {
    // Named, the last one would be taken for a callback where a row leaves it out.
    const [address, status, detail, headers] = row;
    const refusal = await odataRefusal(service, address, headers);
    expect(refusal).toMatchObject({
      status,
      code: status === 501 ? 'NOT_OFFERED' : 'BAD_USER_INPUT',
      target: detail.split(' ')[0],
      details: [detail],
    });
    expect(refusal.message.length).toBeGreaterThan(10);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'MERGE'])('%s, as nothing is written here', async (method) => {
    for (const path of ['Clients', `Clients('${card.id}')`, '']) {
      const answer = await fetch(`${root()}${path}`, { method, body: '{}' });
      expect([answer.status, answer.headers.get('allow'), await answer.json()]).toEqual([
        405,
        'GET, HEAD, OPTIONS',
        { error: expect.objectContaining({ code: 'BAD_USER_INPUT' }) as unknown },
      ]);
    }
  });

  it('a batch, by name', async () => {
    const answer = await fetch(`${root()}$batch`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(405);
    expect(await answer.json()).toMatchObject({
      error: { message: '$batch is not supported: send each request by itself.' },
    });
  });

  it('always as OData, with its version', async () => {
    for (const path of ['Secrets', 'Clients?$top=x']) {
      const answer = await getOdata(service, path);
      expect(answer.headers.get('odata-version')).toBe('4.0');
      expect(answer.headers.get('content-type')).toContain('application/json');
    }
  });
});

it('HEAD answers what GET does, without the records', async () => {
  const answer = await fetch(`${root()}Clients`, { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(answer.headers.get('odata-version')).toBe('4.0');
});

it('an offset is understood with its plus sign as it is, in percent, or lost', async () => {
  for (const sign of ['+', '%2B', '%20', ' '.replace(' ', '%20')]) {
    const filter = `createdAt%20ge%202020-01-01T00:00:00${sign}01:00`;
    expect((await fetch(`${root()}Clients?$filter=${filter}`)).status).toBe(200);
  }
  const spaced = await fetch(`${root()}Clients?$select=code&$filter=code+eq+%27A%27`);
  expect(await spaced.json()).toMatchObject({ value: [{ code: 'A' }] });
});
