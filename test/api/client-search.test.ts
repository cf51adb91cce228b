import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
  write,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  const made = new Map<string, Written>();
  const card = async (code: string, given: object) =>
    made.set(code, await makeClient(service, { code, fullName: code, ...given }));
  await card('KOW-1', { shortName: 'Kowalski', fullName: 'P.H.U. Jan Kowalski sp. z o.o.' });
  await card('ABC-2', { shortName: 'Hurt Kowalski', address: { city: 'Żyrardów', postalCode: '96-300' } });
  await card('DEF-3', { shortName: 'Obuwie Świerk', taxId: '526-104-08-28', phone: '601 234 567' });
  await card('GHI-4', { shortName: 'Trzewik', address: { city: 'Łódź' } });
  await card('JKL-5', { shortName: 'Salon Jankowalski', active: false });
  await card('K-12/3', { shortName: 'Kowal-Nowakowski' });
  await makeContact(service, made.get('GHI-4') as Written, { firstName: 'Grażyna', lastName: 'Kowalska' });
  await makeContact(service, made.get('GHI-4') as Written, {
    firstName: 'Ewa',
    lastName: 'Brzęczyk',
    mobile: '512 000 111',
  });
  await makeDeliveryPlace(service, made.get('DEF-3') as Written, {
    name: 'Magazyn Wschód',
    address: { city: 'Suwałki' },
  });
  await makeRecipient(service, made.get('ABC-2') as Written, { name: 'Butik Müller' });
});
afterAll(() => service.close());

const query = `query ($search: String, $filter: ClientFilter, $orderBy: [ClientOrderBy!], $first: Int, $after: String) {
  clients(search: $search, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes { code } totalCount pageInfo { endCursor hasNextPage }
  }
}`;

interface List {
  readonly clients: {
    readonly nodes: readonly { readonly code: string }[];
    readonly totalCount: number | null;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

const list = async (variables: object): Promise<List['clients']> =>
  (await service.ask<List>(query, variables)).clients;

async function found(search: string, more: object = {}): Promise<string[]> {
  const { nodes, totalCount } = await list({ search, ...more });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ code }) => code);
}

describe('a client is found by', () => {
  it.each([
    ['its short name', 'Trzewik', ['GHI-4']],
    ['a fragment of it', 'zewi', ['GHI-4']],
    ['capitals without accents', 'SWIERK', ['DEF-3']],
    ['its full name with dots left out', 'PHU', ['KOW-1']],
    ['its full name as it is written', 'P.H.U. Jan Kowalski', ['KOW-1']],
    ['its name with a legal form that is not on the card', 'Trzewik Sp.z o.o.', ['GHI-4']],
    ['its code', 'K-12/3', ['K-12/3']],
    ['a part of its code', 'k-12', ['K-12/3']],
    ['its town', 'zyrardow', ['ABC-2']],
    ['its postal code', '96-300', ['ABC-2']],
    ['its tax id with dashes', 'PL 526-104-08-28', ['DEF-3']],
    ['digits of its tax id', '10408', ['DEF-3']],
    ['its telephone as people write it', '+48 601-234-567', ['DEF-3']],
    ['digits of its telephone', '234 567', ['DEF-3']],
    ["a contact's name", 'grazyna kowalska', ['GHI-4']],
    ["a contact's telephone", '512000111', ['GHI-4']],
    ['a delivery place', 'magazyn suwałki', ['DEF-3']],
    ['a recipient', 'muller', ['ABC-2']],
    ['words from different places, in any order', 'suwalki swierk 5261040828', ['DEF-3']],
    ['the beginning of a word of two letters', 'bu', ['ABC-2']],
  ])('%s', async (_how, search, expected) => {
    expect((await found(search)).slice(0, expected.length)).toEqual(expected);
  });

  it.each([
    'kowalskiego zakładu',
    'zzz',
    '!!!',
    '%',
    '_',
    '\\',
    'trzewik suwałki',
    '\u0000',
    'trzewik\u0000',
    'ewik ' + 'x'.repeat(50),
  ])('nothing it does not have: %j', async (search) => {
    expect(await found(search)).toEqual([]);
  });
});

