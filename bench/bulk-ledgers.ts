/**
 * Three customers more in each of the sandbox's companies: one with 300,000 invoices, as many settlements and nearly as many payments
 * and matches, and two with thirty, made by the same formulas and so the same at every run; and a card for each, but one for the
 * third of both companies. They go
 * straight into the PostgreSQL beneath the sandbox: through T-SQL they would take minutes.
 */
import pg from 'pg';

const manyInvoices = 300_000;
const fewInvoices = 30;

/** How a company's tables are filled; `n` counts the documents of one customer, `base` sets them apart from all others. */
interface LedgerPlan {
  readonly company: string;
  readonly database: string;
  readonly inserts: (customer: Customer) => readonly string[];
}

interface Customer {
  /** As the company's ERP writes it. */
  readonly id: string;
  readonly base: number;
  readonly count: number;
}

/** Ten years of days, the documents spread over them evenly: the many have about eighty on each. */
const dayOf = ({ count }: Customer): string => `(date '2016-07-01' + (n::bigint * 3650 / ${count})::int)`;
const grossOf = '(100 + n % 900 + (n % 100) / 100.0)';
const netOf = `round(${grossOf} / 1.23, 4)`;
/** The last hundredth part is open. */
const openFrom = ({ count }: Customer): number => count - Math.ceil(count / 100);
const leftOf = (customer: Customer): string =>
  `CASE WHEN n > ${openFrom(customer)} THEN ${grossOf} ELSE 0 END`;
const each = ({ count }: Customer): string => `FROM generate_series(1, ${count}) AS n`;
const paid = (customer: Customer): string => `${each(customer)} WHERE n <= ${openFrom(customer)}`;

const inPolish = (customer: Customer): readonly string[] => {
  const { id, base } = customer;
  const [key, day, left] = [`${base} + n`, dayOf(customer), leftOf(customer)];
  const name = `'Pomiar ${customer.id}'`;
  return [
    `INSERT INTO dbo.kontrahent (kontrahent_id, akronim, nazwa1, kraj, zablokowany) VALUES (${id}, ${name}, ${name}, 'PL', 0)`,
    `INSERT INTO dbo.zamowienie (zamowienie_id, kontrahent_id, numer, data_zamowienia, stan, waluta, netto, brutto)
     SELECT ${key}, ${id}, 'ZP/' || (${key}), ${day}, 3, 'PLN', ${netOf}, ${grossOf} ${each(customer)}`,
    `INSERT INTO dbo.dokument (dokument_id, platnik_id, rodzaj, numer, data_wystawienia, data_sprzedazy, termin, waluta, netto, vat,
       brutto, pozostaje, netto_pln, vat_pln, brutto_pln, poza_sprzedaza, anulowany)
     SELECT ${key}, ${id}, 'FS', 'FP/' || (${key}), ${day}, ${day}, ${day} + 30, 'PLN', ${netOf}, ${grossOf} - ${netOf},
       ${grossOf}, ${left}, ${netOf}, ${grossOf} - ${netOf}, ${grossOf}, 0, 0 ${each(customer)}`,
    `INSERT INTO dbo.dokument_pozycja (dokument_id, lp, towar_id, ilosc, cena_netto, wartosc_netto, stawka_vat)
     SELECT ${key}, 1, t.goods[1 + n % cardinality(t.goods)], 1, ${netOf}, ${netOf}, '23'
     FROM (SELECT array_agg(towar_id ORDER BY towar_id) AS goods FROM dbo.towar) AS t, generate_series(1, ${customer.count}) AS n`,
    `INSERT INTO dbo.platnosc (platnosc_id, kontrahent_id, data_platnosci, kwota, nierozliczone, waluta, forma)
     SELECT ${key}, ${id}, ${day} + 20, ${grossOf}, 0, 'PLN', 1 ${paid(customer)}`,
    `INSERT INTO dbo.rozrachunek (rozrachunek_id, rata, kontrahent_id, strona, dokument_id, numer_dokumentu, data_wystawienia, termin,
       kwota, pozostaje, waluta)
     SELECT ${key}, 1, ${id}, 'N', ${key}, 'FP/' || (${key}), ${day}, ${day} + 30, ${grossOf}, ${left}, 'PLN' ${each(customer)}`,
    `INSERT INTO dbo.rozliczenie (rozrachunek_id, rata, lp, kontrahent_id, platnosc_id, kwota, data_rozliczenia)
     SELECT ${key}, 1, 1, ${id}, ${key}, ${grossOf}, ${day} + 20 ${paid(customer)}`,
  ];
};

