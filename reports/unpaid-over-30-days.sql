/*---
title: Niezapłacone ponad 30 dni po terminie
description: >-
  Należności klienta, których termin minął więcej niż 30 dni (albo tyle, ile podano) przed wskazanym dniem, z pozostałą do
  zapłaty kwotą według stanu na teraz. Zapłata częściowa pomniejsza pozostałą kwotę. Bez nierozliczonych korekt i wpłat.
database: ERP
roles: [ADMIN, MANAGER, FINANCE, REPORTING]
parameters:
  - name: customers
    label: Klient
    type: TEXT
    multiple: true
    required: true
    fromClient: CUSTOMER_ID
  - name: asOf
    label: Na dzień
    type: DATE
    required: true
  - name: days
    label: Więcej dni niż
    type: INTEGER
    default: 30
columns:
  - { name: document_number, label: Dokument }
  - { name: issued_on, label: Wystawiono, format: DD.MM.YYYY }
  - { name: due_on, label: Termin, format: DD.MM.YYYY }
  - { name: days_late, label: Dni po terminie, format: '0' }
  - { name: currency, label: Waluta }
  - { name: amount, label: Kwota, format: '0.00' }
  - { name: remaining, label: Pozostaje, format: '0.00' }
---*/
SELECT s.document_number,
       s.issued_on,
       s.due_on,
       DATEDIFF(day, s.due_on, @asOf) AS days_late,
       s.currency,
       s.amount,
       s.remaining
FROM kartoteka.settlement AS s
WHERE s.customer_id IN (@customers)
  AND s.side = 'RECEIVABLE'
  AND s.remaining > 0
  AND s.due_on < DATEADD(day, -CAST(@days AS int), @asOf)
ORDER BY s.due_on, s.document_number, s.settlement_line