it('shows the best first: the name itself, its words, words anywhere, fragments', async () => {
  expect(await found('kowalski')).toEqual(['KOW-1', 'ABC-2', 'JKL-5']);
  expect(await found('kowal')).toEqual(['K-12/3', 'KOW-1', 'ABC-2', 'GHI-4', 'JKL-5']);
});

describe('typing mistakes are forgiven', () => {
  it.each([
    ['letters swapped', 'kowlaski', 'ABC-2'],
    ['a letter left out', 'kowaski', 'ABC-2'],
    ['a letter too many', 'trzewwik', 'GHI-4'],
    ['another letter', 'trzawik', 'GHI-4'],
    ['the first letter', 'rzewik', 'GHI-4'],
    ['five letters', 'swirek', 'DEF-3'],
    ['two in a long word', 'nowokawski', 'K-12/3'],
    ['beside a word that is right', 'grazyna kowlaska', 'GHI-4'],
    ['in two words', 'magzayn suwalik', 'DEF-3'],
  ])('%s: %s', async (_what, search, expected) => {
    expect((await found(search))[0]).toBe(expected);
  });

  it.each(['hrut', 'zyardwo', '5261040829'])(
    'but not in %s, which is short, too far off or a number',
    async (search) => {
      expect(await found(search)).toEqual([]);
    },
  );
});

describe('a search goes together with', () => {
  it('a filter', async () => {
    expect(await found('kowalski', { filter: { active: false } })).toEqual(['JKL-5']);
    expect(await found('kowlaski', { filter: { city: { contains: 'zyr' } } })).toEqual(['ABC-2']);
  });

  it('another order', async () => {
    const orderBy = [{ field: 'CODE', direction: 'DESC' }];
    expect(await found('kowalski', { orderBy })).toEqual(['KOW-1', 'JKL-5', 'ABC-2']);
    expect(await found('kowal', { orderBy: [{ field: 'RELEVANCE', direction: 'DESC' }] })).toEqual([
      'JKL-5',
      'GHI-4',
      'ABC-2',
      'K-12/3',
      'KOW-1',
    ]);
  });

  it('pages', async () => {
    const codes: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { nodes, pageInfo, totalCount }: List['clients'] = await list({
        search: 'kowal',
        first: 2,
        after,
      });
      expect(totalCount).toBe(5);
      codes.push(...nodes.map(({ code }) => code));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(codes).toEqual(['K-12/3', 'KOW-1', 'ABC-2', 'GHI-4', 'JKL-5']);
  });

  it('nothing: a blank one shows every card by name', async () => {
    expect(await found(' ')).toEqual(['ABC-2', 'K-12/3', 'KOW-1', 'DEF-3', 'JKL-5', 'GHI-4']);
  });
});

