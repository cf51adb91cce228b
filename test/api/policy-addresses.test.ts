/** The walk over the addresses: each that the service has, by everyone with every role and by whoever shows nothing. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { roleNames, type RoleName } from '../arrange/callers.ts';
import { makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { askWith, bearer, startSigningIn, type SigningIn } from '../arrange/signing-in.ts';
import { callerOf, type Caller } from '../arrange/service.ts';
import { addAttachment, attachmentInput, sendFile, somePdf, type Attachment } from '../arrange/uploads.ts';

/** Who is answered at an address: anybody, whoever signs in, or whoever follows a link that somebody was given who may see the file. */
type Rule = 'anybody' | 'signed in' | 'by a link' | 'exports' | 'reports';

const table: Readonly<Record<string, Rule>> = {
  '/graphql': 'signed in',
  '/': 'anybody',
  '/explorer/start.js': 'anybody',
  '/explorer/page.css': 'anybody',
  '/explorer/icon.svg': 'anybody',
  '/explorer/react.js': 'anybody',
  '/explorer/react-dom.js': 'anybody',
  '/explorer/graphiql.js': 'anybody',
  '/explorer/graphiql.css': 'anybody',
  '/metrics': 'anybody',
  '/health/live': 'anybody',
  '/health/ready': 'anybody',
  '/attachments/*': 'by a link',
  '/export/*': 'exports',
  '/odata': 'exports',
  '/odata/': 'exports',
  '/odata/*': 'exports',
  '/reports/*': 'reports',
};

const withExports: readonly RoleName[] = ['ADMIN', 'MANAGER', 'FINANCE', 'REPORTING'];
const withFiles: readonly RoleName[] = ['ADMIN', 'MANAGER', 'SALES', 'FINANCE', 'VIEWER'];
/** Of a card that somebody else looks after. */
const withForeignFiles: readonly RoleName[] = withFiles.filter((role) => role !== 'SALES');

let at: SigningIn;
let admin: Caller;
const tokens = new Map<string, string>();
const cards = new Map<string, { readonly card: Written; readonly file: Attachment }>();

const tokenOf = (role: string): string => tokens.get(role) ?? '';

async function cardOf(owner: string): Promise<void> {
  const asAdmin = { ...at.service, ...admin };
  const card = await makeClient(asAdmin, { accountManagerId: owner, code: randomUUID() });
  const headers = { 'apollo-require-preflight': '1', ...bearer(tokenOf('ADMIN')) };
  const { data } = await sendFile(at.service, addAttachment, attachmentInput(card), somePdf(), headers);
  if (!data?.written) throw new Error('the file was refused');
  cards.set(owner, { card, file: data.written });
}

const userOf = async (role: string): Promise<string> => {
  const { body } = await askWith(at.service, bearer(tokenOf(role)), { query: '{ viewer { user { id } } }' });
  return (body.data as { viewer: { user: { id: string } } }).viewer.user.id;
};

beforeAll(async () => {
  at = await startSigningIn();
  for (const role of roleNames)
    tokens.set(role, await at.issuer.token({ claims: { sub: role, name: role, roles: [role] } }));
  admin = callerOf(at.service.url, bearer(tokenOf('ADMIN')));
  await makeCardTypes({ ...at.service, ...admin });
  for (const role of roleNames) await cardOf(await userOf(role));
});
afterAll(() => at.close());

it('every address stands in the table, and every one of the table is an address', () => {
  expect([...at.service.addresses].sort()).toEqual(Object.keys(table).sort());
});

const callers = ['', ...roleNames];
const status = async (address: string, role: string): Promise<number> => {
  const asked: Readonly<Record<string, string>> = {
    '/graphql': '/graphql?query={viewer{scope}}',
    '/attachments/*': '/attachments/attachment_x/1/a.pdf',
    '/export/*': '/export/clients.csv',
    '/odata/*': '/odata/Clients',
    '/reports/*': '/reports/nothing.csv',
  };
  const path = asked[address] ?? address;
  const headers = { 'apollo-require-preflight': '1', ...(role === '' ? {} : bearer(tokenOf(role))) };
  return (await fetch(new URL(path, at.service.url), { headers })).status;
};

describe.each(callers)('whoever asks as %j', (role) => {
  it.each(Object.entries(table))('is answered at %s: %s', async (address, rule) => {
    const expected = {
      anybody: 200,
      'signed in': role === '' ? 401 : 200,
      'by a link': 403,
      exports: role === '' ? 401 : withExports.some((one) => one === role) ? 200 : 403,
      // There is none of that name: those who may run none are not told so.
      reports: role === '' ? 401 : role === 'VIEWER' ? 403 : 404,
    };
    expect(await status(address, role)).toBe(expected[rule]);
  });
});

describe.each(roleNames)('files, to %s,', (role) => {
  const linkTo = async (owner: string): Promise<string | undefined> => {
    const file = cards.get(owner)?.file;
    const query = `{ node(id: "${file?.id}") { ... on Attachment { downloadUrl } } }`;
    const { body } = await askWith(at.service, bearer(tokenOf(role)), { query });
    return (body.data as { node: { downloadUrl: string } | null } | null | undefined)?.node?.downloadUrl;
  };
  const isServed = async (link: string | undefined): Promise<boolean> =>
    link !== undefined && (await fetch(link)).status === 200;

  it('of own cards are those that the table says', async () => {
    expect(await isServed(await linkTo(await userOf(role)))).toBe(withFiles.includes(role));
  });

  it('of foreign cards are those that the table says', async () => {
    const other = roleNames.find((one) => one !== role) ?? 'ADMIN';
    expect(await isServed(await linkTo(await userOf(other)))).toBe(withForeignFiles.includes(role));
  });
});

it('metrics and health tell nothing of clients', async () => {
  const texts = await Promise.all(
    ['/metrics', '/health/live', '/health/ready'].map(async (path) =>
      (await fetch(new URL(path, at.service.url))).text(),
    ),
  );
  const told = [...cards.keys(), ...[...cards.values()].map(({ card }) => card.id)].map((id) =>
    id.slice(-12),
  );
  for (const id of told) expect(texts.join()).not.toContain(id);
});
