/**
 * The faults of an ERP with more callers than a test can have: the built service, and in this process the ERP that fails, so that
 * it can be told to.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type * as EngineModule from '../src/sandbox-erp/tsql/engine.ts';
import type * as ServerModule from '../src/sandbox-erp/server.ts';
import { ask } from './ask.ts';
import { erpFaults, tryFault, type FaultyPlace } from './erp-faults.ts';
import { databaseOf } from './installation.ts';
import { makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import type { Workplace } from './workplace.ts';

export const faultCheck: SoakCheck = {
  name: 'faults',
  what: 'an ERP fails in ten ways: cards answer, codes are right, nobody waits past the limit, nothing stays behind, and it becomes whole',
  unit: 'callers',
  count: 200,
  run: async (callers, workplace) => {
    const place = await makePlace(callers, workplace);
    const amiss: string[] = [];
    for (const fault of erpFaults) {
      workplace.interrupted.throwIfAborted();
      amiss.push(...(await tryFault(place, fault, callers)).map((words) => `${fault.name}: ${words}`));
    }
    return {
      passed: amiss.length === 0,
      found: amiss.length === 0 ? `${erpFaults.length} faults, each as promised` : amiss.join('; '),
    };
  },
};

const packageRoot = resolve(import.meta.dirname, '..');
const login = { user: 'reader', password: 'sandbox' } as const;
const database = 'faults';
/** Long enough for so many to be answered where nothing is wrong. */
const erpTimeoutMs = 10_000;

const built = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../dist/sandbox-erp/${file}`, import.meta.url).href)) as Module;

async function makePlace(callers: number, workplace: Workplace): Promise<FaultyPlace> {
  const keeper = await startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings: { ERP_COMPANIES: '[]' },
  });
  const databaseUrl = await databaseOf(keeper);
  const erp = await startErp(databaseUrl, callers, workplace);
  const companies = [
    {
      key: database,
      name: 'Faults',
      url: `mssql://${login.user}:${login.password}@127.0.0.1:${erp.server.port}/${database}?encrypt=false`,
    },
  ];
  const { url } = await startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings: {
      DATABASE_URL: databaseUrl,
      ERP_COMPANIES: JSON.stringify(companies),
      ERP_TIMEOUT_MS: String(erpTimeoutMs),
      ERP_CACHE_MS: '0',
      ERP_STALE_MS: '0',
    },
  });
  const cards = await makeCards(url, callers);
  return {
    server: erp.server,
    install: (script) => erp.engine.installScript(database, script),
    ask: (card) => askCard(url, cards[card] ?? ''),
    busy: () => busyStatements(url),
  };
}

async function startErp(databaseUrl: string, customers: number, workplace: Workplace) {
  const { createPostgresEngine } = await built<typeof EngineModule>('tsql/engine.js');
  const { startSandboxServer } = await built<typeof ServerModule>('server.js');
  const serverUrl = new URL(databaseUrl);
  serverUrl.pathname = '/postgres';
  const engine = createPostgresEngine({
    serverUrl: serverUrl.href,
    databasePrefix: 'soak_',
    readOnlyUsers: [login.user],
  });
  workplace.onLeaving(() => engine.close());
  await engine.createDatabase(database);
  await engine.installScript(database, await readFile(join(packageRoot, 'erp', 'contract.sql'), 'utf8'));
  const rows = Array.from(
    { length: customers },
    (_, card) => `(${card + 1}, 'K${card + 1}', 'Kontrahent', 0)`,
  );
  await engine.installScript(
    database,
    `INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES ${rows.join(', ')};`,
  );
  const server = await startSandboxServer({ engine, port: 0, logins: [login], defaultDatabase: 'master' });
  workplace.onLeaving(() => server.close());
  return { engine, server };
}

const write = (url: string, name: string, inputType: string, input: object): Promise<unknown> =>
  ask(
    url,
    JSON.stringify({
      query: `mutation ($input: ${inputType}!) { ${name}(input: $input) { id } }`,
      variables: { input },
    }),
  );

async function makeCards(url: string, count: number): Promise<readonly string[]> {
  await write(url, 'defineCardType', 'DefineCardTypeInput', { key: 'soak', name: 'Soak' });
  const cards: string[] = [];
  for (let card = 0; card < count; card += 1) {
    const id = randomUUID();
    const names = { cardType: 'soak', shortName: 'Trzewik', fullName: 'Trzewik sp. z o.o.' };
    await write(url, 'createClient', 'CreateClientInput', { id, code: id, ...names });
    await write(url, 'linkErpAccount', 'LinkErpAccountInput', {
      clientId: `client_${id}`,
      company: database,
      customerId: String(card + 1),
    });
    cards.push(`client_${id}`);
  }
  return cards;
}

interface CardAnswer {
  readonly data?: { readonly client?: { readonly shortName?: string } | null } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function askCard(url: string, id: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query ($id: ID!) { client(id: $id) { shortName orders(first: 5) { nodes { number } } } }',
      variables: { id },
    }),
  });
  const { data, errors } = (await response.json()) as CardAnswer;
  const card = data?.client?.shortName !== undefined;
  return { status: response.status, card, code: errors?.[0]?.extensions.code };
}

async function busyStatements(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const figures = text.match(/^kartoteka_erp_(?:running|waiting)_statements\{[^}]*\} \d+$/gm);
  if (!figures) throw new Error('/metrics does not tell how many statements there are');
  return figures.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
