-- Kartoteka's views over InsERT Subiekt GT. Read README.md of this folder first. In a database of their own the tables are
-- written with the ERP's database before them: [Subiekt database].dbo.dok__Dokument.
-- Each column says how sure it is: verified (seen in public code), recalled, unsure.
-- There is no kartoteka.invoice_order: how an invoice leads to its orders could not be verified.

CREATE SCHEMA kartoteka;
GO
CREATE VIEW kartoteka.customer AS
SELECT k.kh_Id AS customer_id, -- verified
       CAST(k.kh_Symbol AS nvarchar(50)) AS code, -- verified
       CAST(ISNULL(a.adr_NazwaPelna, k.kh_Symbol) AS nvarchar(400)) AS name, -- verified
       CAST(NULLIF(a.adr_NIP, '') AS varchar(20)) AS tax_id, -- verified
       CAST(NULLIF(a.adr_Adres, '') AS nvarchar(200)) AS street, -- recalled
       CAST(NULLIF(a.adr_Kod, '') AS nvarchar(20)) AS postal_code, -- recalled
       CAST(NULLIF(a.adr_Miejscowosc, '') AS nvarchar(100)) AS city, -- recalled
       CAST(NULL AS char(2)) AS country, -- unsure: a dictionary of its own
       CAST(NULLIF(k.kh_EMail, '') AS nvarchar(200)) AS email, -- recalled
       CAST(NULLIF(a.adr_Telefon, '') AS nvarchar(60)) AS phone, -- recalled
       CAST(NULLIF(k.kh_MaxWartKred, 0) AS decimal(19,4)) AS credit_limit, -- verified; unsure that 0 means none
       CAST(CASE WHEN k.kh_MaxWartKred <> 0 THEN 'PLN' END AS char(3)) AS credit_currency, -- recalled
       CAST(NULL AS int) AS payment_days, -- unsure
       CAST(ISNULL(k.kh_Zablokowany, 0) AS bit) AS blocked, -- recalled
       CAST(NULL AS datetime2(3)) AS modified_at -- verified: there is none
FROM dbo.kh__Kontrahent AS k
LEFT JOIN dbo.adr__Ewid AS a ON a.adr_IdObiektu = k.kh_Id AND a.adr_TypAdresu = 1;
GO
CREATE VIEW kartoteka.sales_order AS
SELECT 0 AS order_type, -- verified: one number space
       d.dok_Id AS order_id, -- verified
       d.dok_PlatnikId AS customer_id, -- verified
       CAST(d.dok_NrPelny AS nvarchar(60)) AS number, -- verified
       CAST(d.dok_DataWyst AS date) AS ordered_on, -- verified
       CAST(d.dok_TerminRealizacji AS date) AS requested_on, -- verified
       CAST(CASE WHEN d.dok_Status IN (5, 6, 7) THEN 'OPEN' WHEN d.dok_Status = 8 THEN 'DELIVERED' ELSE 'UNKNOWN' END AS varchar(20)) AS status, -- verified that 5 to 7 are open and 8 is delivered; unsure of drafts, of deliveries in part and of cancelled orders
       CAST(CASE WHEN d.dok_Status IN (5, 6, 7) THEN N'niezrealizowane' WHEN d.dok_Status = 8 THEN N'zrealizowane' END AS nvarchar(60)) AS status_text, -- recalled
       CAST(d.dok_Waluta AS char(3)) AS currency, -- verified
       CAST(d.dok_WartNetto AS decimal(19,4)) AS net, -- verified; unsure of a document in a currency
       CAST(d.dok_WartBrutto AS decimal(19,4)) AS gross, -- verified; unsure of a document in a currency
       CAST(NULL AS datetime2(3)) AS modified_at -- verified: there is none
FROM dbo.dok__Dokument AS d
WHERE d.dok_Typ = 16 AND d.dok_PlatnikId IS NOT NULL;
GO
CREATE VIEW kartoteka.sales_order_line AS
SELECT 0 AS order_type, -- verified
       p.ob_DokHanId AS order_id, -- verified
       p.ob_Id AS line_no, -- verified
       CAST(t.tw_Symbol AS nvarchar(60)) AS product_code, -- verified
       CAST(ISNULL(t.tw_Nazwa, '?') AS nvarchar(400)) AS product_name, -- verified; a line without an article has no name here
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure
       CAST(p.ob_Ilosc AS decimal(19,4)) AS quantity, -- verified
       CAST(NULL AS decimal(19,4)) AS delivered, -- unsure
       CAST(p.ob_Jm AS nvarchar(20)) AS unit, -- verified
       CAST(p.ob_CenaNetto AS decimal(19,4)) AS net_price, -- verified
       CAST(p.ob_WartNetto AS decimal(19,4)) AS net -- verified
