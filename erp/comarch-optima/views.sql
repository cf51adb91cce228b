-- Kartoteka's views over Comarch ERP Optima. Read README.md of this folder first. In a database of their own the tables are
-- written with the ERP's database before them: [CDN_Company].CDN.TraNag.
-- Each column says how sure it is: verified (seen in public code), recalled, unsure.

CREATE SCHEMA kartoteka;
GO
CREATE VIEW kartoteka.customer AS
SELECT k.Knt_KntId AS customer_id, -- verified
       CAST(k.Knt_Kod AS nvarchar(50)) AS code, -- verified
       CAST(RTRIM(k.Knt_Nazwa1 + ' ' + k.Knt_Nazwa2 + ' ' + k.Knt_Nazwa3) AS nvarchar(400)) AS name, -- verified
       CAST(COALESCE(NULLIF(k.Knt_NipE, ''), NULLIF(k.Knt_Nip, '')) AS varchar(20)) AS tax_id, -- verified
       CAST(NULLIF(RTRIM(k.Knt_Ulica + ' ' + k.Knt_NrDomu
         + CASE k.Knt_NrLokalu WHEN '' THEN '' ELSE '/' + k.Knt_NrLokalu END), '') AS nvarchar(200)) AS street, -- recalled
       CAST(NULLIF(k.Knt_KodPocztowy, '') AS nvarchar(20)) AS postal_code, -- recalled
       CAST(NULLIF(k.Knt_Miasto, '') AS nvarchar(100)) AS city, -- recalled
       CAST(NULL AS char(2)) AS country, -- unsure: which column holds the code
       CAST(NULLIF(k.Knt_Email, '') AS nvarchar(200)) AS email, -- verified
       CAST(NULLIF(k.Knt_Telefon1, '') AS nvarchar(60)) AS phone, -- recalled
       CAST(NULLIF(k.Knt_LimitKredytu, 0) AS decimal(19,4)) AS credit_limit, -- verified; unsure that 0 means none
       CAST(CASE WHEN k.Knt_LimitKredytu <> 0 THEN 'PLN' END AS char(3)) AS credit_currency, -- recalled
       CAST(NULL AS int) AS payment_days, -- unsure
       CAST(0 AS bit) AS blocked, -- unsure: where Optima keeps it; nobody is shown as blocked
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: the zone
FROM CDN.Kontrahenci AS k;
GO
CREATE VIEW kartoteka.sales_order AS
SELECT 0 AS order_type, -- verified: one number space
       t.TrN_TrNID AS order_id, -- verified
       t.TrN_PlatnikID AS customer_id, -- verified
       CAST(t.TrN_NumerPelny AS nvarchar(60)) AS number, -- verified
       CAST(t.TrN_DataDok AS date) AS ordered_on, -- verified
       CAST(t.TrN_DataWys AS date) AS requested_on, -- recalled
       CAST(CASE WHEN t.TrN_Anulowany <> 0 THEN 'CANCELLED' WHEN t.TrN_Bufor <> 0 THEN 'DRAFT' ELSE 'UNKNOWN' END AS varchar(20)) AS status, -- verified; unsure how a delivered one is told
       CAST(CASE WHEN t.TrN_Anulowany <> 0 THEN N'anulowane' WHEN t.TrN_Bufor <> 0 THEN N'w buforze' ELSE N'zatwierdzone' END AS nvarchar(60)) AS status_text, -- recalled
       CAST(CASE WHEN t.TrN_Waluta IS NULL OR t.TrN_Waluta = '' THEN 'PLN' ELSE t.TrN_Waluta END AS char(3)) AS currency, -- verified: empty is PLN
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN t.TrN_RazemNetto ELSE t.TrN_RazemNettoWal END AS decimal(19,4)) AS net, -- verified
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN t.TrN_RazemBrutto ELSE t.TrN_RazemBruttoWal END AS decimal(19,4)) AS gross, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: the zone
FROM CDN.TraNag AS t
WHERE t.TrN_TypDokumentu = 308 AND t.TrN_PlatnikTyp = 1;
GO
CREATE VIEW kartoteka.sales_order_line AS
SELECT 0 AS order_type, -- verified
       e.TrE_TrNId AS order_id, -- verified
       e.TrE_TrEID AS line_no, -- verified
       CAST(NULLIF(e.TrE_TwrKod, '') AS nvarchar(60)) AS product_code, -- verified
       CAST(e.TrE_TwrNazwa AS nvarchar(400)) AS product_name, -- verified
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure
       CAST(e.TrE_Ilosc AS decimal(19,4)) AS quantity, -- verified
       CAST(NULL AS decimal(19,4)) AS delivered, -- unsure
       CAST(e.TrE_Jm AS nvarchar(20)) AS unit, -- verified
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN e.TrE_CenaT END AS decimal(19,4)) AS net_price, -- unsure: where prices are from gross
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN e.TrE_WartoscNetto ELSE e.TrE_WartoscNettoWal END AS decimal(19,4)) AS net -- verified in PLN, recalled in a currency
FROM CDN.TraElem AS e
JOIN CDN.TraNag AS t ON t.TrN_TrNID = e.TrE_TrNId
WHERE t.TrN_TypDokumentu = 308 AND t.TrN_PlatnikTyp = 1;
GO
-- A key that may lead nowhere comes from the row it leads to, so that it is NULL and bare at once.
CREATE VIEW kartoteka.invoice AS
SELECT 0 AS invoice_type, -- verified: one number space
       t.TrN_TrNID AS invoice_id, -- verified
       t.TrN_PlatnikID AS customer_id, -- verified
       o.Knt_KntId AS recipient_id, -- verified
       CAST(CASE WHEN t.TrN_Korekta <> 0 THEN 'CORRECTION' WHEN t.TrN_TypDokumentu = 305 THEN 'RECEIPT'
                 ELSE 'INVOICE' END AS varchar(20)) AS kind, -- verified: advances are not told apart
       CAST(t.TrN_NumerPelny AS nvarchar(60)) AS number, -- verified
       CAST(t.TrN_DataDok AS date) AS issued_on, -- verified
       CAST(t.TrN_DataOpe AS date) AS sold_on, -- verified
       CAST(t.TrN_Termin AS date) AS due_on, -- verified
       CAST(CASE WHEN t.TrN_Waluta IS NULL OR t.TrN_Waluta = '' THEN 'PLN' ELSE t.TrN_Waluta END AS char(3)) AS currency, -- verified: empty is PLN
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN t.TrN_RazemNetto ELSE t.TrN_RazemNettoWal END AS decimal(19,4)) AS net, -- verified
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN t.TrN_RazemVAT ELSE t.TrN_RazemVATWal END AS decimal(19,4)) AS vat, -- verified
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN t.TrN_RazemBrutto ELSE t.TrN_RazemBruttoWal END AS decimal(19,4)) AS gross, -- verified
       CAST(NULL AS decimal(19,4)) AS remaining, -- verified: only BnkZdarzenia knows
       CAST('PLN' AS char(3)) AS base_currency, -- verified
       CAST(t.TrN_RazemNetto AS decimal(19,4)) AS net_base, -- verified
       CAST(t.TrN_RazemVAT AS decimal(19,4)) AS vat_base, -- verified
       CAST(t.TrN_RazemBrutto AS decimal(19,4)) AS gross_base, -- verified
       CASE WHEN c.TrN_TrNID IS NOT NULL THEN 0 END AS corrects_type, -- recalled
       c.TrN_TrNID AS corrects_id, -- recalled: TrN_ZwrId is verified for corrections of purchases
       CAST(f.DKF_NumerKSeF AS varchar(40)) AS ksef_number, -- verified: by version, see README.md
       CAST(1 AS bit) AS counts_in_sales, -- unsure: advances and receipts with an invoice, see README.md
       CAST(CASE WHEN t.TrN_Anulowany <> 0 THEN 1 ELSE 0 END AS bit) AS cancelled, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: the zone
