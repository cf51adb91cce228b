/** OData's lists: their order, what writes between two pages do to them, what hangs on their records, and what all this asks of the database. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { bare, makeCardTypes, makeClient, makeRecipient, type Written } from '../arrange/cards.ts';
import { inPagesOf, lettersOf, odataBody, pagesOf, rowsOfPage, type OdataRow } from '../arrange/odata.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { countStatements, type WireCounter } from '../arrange/wire-counter.ts';

let wire: WireCounter;
let service: TestService;
let card: Written;
let own: Written;
const userKey = randomUUID();

const addContacts = (of: Written, count: number): Promise<unknown> =>
  service.dataSource.query(
    `INSERT INTO contact (id, version, created_at, created_by, updated_at, updated_by, client_id, active, last_name, first_name)
     SELECT gen_random_uuid(), 1, '2026-01-01Z'::timestamptz + n % 4 * interval '1 day', 'x', now(), 'x', $1, n % 2 = 0, 'N' || lpad((n % 5)::text, 2, '0'), CASE WHEN n % 3 > 0 THEN 'F' || n % 3 END
     FROM generate_series(1, $2::int) n`,
    [bare(of.id), count],
  );

beforeAll(async () => {
  service = await startTestService({
    callers: callersByHeader,
    through: async (url) => {
      wire = await countStatements(url);
      return wire.url;
    },
  });
  await makeCardTypes(service);
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  card = await makeClient(service, { code: 'FOREIGN' });
  own = await makeClient(service, { code: 'OWN', accountManagerId: `user_${userKey}` });
  await addContacts(card, 23);
  await addContacts(own, 7);
  await makeRecipient(service, own, { code: 'R', memberCardId: card.id });
  await makeRecipient(service, own, { code: 'S' });
});
afterAll(async () => {
  await service.close();
  await wire.close();
});

const idsOf = (rows: readonly OdataRow[]) => rows.map(({ id }) => id);
const all = async (address: string, size: number) =>
  (await pagesOf(service, address, inPagesOf(size))).flatMap(({ value }) => value);

/** What has no value comes first when ascending. */
function inOrder(rows: readonly OdataRow[], terms: readonly (readonly [string, 1 | -1])[]): OdataRow[] {
  const compare = (one: unknown, other: unknown): number => {
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? -1 : 1;
    return lettersOf(one) < lettersOf(other) ? -1 : 1;
  };
  return rows.toSorted((one, other) => {
    for (const [name, sign] of terms) {
      const order = compare(one[name], other[name]) * sign;
      if (order !== 0) return order;
    }
    return 0;
  });
}

describe('an order by', () => {
  it.each<readonly [string, readonly (readonly [string, 1 | -1])[]]>([
    [
      'lastName',
      [
        ['lastName', 1],
        ['id', 1],
      ],
    ],
    [
      'lastName desc',
      [
        ['lastName', -1],
        ['id', -1],
      ],
    ],
    [
      'firstName',
      [
        ['firstName', 1],
        ['id', 1],
      ],
    ],
    [
      'firstName desc',
      [
        ['firstName', -1],
        ['id', -1],
      ],
    ],
    [
      'firstName,lastName desc',
      [
        ['firstName', 1],
        ['lastName', -1],
        ['id', -1],
      ],
    ],
    [
      'active desc,createdAt,firstName desc',
      [
        ['active', -1],
        ['createdAt', 1],
        ['firstName', -1],
        ['id', -1],
      ],
    ],
    [
      'clientId desc',
      [
        ['clientId', -1],
        ['id', -1],
      ],
    ],
    [
      'version,version desc',
      [
        ['version', 1],
        ['id', 1],
      ],
    ],
    ['id desc', [['id', -1]]],
  ])('%s is the same whole and in pages, each record once', async (order, terms) => {
    const rows = await rowsOfPage(service, 'Contacts');
    const expected = idsOf(inOrder(rows, terms));
    expect(idsOf(await rowsOfPage(service, `Contacts?$orderby=${order}`))).toEqual(expected);
    for (const size of [1, 4, 7, 29])
      expect(idsOf(await all(`Contacts?$select=id&$orderby=${order}`, size))).toEqual(expected);
    expect(idsOf(await all(`Contacts?$select=id&$orderby=${order}&$skip=5&$top=11`, 4))).toEqual(
      expected.slice(5, 16),
    );
  });
});

it.each(['id', 'firstName', 'firstName desc', 'createdAt desc'])(
  'in the order of %s, records that stay as they are come once each, whatever is written between pages',
  async (order) => {
    const other = await makeClient(service, { code: randomUUID().slice(0, 8) });
    await addContacts(other, 20);
    const filter = `$filter=clientId eq '${other.id}'`;
    const before = await rowsOfPage(service, `Contacts?${filter}`);
    const removed = new Set<string>();
    const seen: string[] = [];
    const pages = await pagesOf(
      service,
      `Contacts?$select=id&$orderby=${order}&${filter}`,
      inPagesOf(3),
      async () => {
        await addContacts(other, 2);
        const victim = before.map(({ id }) => String(id)).find((id) => !removed.has(id));
        if (victim === undefined) return;
        removed.add(victim);
        await service.dataSource.query('DELETE FROM contact WHERE id = $1', [bare(victim)]);
      },
    );
    for (const { value } of pages) seen.push(...value.map(({ id }) => String(id)));
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of before) if (!removed.has(String(id))) expect(seen).toContain(id);
  },
);

