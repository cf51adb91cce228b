/**
 * What the log holds after a varied load, faults of the databases included: no token, no personal data, no value of a statement. All
 * that callers send here is made of words that stand nowhere else, so that whatever is found came from them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeClient, makeContact, makeNote, makeRecipient } from '../arrange/cards.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import { knownByHeader } from '../arrange/known-by-header.ts';
import { personalClient, personalContact, personalRecipient, word } from '../arrange/personal-data.ts';
import { rawAnswer } from '../arrange/raw-http.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { addAttachment, attach, attachmentInput, sendFile, somePdf } from '../arrange/uploads.ts';

let service: ErpService;
/** Over the same database, with a limit that is soon reached. */
let strict: TestService;
const secrets: string[] = [];

/** A text that must not be found. */
const secret = (text = word()): string => {
  secrets.push(text);
  return text;
};

/** The same of all texts in an input. */
function secretly<Input extends object>(input: Input): Input {
  for (const value of Object.values(input) as unknown[])
    if (typeof value === 'object' && value !== null) secretly(value);
    else if (typeof value === 'string' && value.length > 5) secret(value);
  return input;
}

beforeAll(async () => {
  service = await startErpService({ callers: knownByHeader });
  strict = await startTestService({ beside: service, callers: knownByHeader, rates: { signInFailures: 1 } });
});
afterAll(async () => {
  await strict.close();
  await service.close();
});

const find = 'query ($search: String) { clients(search: $search) { totalCount } }';
const create = 'mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }';

async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const response = await fetch(new URL('graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  await response.text();
  return response.status;
}

async function wrongRequests(): Promise<void> {
  const { url } = service;
  await post(url, `{"query":"${secret()}`);
  await post(url, JSON.stringify({ query: `{ ${secret()} }` }));
  await post(url, JSON.stringify({ query: `{ client(code: "${secret()}") { ${secret()} } }` }));
  await post(url, JSON.stringify({ query: `{ client(code: "${secret()}" }` }));
  await post(url, JSON.stringify({ query: find, variables: { search: { a: secret() } } }));
  await post(url, JSON.stringify({ query: find, variables: { search: `${secret()}\u0000` } }));
  await fetch(new URL(`graphql?query={__typename}&access_token=${secret()}`, url));
  await fetch(new URL(`attachments/${secret()}?signature=${secret()}`, url));
  await fetch(new URL(`${secret()}?q=${secret()}`, url));
  await rawAnswer(service, `${secret()}\r\n\r\n`);
  await rawAnswer(service, `GET / HTTP/1.1\r\nHost: ${secret()}\r\nConnection: close\r\n\r\n`);
  await rawAnswer(service, `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: z\r\n\r\n${secret()}`);
}

async function wrongCallers(): Promise<void> {
  for (const { url } of [service, strict, strict]) {
    const token = `nobody-${secret(randomUUID())}`;
    await post(url, '{"query":"{ __typename }"}', {
      authorization: `Bearer ${token}`,
      cookie: `session=${secret(randomUUID())}`,
    });
  }
}

async function wrongInputs(): Promise<void> {
  const input = secretly(personalClient());
  await service.graphql(create, { input: { ...input, cardType: secret(), taxId: secret('5260001247') } });
  await service.graphql(create, {
    input: { ...input, cardType: 'shop', email: secret('jan.kowalski@@example.pl') },
  });
  await service.graphql(find, { search: secret() });
}

async function files(card: Parameters<typeof attach>[1]): Promise<void> {
  await attach(service, card, somePdf({ name: `${secret()}.pdf` }));
  const called = { name: `${secret()}.exe`, bytes: Buffer.from(`MZ${secret()}`) };
  await sendFile(service, addAttachment, attachmentInput(card, { description: secret() }), called);
}

/** Both databases fail with messages that quote what they were given. */
async function faultsOfDatabases(): Promise<void> {
  const card = await makeClient(service, secretly(personalClient()));
  await service.link(card, await service.newCustomer());
  await service.dataSource.query(
    `CREATE FUNCTION quoting() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'no % here', NEW.text USING DETAIL = NEW.text, HINT = NEW.text; END $$`,
  );
  await service.dataSource.query(
    'CREATE TRIGGER quoting BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION quoting()',
  );
  await expect(makeNote(service, card, { text: secret() })).rejects.toThrow('failed inside the service');
  await service.dataSource.query('ALTER TABLE client_search RENAME TO client_search_away');
  await service.graphql(find, { search: secret() });
  await service.dataSource.query('ALTER TABLE client_search_away RENAME TO client_search');
  const quoted = secret();
  const behave = service.erp.server.misbehave({
    kind: 'error',
    number: 8114,
    message: `Error converting ${quoted}.`,
  });
  await service.graphql('query ($id: ID!) { client(id: $id) { orders { nodes { number } } } }', {
    id: card.id,
  });
  behave();
  const refuse = service.erp.server.misbehave({ kind: 'refuse-login' });
  await service.graphql(
    'query ($s: String) { erpCustomers(company: "texts", search: $s) { nodes { name } } }',
    { s: secret() },
  );
  refuse();
}

it('holds nothing of what callers sent, whatever went wrong', async () => {
  const card = await makeClient(service, secretly(personalClient()));
  await makeContact(service, card, secretly(personalContact()));
  await makeRecipient(service, card, secretly(personalRecipient()));
  await wrongRequests();
  await wrongCallers();
  await wrongInputs();
  await files(card);
  await faultsOfDatabases();

  const lines = [...service.log, ...strict.log].map((entry) => JSON.stringify(entry));
  const found = secrets.filter((text) => lines.some((line) => line.includes(text)));
  expect(found).toEqual([]);
  expect(secrets.length).toBeGreaterThan(40);
  // Or nothing was written down at all.
  const events = new Set([...service.log].map(({ event }) => event));
  expect(events).toContain('unknown error');
  const all = lines.join('\n');
  expect(all).not.toMatch(/Bearer|password|geheim|tajne|SELECT .*'/i);
}, 30_000);