FROM CDN.TraNag AS t
LEFT JOIN CDN.Kontrahenci AS o ON o.Knt_KntId = t.TrN_OdbID AND t.TrN_OdbiorcaTyp = 1 AND t.TrN_OdbID <> t.TrN_PlatnikID
LEFT JOIN CDN.TraNag AS c ON c.TrN_TrNID = t.TrN_ZwrId AND t.TrN_Korekta <> 0 AND c.TrN_TypDokumentu IN (302, 305)
OUTER APPLY (
  SELECT TOP (1) x.DKF_NumerKSeF
  FROM CDN.DokumentyKSeF AS x
  WHERE x.DKF_TrNId = t.TrN_TrNID AND x.DKF_NumerKSeF <> ''
  ORDER BY x.DKF_NumerKSeF
) AS f
WHERE t.TrN_TypDokumentu IN (302, 305) AND t.TrN_Bufor = 0 AND t.TrN_PlatnikTyp = 1;
GO
CREATE VIEW kartoteka.invoice_line AS
SELECT 0 AS invoice_type, -- verified
       e.TrE_TrNId AS invoice_id, -- verified
       e.TrE_TrEID AS line_no, -- verified
       CAST(NULLIF(e.TrE_TwrKod, '') AS nvarchar(60)) AS product_code, -- verified
       CAST(e.TrE_TwrNazwa AS nvarchar(400)) AS product_name, -- verified
       CAST(NULL AS nvarchar(100)) AS product_group, -- unsure
       CAST(e.TrE_Ilosc AS decimal(19,4)) AS quantity, -- verified
       CAST(e.TrE_Jm AS nvarchar(20)) AS unit, -- verified
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN e.TrE_CenaT END AS decimal(19,4)) AS net_price, -- unsure: where prices are from gross
       CAST(CASE WHEN t.TrN_Waluta IN ('', 'PLN') THEN e.TrE_WartoscNetto ELSE e.TrE_WartoscNettoWal END AS decimal(19,4)) AS net, -- verified in PLN, recalled in a currency
       CAST(NULL AS varchar(10)) AS vat_rate -- unsure
