/** Pages of a client's history against a plain list of all that there is, whatever is written between two pages. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { bare, makeCardTypes, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { attach } from '../arrange/uploads.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

const kinds = ['CHANGE', 'NOTE', 'ATTACHMENT', 'EVENT', 'ORDER', 'INVOICE', 'PAYMENT'] as const;
type Kind = (typeof kinds)[number];

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly kind: Kind;
  /** Parted so that texts compare as the keys do. */
  readonly company: string;
  readonly key: string;
}

/** Two of them share their noons with each other, and all with what the CRM has. */
const noons = {
  main: ['2026-01-01T11:00:00.000Z', '2026-01-02T11:00:00.000Z', '2026-07-01T10:00:00.000Z'],
  branch: ['2026-01-01T11:00:00.000Z', '2026-01-02T11:00:00.000Z', '2026-07-01T10:00:00.000Z'],
  coast: ['2026-01-01T17:00:00.000Z', '2026-01-02T17:00:00.000Z', '2026-07-01T16:00:00.000Z'],
} as const;
const days = ['2026-01-01', '2026-01-02', '2026-07-01'] as const;
const instants = [
  ...new Set([...noons.main, ...noons.coast]),
  '2026-01-01T10:59:59.999Z',
  '2026-01-02T11:00:00.001Z',
];

/** One client's, or another's: each has entries of every kind. */
const histories: { readonly card: Written; entries: Entry[] }[] = [];
let erp: Erp;
let service: TestService;

