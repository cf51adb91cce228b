-- Kartoteka's views over Comarch ERP XL. Read README.md of this folder first. In a database of their own the tables are
-- written with the ERP's database before them: [XL database].CDN.TraNag.
-- Each column says how sure it is: verified (seen in public code), recalled, unsure.

CREATE SCHEMA kartoteka;
GO
CREATE VIEW kartoteka.customer AS
SELECT k.Knt_GIDNumer AS customer_id, -- verified
       CAST(k.Knt_Akronim AS nvarchar(50)) AS code, -- verified
       CAST(RTRIM(k.Knt_Nazwa1 + ' ' + k.Knt_Nazwa2 + ' ' + k.Knt_Nazwa3) AS nvarchar(400)) AS name, -- verified
       CAST(COALESCE(NULLIF(k.Knt_NipE, ''), NULLIF(k.Knt_Nip, '')) AS varchar(20)) AS tax_id, -- verified
       CAST(NULLIF(k.Knt_Ulica, '') AS nvarchar(200)) AS street, -- verified
       CAST(NULLIF(k.Knt_KodP, '') AS nvarchar(20)) AS postal_code, -- verified
       CAST(NULLIF(k.Knt_Miasto, '') AS nvarchar(100)) AS city, -- verified
       CAST(NULLIF(k.Knt_Kraj, '') AS char(2)) AS country, -- recalled
       CAST(NULLIF(k.Knt_EMail, '') AS nvarchar(200)) AS email, -- recalled
       CAST(NULLIF(k.Knt_Telefon1, '') AS nvarchar(60)) AS phone, -- recalled
       CAST(l.klk_maxlimitwart AS decimal(19,4)) AS credit_limit, -- verified
       CAST(l.klk_waluta AS char(3)) AS credit_currency, -- verified
       CAST(k.Knt_LimitOkres AS int) AS payment_days, -- recalled: the column is verified, that it is the days to pay is not
       CAST(0 AS bit) AS blocked, -- unsure: where XL keeps it; nobody is shown as blocked
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: seconds since 1990, in an unknown zone
FROM CDN.KntKarty AS k
OUTER APPLY (
  SELECT TOP (1) x.klk_maxlimitwart, x.klk_waluta
  FROM CDN.KntLimityK AS x
  WHERE x.klk_kntnumer = k.Knt_GIDNumer
    AND DATEDIFF(day, '18001228', GETDATE()) BETWEEN x.klk_dataod AND x.klk_datado
  ORDER BY CASE x.klk_waluta WHEN 'PLN' THEN 0 ELSE 1 END, x.klk_dataod DESC
) AS l
WHERE k.Knt_GIDTyp = 32;
GO
CREATE VIEW kartoteka.sales_order AS
SELECT z.ZaN_GIDTyp AS order_type, -- verified: 960
       z.ZaN_GIDNumer AS order_id, -- verified
       z.ZaN_KntNumer AS customer_id, -- verified
       CAST('ZS-' + CAST(z.ZaN_ZamNumer AS varchar(10)) + '/' + RIGHT('0' + CAST(z.ZaN_ZamMiesiac AS varchar(3)), 2) + '/'
         + RIGHT(CAST(z.ZaN_ZamRok AS varchar(6)), 2) + '/' + RTRIM(z.ZaN_ZamSeria) AS nvarchar(60)) AS number, -- verified: its parts; the pattern is configurable
       DATEADD(day, z.ZaN_DataWystawienia, CAST('18001228' AS date)) AS ordered_on, -- verified
       CASE WHEN z.ZaN_DataRealizacji BETWEEN 1 AND 109211
            THEN DATEADD(day, z.ZaN_DataRealizacji, CAST('18001228' AS date)) END AS requested_on, -- verified
       CAST(CASE WHEN z.ZaN_Stan BETWEEN 2 AND 5 THEN 'OPEN' WHEN z.ZaN_Stan = 21 THEN 'DELIVERED'
                 WHEN z.ZaN_Stan = 53 THEN 'PARTLY_DELIVERED' WHEN z.ZaN_Stan IN (19, 35, 51) THEN 'CANCELLED'
                 ELSE 'UNKNOWN' END AS varchar(20)) AS status, -- verified
       CAST(CASE WHEN z.ZaN_Stan BETWEEN 2 AND 5 THEN N'otwarte' WHEN z.ZaN_Stan = 21 THEN N'zrealizowane'
                 WHEN z.ZaN_Stan = 53 THEN N'zamknięte w części' WHEN z.ZaN_Stan = 19 THEN N'odrzucone'
                 WHEN z.ZaN_Stan IN (35, 51) THEN N'anulowane' END AS nvarchar(60)) AS status_text, -- recalled: the words
       CAST(z.ZaN_Waluta AS char(3)) AS currency, -- verified
       CAST((SELECT SUM(e.ZaE_WartoscPoRabacie) FROM CDN.ZamElem AS e
             WHERE e.ZaE_GIDTyp = z.ZaN_GIDTyp AND e.ZaE_GIDNumer = z.ZaN_GIDNumer) AS decimal(19,4)) AS net, -- unsure: where prices are from gross
       CAST(NULL AS decimal(19,4)) AS gross, -- verified: the header has none
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure
FROM CDN.ZamNag AS z
WHERE z.ZaN_ZamTyp = 1280 AND z.ZaN_KntTyp = 32;
GO
CREATE VIEW kartoteka.sales_order_line AS
SELECT e.ZaE_GIDTyp AS order_type, -- verified
       e.ZaE_GIDNumer AS order_id, -- verified
       e.ZaE_GIDLp AS line_no, -- verified
       CAST(NULLIF(e.ZaE_TwrKod, '') AS nvarchar(60)) AS product_code, -- verified
       CAST(e.ZaE_TwrNazwa AS nvarchar(400)) AS product_name, -- verified
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure: groups are a tree, TwrGrupyDom
       CAST(e.ZaE_Ilosc AS decimal(19,4)) AS quantity, -- verified
       CAST(NULL AS decimal(19,4)) AS delivered, -- unsure
       CAST(e.ZaE_JmZ AS nvarchar(20)) AS unit, -- verified
       CAST(e.ZaE_CenaUzgodniona AS decimal(19,4)) AS net_price, -- unsure: where prices are from gross
       CAST(e.ZaE_WartoscPoRabacie AS decimal(19,4)) AS net -- unsure: where prices are from gross