FROM dbo.dok_Pozycja AS p
JOIN dbo.dok__Dokument AS d ON d.dok_Id = p.ob_DokHanId
LEFT JOIN dbo.tw__Towar AS t ON t.tw_Id = p.ob_TowId
WHERE d.dok_Typ = 16 AND d.dok_PlatnikId IS NOT NULL;
GO
-- A key that may lead nowhere comes from the row it leads to, so that it is NULL and bare at once.
CREATE VIEW kartoteka.invoice AS
SELECT 0 AS invoice_type, -- verified: one number space
       d.dok_Id AS invoice_id, -- verified
       d.dok_PlatnikId AS customer_id, -- verified
       o.kh_Id AS recipient_id, -- verified
       CAST(CASE d.dok_Typ WHEN 6 THEN 'CORRECTION' WHEN 21 THEN 'RECEIPT' ELSE 'INVOICE' END AS varchar(20)) AS kind, -- verified: advances are not told apart
       CAST(d.dok_NrPelny AS nvarchar(60)) AS number, -- verified
       CAST(d.dok_DataWyst AS date) AS issued_on, -- verified
       CAST(d.dok_DataMag AS date) AS sold_on, -- verified
       CAST(d.dok_PlatTermin AS date) AS due_on, -- verified
       CAST(d.dok_Waluta AS char(3)) AS currency, -- verified
       CAST(d.dok_WartNetto AS decimal(19,4)) AS net, -- verified; unsure of a document in a currency
       CAST(d.dok_WartVat AS decimal(19,4)) AS vat, -- verified; unsure of a document in a currency
       CAST(d.dok_WartBrutto AS decimal(19,4)) AS gross, -- verified; unsure of a document in a currency
       CAST(NULL AS decimal(19,4)) AS remaining, -- verified: only nz__Finanse knows
       CAST(CASE d.dok_Waluta WHEN 'PLN' THEN 'PLN' END AS char(3)) AS base_currency, -- verified for PLN; unsure where the booked amounts of others are
       CAST(CASE d.dok_Waluta WHEN 'PLN' THEN d.dok_WartNetto END AS decimal(19,4)) AS net_base, -- verified for PLN
       CAST(CASE d.dok_Waluta WHEN 'PLN' THEN d.dok_WartVat END AS decimal(19,4)) AS vat_base, -- verified for PLN
       CAST(CASE d.dok_Waluta WHEN 'PLN' THEN d.dok_WartBrutto END AS decimal(19,4)) AS gross_base, -- verified for PLN
       CASE WHEN c.dok_Id IS NOT NULL THEN 0 END AS corrects_type, -- verified
       c.dok_Id AS corrects_id, -- verified
       CAST(q.ksefnr_NumerKSeF AS varchar(40)) AS ksef_number, -- verified: by version, see README.md
       CAST(CASE WHEN d.dok_Typ = 2 AND d.dok_Podtyp = 1 THEN 0 ELSE 1 END AS bit) AS counts_in_sales, -- verified: FSd repeats its receipts; unsure of advances
       CAST(CASE d.dok_Status WHEN 2 THEN 1 ELSE 0 END AS bit) AS cancelled, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- verified: there is none
FROM dbo.dok__Dokument AS d
LEFT JOIN dbo.kh__Kontrahent AS o ON o.kh_Id = d.dok_OdbiorcaId AND d.dok_OdbiorcaId <> d.dok_PlatnikId
LEFT JOIN dbo.dok__Dokument AS c ON c.dok_Id = d.dok_DoDokId AND d.dok_Typ = 6 AND c.dok_Typ IN (2, 6, 21)
LEFT JOIN dbo.ksef_NumerKSeF AS q ON q.ksefnr_Id = d.dok_NumerKSeFId
WHERE d.dok_Typ IN (2, 6, 21) AND d.dok_Status IN (0, 1, 2) AND d.dok_PlatnikId IS NOT NULL;
GO
CREATE VIEW kartoteka.invoice_line AS
SELECT 0 AS invoice_type, -- verified
       p.ob_DokHanId AS invoice_id, -- verified
       p.ob_Id AS line_no, -- verified
       CAST(t.tw_Symbol AS nvarchar(60)) AS product_code, -- verified
       CAST(ISNULL(t.tw_Nazwa, '?') AS nvarchar(400)) AS product_name, -- verified; a line without an article has no name here
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure
       CAST(p.ob_Ilosc AS decimal(19,4)) AS quantity, -- verified; unsure of a correction's sign
       CAST(p.ob_Jm AS nvarchar(20)) AS unit, -- verified
       CAST(p.ob_CenaNetto AS decimal(19,4)) AS net_price, -- verified
       CAST(p.ob_WartNetto AS decimal(19,4)) AS net, -- verified; unsure of a correction's sign
       CAST(NULL AS varchar(10)) AS vat_rate -- unsure
