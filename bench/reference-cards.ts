/** The CRM's part of the limit: one statement a question, and the JSON text comes out of PostgreSQL. */

export interface CardRow {
  /** The card as JSON text. */
  readonly body: string;
  /** Its ERP accounts, by company and customer. */
  readonly accounts: readonly ErpAccount[];
}

interface ErpAccount {
  readonly company: string;
  readonly customer: string;
}

/** row_to_json and not json_build_object: it writes no blanks. */
const object = (columns: string): string => `(SELECT row_to_json(o) FROM (SELECT ${columns}) o)`;

const nodes = (columns: string, from: string): string => `(SELECT row_to_json(p) FROM (
    SELECT coalesce(json_agg(row_to_json(r)), '[]') AS nodes FROM (SELECT ${columns} FROM ${from} LIMIT 50) r) p)`;

const instant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const address = (row: string): string =>
  object(`${row}.street, ${row}.postal_code AS "postalCode", ${row}.city, ${row}.country`);

const contacts = nodes(
  `'contact_' || k.id AS id, k.first_name AS "firstName", k.last_name AS "lastName", k.position, k.department, k.email,
   k.phone, k.mobile, k.id IS NOT DISTINCT FROM c.primary_contact_id AS primary`,
  'contact k WHERE k.client_id = c.id AND k.deleted_at IS NULL ORDER BY k.last_name, k.first_name, k.id',
);

const places = nodes(
  `'place_' || d.id AS id, d.code, d.name, ${address('d')} AS address, d.contact_name AS "contactName", d.phone,
   d.opening_hours AS "openingHours"`,
  'delivery_place d WHERE d.client_id = c.id AND d.deleted_at IS NULL ORDER BY d.code, d.id',
);

const card = `(SELECT row_to_json(card) FROM (SELECT 'client_' || c.id AS id, c.code, c.active, c.short_name AS "shortName",
  c.full_name AS "fullName", c.tax_id AS "taxId", c.regon, c.phone, c.mobile, c.email, c.website,
  ${instant('c.created_at')} AS "createdAt", ${address('c')} AS address,
  ${contacts} AS contacts, ${places} AS "deliveryPlaces") card)::text AS body`;

const accounts = `(SELECT coalesce(json_agg(row_to_json(r)), '[]') FROM (SELECT a.company_key AS company, a.customer_id AS customer
  FROM erp_account a WHERE a.client_id = c.id AND a.deleted_at IS NULL ORDER BY a.company_key, a.customer_id) r) AS accounts`;

export const cardStatement = {
  name: 'card',
  text: `SELECT ${card}, ${accounts} FROM client c WHERE c.id = $1`,
};

const sorts = {
  SHORT_NAME: { column: 'short_name', type: 'text' },
  CREATED_AT: { column: 'created_at', type: 'timestamptz' },
} as const;

export interface ListWish {
  readonly first: number;
  readonly after: readonly [value: string, key: string] | null;
}

export function listStatement(order: keyof typeof sorts, { first, after }: ListWish) {
  const { column, type } = sorts[order];
  const beyond = after ? `AND (c.${column}, c.id) > ($2::${type}, $3::uuid)` : '';
  const cut = `SELECT * FROM client c WHERE c.deleted_at IS NULL ${beyond} ORDER BY c.${column}, c.id LIMIT $1`;
  return {
    name: `list by ${column}${after ? ' after' : ''}`,
    text: `SELECT ${card}, ${accounts} FROM (${cut}) c ORDER BY c.${column}, c.id`,
    values: [first, ...(after ?? [])],
  };
}

const flatRow = `row_to_json((SELECT f FROM (SELECT 'client_' || c.id AS id, c.code, c.active, c.short_name AS "shortName",
  c.full_name AS "fullName", c.tax_id AS "taxId", c.phone, c.email, c.website, ${instant('c.created_at')} AS "createdAt") f))::text`;

/** A thousand clients by name as one text: five pages of two hundred, under the names that the question gives them. */
export const flatStatement = {
  name: 'flat',
  text: `SELECT string_agg('"p' || page || '":{"nodes":[' || rows || ']}', ',' ORDER BY page) AS body
    FROM (SELECT (n - 1) / 200 + 1 AS page, string_agg(body, ',' ORDER BY n) AS rows
      FROM (SELECT row_number() OVER (ORDER BY c.short_name, c.id) AS n, ${flatRow} AS body
        FROM (SELECT * FROM client WHERE deleted_at IS NULL ORDER BY short_name, id LIMIT 1000) c) r
      GROUP BY 1) p`,
};
