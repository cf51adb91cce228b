-- Kartoteka's views over enova365. Read README.md of this folder first. In a database of their own the tables are written with
-- the ERP's database before them: [enova database].dbo.DokHandlowe.
-- Each column says how sure it is: verified (seen in public code), recalled, unsure.
-- FV, KFV and ZO are the symbols of an untouched configuration: put your own in. There is no kartoteka.invoice_order: the
-- relations of documents could not be verified.

CREATE SCHEMA kartoteka;
GO
CREATE VIEW kartoteka.customer AS
SELECT k.ID AS customer_id, -- verified
       CAST(k.Kod AS nvarchar(50)) AS code, -- verified
       CAST(k.Nazwa AS nvarchar(400)) AS name, -- verified
       CAST(COALESCE(NULLIF(k.EuVAT, ''), NULLIF(k.NIP, '')) AS varchar(20)) AS tax_id, -- verified
       CAST(NULL AS nvarchar(200)) AS street, -- unsure: addresses have a table of their own
       CAST(NULL AS nvarchar(20)) AS postal_code, -- unsure
       CAST(NULL AS nvarchar(100)) AS city, -- unsure
       CAST(NULL AS char(2)) AS country, -- unsure
       CAST(NULL AS nvarchar(200)) AS email, -- unsure
       CAST(NULL AS nvarchar(60)) AS phone, -- unsure
       CAST(NULLIF(k.LimitKredytuValue, 0) AS decimal(19,4)) AS credit_limit, -- verified; unsure that 0 means none
       CAST(CASE WHEN k.LimitKredytuValue <> 0 THEN 'PLN' END AS char(3)) AS credit_currency, -- recalled
       CAST(NULL AS int) AS payment_days, -- unsure
       CAST(0 AS bit) AS blocked, -- unsure: where enova keeps it; nobody is shown as blocked
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: Stamp is a counter
FROM dbo.Kontrahenci AS k;
GO
CREATE VIEW kartoteka.sales_order AS
SELECT 0 AS order_type, -- verified: one number space
       d.ID AS order_id, -- verified
       d.Kontrahent AS customer_id, -- verified
       CAST(d.NumerPelny AS nvarchar(60)) AS number, -- verified
       CAST(d.Data AS date) AS ordered_on, -- verified
       CAST(d.DostawaTermin AS date) AS requested_on, -- verified
       CAST(CASE d.Stan WHEN 0 THEN 'DRAFT' WHEN 3 THEN 'CANCELLED' ELSE 'UNKNOWN' END AS varchar(20)) AS status, -- recalled; unsure how a delivered one is told
       CAST(CASE d.Stan WHEN 0 THEN N'w buforze' WHEN 1 THEN N'zatwierdzone' WHEN 2 THEN N'zablokowane' WHEN 3 THEN N'anulowane' END AS nvarchar(60)) AS status_text, -- recalled
       CAST('PLN' AS char(3)) AS currency, -- verified: the sums are PLN, whatever the document's currency
       CAST(d.SumaNetto AS decimal(19,4)) AS net, -- verified
       CAST(d.SumaBrutto AS decimal(19,4)) AS gross, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure
FROM dbo.DokHandlowe AS d
JOIN dbo.DefDokHandlowych AS f ON f.ID = d.Definicja
WHERE f.Symbol = 'ZO' AND d.Kontrahent IS NOT NULL;
GO
CREATE VIEW kartoteka.sales_order_line AS
SELECT 0 AS order_type, -- verified
       l.Dokument AS order_id, -- verified
       l.ID AS line_no, -- verified
       CAST(t.Kod AS nvarchar(60)) AS product_code, -- verified
       CAST(ISNULL(t.Nazwa, N'?') AS nvarchar(400)) AS product_name, -- verified; a line without an article has no name here
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure
       CAST(l.IloscValue AS decimal(19,4)) AS quantity, -- verified
       CAST(NULL AS decimal(19,4)) AS delivered, -- unsure
       CAST(l.IloscSymbol AS nvarchar(20)) AS unit, -- verified
       CAST(CASE d.BruttoCySymbol WHEN 'PLN' THEN l.CenaValue END AS decimal(19,4)) AS net_price, -- unsure: where prices are from gross
       CAST(l.SumaNetto AS decimal(19,4)) AS net -- verified
