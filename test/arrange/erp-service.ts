/** The service over ERPs of a test's own, with their customers; and the two mutations that link cards to them. */
import type { TestService, TestServiceOptions } from './service.ts';
import { startTestService } from './service.ts';
import { makeCardTypes, type Written } from './cards.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

const customer = (id: string): string =>
  `INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (${id}, N'K', N'Trzewik', 0);`;
const order = (id: string): string =>
  `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
   VALUES (0, ${id}, ${id}, N'ZS/1', '2026-01-02', 'OPEN', 'PLN');`;

/** Keys in a column that fills them up with blanks. */
const filledKeys = `DROP TABLE kartoteka.customer;
GO
CREATE TABLE kartoteka.customer (customer_id char(10) NOT NULL PRIMARY KEY, code nvarchar(50) NOT NULL, name nvarchar(400) NOT NULL,
  tax_id varchar(20), street nvarchar(200), postal_code nvarchar(20), city nvarchar(100), country char(2), email nvarchar(200),
  phone nvarchar(60), credit_limit decimal(19,4), credit_currency char(3), payment_days int, blocked bit NOT NULL);
GO
${customer("'AB-1'")}`;

export const linkMutation = `mutation ($input: LinkErpAccountInput!) {
  account: linkErpAccount(input: $input) { id version companyKey customerId company { key } customer { name client { id } } }
}`;
export const unlinkMutation = 'mutation ($input: VersionedId!) { unlinked: unlinkErpAccount(input: $input) }';

export interface Account extends Written {
  readonly customerId: string;
}

export interface ErpService extends TestService {
  readonly erp: Erp;
  /** A customer of its own for each test in the company main, with one order of the same number; answers its id. */
  newCustomer(): Promise<string>;
  link(card: Written, customerId: string, company?: string): Promise<Account>;
  nodeOf(id: string): Promise<unknown>;
  /** The card's accounts, and its orders with the card they lead back to. */
  accountsOf(card: Written): Promise<unknown>;
}

/** The companies main, texts, filled and bare: keys are numbers, texts, texts filled with blanks; the last has no customers. */
export async function startErpService(
  options: Pick<TestServiceOptions, 'callers'> = {},
): Promise<ErpService> {
  const erp = await startErp();
  const companies = await Promise.all([
    erp.company('main', { fill: customer('7') }),
    erp.company('texts', { keys: 'texts', fill: customer("'Żuk'") }),
    erp.company('filled', { fill: filledKeys }),
    erp.company('bare', { without: ['customer'] }),
  ]);
  const service = await startTestService({ ...options, companies });
  await makeCardTypes(service);
  let lastCustomer = 100;
  return {
    ...service,
    erp,
    async newCustomer() {
      const id = String((lastCustomer += 1));
      await erp.fill('main', `${customer(id)} ${order(id)}`);
      return id;
    },
    async link(card, customerId, company = 'main') {
      const input = { clientId: card.id, company, customerId };
      return (await service.ask<{ account: Account }>(linkMutation, { input })).account;
    },
    async nodeOf(id) {
      const query = 'query ($id: ID!) { node(id: $id) { __typename id } }';
      return (await service.ask<{ node: unknown }>(query, { id })).node;
    },
    async accountsOf({ id }) {
      const query =
        'query ($id: ID!) { client(id: $id) { erpAccounts { id } orders { nodes { id client { id } } } } }';
      return (await service.ask<{ client: unknown }>(query, { id })).client;
    },
    async close() {
      await service.close();
      await erp.close();
    },
  };
}
