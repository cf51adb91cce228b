/*---
title: Zamówienia do realizacji według terminu dostawy
description: >-
  Co z potwierdzonych zamówień jeszcze nie wyjechało: wartość netto niewydanej części pozycji, w dniach, na które klient
  zamówił. Zamówienia bez terminu są na końcu. Gdy ERP nie podaje, ile wydano, pozycja liczy się w całości. Każda waluta
  osobno.
database: ERP
parameters:
  - name: customers
    label: Klient
    type: TEXT
    multiple: true
    required: true
    fromClient: CUSTOMER_ID
columns:
  - { name: requested_on, label: Termin dostawy, format: DD.MM.YYYY }
  - { name: currency, label: Waluta }
  - { name: orders, label: Zamówienia, format: '0' }
  - { name: order_lines, label: Pozycje, format: '0' }
  - { name: oldest_order_on, label: Najstarsze z dnia, format: DD.MM.YYYY }
  - { name: net_left, label: Do wydania netto, format: '0.00' }
---*/
SELECT b.requested_on,
       b.currency,
       COUNT(DISTINCT b.document) AS orders,
       COUNT(*) AS order_lines,
       MIN(b.ordered_on) AS oldest_order_on,
       CAST(SUM(b.net_left) AS decimal(19, 4)) AS net_left
FROM (
  SELECT o.requested_on,
         o.currency,
         o.ordered_on,
         CONCAT(o.order_type, N':', o.order_id) AS document,
         CAST(l.net * (l.quantity - COALESCE(l.delivered, 0)) / l.quantity AS decimal(19, 4)) AS net_left
  FROM kartoteka.sales_order AS o
  INNER JOIN kartoteka.sales_order_line AS l ON l.order_type = o.order_type AND l.order_id = o.order_id
  WHERE o.customer_id IN (@customers)
    AND o.status IN ('OPEN', 'PARTLY_DELIVERED')
    AND l.quantity > COALESCE(l.delivered, 0)
    AND l.quantity <> 0
) AS b
GROUP BY b.requested_on, b.currency
ORDER BY CASE WHEN b.requested_on IS NULL THEN 1 ELSE 0 END, b.requested_on, b.currency
