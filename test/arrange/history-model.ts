/** A client's history worked out by hand: the lists that the API has of everything, put together and sorted. */
import { bare, type Written } from './cards.ts';
import type { TestService } from './service.ts';

export const kinds = ['CHANGE', 'NOTE', 'ATTACHMENT', 'EVENT', 'ORDER', 'INVOICE', 'PAYMENT'] as const;
export type Kind = (typeof kinds)[number];

export interface Entry {
  readonly at: string;
  readonly kind: Kind;
  readonly title: string;
  readonly actor: string | null;
  readonly record: { readonly id: string } | null;
}
interface Place {
  readonly service: Pick<TestService, 'ask' | 'dataSource'>;
  readonly card: Written;
}

/** Noon in Warsaw, as the clocks were set in these years. */
export const noon = (day: string): string => {
  const date = new Date(`${day}T12:00:00Z`);
  const hours = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', hour: '2-digit', hourCycle: 'h23' }).format(
      date,
    ),
  );
  return new Date(date.getTime() - (hours - 12) * 3_600_000).toISOString();
};

interface Listed {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
/** All of one list of the card, in its own order. */
export async function all(
  { service, card }: Place,
  list: string,
  fields: string,
): Promise<Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: { client: Record<string, Listed> } = await service.ask(
      `query ($id: ID!, $after: String) { client(id: $id) { ${list}(first: 200, after: $after) { nodes { id ${fields} } pageInfo { hasNextPage endCursor } } } }`,
      { id: card.id, after },
    );
    const page = answer.client[list];
    if (!page) throw new Error(`no ${list}`);
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return rows;
    after = page.pageInfo.endCursor;
  }
}

export const text = (value: unknown): string => value as string;
const entry = (kind: Kind, at: string, title: string, id: unknown, actor: unknown = null): Entry => ({
  at,
  kind,
  title,
  actor: actor as string | null,
  record: { id: text(id) },
});

/** Rows of one instant keep the order of their source; those of the CRM come by their keys, greatest first. */
const byKey = (left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>) =>
  text(left['id']) < text(right['id']) ? 1 : -1;

export async function historyModel(place: Place): Promise<Entry[]> {
  const { service, card } = place;
  const changes = await service.dataSource.query<
    { at: string; actor: string; type: string; key: string; action: string; names: string | null }[]
  >(
    `SELECT at, actor, record_type AS type, record_id AS key, action,
       (SELECT string_agg(f.step->>'name', ', ' ORDER BY f.n) FROM jsonb_array_elements(fields) WITH ORDINALITY f(step, n)) AS names
     FROM change WHERE client_id = $1 ORDER BY id DESC`,
    [bare(card.id)],
  );
  const prefixes: Readonly<Record<string, string>> = {
    CLIENT: 'client',
    CONTACT: 'contact',
    NOTE: 'note',
    EVENT: 'event',
    ATTACHMENT: 'attachment',
    ERP_ACCOUNT: 'account',
    DELIVERY_PLACE: 'place',
    RECIPIENT: 'recipient',
  };
  const [notes, attachments, events, orders, invoices, payments] = await Promise.all([
    all(place, 'notes', 'text createdAt createdBy'),
    all(place, 'attachments', 'fileName createdAt createdBy'),
    all(place, 'events', 'subject startsAt createdBy'),
    all(place, 'orders', 'number orderedOn'),
    all(place, 'invoices', 'number issuedOn'),
    all(place, 'payments', 'paidOn reference amount { amount currency }'),
  ]);
  const entries = [
    ...changes
      .filter(({ type, action }) => !(action === 'CREATED' && ['NOTE', 'EVENT', 'ATTACHMENT'].includes(type)))
      .map(({ at, actor, type, key, action, names }) =>
        entry(
          'CHANGE',
          at,
          `${type} ${action}${action === 'UPDATED' && names ? `: ${names}` : ''}`,
          `${prefixes[type] ?? '?'}_${key}`,
          actor,
        ),
      ),
    ...notes
      .toSorted(byKey)
      .map((row) =>
        entry(
          'NOTE',
          text(row['createdAt']),
          text(row['text']).replace(/\s*\n[^]*$/, ' …'),
          row['id'],
          row['createdBy'],
        ),
      ),
    ...attachments
      .toSorted(byKey)
      .map((row) =>
        entry('ATTACHMENT', text(row['createdAt']), text(row['fileName']), row['id'], row['createdBy']),
      ),
    ...events
      .toSorted(byKey)
      .map((row) => entry('EVENT', text(row['startsAt']), text(row['subject']), row['id'], row['createdBy'])),
    ...orders.map((row) => entry('ORDER', noon(text(row['orderedOn'])), text(row['number']), row['id'])),
    ...invoices.map((row) => entry('INVOICE', noon(text(row['issuedOn'])), text(row['number']), row['id'])),
    ...payments.map((row) => {
      const { amount, currency } = row['amount'] as { amount: string; currency: string };
      const reference = row['reference'] === null ? '' : `, ${text(row['reference'])}`;
      return entry('PAYMENT', noon(text(row['paidOn'])), `${amount} ${currency}${reference}`, row['id']);
    }),
  ];
  return entries.toSorted(
    (left, right) =>
      (left.at < right.at ? 1 : left.at > right.at ? -1 : 0) ||
      kinds.indexOf(left.kind) - kinds.indexOf(right.kind),
  );
}
