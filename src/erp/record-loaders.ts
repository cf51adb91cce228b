/**
 * Loaders over ERP records: single ones by id, and those that belong to others, such as lines. Keys are the ids of
 * record-key.ts; one tick's loads become one statement per company.
 */
import { perRequest } from '../request.ts';
import type { Companies, Company } from './companies.ts';
import type { Outcome } from './customer-list.ts';
import { parseErpId, type ErpKind } from './record-key.ts';
import type { Key } from './key-list.ts';
import { readRelated, type Declaration, type OrderColumn, type RelatedRow } from './related-read.ts';

interface Wanted {
  readonly id: string;
  readonly key: Key;
}

/** Each company asked once for its own ids; ids of no company, or that are none at all, are left out. */
export async function askByCompany<Value>(
  companies: Companies,
  kind: ErpKind,
  ids: readonly string[],
  ask: (company: Company, wanted: readonly Wanted[]) => Promise<readonly Outcome<Value>[]>,
): Promise<ReadonlyMap<string, Outcome<Value>>> {
  const wantedOf = new Map<Company, Wanted[]>();
  for (const id of ids) {
    const parsed = parseErpId(id);
    const company = parsed?.kind === kind ? companies.find(parsed.company) : undefined;
    if (!parsed || !company) continue;
    wantedOf.set(company, [...(wantedOf.get(company) ?? []), { id, key: parsed.key }]);
  }
  const outcomes = new Map<string, Outcome<Value>>();
  await Promise.all(
    [...wantedOf].map(async ([company, wanted]) => {
      try {
        const values = await ask(company, wanted);
        for (const [index, value] of values.entries()) outcomes.set(wanted[index]?.id ?? '', value);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        for (const { id } of wanted) outcomes.set(id, failure);
      }
    }),
  );
  return outcomes;
}

/** Rows of `declaration` for each parent, `by` being the columns that hold the parent's key. */
async function rowsOfParents<Fields>(
  company: Company,
  declaration: Declaration<Fields>,
  question: {
    readonly by: readonly string[];
    readonly keys: readonly Key[];
    readonly order: readonly OrderColumn[];
  },
  signal: AbortSignal,
): Promise<readonly Outcome<readonly RelatedRow<Fields>[]>[]> {
  const { by, keys, order } = question;
  const answer = await readRelated(
    company,
    declaration,
    { by, order, groups: keys.map((key) => [key]) },
    signal,
  );
  const rows: RelatedRow<Fields>[][] = keys.map(() => []);
  for (const row of answer.rows) rows[row.parent]?.push(row);
  return rows.map((own, parent) => answer.faults.get(parent) ?? own);
}

/** A loader by id; null where there is no such record. */
export function recordById<Fields, Row>(
  companies: Companies,
  kind: ErpKind,
  declaration: Declaration<Fields>,
  toRow: (read: RelatedRow<Fields>, company: Company) => Row,
) {
  return perRequest<string, Row | null>(async (ids, { signal }) => {
    const found = await askByCompany<Row | null>(companies, kind, ids, async (company, wanted) => {
      const question = { by: declaration.key, keys: wanted.map(({ key }) => key), order: [] };
      const outcomes = await rowsOfParents(company, declaration, question, signal);
      return outcomes.map((rows) => {
        if (rows instanceof Error) return rows;
        const [row] = rows;
        return row ? toRow(row, company) : null;
      });
    });
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** A loader of what belongs to the records of `kind`, by their ids. */
export function recordsOf<Fields, Row>(
  companies: Companies,
  kind: ErpKind,
  declaration: Declaration<Fields>,
  relation: { readonly by: readonly string[]; readonly order: readonly OrderColumn[] },
  toRow: (read: RelatedRow<Fields>, company: Company) => Row,
) {
  return perRequest<string, readonly Row[]>(async (ids, { signal }) => {
    const found = await askByCompany<readonly Row[]>(companies, kind, ids, async (company, wanted) => {
      const question = { ...relation, keys: wanted.map(({ key }) => key) };
      const outcomes = await rowsOfParents(company, declaration, question, signal);
      return outcomes.map((rows) => (rows instanceof Error ? rows : rows.map((row) => toRow(row, company))));
    });
    return ids.map((id) => found.get(id) ?? new Error(`${id} is no id of a ${kind}`));
  });
}