describe('what was written is found at once', () => {
  it('under its new name, and not under the old one', async () => {
    const card = await makeClient(service, { shortName: 'Wydra', fullName: 'Wydra' });
    const contact = await makeContact(service, card, { lastName: 'Bobrowska' });
    await write(service, 'updateClient', { ...card, shortName: 'Foka', fullName: 'Foka' });
    await write(service, 'updateContact', { ...contact, lastName: 'Lisiecka' });
    expect([await found('wydra'), await found('bobrowska')]).toEqual([[], []]);
    expect(await found('foka lisiecka')).toHaveLength(1);
    await service.dataSource.query('UPDATE contact SET deleted_at = now() WHERE id = $1', [bare(contact.id)]);
    expect(await found('lisiecka')).toEqual([]);
    await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(card.id)]);
    expect(await found('foka')).toEqual([]);
    expect(await found('foka', { filter: { deleted: true } })).toHaveLength(1);
  });

  it('when twenty people change parts of one card at once', async () => {
    const card = await makeClient(service, { shortName: 'Mrowisko' });
    const names = Array.from({ length: 20 }, (_, index) => `Mrówka${'abcdefghijklmnopqrst'[index] ?? ''}`);
    const contacts = await Promise.all(names.map((lastName) => makeContact(service, card, { lastName })));
    await Promise.all(
      contacts.map((contact, index) =>
        write(service, 'updateContact', { ...contact, lastName: `${names[index] ?? ''}wa` }),
      ),
    );
    for (const name of names) expect(await found(`mrowisko ${name}wa`)).toHaveLength(1);
  });

  it('a part that moves to another card goes with it', async () => {
    const [from, to] = [
      await makeClient(service, { shortName: 'Skąd' }),
      await makeClient(service, { shortName: 'Dokąd' }),
    ];
    const contact = await makeContact(service, from, { lastName: 'Wędrowiec' });
    await service.dataSource.query('UPDATE contact SET client_id = $2 WHERE id = $1', [
      bare(contact.id),
      bare(to.id),
    ]);
    expect([await found('wedrowiec skad'), await found('wedrowiec dokad')]).toMatchObject([
      [],
      [expect.anything()],
    ]);
  });
});

it("forgets an erased person's words, but none that somebody else has", async () => {
  const card = await makeClient(service, { shortName: 'Pamięć' });
  const contact = await makeContact(service, card, { firstName: 'Grażyna', lastName: 'Zapomniana' });
  await service.dataSource.transaction(async (manager) => {
    await manager.query("UPDATE contact SET first_name = null, last_name = '-' WHERE id = $1", [
      bare(contact.id),
    ]);
    await manager.query("SELECT forget_search_words('Grażyna Zapomniana')");
  });
  const left = await service.dataSource.query<{ word: string }[]>(
    "SELECT word FROM search_word WHERE word IN ('grazyna', 'zapomniana')",
  );
  expect(left).toEqual([{ word: 'grazyna' }]);
  expect(await found('zapomniana')).toEqual([]);
});

describe('of more than a thousand', () => {
  beforeAll(async () => {
    await service.dataSource.query(
      `INSERT INTO client (id, version, created_at, created_by, updated_at, updated_by, code, active, card_type_id, short_name, full_name, shares_tax_id, city)
       SELECT gen_random_uuid(), 1, now(), '', now(), '', 'T' || n, true, (SELECT id FROM card_type LIMIT 1),
         CASE n WHEN 777 THEN 'Tysiąc' WHEN 888 THEN 'Tysiącznik' ELSE 'Firma tysiąc ' || n END, 'F', false, CASE WHEN n > 1190 THEN 'Kutno' END
       FROM generate_series(1, 1200) AS n`,
    );
  });

  it('shows the best, and does not count', async () => {
    const { nodes, totalCount } = await list({ search: 'tysiac', first: 3 });
    expect(nodes.map(({ code }) => code).slice(0, 2)).toEqual(['T777', 'T888']);
    expect(totalCount).toBeNull();
  });

  it('finds those in the filter, however many are out of it', async () => {
    expect(await found('tysiac', { filter: { city: { eq: 'Kutno' } } })).toHaveLength(10);
  });
});

describe('a search is refused', () => {
  it.each([
    ['too long', { search: 'x'.repeat(201) }, 'search TOO_LONG'],
    ['of too many words', { search: 'abcdefghijklm'.split('').join(' ') }, 'search TOO_MANY'],
  ])('%s', async (_how, variables, expected) => {
    const { extensions } = await service.refusal(query, variables);
    expect(extensions.problems?.map(({ path, code }) => `${path} ${code}`)).toEqual([expected]);
  });

  it('as an order by relevance without one', async () => {
    const { extensions } = await service.refusal(query, {
      orderBy: [{ field: 'CODE' }, { field: 'RELEVANCE' }],
    });
    expect(extensions.problems).toMatchObject([{ path: 'orderBy.1.field', code: 'RELEVANCE' }]);
  });
});
