import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { bare, makeClient, makeContact, type Written } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { linkMutation, startErpService, type Account, type ErpService } from '../arrange/erp-service.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import type { Misbehaviour } from '../../src/sandbox-erp/misbehaviour.ts';

let service: ErpService;
let card: Written;

beforeAll(async () => {
  service = await startErpService();
});
afterAll(() => service.close());
beforeEach(async () => {
  card = await makeClient(service);
});

const refused = async (given: object) => {
  const input = { clientId: card.id, company: 'main', ...given };
  return (await service.refusal(linkMutation, { input })).extensions;
};

const wrong = (path: string, code: string) => ({ code: 'BAD_USER_INPUT', problems: [{ path, code }] });

const written = async (): Promise<unknown> =>
  service.dataSource.query('SELECT (SELECT count(*) FROM erp_account), (SELECT count(*) FROM change)');

describe('linking', () => {
  it('gives the card the customer and what it has in the ERP, and is in the change log', async () => {
    const customerId = await service.newCustomer();
    const account = await service.link(card, customerId);

    expect(account).toEqual({
      id: expect.stringMatching(/^account_/),
      version: 1,
      companyKey: 'main',
      customerId,
      company: { key: 'main' },
      customer: { name: 'Trzewik', client: { id: card.id } },
    });
    const document = `order:main:0:${customerId}`;
    expect(await service.accountsOf(card)).toEqual({
      erpAccounts: [{ id: account.id }],
      orders: { nodes: [{ id: document, client: { id: card.id } }] },
    });
    expect(await service.nodeOf(account.id)).toEqual({ __typename: 'ErpAccount', id: account.id });
    expect(await service.nodeOf(document)).toEqual({ __typename: 'Order', id: document });
    expect(await changesOf(service, account.id)).toMatchObject([
      {
        actor: developmentUser.name,
        record_type: 'ERP_ACCOUNT',
        client_id: bare(card.id),
        action: 'CREATED',
        version: 1,
        fields: [
          { name: 'companyKey', before: null, after: 'main' },
          { name: 'customerId', before: null, after: customerId },
        ],
      },
    ]);
  });

  it('says of a company that is no longer there that its ERP cannot be asked, not that it has no such customer', async () => {
    await service.crm.erpAccounts.link(developmentUser, {
      clientId: card.id,
      companyKey: 'gone',
      customerId: '1',
    });

    const { data, errors } = await service.graphql<{ client: object }>(
      'query ($id: ID!) { client(id: $id) { erpAccounts { companyKey company { key } customer { name } } } }',
      { id: card.id },
    );

    expect(data?.client).toEqual({ erpAccounts: [{ companyKey: 'gone', company: null, customer: null }] });
    expect(errors).toMatchObject([{ extensions: { code: 'ERP_UNAVAILABLE', company: 'gone' } }]);
  });

  it('gives a card as many customers of one company as it is told', async () => {
    const ids = [await service.newCustomer(), await service.newCustomer()];
    const accounts = [await service.link(card, ids[0] ?? ''), await service.link(card, ids[1] ?? '')];

    expect(await service.accountsOf(card)).toMatchObject({ erpAccounts: accounts.map(({ id }) => ({ id })) });
  });

  it.each([
    ['main', '007', '7', '7'],
    ['texts', 'żUK ', 'Żuk', 'Żuk'],
    ['filled', 'ab-1', 'AB-1', 'AB-1      '],
  ])(
    'keeps in %s for %j the id that the ERP gives, so that it is taken however it is typed',
    async (company, typed, given, again) => {
      const account = await service.link(card, typed, company);
      expect(account.customerId).toBe(given);

      const other = await makeClient(service);
      for (const clientId of [other.id, card.id])
        for (const customerId of [typed, given, again])
          expect(await refused({ clientId, company, customerId })).toEqual({
            code: 'DUPLICATE',
            path: 'input.customerId',
            existingId: account.id,
          });
    },
  );

  it('asks the ERP itself, once', async () => {
    const customerId = await service.newCustomer();
    await service.ask('{ erpCompanies { state } }');
    service.erp.statements();
    await service.ask('mutation ($input: LinkErpAccountInput!) { linkErpAccount(input: $input) { id } }', {
      input: { clientId: card.id, company: 'main', customerId },
    });
    expect(service.erp.statements()).toHaveLength(1);
  });
});

