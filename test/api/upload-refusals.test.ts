import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { startTestService, type Answer, type TestService } from '../arrange/service.ts';
import { storedKeys, waitForCount, waitForStored } from '../arrange/stored-files.ts';
import {
  addAttachment,
  addOperation,
  attach,
  attachmentInput,
  field,
  mapOfOne,
  pdfBytes,
  rawBody,
  rawFile,
  rawHeaders,
  sendFile,
  sendForm,
  sendRaw,
  somePdf,
  type Attachment,
} from '../arrange/uploads.ts';
import { docxBytes, xlsxBytes, zipOf } from '../arrange/zip.ts';

const maxUploadBytes = 300_000;

let service: TestService;
let card: Written;
beforeAll(async () => {
  service = await startTestService({ maxUploadBytes });
  await makeCardTypes(service);
  card = await makeClient(service);
});
afterAll(() => service.close());

type Sent = Answer<{ written: Attachment | null }>;

const send = (name: string, bytes: Uint8Array): Promise<Sent> =>
  sendFile(service, addAttachment, attachmentInput(card), { name, bytes });

/** The code of the only problem, or of the error where there are no problems. */
const codeOf = ({ errors }: Pick<Sent, 'errors'>): string | undefined => {
  expect(errors).toHaveLength(1);
  const { code, problems } = errors[0]?.extensions ?? {};
  return problems?.[0]?.code ?? code;
};

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4', 'hex');
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(126), Buffer.from('PE\0\0')]);
const text = Buffer.from('Zażółć gęślą jaźń\r\n');

