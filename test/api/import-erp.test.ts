import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CompanyConfig } from '../../src/config.ts';
import { makeCardTypes, makeClient, write, type Written } from '../arrange/cards.ts';
import { run } from '../arrange/commands.ts';
import { merge } from '../arrange/merging.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

/** Valid, and no two alike. */
const taxIds = [
  '5260250274',
  '1060000062',
  '7740001454',
  '5252248481',
  '6340125442',
  '5270103391',
  '8971649500',
  '5213017228',
] as const;

interface Customer {
  readonly id: number;
  readonly code?: string;
  readonly name?: string;
  readonly taxId?: string;
  readonly city?: string;
  readonly postalCode?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly blocked?: boolean;
}

const sql = (text: string | undefined): string => (text === undefined ? 'NULL' : `N'${text}'`);
const customer = (given: Customer): string => {
  const { id, code = `K${id}`, name = `Firma ${id}`, taxId, city, postalCode, phone, email, blocked } = given;
  const values = [code, name, taxId, postalCode, city, phone, email].map(sql).join(', ');
  return `INSERT INTO kartoteka.customer (customer_id, code, name, tax_id, postal_code, city, phone, email, blocked)
    VALUES (${id}, ${values}, ${blocked ? 1 : 0});`;
};

let erp: Erp;
let companies: CompanyConfig[];
let service: TestService;
beforeAll(async () => {
  erp = await startErp();
  companies = await Promise.all([erp.company('main'), erp.company('export'), erp.company('many')]);
  service = await startTestService({ companies });
  await makeCardTypes(service);
});
afterAll(async () => {
  await service.close();
  await erp.close();
});

let last = 0;
/** Puts customers with ids of their own into the company's ERP. */
async function have(company: string, ...given: Omit<Customer, 'id'>[]): Promise<string[]> {
  const all = given.map((one) => ({ ...one, id: (last += 1) }));
  await erp.fill(company, all.map(customer).join('\n'));
  return all.map(({ id }) => String(id));
}

interface Result {
  readonly created: readonly {
    readonly id: string;
    readonly code: string;
    readonly [member: string]: unknown;
  }[];
  readonly linked: readonly { readonly id: string }[];
  readonly left: readonly { readonly customerId: string; readonly reason: string }[];
  readonly omitted: readonly { readonly customerId: string; readonly field: string }[];
}

const mutation = `mutation ($input: ImportErpCustomersInput!) { result: importErpCustomers(input: $input) {
  created { id code shortName fullName taxId active phone email address { city postalCode } cardType { key }
    erpAccounts { companyKey customerId } }
  linked { id } left { customerId reason } omitted { customerId field reason } } }`;

async function importing(customerIds: readonly string[], given: object = {}): Promise<Result> {
  const input = { company: 'main', cardType: 'shop', customerIds, ...given };
  return (await service.ask<{ result: Result }>(mutation, { input })).result;
}

const cardsWith = async (taxId: string): Promise<number> => {
  const query = 'query ($taxId: String) { clients(filter: { taxId: { eq: $taxId } }) { totalCount } }';
  const { clients } = await service.ask<{ clients: { totalCount: number } }>(query, { taxId });
  return clients.totalCount;
};

const accounts = async ({ id }: Pick<Written, 'id'>): Promise<unknown> => {
  const query = 'query ($id: ID!) { client(id: $id) { erpAccounts { companyKey customerId } } }';
  return (await service.ask<{ client: { erpAccounts: unknown } }>(query, { id })).client.erpAccounts;
};