describe('linking is refused', () => {
  it('with the unknown company told beside the faults of form', async () => {
    const { problems } = await refused({ company: 'nowhere', customerId: 'a\u0000' });

    expect(problems).toMatchObject([
      { path: 'input.customerId', code: 'CHARACTERS' },
      { path: 'input.company', code: 'COMPANY' },
    ]);
  });

  it.each([
    ['an unknown company', { company: 'nowhere', customerId: '7' }, 'input.company', 'COMPANY'],
    ['an id of another form', { customerId: 'abc' }, 'input.customerId', 'CUSTOMER_ID'],
    ['an id no number of the column', { customerId: '2147483648' }, 'input.customerId', 'CUSTOMER_ID'],
    [
      'an id too long for the column',
      { company: 'texts', customerId: 'x'.repeat(21) },
      'input.customerId',
      'CUSTOMER_ID',
    ],
    ['a customer that there is none', { customerId: '99' }, 'input.customerId', 'CUSTOMER'],
    ['a part of a text', { company: 'texts', customerId: 'Ż%' }, 'input.customerId', 'CUSTOMER'],
  ])('for %s, and nothing is written', async (_what, given, path, code) => {
    const before = await written();
    expect(await refused(given)).toMatchObject(wrong(path, code));
    expect(await written()).toEqual(before);
  });

  it('with everything at once that can be seen of it alone', async () => {
    const contact = await makeContact(service, card);
    const { code, problems } = await refused({ clientId: contact.id, company: ' ', customerId: 'a\0' });
    expect([code, ...(problems ?? []).map((problem) => `${problem.path} ${problem.code}`).sort()]).toEqual([
      'BAD_USER_INPUT',
      'input.clientId ID',
      'input.company REQUIRED',
      'input.customerId CHARACTERS',
    ]);
  });

  it('for a card that is not there or deleted, without asking the ERP', async () => {
    await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(card.id)]);
    service.erp.statements();
    const clientId = `client_${randomUUID()}`;
    expect(await refused({ clientId, customerId: '99' })).toEqual({
      code: 'NOT_FOUND',
      path: 'input.clientId',
      id: clientId,
    });
    expect(await refused({ customerId: '99' })).toMatchObject(wrong('input.clientId', 'CARD_DELETED'));
    expect(service.erp.statements()).toEqual([]);
  });

  it.each<[string, Misbehaviour]>([
    ['ERP_UNAVAILABLE', { kind: 'cut-before-first-row', text: /customer/ }],
    ['ERP_TIMEOUT', { kind: 'error', number: 1222, text: /customer/ }],
    ['ERP_CONTRACT', { kind: 'error', number: 229, text: /customer/ }],
  ])('with %s while the ERP cannot be asked, and nothing is written', async (code, misbehaviour) => {
    const customerId = await service.newCustomer();
    const before = await written();
    const behave = service.erp.server.misbehave(misbehaviour);
    expect(await refused({ customerId })).toMatchObject({ code, company: 'main' });
    behave();
    expect(await written()).toEqual(before);
  });

  it('where the ERP does not offer its customers', async () => {
    expect(await refused({ company: 'bare', customerId: '7' })).toEqual({
      code: 'NOT_OFFERED',
      company: 'bare',
      view: 'customer',
    });
  });

  it('to all but one of those who link one customer at the same time', async () => {
    const customerId = await service.newCustomer();
    const cards = await Promise.all(Array.from({ length: 20 }, () => makeClient(service)));
    const answers = await Promise.all(
      cards.map((to) =>
        service.graphql<{ account: Account }>(linkMutation, {
          input: { clientId: to.id, company: 'main', customerId },
        }),
      ),
    );
    const won = answers.flatMap(({ data }) => (data?.account ? [data.account.id] : []));
    const lost = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(19);
    for (const extensions of lost)
      expect(extensions).toEqual({ code: 'DUPLICATE', path: 'input.customerId', existingId: won[0] });
  });

  it('beyond 512 accounts of a card in a company, also to who comes at the same time', async () => {
    await service.dataSource.query(
      `INSERT INTO erp_account (id, version, created_at, created_by, updated_at, updated_by, client_id, company_key, customer_id)
       SELECT gen_random_uuid(), 1, now(), 'Test', now(), 'Test', $1, 'main', (10000 + n)::text FROM generate_series(1, 511) n`,
      [bare(card.id)],
    );
    const links = await Promise.allSettled(
      ['20001', '20002', '20003'].map((customerId) =>
        service.crm.erpAccounts.link(developmentUser, { clientId: card.id, companyKey: 'main', customerId }),
      ),
    );
    expect(links.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refused({ customerId: await service.newCustomer() })).toMatchObject(
      wrong('input.clientId', 'TOO_MANY'),
    );
    // As many are still listed together, and another company has its own number.
    expect(await service.accountsOf(card)).toMatchObject({ orders: { nodes: [] } });
    await service.erp.fill(
      'texts',
      "INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES ('X', N'K', N'Trzewik', 0);",
    );
    expect(await service.link(card, 'X', 'texts')).toMatchObject({ version: 1 });
  });
});