describe('a file', () => {
  it.each([
    ['Umowa.pdf', pdfBytes(), 'application/pdf'],
    ['SKAN.PNG', png, 'image/png'],
    ['Umowa.docx', docxBytes(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['Cennik.xlsx', xlsxBytes(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['Wzory.zip', zipOf({ 'a.txt': 'a' }), 'application/zip'],
    ['Notatka.txt', text, 'text/plain'],
    ['Lista.csv', Buffer.from([0xb9, 0xe6, 0x3b, 0x31, 0x0a]), 'text/csv'],
    ['Faktura.xml', Buffer.from('<?xml version="1.0"?><Faktura/>'), 'application/xml'],
  ])('named %s is taken as what it is', async (name, bytes, mediaType) => {
    const { data, errors } = await send(name, bytes);
    expect([data?.written?.mediaType, errors]).toEqual([mediaType, []]);
  });

  it.each([
    ['a zip named .pdf', 'Umowa.pdf', zipOf({ 'a.txt': 'a' }), 'FILE_ENDING'],
    ['a zip named .docx', 'Umowa.docx', zipOf({ 'a.txt': 'a' }), 'FILE_ENDING'],
    ['a document named .pdf', 'Umowa.pdf', docxBytes(), 'FILE_ENDING'],
    ['a picture named .pdf', 'Umowa.pdf', png, 'FILE_ENDING'],
    ['a text named .pdf', 'Umowa.pdf', text, 'FILE_ENDING'],
    ['a PDF without an ending', 'Umowa', pdfBytes(), 'FILE_ENDING'],
    ['a program named .pdf', 'Umowa.pdf', program, 'FILE_KIND'],
    ['a program under its own name', 'setup.exe', program, 'FILE_KIND'],
    ['a script', 'start.sh', Buffer.from('rm -r x\n'), 'FILE_ENDING'],
    ['bytes of no kind named .txt', 'Umowa.txt', Buffer.from([1, 2, 3, 0]), 'FILE_KIND'],
    ['nothing', 'Umowa.pdf', Buffer.alloc(0), 'EMPTY'],
    ['a byte too much', 'Umowa.pdf', pdfBytes(maxUploadBytes + 1), 'PAYLOAD_TOO_LARGE'],
    ['called by nothing but dots and unseen signs', '..\u202e\u200b..', pdfBytes(), 'FILE_NAME'],
    ['called by a control sign', 'Umo\u0007wa.pdf', pdfBytes(), 'MULTIPART'],
  ])('that is %s is refused, and nothing of it is kept', async (_what, name, bytes, code) => {
    const before = await storedKeys(service.storageFolder);
    const answer = await send(name, bytes);
    expect([answer.data, codeOf(answer)]).toEqual([null, code]);
    await waitForStored(service.storageFolder, before.files);
  });

  it('may have exactly as many bytes as are allowed', async () => {
    expect((await send('Umowa.pdf', pdfBytes(maxUploadBytes))).data?.written?.size).toBe(maxUploadBytes);
  });

  it.each([
    ['../../etc/Umowa.pdf', 'Umowa.pdf'],
    ['C:\\Skany\\Umowa.pdf', 'Umowa.pdf'],
    ['Umowa\u202efdp.pdf', 'Umowafdp.pdf'],
    ['Umowa: "a" <b>.pdf', 'Umowa_ _a_ _b_.pdf'],
    ['Za\u007az\u0307o\u0301łć.pdf', 'Zazżółć.pdf'],
    [`${'ż'.repeat(300)}.pdf`, `${'ż'.repeat(196)}.pdf`],
  ])('named %j is called %j', async (name, called) => {
    // The name as it is, where FormData would put it right.
    const { data } = await sendRaw(service, [addOperation(card), mapOfOne, rawFile('0', name)]);
    expect(data?.written?.fileName).toBe(called);
  });
});

describe('a request', () => {
  const one = (map: string) => (operation: string) => [operation, field('map', map), rawFile('0')];
  const manyFiles = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index, ['variables.file']]));
  const cases: readonly [what: string, code: string, parts: (operation: string) => readonly string[]][] = [
    ['whose map leads nowhere', 'MAP', one('{"0":["variables.other"]}')],
    ['whose map leads to what is no null', 'MAP', one('{"0":["variables.input"]}')],
    ['whose map leads out of the variables', 'MAP', one('{"0":["query"]}')],
    ['whose map leads into what all objects have', 'MAP', one('{"0":["variables.__proto__.x"]}')],
    ['whose map is a list', 'MAP', one('[]')],
    ['whose map is no JSON', 'JSON', one('{')],
    ['that promises too many files', 'TOO_MANY', one(JSON.stringify(manyFiles))],
    ['whose operations are no JSON', 'JSON', () => [field('operations', '{'), mapOfOne]],
    ['whose operations are several', 'OBJECT', () => [field('operations', '[]'), mapOfOne]],
    ['nested without end', 'NESTING', () => [field('operations', '['.repeat(10_000)), mapOfOne]],
    ['without operations', 'ORDER', () => [mapOfOne, rawFile('0')]],
    ['without a map', 'REQUIRED', (operation) => [operation]],
    ['without anything', 'REQUIRED', () => []],
    ['whose file comes first', 'ORDER', (operation) => [rawFile('0'), operation, mapOfOne]],
    ['whose map comes first', 'ORDER', (operation) => [mapOfOne, operation, rawFile('0')]],
    ['whose file is missing', 'FILE_MISSING', (operation) => [operation, mapOfOne]],
    ['whose file has another name', 'FILE_MISSING', (operation) => [operation, mapOfOne, rawFile('1')]],
    ['with another field', 'FIELD', (operation) => [operation, field('extra', 'x'), mapOfOne]],
    ['whose file is a field', 'TOO_MANY', (operation) => [operation, mapOfOne, field('0', 'x')]],
  ];
  it.each(cases)('%s is refused', async (_what, code, parts) => {
    const before = await storedKeys(service.storageFolder);
    const answer = await sendRaw(service, parts(addOperation(card)));
    expect([answer.errors[0]?.extensions.code, codeOf(answer)]).toEqual(['BAD_USER_INPUT', code]);
    await waitForStored(service.storageFolder, before.files);
  });

  it('with more beside its files than a body may have is refused', async () => {
    const junk = rawFile('junk', 'junk.pdf', Buffer.alloc(6_000_000, 65).toString('latin1'));
    const answer = await sendRaw(service, [addOperation(card), mapOfOne, junk, rawFile('0')]);
    expect(codeOf(answer)).toBe('PAYLOAD_TOO_LARGE');
  });

  it('without the header that no foreign page can send is refused before its file is read', async () => {
    const form = new FormData();
    form.set('operations', '{}');
    const answer = await sendForm(service, form, {});
    expect([answer.status, codeOf(answer)]).toEqual([400, 'PREFLIGHT']);
  });

  it('without a boundary is refused', async () => {
    const response = await fetch(new URL('graphql', service.url), {
      method: 'POST',
      headers: { 'apollo-require-preflight': '1', 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    const body = (await response.json()) as Sent;
    expect([response.status, codeOf(body)]).toEqual([400, 'MULTIPART']);
  });

  it('of plain JSON with something in place of the file is refused', async () => {
    const variables = { input: attachmentInput(card), file: { name: 'x' } };
    const { extensions } = await service.refusal(addAttachment, variables);
    expect(extensions.problems).toMatchObject([{ path: 'file', code: 'VARIABLE' }]);
  });

  it('hears of a wrong card before its file has come', async () => {
    const wrong = { id: 'client_00000000-0000-7000-8000-000000000000' };
    const body = rawBody([addOperation(wrong), mapOfOne, rawFile('0')]);
    // Only its beginning is sent: the answer does not wait for the rest.
    const request = httpRequest(new URL('graphql', service.url), {
      method: 'POST',
      headers: { ...rawHeaders, 'content-length': body.length },
    });
    request.write(body.subarray(0, body.length - 500));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(codeOf((await json(response)) as Sent)).toBe('NOT_FOUND');
    request.destroy();
  });
});

describe('two files in one request', () => {
  const query = `mutation ($first: AddAttachmentInput!, $second: AddAttachmentInput!, $a: Upload!, $b: Upload!) {
    one: addAttachment(input: $first, file: $a) { fileName }
    two: addAttachment(input: $second, file: $b) { fileName }
  }`;
  interface Two {
    readonly one: Attachment | null;
    readonly two: Attachment | null;
  }
  const twoOf = (map: object, files: Readonly<Record<string, Uint8Array>>): FormData => {
    const input = attachmentInput(card);
    const form = new FormData();
    form.set(
      'operations',
      JSON.stringify({ query, variables: { first: input, second: input, a: null, b: null } }),
    );
    form.set('map', JSON.stringify(map));
    for (const [name, bytes] of Object.entries(files))
      form.set(name, new Blob([new Uint8Array(bytes)]), `${name}.pdf`);
    return form;
  };

  it('are kept whatever order they come in', async () => {
    const form = twoOf(
      { x: ['variables.a'], y: ['variables.b'] },
      { y: pdfBytes(200_000), x: pdfBytes(200_000) },
    );
    const { data } = await sendForm<Two>(service, form);
    expect(data).toEqual({ one: { fileName: 'x.pdf' }, two: { fileName: 'y.pdf' } });
  });

  it('are both left out when the first is refused, as GraphQL has it', async () => {
    const before = await storedKeys(service.storageFolder);
    const form = twoOf({ x: ['variables.a'], y: ['variables.b'] }, { x: Buffer.alloc(0), y: pdfBytes() });
    const { errors } = await sendForm<Two>(service, form);
    expect(codeOf({ errors })).toBe('EMPTY');
    await waitForStored(service.storageFolder, before.files);
  });

  it('cannot be the same one', async () => {
    const before = await storedKeys(service.storageFolder);
    const { errors } = await sendForm<Two>(
      service,
      twoOf({ x: ['variables.a', 'variables.b'] }, { x: pdfBytes() }),
    );
    expect(codeOf({ errors })).toBe('FILE_TAKEN');
    await waitForCount(service.storageFolder, before.files.length + 1);
  });
});

it('takes up a file like any other after all that', async () => {
  expect((await attach(service, card, somePdf())).version).toBe(1);
});