FROM CDN.TraElem AS e
JOIN CDN.TraNag AS t ON t.TrN_TrNID = e.TrE_TrNId
WHERE t.TrN_TypDokumentu IN (302, 305) AND t.TrN_Bufor = 0 AND t.TrN_PlatnikTyp = 1;
GO
CREATE VIEW kartoteka.invoice_order AS
SELECT 0 AS invoice_type, -- verified
       i.TrN_TrNID AS invoice_id, -- verified
       0 AS order_type, -- verified
       o.TrN_TrNID AS order_id -- recalled: an order that became an invoice at once; by way of a WZ it is not found
FROM CDN.TraNagRelacje AS r
JOIN CDN.TraNag AS i ON i.TrN_TrNID = r.TrR_TrNId
JOIN CDN.TraNag AS o ON o.TrN_TrNID = r.TrR_FaId
WHERE i.TrN_TypDokumentu IN (302, 305) AND i.TrN_Bufor = 0 AND i.TrN_PlatnikTyp = 1 AND o.TrN_TypDokumentu = 308
  AND o.TrN_PlatnikTyp = 1
GROUP BY i.TrN_TrNID, o.TrN_TrNID;
GO
CREATE VIEW kartoteka.payment AS
SELECT 0 AS payment_type, -- verified: one number space
       p.BZp_BZpID AS payment_id, -- verified
       p.BZp_PodmiotID AS customer_id, -- verified
       CAST(p.BZp_DataDok AS date) AS paid_on, -- verified
       CAST(p.BZp_Kierunek * ABS(p.BZp_Kwota) AS decimal(19,4)) AS amount, -- verified
       CAST(CASE p.BZp_Rozliczono WHEN 0 THEN 0 ELSE p.BZp_Kierunek * (ABS(p.BZp_Kwota) - ABS(p.BZp_KwotaRoz)) END AS decimal(19,4)) AS unallocated, -- verified; recalled that 0 is not subject to matching
       CAST(CASE WHEN p.BZp_Waluta IS NULL OR p.BZp_Waluta = '' THEN 'PLN' ELSE p.BZp_Waluta END AS char(3)) AS currency, -- verified: empty is PLN
       CAST(NULL AS varchar(20)) AS method, -- unsure: it hangs on BZp_FPlId
       CAST(p.BZp_NumerPelny AS nvarchar(200)) AS reference, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: the zone