FROM CDN.ZamElem AS e
JOIN CDN.ZamNag AS z ON z.ZaN_GIDTyp = e.ZaE_GIDTyp AND z.ZaN_GIDNumer = e.ZaE_GIDNumer
WHERE z.ZaN_ZamTyp = 1280 AND z.ZaN_KntTyp = 32;
GO
-- A key that may be missing comes from the row it leads to, so that it stays a bare column: XL writes 0 where there is none.
CREATE VIEW kartoteka.invoice AS
SELECT t.TrN_GIDTyp AS invoice_type, -- verified
       t.TrN_GIDNumer AS invoice_id, -- verified
       t.TrN_KnPNumer AS customer_id, -- verified
       d.Knt_GIDNumer AS recipient_id, -- verified
       CAST(CASE WHEN t.TrN_GIDTyp IN (2041, 2042, 2045) THEN 'CORRECTION' WHEN t.TrN_GIDTyp = 2034 THEN 'RECEIPT'
                 ELSE 'INVOICE' END AS varchar(20)) AS kind, -- verified: advances are not told apart
       CAST(CASE t.TrN_GIDTyp WHEN 2033 THEN 'FS-' WHEN 2037 THEN 'FSE-' WHEN 2034 THEN 'PA-' WHEN 2041 THEN 'FSK-'
                              WHEN 2042 THEN 'PAK-' ELSE 'FKE-' END
         + CAST(t.TrN_TrNNumer AS varchar(10)) + '/' + RIGHT('0' + CAST(t.TrN_TrNMiesiac AS varchar(3)), 2) + '/'
         + RIGHT(CAST(t.TrN_TrNRok AS varchar(6)), 2) + '/' + RTRIM(t.TrN_TrNSeria) AS nvarchar(60)) AS number, -- verified: its parts; the pattern is configurable
       DATEADD(day, t.TrN_Data2, CAST('18001228' AS date)) AS issued_on, -- verified
       CASE WHEN t.TrN_Data3 BETWEEN 1 AND 109211 THEN DATEADD(day, t.TrN_Data3, CAST('18001228' AS date)) END AS sold_on, -- verified
       CASE WHEN t.TrN_Termin BETWEEN 1 AND 109211 THEN DATEADD(day, t.TrN_Termin, CAST('18001228' AS date)) END AS due_on, -- verified
       CAST('PLN' AS char(3)) AS currency, -- verified: NettoR and VatR are PLN, whatever the document's currency
       CAST(t.TrN_NettoR AS decimal(19,4)) AS net, -- verified
       CAST(t.TrN_VatR AS decimal(19,4)) AS vat, -- verified
       CAST(t.TrN_NettoR + t.TrN_VatR AS decimal(19,4)) AS gross, -- verified
       CAST(NULL AS decimal(19,4)) AS remaining, -- verified: only TraPlat knows, in the document's currency
       CAST('PLN' AS char(3)) AS base_currency, -- verified
       CAST(t.TrN_NettoR AS decimal(19,4)) AS net_base, -- verified
       CAST(t.TrN_VatR AS decimal(19,4)) AS vat_base, -- verified
       CAST(t.TrN_NettoR + t.TrN_VatR AS decimal(19,4)) AS gross_base, -- verified
       c.TrN_GIDTyp AS corrects_type, -- verified
       c.TrN_GIDNumer AS corrects_id, -- verified
       CAST(f.KSF_Numer AS varchar(40)) AS ksef_number, -- verified
       CAST(1 AS bit) AS counts_in_sales, -- unsure: advances and receipts with an invoice, see README.md
       CAST(CASE t.TrN_Stan WHEN 6 THEN 1 ELSE 0 END AS bit) AS cancelled, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: TrN_LastMod, in an unknown zone
