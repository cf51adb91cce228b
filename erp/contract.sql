-- What Kartoteka asks of an ERP: at most nine views in one schema of a SQL Server database. The schema is called
-- kartoteka unless the company's setting `schema` names another. The administrator of the ERP creates the views once, over
-- the ERP's own tables; Kartoteka reads them and nothing else, with a login that has SELECT on this schema and no other
-- right. This page writes them as tables, so that it runs as it stands and yields an ERP with nothing in it.
--
-- LEAVE OUT WHAT THE ERP DOES NOT KNOW. A view that cannot be filled is not created, and its section then answers
-- NOT_OFFERED. An empty view would claim that there is nothing, which is a lie.
--
-- KEYS. A key column is the ERP's own column, bare, in its own type and collation. No CAST, no CONCAT, no COALESCE: over a
-- computed key none of the ERP's indexes can serve (measured: 1.4 s where the bare column takes 2 ms). A record known by
-- several columns keeps them all, and whatever refers to it carries them all too: (invoice_type, invoice_id). Where the ERP
-- has a single number space, *_type is the literal 0. The key types on this page (int) are an example only: the real ones
-- are read from sys.columns, once per company; parameters are declared exactly so and compared column by column; keys
-- become text at the edge of the service and nowhere before.
--
-- MONEY is decimal(19,4), in the currency of its own row: an ISO 4217 code such as 'PLN', never an empty string. Where the
-- ERP keeps float, the view casts.
-- DAYS are date: business days in the company's calendar.
-- modified_at is the moment (UTC) at which the ERP last changed the row; NULL in an ERP that does not keep it.
-- A column may be NULL only where this page says NULL.

CREATE SCHEMA kartoteka;
GO

-- Kontrahent: whoever is invoiced or receives goods.
CREATE TABLE kartoteka.customer (
  customer_id     int           NOT NULL PRIMARY KEY,
  code            nvarchar(50)  NOT NULL,    -- akronim, symbol
  name            nvarchar(400) NOT NULL,
  tax_id          varchar(20)   NULL,        -- NIP as the ERP stores it: dashes and a country prefix are allowed
  street          nvarchar(200) NULL,
  postal_code     nvarchar(20)  NULL,
  city            nvarchar(100) NULL,
  country         char(2)       NULL,        -- ISO 3166-1 alpha-2
  email           nvarchar(200) NULL,
  phone           nvarchar(60)  NULL,
  credit_limit    decimal(19,4) NULL,        -- NULL: the ERP keeps no limit
  credit_currency char(3)       NULL,
  payment_days    int           NULL,
  blocked         bit           NOT NULL,
  modified_at     datetime2(3)  NULL
);
GO

-- Zamówienie.
CREATE TABLE kartoteka.sales_order (
  order_type   int           NOT NULL,
  order_id     int           NOT NULL,
  customer_id  int           NOT NULL,
  number       nvarchar(60)  NOT NULL,       -- as it is printed
  ordered_on   date          NOT NULL,
  requested_on date          NULL,
  status       varchar(20)   NOT NULL,       -- DRAFT, OPEN, PARTLY_DELIVERED, DELIVERED, CANCELLED or UNKNOWN
  status_text  nvarchar(60)  NULL,           -- the word the ERP's own users see
  currency     char(3)       NOT NULL,
  net          decimal(19,4) NULL,
  gross        decimal(19,4) NULL,
  modified_at  datetime2(3)  NULL,
  PRIMARY KEY (order_type, order_id)
);
CREATE TABLE kartoteka.sales_order_line (
  order_type    int           NOT NULL,
  order_id      int           NOT NULL,
  line_no       int           NOT NULL,
  product_code  nvarchar(60)  NULL,
  product_name  nvarchar(400) NOT NULL,
  product_group nvarchar(100) NULL,
  quantity      decimal(19,4) NOT NULL,
  delivered     decimal(19,4) NULL,
  unit          nvarchar(20)  NULL,
  net_price     decimal(19,4) NULL,
  net           decimal(19,4) NOT NULL,
  PRIMARY KEY (order_type, order_id, line_no)
);
GO