FROM CDN.BnkZapisy AS p
WHERE p.BZp_Kierunek IN (1, -1) AND p.BZp_PodmiotTyp = 1;
GO
CREATE VIEW kartoteka.settlement AS
SELECT 0 AS settlement_type, -- verified: one number space
       z.BZd_BZdID AS settlement_id, -- verified
       0 AS settlement_line, -- verified: an instalment is an event of its own
       z.BZd_PodmiotID AS customer_id, -- verified
       CAST(CASE z.BZd_Kierunek WHEN 1 THEN 'RECEIVABLE' ELSE 'PAYABLE' END AS varchar(10)) AS side, -- verified
       CASE WHEN i.TrN_TrNID IS NOT NULL THEN 0 END AS invoice_type, -- verified
       i.TrN_TrNID AS invoice_id, -- verified
       CAST(NULLIF(z.BZd_NumerPelny, '') AS nvarchar(60)) AS document_number, -- verified
       CAST(z.BZd_DataDok AS date) AS issued_on, -- verified
       CAST(z.BZd_Termin AS date) AS due_on, -- verified
       CAST(z.BZd_Kwota AS decimal(19,4)) AS amount, -- verified
       CAST(z.BZd_Kwota - z.BZd_KwotaRoz AS decimal(19,4)) AS remaining, -- verified
       CAST(CASE WHEN z.BZd_Waluta IS NULL OR z.BZd_Waluta = '' THEN 'PLN' ELSE z.BZd_Waluta END AS char(3)) AS currency, -- verified: empty is PLN
       CAST(CASE z.BZd_Rozliczono WHEN 2 THEN z.BZd_DataRoz END AS date) AS settled_on, -- verified
       CAST(NULL AS datetime2(3)) AS modified_at -- unsure: BZd_TsMod, in an unknown zone
FROM CDN.BnkZdarzenia AS z
LEFT JOIN CDN.TraNag AS i ON i.TrN_TrNID = z.BZd_DokumentID AND z.BZd_DokumentTyp = 1 AND i.TrN_TypDokumentu IN (302, 305)
  AND i.TrN_Bufor = 0 AND i.TrN_PlatnikTyp = 1
WHERE z.BZd_Rozliczono IN (1, 2) AND z.BZd_Stan > 0 AND z.BZd_PodmiotTyp = 1 AND z.BZd_Kierunek IN (1, -1);
GO
-- The sides of a match are in no order: each of the two that is an item gets its row.
CREATE VIEW kartoteka.settlement_match AS
SELECT 0 AS settlement_type, -- verified: one number space
       s.BZd_BZdID AS settlement_id, -- verified
       0 AS settlement_line, -- verified: an instalment is an event of its own
       k.BRK_BRKId AS match_no, -- verified
       s.BZd_PodmiotID AS customer_id, -- verified
       CASE WHEN p.BZp_BZpID IS NOT NULL THEN 0 END AS payment_type, -- verified
       p.BZp_BZpID AS payment_id, -- verified
       CASE WHEN c.BZd_BZdID IS NOT NULL THEN 0 END AS counter_type, -- verified
       c.BZd_BZdID AS counter_id, -- verified
       CASE WHEN c.BZd_BZdID IS NOT NULL THEN 0 END AS counter_line, -- verified
       CAST(k.BRK_Kwota AS decimal(19,4)) AS amount, -- verified; unsure where the two currencies differ
       CAST(CASE p.BZp_Kierunek WHEN -1 THEN -k.BRK_Kwota END AS decimal(19,4)) AS payment_amount, -- unsure where the two currencies differ
       CAST(k.BRK_DataDok AS date) AS matched_on -- verified