FROM dbo.PozycjeDokHan AS l
JOIN dbo.DokHandlowe AS d ON d.ID = l.Dokument
JOIN dbo.DefDokHandlowych AS f ON f.ID = d.Definicja
LEFT JOIN dbo.Towary AS t ON t.ID = l.Towar
WHERE f.Symbol = 'ZO' AND d.Kontrahent IS NOT NULL;
GO
CREATE VIEW kartoteka.invoice AS
SELECT 0 AS invoice_type, -- verified: one number space
       d.ID AS invoice_id, -- verified
       d.Kontrahent AS customer_id, -- verified; another payer is not told
       o.ID AS recipient_id, -- verified
       CAST(CASE d.Korekta WHEN 1 THEN 'CORRECTION' ELSE 'INVOICE' END AS varchar(20)) AS kind, -- verified: advances are not told apart
       CAST(d.NumerPelny AS nvarchar(60)) AS number, -- verified
       CAST(d.Data AS date) AS issued_on, -- verified
       CAST(d.DataOperacji AS date) AS sold_on, -- verified
       CAST((SELECT MAX(p.Termin) FROM dbo.Platnosci AS p WHERE p.Dokument = d.ID AND p.DokumentType = 'DokHandlowe') AS date) AS due_on, -- verified: the last instalment's
       CAST('PLN' AS char(3)) AS currency, -- verified: the sums are PLN, whatever the document's currency
       CAST(d.SumaNetto AS decimal(19,4)) AS net, -- verified; unsure that a correction has the difference
       CAST(d.SumaVAT AS decimal(19,4)) AS vat, -- verified; unsure that a correction has the difference
       CAST(d.SumaBrutto AS decimal(19,4)) AS gross, -- verified; unsure that a correction has the difference
       CAST(NULL AS decimal(19,4)) AS remaining, -- verified: only the items know, in the document's currency
       CAST('PLN' AS char(3)) AS base_currency, -- verified
       CAST(d.SumaNetto AS decimal(19,4)) AS net_base, -- verified
       CAST(d.SumaVAT AS decimal(19,4)) AS vat_base, -- verified
       CAST(d.SumaBrutto AS decimal(19,4)) AS gross_base, -- verified
       NULL AS corrects_type, -- unsure: a relation
       NULL AS corrects_id, -- unsure: a relation
       CAST(NULL AS varchar(40)) AS ksef_number, -- unsure
       CAST(1 AS bit) AS counts_in_sales, -- unsure: advances, see README.md
       CAST(CASE d.Stan WHEN 3 THEN 1 ELSE 0 END AS bit) AS cancelled, -- recalled
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: Stamp is a counter
FROM dbo.DokHandlowe AS d
JOIN dbo.DefDokHandlowych AS f ON f.ID = d.Definicja
LEFT JOIN dbo.Kontrahenci AS o ON o.ID = d.Odbiorca AND d.Odbiorca <> d.Kontrahent
WHERE f.Symbol IN ('FV', 'KFV') AND d.Stan IN (1, 2, 3) AND d.Kontrahent IS NOT NULL;
GO
CREATE VIEW kartoteka.invoice_line AS
SELECT 0 AS invoice_type, -- verified
       l.Dokument AS invoice_id, -- verified
       l.ID AS line_no, -- verified
       CAST(t.Kod AS nvarchar(60)) AS product_code, -- verified
       CAST(ISNULL(t.Nazwa, N'?') AS nvarchar(400)) AS product_name, -- verified; a line without an article has no name here
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure
       CAST(l.IloscValue AS decimal(19,4)) AS quantity, -- verified
       CAST(l.IloscSymbol AS nvarchar(20)) AS unit, -- verified
       CAST(CASE d.BruttoCySymbol WHEN 'PLN' THEN l.CenaValue END AS decimal(19,4)) AS net_price, -- unsure: where prices are from gross
       CAST(l.SumaNetto AS decimal(19,4)) AS net, -- verified
       CAST(NULL AS varchar(10)) AS vat_rate -- unsure