FROM CDN.TraNag AS t
LEFT JOIN CDN.KntKarty AS d ON d.Knt_GIDTyp = t.TrN_KnDTyp AND d.Knt_GIDNumer = t.TrN_KnDNumer
  AND t.TrN_KnDTyp = 32 AND t.TrN_KnDNumer <> t.TrN_KnPNumer
LEFT JOIN CDN.TraNag AS c ON c.TrN_GIDTyp = t.TrN_ZwrTyp AND c.TrN_GIDNumer = t.TrN_ZwrNumer
  AND t.TrN_GIDTyp IN (2041, 2042, 2045)
OUTER APPLY (
  SELECT TOP (1) x.KSF_Numer
  FROM CDN.KSeFDokumenty AS x
  WHERE x.KSF_DokTyp = t.TrN_GIDTyp AND x.KSF_DokNumer = t.TrN_GIDNumer AND x.KSF_Numer <> ''
  ORDER BY x.KSF_Numer
) AS f
WHERE t.TrN_GIDTyp IN (2033, 2034, 2037, 2041, 2042, 2045) AND t.TrN_Stan IN (3, 4, 5, 6) AND t.TrN_KnPTyp = 32;
GO
CREATE VIEW kartoteka.invoice_line AS
SELECT e.TrE_GIDTyp AS invoice_type, -- verified
       e.TrE_GIDNumer AS invoice_id, -- verified
       e.TrE_GIDLp AS line_no, -- verified
       CAST(NULLIF(e.TrE_TwrKod, '') AS nvarchar(60)) AS product_code, -- verified
       CAST(e.TrE_TwrNazwa AS nvarchar(400)) AS product_name, -- verified
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure: groups are a tree, TwrGrupyDom
       CAST(e.TrE_Ilosc AS decimal(19,4)) AS quantity, -- verified
       CAST(e.TrE_JmZ AS nvarchar(20)) AS unit, -- verified
       CAST(CASE t.TrN_Waluta WHEN 'PLN' THEN e.TrE_Cena END AS decimal(19,4)) AS net_price, -- unsure: where prices are from gross
       CAST(e.TrE_KsiegowaNetto AS decimal(19,4)) AS net, -- verified: PLN
       CAST(NULL AS varchar(10)) AS vat_rate -- unsure
FROM CDN.TraElem AS e
JOIN CDN.TraNag AS t ON t.TrN_GIDTyp = e.TrE_GIDTyp AND t.TrN_GIDNumer = e.TrE_GIDNumer
WHERE t.TrN_GIDTyp IN (2033, 2034, 2037, 2041, 2042, 2045) AND t.TrN_Stan IN (3, 4, 5, 6) AND t.TrN_KnPTyp = 32;
GO
CREATE VIEW kartoteka.payment AS
SELECT z.KAZ_GIDTyp AS payment_type, -- recalled: 784
       z.KAZ_GIDNumer AS payment_id, -- verified
       z.KAZ_KntNumer AS customer_id, -- verified
       DATEADD(day, z.KAZ_DataZapisu, CAST('18001228' AS date)) AS paid_on, -- verified
       CAST(CASE z.KAZ_RP WHEN 2 THEN z.KAZ_Kwota ELSE -z.KAZ_Kwota END AS decimal(19,4)) AS amount, -- verified for RP 2, recalled for RP 1
       CAST(CASE z.KAZ_RP WHEN 2 THEN z.KAZ_Pozostaje ELSE -z.KAZ_Pozostaje END AS decimal(19,4)) AS unallocated, -- verified for RP 2, recalled for RP 1
       CAST(z.KAZ_Waluta AS char(3)) AS currency, -- verified
       CAST(NULL AS varchar(20)) AS method, -- unsure: it hangs on the register
       CAST(NULLIF(z.KAZ_NumerDokumentu, '') AS nvarchar(200)) AS reference, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure
