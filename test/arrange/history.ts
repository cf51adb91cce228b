/** The service over three companies, whose customer 7 has one document of each kind, and histories of cards. */
import { randomUUID } from 'node:crypto';
import { developmentUser } from '../../src/users/development-user.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';
import { callersByHeader, callerWith, type RoleName } from './callers.ts';
import { makeCardTypes, type Written } from './cards.ts';
import { startTestService, type Caller, type TestService } from './service.ts';

const documents = `
INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (7, N'K', N'Trzewik', 0);
INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
  VALUES (0, 1, 7, N'ZS/1', '2026-01-02', 'OPEN', 'PLN');
INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, remaining, counts_in_sales, cancelled)
  VALUES (0, 1, 7, 'INVOICE', N'FS/1', '2026-07-03', 'PLN', 1, 0, 1, 0, 1, 0), (0, 2, 7, 'INVOICE', N'FS/2', '2026-07-03', 'PLN', 1, 0, 1, 0, 1, 1);
INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency, reference)
  VALUES (0, 1, 7, '2026-02-04', 123.45, 0, 'PLN', N'za FS/1');`;

interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly title: string;
  readonly actor: string | null;
  readonly change: {
    readonly recordType: string;
    readonly action: string;
    readonly fields: readonly object[];
  } | null;
  readonly record: { readonly __typename: string; readonly id: string } | null;
}
export interface HistoryPage {
  readonly nodes: readonly Entry[];
  readonly missing: readonly string[];
  readonly totalCount: number | null;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

export const historyQuery = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime, $kinds: [HistoryKind!]) {
  client(id: $id) { history(first: $first, after: $after, from: $from, to: $to, kinds: $kinds) {
    nodes { at kind title actor change { recordType action fields { name before after } } record { __typename id } }
    missing totalCount pageInfo { endCursor hasNextPage }
  } } }`;

export interface HistoryService extends TestService {
  readonly erp: Erp;
  /** A user who sees what they look after, where their role says so. */
  readonly userKey: string;
  as(role: RoleName): Caller;
  historyOf(card: { id: string }, given?: object, caller?: Caller): Promise<HistoryPage>;
  /** With the company's customer 7. */
  link(card: Written, companyKey: string): Promise<unknown>;
  /** Every card. */
  unlink(): Promise<void>;
}

export const titles = ({ nodes }: HistoryPage): string[] =>
  nodes.map(({ kind, title }) => `${kind} ${title}`);

/** The company bare has no payments. */
export async function startHistoryService(): Promise<HistoryService> {
  const erp = await startErp();
  const companies = await Promise.all([
    erp.company('main', { fill: documents }),
    erp.company('branch', { fill: documents }),
    erp.company('bare', { fill: documents, without: ['payment'] }),
  ]);
  const service = await startTestService({ companies, callers: callersByHeader });
  const userKey = randomUUID();
  await service.dataSource.query(
    "INSERT INTO user_account (id, name, active) VALUES ($1, 'Agata Żurek', true)",
    [userKey],
  );
  await makeCardTypes(service);
  return {
    ...service,
    erp,
    userKey,
    as: (role) => callerWith(service, role, userKey),
    async historyOf({ id }, given = {}, caller = service) {
      const asked = await caller.ask<{ client: { history: HistoryPage } }>(historyQuery, { id, ...given });
      return asked.client.history;
    },
    link: (card, companyKey) =>
      service.crm.erpAccounts.link(developmentUser, { clientId: card.id, companyKey, customerId: '7' }),
    unlink: async () => void (await service.dataSource.query('UPDATE erp_account SET deleted_at = now()')),
    async close() {
      await service.close();
      await erp.close();
    },
  };
}