-- Faktura, korekta, zaliczka, paragon.
CREATE TABLE kartoteka.invoice (
  invoice_type    int           NOT NULL,
  invoice_id      int           NOT NULL,
  customer_id     int           NOT NULL,    -- płatnik: who pays
  recipient_id    int           NULL,        -- odbiorca: the customer_id the goods went to, where it is another
  kind            varchar(20)   NOT NULL,    -- INVOICE, CORRECTION, ADVANCE or RECEIPT
  number          nvarchar(60)  NOT NULL,
  issued_on       date          NOT NULL,
  sold_on         date          NULL,
  due_on          date          NULL,
  currency        char(3)       NOT NULL,    -- of net, vat, gross and remaining
  net             decimal(19,4) NOT NULL,    -- a correction carries the difference only, so it can be below zero
  vat             decimal(19,4) NOT NULL,
  gross           decimal(19,4) NOT NULL,
  remaining       decimal(19,4) NULL,        -- what is still to be paid, now; NULL where only the settlements know
  base_currency   char(3)       NULL,        -- the currency of the books, and the amounts as they were booked
  net_base        decimal(19,4) NULL,
  vat_base        decimal(19,4) NULL,
  gross_base      decimal(19,4) NULL,
  corrects_type   int           NULL,        -- a correction's corrected document
  corrects_id     int           NULL,
  ksef_number     varchar(40)   NULL,        -- the tax office gives it afterwards, so NULL is normal
  counts_in_sales bit           NOT NULL,    -- 0 where another row counts the same sale: an advance, a receipt with its invoice
  cancelled       bit           NOT NULL,
  modified_at     datetime2(3)  NULL,
  PRIMARY KEY (invoice_type, invoice_id)
);
CREATE TABLE kartoteka.invoice_line (
  invoice_type  int           NOT NULL,
  invoice_id    int           NOT NULL,
  line_no       int           NOT NULL,
  product_code  nvarchar(60)  NULL,
  product_name  nvarchar(400) NOT NULL,
  product_group nvarchar(100) NULL,
  quantity      decimal(19,4) NOT NULL,
  unit          nvarchar(20)  NULL,
  net_price     decimal(19,4) NULL,
  net           decimal(19,4) NOT NULL,      -- may fail to add up to the header, as ERPs round differently: erp:doctor reports it
  vat_rate      varchar(10)   NULL,          -- '23', '8', '5', '0', 'zw', 'np'
  PRIMARY KEY (invoice_type, invoice_id, line_no)
);
-- The orders an invoice bills: a collective invoice has several.
CREATE TABLE kartoteka.invoice_order (
  invoice_type int NOT NULL,
  invoice_id   int NOT NULL,
  order_type   int NOT NULL,
  order_id     int NOT NULL,
  PRIMARY KEY (invoice_type, invoice_id, order_type, order_id)
);
GO

-- Płatność.
CREATE TABLE kartoteka.payment (
  payment_type int           NOT NULL,
  payment_id   int           NOT NULL,
  customer_id  int           NOT NULL,
  paid_on      date          NOT NULL,
  amount       decimal(19,4) NOT NULL,       -- above zero: came from the customer; below zero: was paid back
  unallocated  decimal(19,4) NOT NULL,       -- the part that no settlement has taken, now
  currency     char(3)       NOT NULL,
  method       varchar(20)   NULL,           -- TRANSFER, CASH, CARD, COMPENSATION or OTHER
  reference    nvarchar(200) NULL,
  modified_at  datetime2(3)  NULL,
  PRIMARY KEY (payment_type, payment_id)
);
GO

-- Rozrachunek: one item, open or settled. An invoice paid in instalments has several.
CREATE TABLE kartoteka.settlement (
  settlement_type int           NOT NULL,
  settlement_id   int           NOT NULL,
  settlement_line int           NOT NULL,
  customer_id     int           NOT NULL,
  side            varchar(10)   NOT NULL,    -- RECEIVABLE: they owe us; PAYABLE: we owe them, corrections among it
  invoice_type    int           NULL,
  invoice_id      int           NULL,
  document_number nvarchar(60)  NULL,
  issued_on       date          NOT NULL,
  due_on          date          NULL,
  amount          decimal(19,4) NOT NULL,    -- never below zero
  remaining       decimal(19,4) NOT NULL,    -- now; 0 once it is settled
  currency        char(3)       NOT NULL,
  settled_on      date          NULL,
  modified_at     datetime2(3)  NULL,
  PRIMARY KEY (settlement_type, settlement_id, settlement_line)
);
-- Rozliczenie: what settled an item, and when. A compensation is two rows, one for each of the two items.
CREATE TABLE kartoteka.settlement_match (
  settlement_type int           NOT NULL,
  settlement_id   int           NOT NULL,
  settlement_line int           NOT NULL,
  match_no        int           NOT NULL,    -- tells the matches of one settlement apart
  customer_id     int           NOT NULL,
  payment_type    int           NULL,        -- both set where a payment settled it ...
  payment_id      int           NULL,
  counter_type    int           NULL,        -- ... or these three where another item did; none where the ERP does not say
  counter_id      int           NULL,
  counter_line    int           NULL,
  amount          decimal(19,4) NOT NULL,    -- in the currency of the settlement
  payment_amount  decimal(19,4) NULL,        -- in the currency of the payment, where that is another
  matched_on      date          NULL,        -- NULL where the ERP keeps no day: then ageing at a past day is NOT_OFFERED
  PRIMARY KEY (settlement_type, settlement_id, settlement_line, match_no)
);
GO