const inEnglish = (customer: Customer): readonly string[] => {
  const { base } = customer;
  const [id, key, day, left] = [`'${customer.id}'`, `${base} + n`, dayOf(customer), leftOf(customer)];
  const name = `'Measured ${customer.id}'`;
  return [
    `INSERT INTO dbo."Debtor" ("DebtorNo", "SearchName", "Name", "CountryCode", "IsBlocked") VALUES (${id}, ${name}, ${name}, 'DE', 0)`,
    `INSERT INTO dbo."OrderHeader" ("Series", "OrderNo", "DebtorNo", "OrderDate", "StateCode", "CurrencyCode", "NetAmount", "GrossAmount")
     SELECT 'BENCH', ${key}, ${id}, ${day}, 'D', 'EUR', ${netOf}, ${grossOf} ${each(customer)}`,
    `INSERT INTO dbo."DocHeader" ("Series", "DocNo", "DebtorNo", "DocKind", "PrintedNo", "DocDate", "SaleDate", "DueDate", "CurrencyCode",
       "NetAmount", "VatAmount", "GrossAmount", "NetAmountLcy", "VatAmountLcy", "GrossAmountLcy", "IsVoid")
     SELECT 'BENCH', ${key}, ${id}, 'I', 'B/' || (${key}), ${day}, ${day}, ${day} + 30, 'EUR',
       ${netOf}, ${grossOf} - ${netOf}, ${grossOf}, ${netOf} * 4, (${grossOf} - ${netOf}) * 4, ${grossOf} * 4, 0 ${each(customer)}`,
    `INSERT INTO dbo."DocLine" ("Series", "DocNo", "DocLineNo", "ArticleNo", "Quantity", "UnitPrice", "LineAmount", "VatCode")
     SELECT 'BENCH', ${key}, 1, t.goods[1 + n % cardinality(t.goods)], 1, ${netOf}, ${netOf}, '23'
     FROM (SELECT array_agg("ArticleNo" ORDER BY "ArticleNo") AS goods FROM dbo."Article") AS t, generate_series(1, ${customer.count}) AS n`,
    `INSERT INTO dbo."BankEntry" ("Journal", "EntryNo", "DebtorNo", "EntryDate", "Amount", "OpenAmount", "CurrencyCode", "MethodCode")
     SELECT 'BENCH', ${key}, ${id}, ${day} + 20, ${grossOf}, 0, 'EUR', 'TRANSFER' ${paid(customer)}`,
    `INSERT INTO dbo."OpenItem" ("Series", "ItemNo", "Instalment", "DebtorNo", "IsPayable", "DocSeries", "DocNo", "PrintedNo", "ItemDate",
       "DueDate", "Amount", "OpenAmount", "CurrencyCode")
     SELECT 'BENCH', ${key}, 1, ${id}, 0, 'BENCH', ${key}, 'B/' || (${key}), ${day}, ${day} + 30, ${grossOf}, ${left}, 'EUR' ${each(customer)}`,
    `INSERT INTO dbo."ItemMatch" ("Series", "ItemNo", "Instalment", "MatchNo", "DebtorNo", "Journal", "EntryNo", "Amount", "MatchDate")
     SELECT 'BENCH', ${key}, 1, 1, ${id}, 'BENCH', ${key}, ${grossOf}, ${day} + 20 ${paid(customer)}`,
  ];
};

const plans: readonly LedgerPlan[] = [
  { company: 'main', database: 'sandbox_obuwie', inserts: inPolish },
  { company: 'export', database: 'sandbox_export', inserts: inEnglish },
];

const sizes = [
  { size: 'many', count: manyInvoices, base: 10_000_000 },
  { size: 'few', count: fewInvoices, base: 20_000_000 },
] as const;
const shared = { count: fewInvoices, base: 30_000_000 } as const;

/** Code of the card that has a customer with few invoices in each company. */
export const cardOfBoth = 'BENCH-LEDGER-both';

/** Codes of the card with many invoices and of the one with few, in each company. */
export interface LedgerCards {
  readonly company: string;
  readonly many: string;
  readonly few: string;
}

const codeOf = (company: string, size: string): string => `BENCH-LEDGER-${company}-${size}`;

/** Answers the cards by company. `urlOf` gives the address of one of PostgreSQL's databases, for a login that may do anything. */
export async function addBulkLedgers(urlOf: (database: string) => string): Promise<LedgerCards[]> {
  await Promise.all(plans.map((plan) => fill(urlOf(plan.database), plan.inserts)));
  await inDatabase(urlOf('kartoteka'), async (client) => {
    for (const { company } of plans)
      for (const { size, base } of sizes) await addCard(client, codeOf(company, size), [company], base);
    await addCard(
      client,
      cardOfBoth,
      plans.map(({ company }) => company),
      shared.base,
    );
  });
  return plans.map(({ company }) => ({
    company,
    many: codeOf(company, 'many'),
    few: codeOf(company, 'few'),
  }));
}

async function addCard(
  client: pg.Client,
  code: string,
  companies: readonly string[],
  customer: number,
): Promise<void> {
  await client.query(
    `WITH card AS (
       INSERT INTO client (id, version, created_at, created_by, updated_at, updated_by, code, active, card_type_id, short_name,
         full_name, shares_tax_id, country)
       SELECT gen_random_uuid(), 1, now(), 'bench', now(), 'bench', $1, true,
         (SELECT id FROM card_type ORDER BY key LIMIT 1), $1, $1, false, 'PL' RETURNING id)
     INSERT INTO erp_account (id, version, created_at, created_by, updated_at, updated_by, client_id, company_key, customer_id)
     SELECT gen_random_uuid(), 1, now(), 'bench', now(), 'bench', card.id, company, $3 FROM card, unnest($2::text[]) AS company`,
    [code, companies, String(customer)],
  );
}

async function fill(url: string, inserts: LedgerPlan['inserts']): Promise<void> {
  await inDatabase(url, async (client) => {
    // What is put in is whole by its making; looking every row's references up would double the time.
    await client.query("SET session_replication_role = 'replica'");
    for (const { count, base } of [...sizes, shared]) {
      for (const insert of inserts({ id: String(base), base, count })) await client.query(insert);
    }
    // The plans of later rounds must not differ from those of the first because statistics came in between.
    await client.query('VACUUM ANALYZE');
  });
}

async function inDatabase(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