FROM dbo.PozycjeDokHan AS l
JOIN dbo.DokHandlowe AS d ON d.ID = l.Dokument
JOIN dbo.DefDokHandlowych AS f ON f.ID = d.Definicja
LEFT JOIN dbo.Towary AS t ON t.ID = l.Towar
WHERE f.Symbol IN ('FV', 'KFV') AND d.Stan IN (1, 2, 3) AND d.Kontrahent IS NOT NULL;
GO
CREATE VIEW kartoteka.payment AS
SELECT 0 AS payment_type, -- verified: one number space
       z.ID AS payment_id, -- verified
       z.Podmiot AS customer_id, -- verified
       CAST(z.DataDokumentu AS date) AS paid_on, -- verified
       CAST(CASE z.Kierunek WHEN 1 THEN z.KwotaValue ELSE -z.KwotaValue END AS decimal(19,4)) AS amount, -- verified
       CAST(CASE z.Kierunek WHEN 1 THEN z.KwotaValue - z.KwotaRozliczonaValue
                            ELSE z.KwotaRozliczonaValue - z.KwotaValue END AS decimal(19,4)) AS unallocated, -- verified
       CAST(z.KwotaSymbol AS char(3)) AS currency, -- verified
       CAST(NULL AS varchar(20)) AS method, -- unsure: SposobZaplaty leads to a configurable list
       CAST(NULLIF(z.NumerDokumentu, '') AS nvarchar(200)) AS reference, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure
FROM dbo.Zaplaty AS z
WHERE z.Kierunek IN (1, 2) AND z.PodmiotType = 'Kontrahenci';
GO
-- Of a correction enova may make a receivable below zero: the side turns with the sign, so that amounts stay above zero.
CREATE VIEW kartoteka.settlement AS
SELECT 0 AS settlement_type, -- verified: one number space
       r.Dokument AS settlement_id, -- verified
       0 AS settlement_line, -- verified: an instalment is a row of its own
       r.Podmiot AS customer_id, -- verified
       CAST(CASE WHEN r.Typ = 10 AND r.KwotaValue >= 0 OR r.Typ = 11 AND r.KwotaValue < 0
                 THEN 'RECEIVABLE' ELSE 'PAYABLE' END AS varchar(10)) AS side, -- verified; unsure of the sign
       CASE WHEN d.ID IS NOT NULL THEN 0 END AS invoice_type, -- verified
       d.ID AS invoice_id, -- verified
       CAST(NULLIF(r.Numer, '') AS nvarchar(60)) AS document_number, -- verified
       CAST(r.Data AS date) AS issued_on, -- verified
       CAST(r.Termin AS date) AS due_on, -- verified
       CAST(ABS(r.KwotaValue) AS decimal(19,4)) AS amount, -- verified
       CAST(ABS(r.KwotaValue - r.KwotaRozliczonaValue) AS decimal(19,4)) AS remaining, -- verified
       CAST(r.KwotaSymbol AS char(3)) AS currency, -- verified
       CAST(CASE WHEN r.KwotaValue = r.KwotaRozliczonaValue THEN r.DataRozliczenia END AS date) AS settled_on, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure
FROM dbo.RozrachunkiIdx AS r
LEFT JOIN dbo.Platnosci AS p ON p.ID = r.Dokument AND p.DokumentType = 'DokHandlowe'
LEFT JOIN (
  SELECT x.ID
  FROM dbo.DokHandlowe AS x
  JOIN dbo.DefDokHandlowych AS f ON f.ID = x.Definicja
  WHERE f.Symbol IN ('FV', 'KFV') AND x.Stan IN (1, 2, 3) AND x.Kontrahent IS NOT NULL
) AS d ON d.ID = p.Dokument
WHERE r.DokumentType = 'Platnosci' AND r.PodmiotType = 'Kontrahenci' AND r.Typ IN (10, 11);
GO
-- Either side of a match may be an item: each of the two that is one gets its row.
CREATE VIEW kartoteka.settlement_match AS
SELECT 0 AS settlement_type, -- verified
       r.Dokument AS settlement_id, -- verified
       0 AS settlement_line, -- verified
       s.ID AS match_no, -- verified
       r.Podmiot AS customer_id, -- verified
       CASE WHEN z.ID IS NOT NULL THEN 0 END AS payment_type, -- verified
       z.ID AS payment_id, -- verified
       CASE WHEN c.Dokument IS NOT NULL THEN 0 END AS counter_type, -- verified
       c.Dokument AS counter_id, -- verified
       CASE WHEN c.Dokument IS NOT NULL THEN 0 END AS counter_line, -- verified
       CAST(ABS(s.KwotaDokumentuValue) AS decimal(19,4)) AS amount, -- verified
       CAST(CASE WHEN z.Kierunek = 2 THEN -ABS(s.KwotaZaplatyValue)
                 WHEN z.KwotaSymbol <> r.KwotaSymbol THEN s.KwotaZaplatyValue END AS decimal(19,4)) AS payment_amount, -- verified
       CAST(s.Data AS date) AS matched_on -- verified
FROM dbo.RozliczeniaSP AS s
JOIN dbo.RozrachunkiIdx AS r ON r.Dokument = s.Dokument AND s.DokumentType = 'Platnosci' AND r.DokumentType = 'Platnosci' AND r.PodmiotType = 'Kontrahenci' AND r.Typ IN (10, 11)
LEFT JOIN dbo.Zaplaty AS z ON z.ID = s.Zaplata AND s.ZaplataType = 'Zaplaty' AND z.PodmiotType = 'Kontrahenci' AND z.Kierunek IN (1, 2)
LEFT JOIN dbo.RozrachunkiIdx AS c ON c.Dokument = s.Zaplata AND s.ZaplataType = 'Platnosci' AND c.DokumentType = 'Platnosci' AND c.PodmiotType = 'Kontrahenci' AND c.Typ IN (10, 11)
UNION ALL
SELECT 0 AS settlement_type, -- verified
       r.Dokument AS settlement_id, -- verified
       0 AS settlement_line, -- verified
       s.ID AS match_no, -- verified
       r.Podmiot AS customer_id, -- verified
       CASE WHEN z.ID IS NOT NULL THEN 0 END AS payment_type, -- verified
       z.ID AS payment_id, -- verified
       CASE WHEN c.Dokument IS NOT NULL THEN 0 END AS counter_type, -- verified
       c.Dokument AS counter_id, -- verified
       CASE WHEN c.Dokument IS NOT NULL THEN 0 END AS counter_line, -- verified
       CAST(ABS(s.KwotaZaplatyValue) AS decimal(19,4)) AS amount, -- verified
       CAST(CASE WHEN z.Kierunek = 2 THEN -ABS(s.KwotaDokumentuValue)
                 WHEN z.KwotaSymbol <> r.KwotaSymbol THEN s.KwotaDokumentuValue END AS decimal(19,4)) AS payment_amount, -- verified
       CAST(s.Data AS date) AS matched_on -- verified
FROM dbo.RozliczeniaSP AS s
JOIN dbo.RozrachunkiIdx AS r ON r.Dokument = s.Zaplata AND s.ZaplataType = 'Platnosci' AND r.DokumentType = 'Platnosci' AND r.PodmiotType = 'Kontrahenci' AND r.Typ IN (10, 11)
LEFT JOIN dbo.Zaplaty AS z ON z.ID = s.Dokument AND s.DokumentType = 'Zaplaty' AND z.PodmiotType = 'Kontrahenci' AND z.Kierunek IN (1, 2)
LEFT JOIN dbo.RozrachunkiIdx AS c ON c.Dokument = s.Dokument AND s.DokumentType = 'Platnosci' AND c.DokumentType = 'Platnosci' AND c.PodmiotType = 'Kontrahenci' AND c.Typ IN (10, 11);
GO