FROM CDN.Zapisy AS z
WHERE z.KAZ_RP IN (1, 2) AND z.KAZ_Anulowany = 0 AND z.KAZ_KNTTyp = 32;
GO
CREATE VIEW kartoteka.settlement AS
SELECT p.TrP_GIDTyp AS settlement_type, -- verified
       p.TrP_GIDNumer AS settlement_id, -- verified
       p.TrP_GIDLp AS settlement_line, -- verified
       p.TrP_KntNumer AS customer_id, -- verified
       CAST(CASE p.TrP_Typ WHEN 2 THEN 'RECEIVABLE' ELSE 'PAYABLE' END AS varchar(10)) AS side, -- verified
       i.TrN_GIDTyp AS invoice_type, -- verified
       i.TrN_GIDNumer AS invoice_id, -- verified
       CAST(NULL AS nvarchar(60)) AS document_number, -- unsure: for an invoice it is the invoice's
       CASE WHEN t.TrN_GIDNumer IS NOT NULL THEN DATEADD(day, t.TrN_Data2, CAST('18001228' AS date))
            WHEN p.TrP_Termin BETWEEN 1 AND 109211
            THEN DATEADD(day, p.TrP_Termin, CAST('18001228' AS date)) END AS issued_on, -- unsure without a TraNag document: its due day
       CASE WHEN p.TrP_Termin BETWEEN 1 AND 109211 THEN DATEADD(day, p.TrP_Termin, CAST('18001228' AS date)) END AS due_on, -- verified
       CAST(p.TrP_Kwota AS decimal(19,4)) AS amount, -- verified
       CAST(p.TrP_Pozostaje AS decimal(19,4)) AS remaining, -- verified
       CAST(p.TrP_Waluta AS char(3)) AS currency, -- verified
       CASE WHEN p.TrP_Rozliczona = 1 AND p.TrP_DataRozliczenia BETWEEN 1 AND 109211
            THEN DATEADD(day, p.TrP_DataRozliczenia, CAST('18001228' AS date)) END AS settled_on, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure
FROM CDN.TraPlat AS p
LEFT JOIN CDN.TraNag AS t ON t.TrN_GIDTyp = p.TrP_GIDTyp AND t.TrN_GIDNumer = p.TrP_GIDNumer
LEFT JOIN CDN.TraNag AS i ON i.TrN_GIDTyp = p.TrP_GIDTyp AND i.TrN_GIDNumer = p.TrP_GIDNumer
  AND i.TrN_GIDTyp IN (2033, 2034, 2037, 2041, 2042, 2045) AND i.TrN_Stan IN (3, 4, 5, 6) AND i.TrN_KnPTyp = 32
WHERE p.TrP_Rozliczona <> 2 AND p.TrP_KntTyp = 32;
GO
-- The sides of a match are in no order: each of the two that is an item gets its row.
CREATE VIEW kartoteka.settlement_match AS
SELECT p.TrP_GIDTyp AS settlement_type, -- verified
       p.TrP_GIDNumer AS settlement_id, -- verified
       p.TrP_GIDLp AS settlement_line, -- verified
       r.R2_ID AS match_no, -- verified
       p.TrP_KntNumer AS customer_id, -- verified
       z.KAZ_GIDTyp AS payment_type, -- recalled
       z.KAZ_GIDNumer AS payment_id, -- verified
       c.TrP_GIDTyp AS counter_type, -- verified
       c.TrP_GIDNumer AS counter_id, -- verified
       c.TrP_GIDLp AS counter_line, -- verified
       CAST(r.R2_KwotaWal1 AS decimal(19,4)) AS amount, -- verified; unsure where the two currencies differ
       CAST(CASE z.KAZ_RP WHEN 1 THEN -r.R2_KwotaWal1 END AS decimal(19,4)) AS payment_amount, -- unsure where the two currencies differ
       CASE WHEN r.R2_DataRozliczenia BETWEEN 1 AND 109211
            THEN DATEADD(day, r.R2_DataRozliczenia, CAST('18001228' AS date)) END AS matched_on -- verified