describe('importErpCustomers', () => {
  it('makes the card of a customer that has none, with what the ERP knows of it, and links the two', async () => {
    const ids = await have('main', {
      code: 'KROKUS',
      name: 'Krokus sp. z o.o.',
      taxId: 'PL 526-025-02-74',
      city: 'Łódź',
      postalCode: '90-001',
      phone: '601 100 100',
      email: 'biuro@krokus.example',
      blocked: true,
    });
    const result = await importing(ids);

    expect(result).toEqual({
      created: [
        {
          id: expect.stringMatching(/^client_/),
          code: 'KROKUS',
          shortName: 'Krokus sp. z o.o.',
          fullName: 'Krokus sp. z o.o.',
          taxId: taxIds[0],
          active: false,
          phone: '+48601100100',
          email: 'biuro@krokus.example',
          address: { city: 'Łódź', postalCode: '90-001' },
          cardType: { key: 'shop' },
          erpAccounts: [{ companyKey: 'main', customerId: ids[0] }],
        },
      ],
      linked: [],
      left: [],
      omitted: [],
    });
  });

  it('links the card that has the tax id, deleted by nobody, and makes none; a merged card counts as its winner', async () => {
    const [card, loser, winner] = [
      await makeClient(service, { taxId: taxIds[1] }),
      await makeClient(service, { taxId: taxIds[2] }),
      await makeClient(service),
    ];
    await merge(service, winner, [loser]);
    const ids = await have('main', { taxId: taxIds[1] }, { taxId: '774-000-14-54' });
    const result = await importing(ids);

    expect(result).toMatchObject({ created: [], linked: [{ id: card.id }, { id: winner.id }], left: [] });
    expect(await accounts(card)).toEqual([{ companyKey: 'main', customerId: ids[0] }]);
  });

  it('leaves alone, and tells why: linked, no such customer, a tax id that is none, a deleted card, several cards, a likely one', async () => {
    const deleted = await makeClient(service, { taxId: taxIds[3] });
    await write(service, 'deleteClient', deleted);
    for (let n = 0; n < 2; n += 1) await makeClient(service, { cardType: 'chain', taxId: taxIds[4] });
    const alike = await makeClient(service, { fullName: 'Podeszwa i Wspólnicy', address: { city: 'Kutno' } });
    const [linked = '', ...others] = await have(
      'main',
      { taxId: taxIds[5] },
      { taxId: '5260250275' },
      { taxId: taxIds[3] },
      { taxId: taxIds[4] },
      { name: 'PODESZWA I WSPÓLNICY S.C.', city: 'KUTNO' },
    );
    await importing([linked]);
    const { created, linked: now, left } = await importing([linked, ...others, '999999', 'x']);

    expect([created, now]).toEqual([[], []]);
    expect(left.map(({ customerId, reason }) => [customerId, reason])).toEqual([
      [linked, expect.stringMatching(/^is linked to client_\S+ already$/)],
      [others[0], 'its tax id "5260250275" is none'],
      [others[1], `the card with its tax id is deleted: ${deleted.id}`],
      [others[2], expect.stringMatching(/^several cards have its tax id: client_\S+, client_\S+$/)],
      [others[3], `has no tax id, and may have a card: ${alike.id}`],
      ['999999', 'there is no such customer in the ERP of main'],
      ['x', 'there is no such customer in the ERP of main'],
    ]);
  });

  it('tells what of a customer does not come onto its card, and takes another code where its own is taken', async () => {
    await makeClient(service, { code: 'ZAJETY' });
    const ids = await have('export', {
      code: 'ZAJETY',
      name: 'x'.repeat(150),
      postalCode: '1',
      phone: 'brak',
      email: 'nie ma',
    });
    const { created, omitted } = await importing(ids, { company: 'export' });

    expect(created).toMatchObject([
      { code: 'ZAJETY-export', shortName: 'x'.repeat(100), phone: null, email: null },
    ]);
    expect(omitted.map(({ field }) => field).toSorted()).toEqual([
      'address.postalCode',
      'code',
      'email',
      'phone',
      'shortName',
    ]);
  });

  it('writes nothing in a dry run, and tells the same', async () => {
    const ids = await have('main', { taxId: taxIds[6] });
    const dry = await importing(ids, { dryRun: true });
    const before = await cardsWith(taxIds[6]);
    const wet = await importing(ids);

    expect(before).toBe(0);
    expect({ ...dry, created: dry.created.map(({ id: _, ...rest }) => rest) }).toMatchObject({
      ...wet,
      created: wet.created.map(({ id: _, erpAccounts: __, ...rest }) => rest),
    });
  });

  it.each(['shop', 'chain'])(
    'makes one card of a tax id however many imports run at once, of card type %s',
    async (cardType) => {
      const taxId = cardType === 'shop' ? taxIds[7] : '1111111111';
      const groups = await Promise.all(Array.from({ length: 6 }, () => have('main', { taxId })));
      const results = await Promise.all(groups.map((ids) => importing(ids, { cardType })));

      expect(await cardsWith(taxId)).toBe(1);
      expect(results.flatMap(({ linked }) => linked)).toHaveLength(5);
      expect(results.flatMap(({ left }) => left)).toEqual([]);
    },
  );

  it('makes one card of a customer that is asked for many times at once', async () => {
    const ids = await have('main', { name: 'Wielokrotny' });
    const results = await Promise.all(Array.from({ length: 5 }, () => importing([...ids, ...ids])));

    expect(results.flatMap(({ created }) => created)).toHaveLength(1);
    expect(results.flatMap(({ left }) => left)).toHaveLength(4);
  });

  it('is refused for an unknown company or card type, and for more than 200 customers', async () => {
    const ask = (given: object) =>
      service.refusal(mutation, {
        input: { company: 'main', cardType: 'shop', customerIds: ['1'], ...given },
      });
    const refusals = await Promise.all([
      ask({ company: 'nie-ma' }),
      ask({ cardType: 'nie-ma' }),
      ask({ customerIds: Array.from({ length: 201 }, (_, n) => String(n)) }),
    ]);

    expect(
      refusals.map(({ extensions }) => extensions.problems?.map(({ path, code }) => `${path} ${code}`)),
    ).toEqual([['input.company COMPANY'], ['input.cardType CARD_TYPE'], ['input.customerIds TOO_MANY']]);
  });
});

