/** The ERP customers of the cards that somebody sees, one company's after the other in the order of their ids: what exports of ERPs go along. */
import type { RunQuery } from '../crm-database/run-query.ts';
import { amongOwn, type Sight } from '../reads/own-cards.ts';
import { binder } from '../reads/page-rows.ts';
import type { LinkedCustomer } from './export-set.ts';

export interface CustomersQuestion {
  readonly company: string;
  /** The bare key of a card; all cards when not given. */
  readonly client: string | undefined;
  /** The bare key of a card type. */
  readonly cardType: string | undefined;
  /** Only this one. */
  readonly customer: string | undefined;
  readonly sight: Sight | undefined;
  /** The customer to begin with. */
  readonly from: string | undefined;
  /** RFC 3339 in UTC. */
  readonly since: string | undefined;
}

/** `card` is the expression of a card's key. */
export const ofCardType = (card: string, cardType: string): string =>
  `EXISTS (SELECT FROM client typed WHERE typed.id = ${card} AND typed.card_type_id = ${cardType})`;

/** As many as one statement to the ERP takes the first rows of. */
const batchSize = 32;

/** Byte by byte, whatever the database's own order of letters is: it must be the same for good, and after an upgrade, too. */
const order = 't.customer_id COLLATE "C"';

/** Linked or handed over, or back with its card. */
const linkedSince = (instant: string): string =>
  `(t.updated_at >= ${instant} OR EXISTS (SELECT FROM change c WHERE c.client_id = t.client_id AND c.at >= ${instant}
    AND c.record_type = 'CLIENT' AND c.action IN ('RESTORED', 'MERGED', 'UNMERGED')))`;

interface Beginning {
  readonly customerId: string;
  readonly sign: '>' | '>=';
}

/** Live accounts of live cards only, as everywhere: an ERP's record is seen through a card. */
function accounts(
  { company, client, cardType, customer, sight, since }: CustomersQuestion,
  begin: Beginning | undefined,
): { readonly from: string; readonly anew: string; readonly values: readonly unknown[] } {
  const { bind, values } = binder();
  const anew = since === undefined ? 'false' : linkedSince(bind(since, 'timestamptz'));
  const conditions = [
    't.deleted_at IS NULL',
    `t.company_key = ${bind(company, 'text')}`,
    ...(client === undefined ? [] : [`t.client_id = ${bind(client, 'uuid')}`]),
    ...(cardType === undefined ? [] : [ofCardType('t.client_id', bind(cardType, 'uuid'))]),
    ...(customer === undefined ? [] : [`t.customer_id = ${bind(customer, 'text')}`]),
    ...(begin ? [`${order} ${begin.sign} ${bind(begin.customerId, 'text')}`] : []),
    'EXISTS (SELECT FROM client live WHERE live.id = t.client_id AND live.deleted_at IS NULL)',
    ...amongOwn('t.client_id', sight, bind),
  ];
  return { from: `FROM erp_account t WHERE ${conditions.join(' AND ')}`, anew, values };
}

const beginning = ({ from }: CustomersQuestion): Beginning | undefined =>
  from === undefined ? undefined : { customerId: from, sign: '>=' };

export async function countLinkedCustomers(run: RunQuery, question: CustomersQuestion): Promise<number> {
  const { from, values } = accounts({ ...question, since: undefined }, beginning(question));
  const [counted] = await run<{ count: number }>({
    name: '',
    text: `SELECT count(*)::int AS count ${from}`,
    values,
  });
  return counted?.count ?? 0;
}

export async function* linkedCustomers(
  run: RunQuery,
  question: CustomersQuestion,
): AsyncGenerator<readonly LinkedCustomer[]> {
  let begin = beginning(question);
  for (;;) {
    const { from, anew, values } = accounts(question, begin);
    const customers = await run<LinkedCustomer>({
      name: '',
      text: `SELECT t.customer_id AS "customerId", 'client_' || t.client_id AS "clientId", ${anew} AS anew ${from} ORDER BY ${order} LIMIT ${batchSize}`,
      values,
    });
    if (customers.length > 0) yield customers;
    const last = customers.at(-1);
    if (!last || customers.length < batchSize) return;
    begin = { customerId: last.customerId, sign: '>' };
  }
}