describe('what hangs on records', () => {
  const of = (clientId: string) => `$filter=clientId eq '${clientId}'`;

  it('comes with them, each its own, by one statement for a relation', async () => {
    wire.reset();
    const clients = await rowsOfPage(
      service,
      `Clients?$select=code&$filter=code in ('OWN','FOREIGN')&$expand=Contacts,Recipients,PrimaryContact`,
    );
    const statements = wire
      .statements()
      .filter((text) => text.startsWith('SELECT') && /FROM (client|contact|recipient|unnest)/.test(text));
    const listed = {
      OWN: await rowsOfPage(service, `Contacts?${of(own.id)}`),
      FOREIGN: await rowsOfPage(service, `Contacts?${of(card.id)}`),
    };
    expect(
      clients.map((client) => [
        client['code'],
        client['Contacts'],
        (client['Recipients'] as unknown[]).length,
        client['PrimaryContact'],
      ]),
    ).toEqual([
      ['FOREIGN', listed.FOREIGN, 0, null],
      ['OWN', listed.OWN, 2, null],
    ]);
    // None leads to a primary contact, so that nothing is asked for.
    expect(statements).toHaveLength(3);
  });

  it('leads to the one record it belongs to', async () => {
    const contacts = await rowsOfPage(
      service,
      `Contacts?$select=lastName&$top=2&${of(own.id)}&$expand=Client($select=code)`,
    );
    expect(contacts.map(({ Client }) => Client)).toEqual([{ code: 'OWN' }, { code: 'OWN' }]);
  });

  it('is narrowed, ordered and cut for each record', async () => {
    const [client] = await rowsOfPage(
      service,
      `Clients?$filter=code eq 'FOREIGN'&$expand=Contacts($select=lastName,firstName;$filter=active and firstName ne null;$orderby=lastName desc;$top=2)`,
    );
    const rows = (await rowsOfPage(service, `Contacts?${of(card.id)}`)).filter(
      (row) => row['active'] === true && row['firstName'] !== null,
    );
    expect(client?.['Contacts']).toEqual(
      inOrder(rows, [
        ['lastName', -1],
        ['id', -1],
      ])
        .slice(0, 2)
        .map(({ lastName, firstName }) => ({ lastName, firstName })),
    );
    expect(client?.['Contacts@odata.nextLink']).toBeUndefined();
  });

  it('goes on at an address of its own, where there is much of it', async () => {
    const busy = await makeClient(service, { code: 'BUSY' });
    await addContacts(busy, 1_203);
    const [client] = await rowsOfPage(
      service,
      `Clients?$select=code&$filter=code eq 'BUSY'&$expand=Contacts($select=id;$orderby=firstName;$filter=version eq 1)`,
    );
    const first = client?.['Contacts'] as OdataRow[];
    const rest = await all(String(client?.['Contacts@odata.nextLink']), 150);
    const whole = await all(`Contacts?$select=id&$orderby=firstName&${of(busy.id)}`, 5_000);
    expect(first).toHaveLength(1_000);
    expect([...first, ...rest]).toEqual(whole);
  });

  it('is as if it were not there, where the caller does not see it', async () => {
    const headers = headerOf('OWNER', userKey);
    const recipients = await rowsOfPage(service, 'Recipients?$orderby=code&$expand=MemberCard', headers);
    expect(recipients.map(({ code, MemberCard }) => [code, MemberCard])).toEqual([
      ['R', null],
      ['S', null],
    ]);
    const [clients] = await rowsOfPage(
      service,
      "Recipients?$filter=code eq 'R'&$expand=MemberCard($select=code)",
    );
    expect(clients?.['MemberCard']).toEqual({ code: 'FOREIGN' });
    const behind = await fetch(
      `${service.url}odata/Recipients('${String(recipients[0]?.['id'])}')/MemberCard`,
      { headers },
    );
    expect(behind.status).toBe(204);
  });

  it('makes pages smaller, so that no answer grows without bound', async () => {
    for (let count = 0; count < 60; count += 1) await makeClient(service);
    const one = await odataBody(service, 'Clients?$select=id&$expand=Contacts($select=id)', inPagesOf(5_000));
    const two = await odataBody(service, 'Clients?$select=id&$expand=Contacts($select=id),Notes($select=id)');
    expect([one.value.length, two.value.length]).toEqual([Math.min(100, 67), 50]);
    expect(two['@odata.nextLink']).toBeDefined();
  });
});
