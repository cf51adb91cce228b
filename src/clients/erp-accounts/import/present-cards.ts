/** Which cards a customer of an ERP may have already. Asked within a transaction, and of all cards: imports are for whoever sees them all. */
import type { Writing } from '../../../changes/writing.ts';

/** Any number, but always this one, and no other lock's. */
const taxIdLocks = 7_423_905;

/**
 * Held until the transaction ends, in one order for all: where branches may share a tax id no index keeps two imports from making
 * two cards with it.
 */
export async function lockTaxIds({ run }: Writing, taxIds: readonly string[]): Promise<void> {
  await run({
    name: '',
    text: `SELECT pg_advisory_xact_lock(${taxIdLocks}, hashtext(given.tax_id))
      FROM (SELECT DISTINCT tax_id FROM unnest($1::text[]) AS tax_id ORDER BY tax_id) AS given`,
    values: [taxIds],
  });
}

/** Key of the card that the customer is linked to. */
export async function accountOf(
  { run }: Writing,
  companyKey: string,
  customerId: string,
): Promise<string | undefined> {
  const [row] = await run<{ key: string }>({
    name: '',
    text: `SELECT client_id AS key FROM erp_account WHERE company_key = $1 AND customer_id = $2 AND deleted_at IS NULL`,
    values: [companyKey, customerId],
  });
  return row?.key;
}

interface CardsWithTaxId {
  readonly live: readonly string[];
  readonly deleted: readonly string[];
}

/** Merged cards count as the ones they were merged into. */
export async function cardsWithTaxId({ run }: Writing, taxId: string): Promise<CardsWithTaxId> {
  const rows = await run<{ key: string; deleted: boolean }>({
    name: '',
    text: `WITH RECURSIVE found AS (
        SELECT id, merged_into_id, deleted_at FROM client WHERE tax_id = $1
        UNION SELECT c.id, c.merged_into_id, c.deleted_at FROM found f JOIN client c ON c.id = f.merged_into_id)
      SELECT id AS key, deleted_at IS NOT NULL AS deleted FROM found WHERE merged_into_id IS NULL ORDER BY id`,
    values: [taxId],
  });
  const keysOf = (deleted: boolean) => rows.filter((row) => row.deleted === deleted).map(({ key }) => key);
  return { live: keysOf(false), deleted: keysOf(true) };
}

/** Live cards with a similar name in the same town; in any, where none is known. */
export async function cardsLike({ run }: Writing, name: string, town: string | null): Promise<string[]> {
  const rows = await run<{ key: string }>({
    name: '',
    text: `SELECT client_id AS key FROM cards_named_like($1, $2) JOIN client c ON c.id = client_id
      WHERE c.deleted_at IS NULL ORDER BY likeness DESC, client_id LIMIT 5`,
    values: [name, town?.trim() ?? ''],
  });
  return rows.map(({ key }) => key);
}