const pick = <Item>(items: readonly [Item, ...Item[]] | readonly Item[], place: number): Item => {
  const item = items[place % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const documents = {
  ORDER: {
    insert: (id: string, customer: string, day: string) =>
      `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency) VALUES (${id}, ${customer}, 'ZS', '${day}', 'OPEN', 'PLN');`,
    node: 'order',
  },
  INVOICE: {
    insert: (id: string, customer: string, day: string) =>
      `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, remaining, counts_in_sales, cancelled) VALUES (${id}, ${customer}, 'INVOICE', 'FS', '${day}', 'PLN', 1, 0, 1, 0, 1, 0);`,
    node: 'invoice',
  },
  PAYMENT: {
    insert: (id: string, customer: string, day: string) =>
      `INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency) VALUES (${id}, ${customer}, '${day}', 1, 0, 'PLN');`,
    node: 'payment',
  },
} as const;

let lastNumber = 100;

/** A document of a customer, as T-SQL and as the entry that it must become. */
function document(company: keyof typeof noons, kind: keyof typeof documents, client: number, place: number) {
  const number = String((lastNumber += 1));
  const key = (text: string): string => (company === 'branch' ? `'T${text}'` : text);
  // The main company knows each client by two customers.
  const customer = key(company === 'main' ? `${client}${(place % 2) + 1}` : String(client));
  const { insert, node } = documents[kind];
  const day = pick(days, place);
  const bareKey = company === 'branch' ? `T${number}` : number;
  const type = company === 'branch' ? 'T0' : '0';
  return {
    script: insert(`${key('0')}, ${key(number)}`, customer, day),
    entry: {
      id: `${kind}:${node}:${company}:${type}:${bareKey}`,
      at: pick(noons[company], place),
      kind,
      company,
      key: number.padStart(10, '0'),
    },
  };
}

const recordColumns = 'id, version, created_at, created_by, updated_at, updated_by, client_id';
const recordValues = "$1, 1, $3, 'Jan', $3, 'Jan', $2";

async function addChange(card: Written, at: string): Promise<Entry> {
  const recordKey = randomUUID();
  const [row] = await service.dataSource.query<{ id: string }[]>(
    `INSERT INTO change (at, actor_id, actor, record_type, record_id, client_id, action, version, fields)
     VALUES ($1, $2, 'Jan', 'CONTACT', $2, $3, 'UPDATED', 7, '[]') RETURNING id`,
    [at, recordKey, bare(card.id)],
  );
  const key = String(row?.id).padStart(20, '0');
  return { id: `CHANGE:contact_${recordKey}`, at, kind: 'CHANGE', company: '', key };
}

async function addNote(card: Written, at: string): Promise<Entry> {
  const key = randomUUID();
  await service.dataSource.query(
    `INSERT INTO note (${recordColumns}, text, pinned) VALUES (${recordValues}, 'Tak', false)`,
    [key, bare(card.id), at],
  );
  return { id: `NOTE:note_${key}`, at, kind: 'NOTE', company: '', key };
}

async function addEvent(card: Written, at: string): Promise<Entry> {
  const key = randomUUID();
  await service.dataSource.query(
    `INSERT INTO event (${recordColumns}, kind, status, subject, starts_at) VALUES (${recordValues}, 'CALL', 'PLANNED', 'Rozmowa', $3)`,
    [key, bare(card.id), at],
  );
  return { id: `EVENT:event_${key}`, at, kind: 'EVENT', company: '', key };
}

async function addAttachment(card: Written, at: string): Promise<Entry> {
  const { id } = await attach(service, card);
  await service.dataSource.query('UPDATE attachment SET created_at = $2 WHERE id = $1', [bare(id), at]);
  // That it was added is told by itself.
  return { id: `ATTACHMENT:${id}`, at, kind: 'ATTACHMENT', company: '', key: bare(id) };
}

async function addDocument(
  { card, entries }: { card: Written; entries: Entry[] },
  company: keyof typeof noons,
  kind: keyof typeof documents,
  place: number,
): Promise<void> {
  const client = histories.findIndex((one) => one.card.id === card.id) + 1;
  const { script, entry } = document(company, kind, client, place);
  await erp.fill(company, script);
  entries.push(entry);
}

async function fill(history: { card: Written; entries: Entry[] }, client: number): Promise<string[]> {
  const { card, entries } = history;
  const scripts: string[] = [];
  for (let place = 0; place < 9; place += 1) {
    const at = pick(instants, place * 5 + client);
    entries.push(await addChange(card, at), await addNote(card, at), await addEvent(card, at));
    if (place % 3 === 0) entries.push(await addAttachment(card, pick(instants, place)));
  }
  for (const company of ['main', 'branch', 'coast'] as const)
    for (const kind of ['ORDER', 'INVOICE', 'PAYMENT'] as const)
      for (let place = 0; place < 4; place += 1) {
        const { script, entry } = document(company, kind, client, place);
        scripts.push(`${company}\n${script}`);
        entries.push(entry);
      }
  return scripts;
}

beforeAll(async () => {
  erp = await startErp();
  const [main, branch, coast] = await Promise.all([
    erp.company('main'),
    erp.company('branch', { keys: 'texts' }),
    erp.company('coast'),
  ]);
  service = await startTestService({
    companies: [main, branch, { ...coast, timeZone: 'America/New_York' }],
  });
  await makeCardTypes(service);
  const scripts: string[] = [];
  for (const client of [1, 2]) {
    const key = randomUUID();
    await service.dataSource.query(
      `INSERT INTO client (id, version, created_at, created_by, updated_at, updated_by, code, active, card_type_id, short_name, full_name, shares_tax_id)
       SELECT $1, 1, now(), 'Jan', now(), 'Jan', $2, true, (SELECT id FROM card_type LIMIT 1), 'But', 'But', false`,
      [key, `K${client}`],
    );
    await service.dataSource.query(
      `INSERT INTO erp_account (${recordColumns}, company_key, customer_id)
       SELECT gen_random_uuid(), 1, now(), 'Jan', now(), 'Jan', $1, company, customer
       FROM (VALUES ('main', $2 || '1'), ('main', $2 || '2'), ('branch', 'T' || $2), ('coast', $2)) AS a (company, customer)`,
      [key, String(client)],
    );
    const history = { card: { id: `client_${key}`, version: 1 }, entries: [] };
    histories.push(history);
    scripts.push(...(await fill(history, client)));
  }
  for (const company of ['main', 'branch', 'coast'])
    await erp.fill(
      company,
      scripts
        .filter((script) => script.startsWith(`${company}\n`))
        .map((script) => script.slice(company.length))
        .join('\n'),
    );
}, 60_000);

afterAll(async () => {
  await service.close();
  await erp.close();
});

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const inOrder = (left: Entry, right: Entry): number =>
  compare(right.at, left.at) ||
  kinds.indexOf(left.kind) - kinds.indexOf(right.kind) ||
  compare(left.company, right.company) ||
  compare(right.key, left.key);

interface Shown {
  readonly at: string;
  readonly kind: Kind;
  readonly change: { readonly recordId: string } | null;
  readonly record: { readonly id: string } | null;
}

interface Page {
  readonly nodes: readonly Shown[];
  readonly missing: readonly Kind[];
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const query = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime, $kinds: [HistoryKind!]) {
  client(id: $id) { history(first: $first, after: $after, from: $from, to: $to, kinds: $kinds) {
    nodes { at kind change { recordId } record { id } } missing totalCount pageInfo { endCursor hasNextPage }
  } } }`;

async function pageOf(card: Written, given: object): Promise<Page> {
  const { client } = await service.ask<{ client: { history: Page } }>(query, { id: card.id, ...given });
  return client.history;
}

/** `kind`, id and instant. */
const named = ({ at, kind, change, record }: Shown): string =>
  `${kind}:${change?.recordId ?? record?.id} ${at}`;
const nameOf = ({ id, at }: Entry): string => `${id} ${at}`;

interface Asked {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly kinds: readonly Kind[] | undefined;
}

const within = ({ from, to, kinds: asked }: Asked, { at, kind }: Entry): boolean =>
  (from === undefined || at >= from) && (to === undefined || at < to) && (asked?.includes(kind) ?? true);

/** What somebody else writes between two pages. */
const meanwhile: readonly ((
  history: { card: Written; entries: Entry[] },
  place: number,
) => Promise<unknown>)[] = [
  () => Promise.resolve(),
  async ({ card, entries }, place) => entries.push(await addNote(card, pick(instants, place))),
  async ({ card, entries }, place) => entries.push(await addChange(card, pick(instants, place))),
  (history, place) => addDocument(history, pick(['main', 'branch', 'coast'], place), 'INVOICE', place),
  async (history, place) => {
    const notes = history.entries.filter(({ kind }) => kind === 'NOTE');
    const { id } = pick(notes, place);
    await service.dataSource.query('UPDATE note SET deleted_at = now() WHERE id = $1', [bare(id)]);
    history.entries = history.entries.filter((entry) => entry.id !== id);
  },
];

const range = fc.option(fc.constantFrom(...instants, '2026-03-01T00:00:00.000Z'), { nil: undefined });

it('meets every entry that was there once and in order, whatever the page, filters, and writes in between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        client: fc.integer({ min: 0, max: 1 }),
        first: fc.constantFrom(1, 4, 7, 23, 200),
        ends: fc.tuple(range, range),
        kinds: fc.option(fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1 }), { nil: undefined }),
        writes: fc.array(fc.tuple(fc.constantFrom(...meanwhile), fc.nat(50)), { maxLength: 4 }),
      }),
      async ({ client, first, ends: [one, other], kinds: asked, writes }) => {
        const history = pick(histories, client);
        const [from, to] =
          one !== undefined && other !== undefined && one > other ? [other, one] : [one, other];
        const question = { from, to, kinds: asked };
        const before = history.entries.filter((entry) => within(question, entry));
        const walked: Shown[] = [];
        const waiting = [...writes];
        let after: string | null = null;
        for (let more = true; more;) {
          const page: Page = await pageOf(history.card, { first, after, ...question });
          if (after === null) expect(page.totalCount).toBe(before.length);
          expect(page.missing).toEqual([]);
          expect(page.nodes.length).toBeLessThanOrEqual(first);
          walked.push(...page.nodes);
          ({ endCursor: after, hasNextPage: more } = page.pageInfo);
          const [write, place] = waiting.shift() ?? [];
          if (more) await write?.(history, place ?? 0);
          // Whoever asks for single entries has seen enough of it by now.
          if (first === 1 && walked.length > 12) break;
        }
        const left = new Set(history.entries.map(nameOf));
        const there = before.filter((entry) => left.has(nameOf(entry))).toSorted(inOrder);
        const known = new Set(before.map(nameOf));
        const seen = walked.map(named);
        const seenBefore = seen.filter((name) => known.has(name) && left.has(name));

        expect(new Set(seen).size).toBe(seen.length);
        expect(seenBefore).toEqual(
          there.slice(0, first === 1 ? seenBefore.length : there.length).map(nameOf),
        );
        const all = new Map([...before, ...history.entries].map((entry) => [nameOf(entry), entry]));
        expect(seen).toEqual(
          seen
            .flatMap((name) => all.get(name) ?? [])
            .toSorted(inOrder)
            .map(nameOf),
        );
      },
    ),
    { numRuns: 18, endOnFailure: true },
  );
});

it('answers for several clients at once what it answers for each', async () => {
  const fields = `history(first: 11, from: "2026-01-01T11:00:00Z") {
    nodes { at kind change { recordId } record { id } } missing totalCount pageInfo { endCursor hasNextPage } }`;
  const { clients } = await service.ask<{ clients: { nodes: { id: string; history: Page }[] } }>(
    `{ clients { nodes { id ${fields} } } }`,
  );

  expect(clients.nodes).toHaveLength(2);
  for (const { id, history } of clients.nodes) {
    const alone = await pageOf({ id, version: 1 }, { first: 11, from: '2026-01-01T11:00:00Z' });
    expect(history).toEqual(alone);
    expect(history.nodes).toHaveLength(11);
  }
});
