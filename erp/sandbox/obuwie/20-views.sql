-- The contract over this ERP's tables (see 10-tables.sql). One number space per kind of document: the *_type columns are
-- the literal 0, and NULL where a row refers to nothing.

CREATE SCHEMA kartoteka;
GO
CREATE VIEW kartoteka.customer AS
SELECT k.kontrahent_id AS customer_id,
       k.akronim AS code,
       CASE WHEN k.nazwa2 IS NULL THEN k.nazwa1 ELSE k.nazwa1 + N' ' + k.nazwa2 END AS name,
       k.nip AS tax_id,
       k.ulica AS street,
       k.kod_pocztowy AS postal_code,
       k.miasto AS city,
       k.kraj AS country,
       k.email AS email,
       k.telefon AS phone,
       k.limit_kredytu AS credit_limit,
       k.waluta_limitu AS credit_currency,
       k.termin_dni AS payment_days,
       k.zablokowany AS blocked,
       k.zmieniono AS modified_at
FROM dbo.kontrahent AS k;
GO
CREATE VIEW kartoteka.sales_order AS
SELECT 0 AS order_type,
       z.zamowienie_id AS order_id,
       z.kontrahent_id AS customer_id,
       z.numer AS number,
       z.data_zamowienia AS ordered_on,
       z.data_realizacji AS requested_on,
       CASE z.stan WHEN 0 THEN 'DRAFT' WHEN 1 THEN 'OPEN' WHEN 2 THEN 'PARTLY_DELIVERED' WHEN 3 THEN 'DELIVERED'
                   WHEN 9 THEN 'CANCELLED' ELSE 'UNKNOWN' END AS status,
       CASE z.stan WHEN 0 THEN N'w buforze' WHEN 1 THEN N'potwierdzone' WHEN 2 THEN N'częściowo zrealizowane'
                   WHEN 3 THEN N'zrealizowane' WHEN 9 THEN N'anulowane' END AS status_text,
       z.waluta AS currency,
       z.netto AS net,
       z.brutto AS gross,
       z.zmieniono AS modified_at
FROM dbo.zamowienie AS z;
GO
CREATE VIEW kartoteka.sales_order_line AS
SELECT 0 AS order_type,
       p.zamowienie_id AS order_id,
       p.lp AS line_no,
       t.symbol AS product_code,
       t.nazwa AS product_name,
       g.nazwa AS product_group,
       p.ilosc AS quantity,
       p.zrealizowano AS delivered,
       t.jm AS unit,
       p.cena_netto AS net_price,
       p.wartosc_netto AS net
FROM dbo.zamowienie_pozycja AS p
JOIN dbo.towar AS t ON t.towar_id = p.towar_id
LEFT JOIN dbo.grupa_towaru AS g ON g.grupa_id = t.grupa_id;
GO
CREATE VIEW kartoteka.invoice AS
SELECT 0 AS invoice_type,
       d.dokument_id AS invoice_id,
       d.platnik_id AS customer_id,
       d.odbiorca_id AS recipient_id,
       CASE d.rodzaj WHEN 'KFS' THEN 'CORRECTION' WHEN 'FZ' THEN 'ADVANCE' WHEN 'PA' THEN 'RECEIPT' ELSE 'INVOICE' END AS kind,
       d.numer AS number,
       d.data_wystawienia AS issued_on,
       d.data_sprzedazy AS sold_on,
       d.termin AS due_on,
       d.waluta AS currency,
       d.netto AS net,
       d.vat AS vat,
       d.brutto AS gross,
       d.pozostaje AS remaining,
       CAST('PLN' AS char(3)) AS base_currency,
       d.netto_pln AS net_base,
       d.vat_pln AS vat_base,
       d.brutto_pln AS gross_base,
       CASE WHEN d.korygowany_id IS NOT NULL THEN 0 END AS corrects_type,
       d.korygowany_id AS corrects_id,
       d.numer_ksef AS ksef_number,
       CAST(CASE WHEN d.poza_sprzedaza = 1 THEN 0 ELSE 1 END AS bit) AS counts_in_sales,
       d.anulowany AS cancelled,
       d.zmieniono AS modified_at
FROM dbo.dokument AS d;
GO
CREATE VIEW kartoteka.invoice_line AS
SELECT 0 AS invoice_type,
       p.dokument_id AS invoice_id,
       p.lp AS line_no,
       t.symbol AS product_code,
       ISNULL(p.opis, t.nazwa) AS product_name,
       g.nazwa AS product_group,
       p.ilosc AS quantity,
       t.jm AS unit,
       p.cena_netto AS net_price,
       p.wartosc_netto AS net,
       p.stawka_vat AS vat_rate
FROM dbo.dokument_pozycja AS p
LEFT JOIN dbo.towar AS t ON t.towar_id = p.towar_id
LEFT JOIN dbo.grupa_towaru AS g ON g.grupa_id = t.grupa_id;
GO
CREATE VIEW kartoteka.invoice_order AS
SELECT 0 AS invoice_type,
       z.dokument_id AS invoice_id,
       0 AS order_type,
       z.zamowienie_id AS order_id
FROM dbo.dokument_zamowienie AS z;
GO
CREATE VIEW kartoteka.payment AS
SELECT 0 AS payment_type,
       p.platnosc_id AS payment_id,
       p.kontrahent_id AS customer_id,
       p.data_platnosci AS paid_on,
       p.kwota AS amount,
       p.nierozliczone AS unallocated,
       p.waluta AS currency,
       CASE p.forma WHEN 1 THEN 'TRANSFER' WHEN 2 THEN 'CASH' WHEN 3 THEN 'CARD' WHEN 4 THEN 'COMPENSATION'
                    WHEN 9 THEN 'OTHER' END AS method,
       p.tytul AS reference,
       p.zmieniono AS modified_at
FROM dbo.platnosc AS p;
GO
CREATE VIEW kartoteka.settlement AS
SELECT 0 AS settlement_type,
       r.rozrachunek_id AS settlement_id,
       r.rata AS settlement_line,
       r.kontrahent_id AS customer_id,
       CASE r.strona WHEN 'N' THEN 'RECEIVABLE' ELSE 'PAYABLE' END AS side,
       CASE WHEN r.dokument_id IS NOT NULL THEN 0 END AS invoice_type,
       r.dokument_id AS invoice_id,
       r.numer_dokumentu AS document_number,
       r.data_wystawienia AS issued_on,
       r.termin AS due_on,
       r.kwota AS amount,
       r.pozostaje AS remaining,
       r.waluta AS currency,
       r.data_rozliczenia AS settled_on,
       r.zmieniono AS modified_at
FROM dbo.rozrachunek AS r;
GO
CREATE VIEW kartoteka.settlement_match AS
SELECT 0 AS settlement_type,
       m.rozrachunek_id AS settlement_id,
       m.rata AS settlement_line,
       m.lp AS match_no,
       m.kontrahent_id AS customer_id,
       CASE WHEN m.platnosc_id IS NOT NULL THEN 0 END AS payment_type,
       m.platnosc_id AS payment_id,
       CASE WHEN m.przeciw_rozrachunek_id IS NOT NULL THEN 0 END AS counter_type,
       m.przeciw_rozrachunek_id AS counter_id,
       m.przeciw_rata AS counter_line,
       m.kwota AS amount,
       m.kwota_platnosci AS payment_amount,
       m.data_rozliczenia AS matched_on
FROM dbo.rozliczenie AS m;
GO
