/*---
title: Jak płaci klient
description: >-
  Miesiąc po miesiącu, ile wpłynęło na należności i ile dni po terminie: średnio, licząc dni kwotami wpłat, i najpóźniej.
  Liczy się dzień wpłaty, a wpłata przed terminem to dni ujemne. Kompensaty i korekty niczego nie płacą. Każda waluta
  osobno.
database: ERP
roles: [ADMIN, MANAGER, FINANCE, REPORTING]
parameters:
  - name: customers
    label: Klient
    type: TEXT
    multiple: true
    required: true
    fromClient: CUSTOMER_ID
  - name: paidFrom
    label: Wpłaty od
    type: DATE
  - name: paidTo
    label: Wpłaty do
    type: DATE
columns:
  - { name: paid_month, label: Miesiąc wpłat, format: MM.YYYY }
  - { name: currency, label: Waluta }
  - { name: items, label: Rozliczenia, format: '0' }
  - { name: paid, label: Wpłacono, format: '0.00' }
  - { name: paid_late, label: W tym po terminie, format: '0.00' }
  - { name: average_days_late, label: Średnio dni po terminie, format: '0.0' }
  - { name: most_days_late, label: Najwięcej dni po terminie, format: '0' }
---*/
SELECT m.paid_month,
       m.currency,
       COUNT(*) AS items,
       CAST(SUM(m.amount) AS decimal(19, 4)) AS paid,
       CAST(SUM(CASE WHEN m.days_late > 0 THEN m.amount ELSE 0 END) AS decimal(19, 4)) AS paid_late,
       CAST(SUM(m.amount * m.days_late) / NULLIF(SUM(m.amount), 0) AS decimal(9, 2)) AS average_days_late,
       MAX(m.days_late) AS most_days_late
FROM (
  SELECT DATEFROMPARTS(YEAR(p.paid_on), MONTH(p.paid_on), 1) AS paid_month,
         s.currency,
         sm.amount,
         DATEDIFF(day, s.due_on, p.paid_on) AS days_late
  FROM kartoteka.settlement AS s
  INNER JOIN kartoteka.settlement_match AS sm
    ON sm.settlement_type = s.settlement_type
    AND sm.settlement_id = s.settlement_id
    AND sm.settlement_line = s.settlement_line
  INNER JOIN kartoteka.payment AS p ON p.payment_type = sm.payment_type AND p.payment_id = sm.payment_id
  WHERE s.customer_id IN (@customers)
    AND s.side = 'RECEIVABLE'
    AND s.due_on IS NOT NULL
    AND (@paidFrom IS NULL OR p.paid_on >= @paidFrom)
    AND (@paidTo IS NULL OR p.paid_on <= @paidTo)
) AS m
GROUP BY m.paid_month, m.currency
ORDER BY m.paid_month, m.currency
