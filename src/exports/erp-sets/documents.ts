/** Documents of customers, read one customer after the other, and what hangs on the documents: their lines. */
import type { Company } from '../../erp/companies.ts';
import { instant, optional, record, type Shape } from '../../erp/columns.ts';
import { walkCustomers } from '../../erp/customer-walk.ts';
import { dayConditions } from '../../erp/filter-conditions.ts';
import type { Key } from '../../erp/key-list.ts';
import { readRelated, type Declaration, type OrderColumn, type RelatedRow } from '../../erp/related-read.ts';
import { bracketed, type Parameters } from '../../erp/statement.ts';
import type { ErpQuestion, LinkedCustomer } from '../export-set.ts';
import type { OfCustomer } from './erp-set.ts';

const modifiedColumn = 'modified_at';

export interface Documents<Fields> {
  readonly declaration: Declaration<Fields>;
  /** The day that `from` and `to` are about. */
  readonly day: string;
  /** Whether the ERP keeps when a row was changed, so that `updatedSince` can be asked. */
  readonly modified: boolean;
}

export interface Document<Fields> extends OfCustomer {
  readonly fields: Fields;
}

/** The record as the API reads it, and when the ERP last changed it. */
export const withModified = <Fields, More extends Readonly<Record<string, Shape<unknown>>>>(
  { view, key, fields }: Declaration<Fields>,
  more: More,
) => {
  const shape = record({ ...more, modifiedAt: optional(instant(modifiedColumn)), own: fields });
  return { view, key, fields: shape };
};

/** What the ERP does not say when it was changed may have been: it is told each time, unless it is not wanted. */
function changedSince(since: string, datedOnly: boolean, parameters: Parameters): string {
  const bound = parameters.bind({ name: 'varchar', length: 33 }, since.replace('Z', ''));
  const column = `v.${bracketed(modifiedColumn)}`;
  const changed = `${column} >= CONVERT(datetime2(3), ${bound}, 126)`;
  return datedOnly ? changed : `(${changed} OR ${column} IS NULL)`;
}

const narrowing =
  <Fields>({ day, modified }: Documents<Fields>, { from, to, updatedSince, datedOnly }: ErpQuestion) =>
  (parameters: Parameters) => ({
    joins: '',
    conditions: [
      ...dayConditions(day, { gte: from ?? null, lt: to ?? null }, parameters),
      ...(modified && updatedSince !== undefined ? [changedSince(updatedSince, datedOnly, parameters)] : []),
    ],
  });

const needsOf = <Fields>({ day, modified }: Documents<Fields>): readonly string[] => [
  day,
  'customer_id',
  ...(modified ? [modifiedColumn] : []),
];

export const offered =
  (...needed: readonly { readonly view: string; readonly columns: readonly string[] }[]) =>
  async (company: Company, _asOf: string | undefined, signal: AbortSignal): Promise<void> => {
    await Promise.all(needed.map(({ view, columns }) => company.catalogue.view(view, columns, signal)));
  };

export const neededOf = <Fields>(documents: Documents<Fields>) => ({
  view: documents.declaration.view,
  columns: [...documents.declaration.key, ...needsOf(documents)],
});

const byId = (customers: readonly LinkedCustomer[]) =>
  new Map(customers.map((customer) => [customer.customerId, customer]));

export async function* readDocuments<Fields>(
  documents: Documents<Fields>,
  question: ErpQuestion,
  inclusive = false,
): AsyncGenerator<readonly Document<Fields>[]> {
  const { company, customers, after, signal } = question;
  const known = byId(customers);
  const batches = walkCustomers(
    company,
    documents.declaration,
    {
      customers: customers.map(({ customerId }) => customerId),
      customerColumn: 'customer_id',
      narrow: narrowing(documents, question),
      needs: needsOf(documents),
      from: after && { key: after, inclusive },
    },
    signal,
  );
  for await (const batch of batches)
    yield batch.flatMap(({ customerId, row }) => {
      const customer = known.get(customerId);
      return customer ? [{ customer, key: row.key, fields: row.fields }] : [];
    });
}

export interface Line<Fields, Header> extends OfCustomer {
  readonly document: Document<Header>;
  readonly line: RelatedRow<Fields>;
}

/** So many documents' lines in one statement. */
const documentsAtOnce = 128;
const inLineOrder: readonly OrderColumn[] = [{ column: 'line_no', direction: 'ASC' }];

/** Lines go along their documents; a cursor is the document's key and the line's last column. */
export async function* readLines<Fields, Header>(
  documents: Documents<Header>,
  lines: Declaration<Fields>,
  question: ErpQuestion,
): AsyncGenerator<readonly Line<Fields, Header>[]> {
  const { after } = question;
  const begin = after && { document: after.slice(0, -1), line: after.at(-1) ?? '' };
  for await (const batch of readDocuments(documents, { ...question, after: begin?.document }, true))
    for (let place = 0; place < batch.length; place += documentsAtOnce) {
      const some = batch.slice(place, place + documentsAtOnce);
      const read = await linesOf(some, documents.declaration.key, lines, question);
      yield begin ? read.filter((line) => isBeyond(line, begin)) : read;
    }
}

interface Begin {
  readonly document: Key;
  readonly line: string;
}

/** Within the document that an export broke off in, the lines that were told already are left out. */
const isBeyond = <Fields, Header>({ document, key }: Line<Fields, Header>, begin: Begin): boolean =>
  document.key.some((part, place) => part !== begin.document[place]) ||
  Number(key.at(-1)) > Number(begin.line);

async function linesOf<Fields, Header>(
  documents: readonly Document<Header>[],
  by: readonly string[],
  lines: Declaration<Fields>,
  { company, signal }: ErpQuestion,
): Promise<readonly Line<Fields, Header>[]> {
  const { rows, faults } = await readRelated(
    company,
    lines,
    { by, groups: documents.map(({ key }) => [key]), order: inLineOrder },
    signal,
  );
  const [fault] = faults.values();
  if (fault) throw fault;
  const ofDocument = Map.groupBy(rows, ({ parent }) => parent);
  return documents.flatMap((document, place) =>
    (ofDocument.get(place) ?? []).map((line) => ({
      customer: document.customer,
      document,
      line,
      key: [...document.key, line.key.at(-1) ?? ''],
    })),
  );
}
