/*---
title: Obroty według grup towarowych i miesięcy
description: >-
  Sprzedaż netto z pozycji faktur, korekt i paragonów, które ERP liczy do sprzedaży, bez anulowanych. Miesiąc
  wystawienia dokumentu; korekty pomniejszają miesiąc, w którym je wystawiono. Każda waluta osobno.
database: ERP
parameters:
  - name: customers
    label: Klient
    type: TEXT
    multiple: true
    required: true
    fromClient: CUSTOMER_ID
  - name: issuedFrom
    label: Wystawione od
    type: DATE
  - name: issuedTo
    label: Wystawione do
    type: DATE
columns:
  - { name: sales_month, label: Miesiąc, format: MM.YYYY }
  - { name: product_group, label: Grupa towarowa }
  - { name: currency, label: Waluta }
  - { name: documents, label: Dokumenty, format: '0' }
  - { name: net, label: Netto, format: '0.00' }
---*/
SELECT s.sales_month,
       s.product_group,
       s.currency,
       COUNT(DISTINCT s.document) AS documents,
       CAST(SUM(s.net) AS decimal(19, 4)) AS net
FROM (
  SELECT DATEFROMPARTS(YEAR(i.issued_on), MONTH(i.issued_on), 1) AS sales_month,
         COALESCE(l.product_group, N'(bez grupy)') AS product_group,
         i.currency,
         CONCAT(i.invoice_type, N':', i.invoice_id) AS document,
         l.net
  FROM kartoteka.invoice AS i
  INNER JOIN kartoteka.invoice_line AS l ON l.invoice_type = i.invoice_type AND l.invoice_id = i.invoice_id
  WHERE i.customer_id IN (@customers)
    AND i.counts_in_sales = 1
    AND i.cancelled = 0
    AND (@issuedFrom IS NULL OR i.issued_on >= @issuedFrom)
    AND (@issuedTo IS NULL OR i.issued_on <= @issuedTo)
) AS s
GROUP BY s.sales_month, s.product_group, s.currency
ORDER BY s.sales_month, s.product_group, s.currency
