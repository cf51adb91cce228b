/**
 * Kills the service with SIGKILL while callers write, starts it again, and looks: every write that was answered is there, and
 * the change log tells of exactly the versions that records have. A write that was not answered may have happened or not;
 * its caller repeats it under the same id, which never makes a second record. Run as a program, with the number of kills and of
 * the first one, which decides the moment, it prints what it found as JSON.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { databaseUrl, makeDataDir, startService, type Service } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';
import { inWorkplace, type Workplace } from './workplace.ts';

interface KillFinding {
  readonly kills: number;
  readonly answered: number;
  /** Writes that were under way at a kill and whose answer never came. */
  readonly unanswered: number;
  /** What is not as promised, in words; empty when all is well. */
  readonly faults: readonly string[];
}

const writers = 6;
/** A kill comes after a number of answered writes that differs from one to the next, while others are under way. */
const writesBeforeKill = (kill: number): number => 20 + ((kill * 17) % 40);

export const killCheck: SoakCheck = {
  name: 'kill',
  what: 'the service is killed while six callers write: every answered write is there afterwards, and the change log agrees',
  unit: 'kills',
  count: 100,
  run: async (count, workplace) => {
    const { faults, answered, unanswered } = await killWhileWriting(count, 1, workplace);
    const found = `${answered} answered writes there, ${unanswered} cut off and repeated`;
    return {
      passed: faults.length === 0,
      found: faults.length === 0 ? found : faults.slice(0, 3).join('; '),
    };
  },
};

async function killWhileWriting(kills: number, first: number, workplace: Workplace): Promise<KillFinding> {
  const dataDir = await makeDataDir(workplace);
  const wish = { dataDir, settings: { ERP_COMPANIES: '[]' } };
  const callers = Array.from({ length: writers }, () => new Caller());
  const faults: string[] = [];
  let service = await startService(workplace, wish);
  await callers[0]?.prepare(service.url);
  for (let kill = first; kill < first + kills && faults.length === 0; kill += 1) {
    workplace.interrupted.throwIfAborted();
    await writeUntilKilled(service, callers, writesBeforeKill(kill));
    service = await startService(workplace, wish);
    faults.push(...(await whatIsAmiss(service, callers)).map((fault) => `after kill ${kill}: ${fault}`));
  }
  const count = (of: (caller: Caller) => number): number =>
    callers.reduce((sum, caller) => sum + of(caller), 0);
  const unanswered = count((caller) => caller.unanswered);
  const answered = count((caller) => caller.answered);
  await service.stop();
  return { kills, answered, unanswered, faults };
}

async function writeUntilKilled(service: Service, callers: readonly Caller[], writes: number): Promise<void> {
  let left = writes;
  const onAnswer = (): void => {
    left -= 1;
    if (left === 0) process.kill(service.pid, 'SIGKILL');
  };
  await Promise.all(callers.map((caller) => caller.writeUntilGone(service.url, onAnswer)));
}

interface Write {
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>> & { readonly id: string };
  /** The version the record has once it is answered. */
  readonly version: number;
}

const createClient = 'mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }';
const updateClient = 'mutation ($input: UpdateClientInput!) { updateClient(input: $input) { id } }';
const addContact = 'mutation ($input: AddContactInput!) { addContact(input: $input) { id } }';
const defineCardType = 'mutation ($input: DefineCardTypeInput!) { defineCardType(input: $input) { id } }';
const cardType = 'kill-loop';

/** One who makes cards, changes each and gives each a contact, one write after another, and remembers what was answered. */
class Caller {
  answered = 0;
  unanswered = 0;
  /** Bare key of each record with the version that was answered last. */
  readonly versions = new Map<string, number>();
  private readonly todo: Write[] = [];

  async prepare(url: string): Promise<void> {
    await post(url, defineCardType, { key: cardType, name: 'Kill loop' });
  }

  /** Goes on until the connection breaks. Throws for any answer that is not as it should be. */
  async writeUntilGone(url: string, onAnswer: () => void): Promise<void> {
    for (;;) {
      if (this.todo.length === 0) this.todo.push(...nextWrites());
      const [write] = this.todo;
      if (write === undefined) return;
      let codes: readonly Refused[];
      try {
        codes = await post(url, write.mutation, write.input);
      } catch (fault) {
        if (!isGone(fault)) throw fault;
        this.unanswered += 1;
        return;
      }
      const [refused] = codes;
      if (refused && !isRepeat(refused, write)) throw new Error(`refused: ${JSON.stringify(refused)}`);
      this.todo.shift();
      this.versions.set(bare(write.input.id), write.version);
      this.answered += 1;
      onAnswer();
    }
  }
}

function nextWrites(): Write[] {
  const key = randomUUID();
  const names = { cardType, shortName: 'Trzewik', fullName: 'Trzewik sp. z o.o.' };
  const id = `client_${key}`;
  return [
    { mutation: createClient, input: { id: key, code: key, ...names }, version: 1 },
    { mutation: updateClient, input: { id, version: 1, shortName: 'Półbut' }, version: 2 },
    { mutation: addContact, input: { id: randomUUID(), clientId: id, lastName: 'Żak' }, version: 1 },
  ];
}

const bare = (id: string): string => id.slice(id.indexOf('_') + 1);

interface Refused {
  readonly extensions: {
    readonly code: string;
    readonly existingId?: string;
    readonly current?: { readonly version: number };
  };
}

/** What a repeated write is told when it had happened already. */
const isRepeat = ({ extensions }: Refused, { input, version }: Write): boolean =>
  extensions.code === 'DUPLICATE'
    ? bare(extensions.existingId ?? '') === bare(input.id)
    : extensions.code === 'CONFLICT' && extensions.current?.version === version;

async function post(url: string, query: string, input: object): Promise<readonly Refused[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { errors = [] } = (await response.json()) as { errors?: readonly Refused[] };
  return errors;
}

/** Node's fetch says so in a TypeError, whatever broke off. */
const isGone = (fault: unknown): boolean =>
  fault instanceof Error && (fault.name === 'TypeError' || fault.name === 'AbortError');

const recordTables = ['client', 'contact', 'delivery_place', 'recipient', 'card_type', 'erp_account'];

/** Looked at in the database itself: the change log has no door of its own yet. */
async function whatIsAmiss(service: Service, callers: readonly Caller[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: await databaseUrl(service) });
  await client.connect();
  try {
    const records = recordTables.map((table) => `SELECT id, version FROM ${table}`).join(' UNION ALL ');
    const { rows } = await client.query<{
      id: string;
      version: number | null;
      changes: number;
      last: number;
    }>(
      `SELECT id, r.version, coalesce(c.changes, 0) AS changes, coalesce(c.last, 0) AS last
       FROM (${records}) r FULL JOIN
         (SELECT record_id AS id, count(*)::int AS changes, max(version) AS last FROM change GROUP BY 1) c USING (id)`,
    );
    const untrue = rows.filter(({ version, changes, last }) => version !== changes || version !== last);
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const lost = callers
      .flatMap((caller) => [...caller.versions])
      .filter(([key, answered]) => (versions.get(key) ?? 0) < answered);
    return [
      ...lost.map(([key, answered]) => `record ${key} was answered at version ${answered} and is not there`),
      ...untrue.map(({ id }) => `the change log does not agree with record ${id}`),
    ];
  } finally {
    await client.end();
  }
}

const [, program, kills, first = 1] = process.argv;
if (program === import.meta.filename) {
  const finding = await inWorkplace((workplace) => killWhileWriting(Number(kills), Number(first), workplace));
  process.stdout.write(`${JSON.stringify(finding)}\n`);
}