FROM CDN.Rozliczenia AS r
JOIN CDN.TraPlat AS p ON p.TrP_GIDTyp = r.R2_Dok1Typ AND p.TrP_GIDNumer = r.R2_Dok1Numer AND p.TrP_GIDLp = r.R2_Dok1Lp
LEFT JOIN CDN.Zapisy AS z ON z.KAZ_GIDTyp = r.R2_Dok2Typ AND z.KAZ_GIDNumer = r.R2_Dok2Numer
  AND z.KAZ_RP IN (1, 2) AND z.KAZ_Anulowany = 0 AND z.KAZ_KNTTyp = 32
LEFT JOIN CDN.TraPlat AS c ON c.TrP_GIDTyp = r.R2_Dok2Typ AND c.TrP_GIDNumer = r.R2_Dok2Numer AND c.TrP_GIDLp = r.R2_Dok2Lp
  AND c.TrP_Rozliczona <> 2 AND c.TrP_KntTyp = 32
WHERE p.TrP_Rozliczona <> 2 AND p.TrP_KntTyp = 32
UNION ALL
SELECT p.TrP_GIDTyp AS settlement_type, -- verified
       p.TrP_GIDNumer AS settlement_id, -- verified
       p.TrP_GIDLp AS settlement_line, -- verified
       r.R2_ID AS match_no, -- verified
       p.TrP_KntNumer AS customer_id, -- verified
       z.KAZ_GIDTyp AS payment_type, -- recalled
       z.KAZ_GIDNumer AS payment_id, -- verified
       c.TrP_GIDTyp AS counter_type, -- verified
       c.TrP_GIDNumer AS counter_id, -- verified
       c.TrP_GIDLp AS counter_line, -- verified
       CAST(r.R2_KwotaWal1 AS decimal(19,4)) AS amount, -- verified; unsure where the two currencies differ
       CAST(CASE z.KAZ_RP WHEN 1 THEN -r.R2_KwotaWal1 END AS decimal(19,4)) AS payment_amount, -- unsure where the two currencies differ
       CASE WHEN r.R2_DataRozliczenia BETWEEN 1 AND 109211
            THEN DATEADD(day, r.R2_DataRozliczenia, CAST('18001228' AS date)) END AS matched_on -- verified
FROM CDN.Rozliczenia AS r
JOIN CDN.TraPlat AS p ON p.TrP_GIDTyp = r.R2_Dok2Typ AND p.TrP_GIDNumer = r.R2_Dok2Numer AND p.TrP_GIDLp = r.R2_Dok2Lp
LEFT JOIN CDN.Zapisy AS z ON z.KAZ_GIDTyp = r.R2_Dok1Typ AND z.KAZ_GIDNumer = r.R2_Dok1Numer
  AND z.KAZ_RP IN (1, 2) AND z.KAZ_Anulowany = 0 AND z.KAZ_KNTTyp = 32
LEFT JOIN CDN.TraPlat AS c ON c.TrP_GIDTyp = r.R2_Dok1Typ AND c.TrP_GIDNumer = r.R2_Dok1Numer AND c.TrP_GIDLp = r.R2_Dok1Lp
  AND c.TrP_Rozliczona <> 2 AND c.TrP_KntTyp = 32
WHERE p.TrP_Rozliczona <> 2 AND p.TrP_KntTyp = 32;
GO
CREATE VIEW kartoteka.invoice_order AS
SELECT t.TrN_GIDTyp AS invoice_type, -- verified
       t.TrN_GIDNumer AS invoice_id, -- verified
       z.ZaN_GIDTyp AS order_type, -- verified
       z.ZaN_GIDNumer AS order_id -- verified: the header's one order; a collective invoice has more
FROM CDN.TraNag AS t
JOIN CDN.ZamNag AS z ON z.ZaN_GIDTyp = t.TrN_ZaNTyp AND z.ZaN_GIDNumer = t.TrN_ZaNNumer
WHERE t.TrN_GIDTyp IN (2033, 2034, 2037) AND t.TrN_Stan IN (3, 4, 5, 6) AND t.TrN_KnPTyp = 32 AND z.ZaN_ZamTyp = 1280;
GO