describe('npm run import:erp', () => {
  it('imports every customer of a company, tells of each it leaves alone, and does nothing the second time', async () => {
    const count = 215;
    await have(
      'many',
      ...Array.from({ length: count }, (_, n) => ({
        code: `M${n}`,
        name: `Mnoga ${n} ${'abcdefghij'[n % 10]}`,
      })),
      {
        code: 'MX',
        taxId: '1234567890',
      },
    );
    const settings = { DATABASE_URL: service.databaseUrl, ERP_COMPANIES: JSON.stringify(companies) };
    const importAll = (...words: string[]) =>
      run('import-erp', ['--company', 'many', '--card-type', 'shop', ...words], settings);
    const linkedCards = async (): Promise<number> => {
      const [row] = await service.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM erp_account WHERE company_key = 'many'`,
      );
      return row?.count ?? 0;
    };
    const dry = await importAll();
    const afterDry = await linkedCards();
    const wet = await importAll('--commit');
    const again = await importAll('--commit');

    expect({ code: dry.code, afterDry }).toEqual({ code: 0, afterDry: 0 });
    expect(dry.errors).toMatch(/cards would be made, .* customers left alone; nothing was written/);
    expect(wet.out).toMatch(/left \d+: its tax id "1234567890" is none/);
    const [, made = '0', , left = '0'] =
      /(\d+) cards made, (\d+) linked, (\d+) customers left/.exec(wet.errors) ?? [];
    expect(Number(made) + Number(left)).toBe(count + 1);
    expect(await linkedCards()).toBe(Number(made));
    expect(again.errors).toContain(`0 cards made, 0 linked, ${count + 1} customers left alone`);
  });

  it('tells how to call it, and of a company that there is none', async () => {
    const settings = { DATABASE_URL: service.databaseUrl, ERP_COMPANIES: JSON.stringify(companies) };
    const [bare, unknown] = await Promise.all([
      run('import-erp', [], settings),
      run('import-erp', ['--company', 'x', '--card-type', 'shop'], settings),
    ]);

    expect([bare.code, unknown.code]).toEqual([2, 2]);
    expect(unknown.errors).toContain('there is no company x; there is main, export, many');
  });
});
