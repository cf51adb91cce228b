import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { bare, makeClient, type Written } from '../arrange/cards.ts';
import { changesOf } from '../arrange/change-log.ts';
import { startErpService, unlinkMutation, type ErpService } from '../arrange/erp-service.ts';
import { developmentUser } from '../../src/users/development-user.ts';

let service: ErpService;
let card: Written;

beforeAll(async () => {
  service = await startErpService();
});
afterAll(() => service.close());
beforeEach(async () => {
  card = await makeClient(service);
});

const unlink = ({ id, version }: Written) => service.ask(unlinkMutation, { input: { id, version } });

const refusedUnlink = async (input: object) => (await service.refusal(unlinkMutation, { input })).extensions;

const wrong = (path: string, code: string) => ({ code: 'BAD_USER_INPUT', problems: [{ path, code }] });

describe('unlinking', () => {
  it('takes the customer and what it has in the ERP from the card, and is in the change log', async () => {
    const customerId = await service.newCustomer();
    const account = await service.link(card, customerId);

    expect(await unlink(account)).toEqual({ unlinked: true });

    expect(await service.accountsOf(card)).toEqual({ erpAccounts: [], orders: { nodes: [] } });
    expect(await service.nodeOf(`order:main:0:${customerId}`)).toBeNull();
    expect(await service.nodeOf(account.id)).toBeNull();
    const changes = await changesOf(service, account.id);
    expect(changes).toMatchObject([
      { action: 'CREATED' },
      {
        action: 'DELETED',
        version: 2,
        client_id: bare(card.id),
        fields: [{ name: 'deletedAt', before: null, after: changes[1]?.at }],
      },
    ]);
  });

  it('lets the customer be linked again, to whichever card', async () => {
    const first = await service.link(card, await service.newCustomer());
    await unlink(first);
    const second = await service.link(await makeClient(service), first.customerId);
    await unlink(second);
    const third = await service.link(card, first.customerId);

    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect(await service.accountsOf(card)).toMatchObject({ erpAccounts: [{ id: third.id }] });
  });

  it('works while the ERP does not answer, for a company that is no more, and for a deleted card', async () => {
    const here = await service.link(card, await service.newCustomer());
    const gone = await service.crm.erpAccounts.link(developmentUser, {
      clientId: card.id,
      companyKey: 'gone',
      customerId: '1',
    });
    await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(card.id)]);
    const behave = service.erp.server.misbehave({ kind: 'refuse-login' });
    expect([await unlink(here), await unlink(gone)]).toEqual([{ unlinked: true }, { unlinked: true }]);
    behave();
  });

  it('is refused to who saw an older version', async () => {
    const account = await service.link(card, await service.newCustomer());
    await service.dataSource.query('UPDATE erp_account SET version = 2 WHERE id = $1', [bare(account.id)]);
    expect(await refusedUnlink({ id: account.id, version: 1 })).toMatchObject({
      code: 'CONFLICT',
      current: { id: account.id, version: 2, clientId: card.id, companyKey: 'main' },
    });
    expect(await service.nodeOf(account.id)).not.toBeNull();
  });

  it('is refused a second time, of another kind of record and with what is no version', async () => {
    const account = await service.link(card, await service.newCustomer());
    await unlink(account);
    expect(await refusedUnlink({ id: account.id, version: 2 })).toMatchObject({
      code: 'CONFLICT',
      current: { id: account.id, version: 2 },
    });
    expect(await refusedUnlink({ id: `account_${randomUUID()}`, version: 1 })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await refusedUnlink(card)).toMatchObject(wrong('input.id', 'ID'));
    const { problems } = await refusedUnlink({ id: 'x', version: 0 });
    expect(problems?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'input.id ID',
      'input.version VERSION',
    ]);
    const another = await service.link(card, await service.newCustomer());
    expect(await refusedUnlink({ id: another.id, version: 3 })).toMatchObject(
      wrong('input.version', 'VERSION'),
    );
  });
});

describe('an account whose id no customer of the ERP can have', () => {
  it('fails what the ERP would tell of it by name, as a fault of the link, and shows that it has no customer', async () => {
    await service.crm.erpAccounts.link(developmentUser, {
      clientId: card.id,
      companyKey: 'main',
      customerId: 'abc',
    });
    const { data, errors } = await service.graphql(
      `query ($id: ID!) { client(id: $id) {
        erpAccounts { customerId customer { name } }
        orders { nodes { id } } counted: payments { totalCount } balances { items { currency } } topProducts { items { productName } }
      } }`,
      { id: card.id },
    );
    expect(data).toEqual({
      client: {
        erpAccounts: [{ customerId: 'abc', customer: null }],
        orders: null,
        counted: null,
        balances: null,
        topProducts: null,
      },
    });
    expect(errors.map(({ extensions }) => extensions)).toEqual(
      Array.from({ length: 4 }, () => ({ code: 'NOT_FOUND', company: 'main', customerId: 'abc' })),
    );
  });
});