FROM CDN.BnkRozKwoty AS k
JOIN CDN.BnkZdarzenia AS s ON s.BZd_BZdID = k.BRK_LDokID AND k.BRK_LDokTyp = 1
LEFT JOIN CDN.BnkZapisy AS p ON p.BZp_BZpID = k.BRK_PDokID AND k.BRK_PDokTyp = 2
  AND p.BZp_Kierunek IN (1, -1) AND p.BZp_PodmiotTyp = 1
LEFT JOIN CDN.BnkZdarzenia AS c ON c.BZd_BZdID = k.BRK_PDokID AND k.BRK_PDokTyp = 1
  AND c.BZd_Rozliczono IN (1, 2) AND c.BZd_Stan > 0 AND c.BZd_PodmiotTyp = 1 AND c.BZd_Kierunek IN (1, -1)
WHERE s.BZd_Rozliczono IN (1, 2) AND s.BZd_Stan > 0 AND s.BZd_PodmiotTyp = 1 AND s.BZd_Kierunek IN (1, -1)
UNION ALL
SELECT 0 AS settlement_type, -- verified: one number space
       s.BZd_BZdID AS settlement_id, -- verified
       0 AS settlement_line, -- verified: an instalment is an event of its own
       k.BRK_BRKId AS match_no, -- verified
       s.BZd_PodmiotID AS customer_id, -- verified
       CASE WHEN p.BZp_BZpID IS NOT NULL THEN 0 END AS payment_type, -- verified
       p.BZp_BZpID AS payment_id, -- verified
       CASE WHEN c.BZd_BZdID IS NOT NULL THEN 0 END AS counter_type, -- verified
       c.BZd_BZdID AS counter_id, -- verified
       CASE WHEN c.BZd_BZdID IS NOT NULL THEN 0 END AS counter_line, -- verified
       CAST(k.BRK_Kwota AS decimal(19,4)) AS amount, -- verified; unsure where the two currencies differ
       CAST(CASE p.BZp_Kierunek WHEN -1 THEN -k.BRK_Kwota END AS decimal(19,4)) AS payment_amount, -- unsure where the two currencies differ
       CAST(k.BRK_DataDok AS date) AS matched_on -- verified
FROM CDN.BnkRozKwoty AS k
JOIN CDN.BnkZdarzenia AS s ON s.BZd_BZdID = k.BRK_PDokID AND k.BRK_PDokTyp = 1
LEFT JOIN CDN.BnkZapisy AS p ON p.BZp_BZpID = k.BRK_LDokID AND k.BRK_LDokTyp = 2
  AND p.BZp_Kierunek IN (1, -1) AND p.BZp_PodmiotTyp = 1
LEFT JOIN CDN.BnkZdarzenia AS c ON c.BZd_BZdID = k.BRK_LDokID AND k.BRK_LDokTyp = 1
  AND c.BZd_Rozliczono IN (1, 2) AND c.BZd_Stan > 0 AND c.BZd_PodmiotTyp = 1 AND c.BZd_Kierunek IN (1, -1)
WHERE s.BZd_Rozliczono IN (1, 2) AND s.BZd_Stan > 0 AND s.BZd_PodmiotTyp = 1 AND s.BZd_Kierunek IN (1, -1);
GO