FROM dbo.dok_Pozycja AS p
JOIN dbo.dok__Dokument AS d ON d.dok_Id = p.ob_DokHanId
LEFT JOIN dbo.tw__Towar AS t ON t.tw_Id = p.ob_TowId
WHERE d.dok_Typ IN (2, 6, 21) AND d.dok_Status IN (0, 1, 2) AND d.dok_PlatnikId IS NOT NULL;
GO
CREATE VIEW kartoteka.payment AS
SELECT 0 AS payment_type, -- verified: one number space
       n.nzf_Id AS payment_id, -- verified
       n.nzf_IdObiektu AS customer_id, -- verified
       CAST(n.nzf_Data AS date) AS paid_on, -- verified
       CAST(CASE WHEN n.nzf_Typ IN (17, 19) THEN n.nzf_WartoscWaluta ELSE -n.nzf_WartoscWaluta END AS decimal(19,4)) AS amount, -- verified
       CAST(CASE WHEN n.nzf_Typ IN (17, 19) THEN n.nzf_WartoscWaluta - ISNULL(n.nzf_SplataWaluta, 0)
                 ELSE ISNULL(n.nzf_SplataWaluta, 0) - n.nzf_WartoscWaluta END AS decimal(19,4)) AS unallocated, -- verified
       CAST(n.nzf_IdWaluty AS char(3)) AS currency, -- verified
       CAST(CASE WHEN n.nzf_Typ IN (17, 18) THEN 'CASH' ELSE 'TRANSFER' END AS varchar(20)) AS method, -- verified
       CAST(NULLIF(n.nzf_NumerPelny, '') AS nvarchar(200)) AS reference, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- verified: there is none
FROM dbo.nz__Finanse AS n
WHERE n.nzf_Typ IN (17, 18, 19, 20) AND n.nzf_TypObiektu = 1 AND n.nzf_Status <> 2;
GO
CREATE VIEW kartoteka.settlement AS
SELECT 0 AS settlement_type, -- verified: one number space
       n.nzf_Id AS settlement_id, -- verified
       0 AS settlement_line, -- verified: an instalment is a row of its own
       n.nzf_IdObiektu AS customer_id, -- verified
       CAST(CASE n.nzf_Typ WHEN 39 THEN 'RECEIVABLE' ELSE 'PAYABLE' END AS varchar(10)) AS side, -- verified
       CASE WHEN i.dok_Id IS NOT NULL THEN 0 END AS invoice_type, -- verified
       i.dok_Id AS invoice_id, -- verified
       CAST(NULLIF(n.nzf_NumerPelny, '') AS nvarchar(60)) AS document_number, -- verified
       CAST(n.nzf_Data AS date) AS issued_on, -- verified
       CAST(n.nzf_TerminPlatnosci AS date) AS due_on, -- verified
       CAST(n.nzf_WartoscPierwotnaWaluta AS decimal(19,4)) AS amount, -- verified
       CAST(n.nzf_WartoscWaluta AS decimal(19,4)) AS remaining, -- verified
       CAST(n.nzf_IdWaluty AS char(3)) AS currency, -- verified
       CAST(CASE n.nzf_WartoscWaluta WHEN 0 THEN (
         SELECT MAX(s.nzs_Data) FROM dbo.nz_FinanseSplata AS s WHERE s.nzs_IdDlugu = n.nzf_Id) END AS date) AS settled_on, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- verified: there is none
FROM dbo.nz__Finanse AS n
LEFT JOIN dbo.dok__Dokument AS i ON i.dok_Id = n.nzf_IdDokumentAuto AND i.dok_Typ IN (2, 6, 21) AND i.dok_Status IN (0, 1, 2)
  AND i.dok_PlatnikId IS NOT NULL
WHERE n.nzf_Typ IN (39, 40) AND n.nzf_TypObiektu = 1;
GO
-- No kind of nzs_Typ is dropped: each took something off its item. A compensation names no payment, and does not say against what.
CREATE VIEW kartoteka.settlement_match AS
SELECT 0 AS settlement_type, -- verified
       n.nzf_Id AS settlement_id, -- verified
       0 AS settlement_line, -- verified
       s.nzs_Id AS match_no, -- recalled
       n.nzf_IdObiektu AS customer_id, -- verified
       CASE WHEN p.nzf_Id IS NOT NULL THEN 0 END AS payment_type, -- verified
       p.nzf_Id AS payment_id, -- verified
       NULL AS counter_type, -- unsure: nz_Kompensata
       NULL AS counter_id, -- unsure
       NULL AS counter_line, -- unsure
       CAST(s.nzs_WartoscWalutaDlugu AS decimal(19,4)) AS amount, -- verified
       CAST(CASE WHEN p.nzf_Typ IN (18, 20) THEN -s.nzs_WartoscWaluta
                 WHEN p.nzf_IdWaluty <> n.nzf_IdWaluty THEN s.nzs_WartoscWaluta END AS decimal(19,4)) AS payment_amount, -- recalled
       CAST(s.nzs_Data AS date) AS matched_on -- verified
FROM dbo.nz_FinanseSplata AS s
JOIN dbo.nz__Finanse AS n ON n.nzf_Id = s.nzs_IdDlugu
LEFT JOIN dbo.nz__Finanse AS p ON p.nzf_Id = s.nzs_IdSplaty AND p.nzf_Typ IN (17, 18, 19, 20) AND p.nzf_TypObiektu = 1
  AND p.nzf_Status <> 2
WHERE n.nzf_Typ IN (39, 40) AND n.nzf_TypObiektu = 1;
GO
