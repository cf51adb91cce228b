/*---
title: Obroty odbiorców grupy zakupowej
description: >-
  Kto odebrał to, za co płaci klient: sprzedaż według odbiorców z dokumentów, które ERP liczy do sprzedaży, bez
  anulowanych, z korektami. Gdy dokument nie ma innego odbiorcy, odbiorcą jest sam płatnik. Każda waluta osobno.
database: ERP
parameters:
  - name: customers
    label: Płatnik
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
  - { name: recipient_code, label: Kod odbiorcy }
  - { name: recipient_name, label: Odbiorca }
  - { name: recipient_city, label: Miejscowość }
  - { name: currency, label: Waluta }
  - { name: documents, label: Dokumenty, format: '0' }
  - { name: net, label: Netto, format: '0.00' }
  - { name: gross, label: Brutto, format: '0.00' }
  - { name: last_issued_on, label: Ostatni dokument, format: DD.MM.YYYY }
---*/
SELECT c.code AS recipient_code,
       c.name AS recipient_name,
       c.city AS recipient_city,
       t.currency,
       t.documents,
       t.net,
       t.gross,
       t.last_issued_on
FROM (
  SELECT s.recipient,
         s.currency,
         COUNT(*) AS documents,
         CAST(SUM(s.net) AS decimal(19, 4)) AS net,
         CAST(SUM(s.gross) AS decimal(19, 4)) AS gross,
         MAX(s.issued_on) AS last_issued_on
  FROM (
    SELECT COALESCE(i.recipient_id, i.customer_id) AS recipient, i.currency, i.net, i.gross, i.issued_on
    FROM kartoteka.invoice AS i
    WHERE i.customer_id IN (@customers)
      AND i.counts_in_sales = 1
      AND i.cancelled = 0
      AND (@issuedFrom IS NULL OR i.issued_on >= @issuedFrom)
      AND (@issuedTo IS NULL OR i.issued_on <= @issuedTo)
  ) AS s
  GROUP BY s.recipient, s.currency
) AS t
LEFT JOIN kartoteka.customer AS c ON c.customer_id = t.recipient
ORDER BY t.currency, t.net DESC, c.code
