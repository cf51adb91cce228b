-- The contract over this ERP's tables (see 10-tables.sql). There is no kartoteka.invoice_order: this ERP does not know which
-- orders an invoice bills, so the view is not created. Orders and bank entries keep no time of change.

CREATE SCHEMA kartoteka;
GO
CREATE VIEW kartoteka.customer AS
SELECT d.DebtorNo AS customer_id,
       d.SearchName AS code,
       d.Name AS name,
       d.VatId AS tax_id,
       d.Street AS street,
       d.PostCode AS postal_code,
       d.City AS city,
       d.CountryCode AS country,
       d.Email AS email,
       d.Phone AS phone,
       d.CreditLimit AS credit_limit,
       d.CreditCurrency AS credit_currency,
       d.PaymentTermsDays AS payment_days,
       d.IsBlocked AS blocked,
       d.LastModified AS modified_at
FROM dbo.Debtor AS d;
GO
CREATE VIEW kartoteka.sales_order AS
SELECT o.Series AS order_type,
       o.OrderNo AS order_id,
       o.DebtorNo AS customer_id,
       CAST(o.Series AS nvarchar(20)) + N'/' + CAST(o.OrderNo AS nvarchar(10)) AS number,
       o.OrderDate AS ordered_on,
       o.RequestedDate AS requested_on,
       CASE o.StateCode WHEN 'N' THEN 'DRAFT' WHEN 'O' THEN 'OPEN' WHEN 'P' THEN 'PARTLY_DELIVERED'
                        WHEN 'D' THEN 'DELIVERED' WHEN 'X' THEN 'CANCELLED' ELSE 'UNKNOWN' END AS status,
       CASE o.StateCode WHEN 'N' THEN N'new' WHEN 'O' THEN N'confirmed' WHEN 'P' THEN N'partly shipped'
                        WHEN 'D' THEN N'shipped' WHEN 'X' THEN N'cancelled' END AS status_text,
       o.CurrencyCode AS currency,
       o.NetAmount AS net,
       o.GrossAmount AS gross,
       CAST(NULL AS datetime2(3)) AS modified_at
FROM dbo.OrderHeader AS o;
GO
CREATE VIEW kartoteka.sales_order_line AS
SELECT l.Series AS order_type,
       l.OrderNo AS order_id,
       l.OrderLineNo AS line_no,
       l.ArticleNo AS product_code,
       a.Description AS product_name,
       a.ArticleGroup AS product_group,
       l.Quantity AS quantity,
       l.ShippedQty AS delivered,
       a.Unit AS unit,
       l.UnitPrice AS net_price,
       l.LineAmount AS net
FROM dbo.OrderLine AS l
JOIN dbo.Article AS a ON a.ArticleNo = l.ArticleNo;
GO
CREATE VIEW kartoteka.invoice AS
SELECT h.Series AS invoice_type,
       h.DocNo AS invoice_id,
       h.DebtorNo AS customer_id,
       h.ShipToDebtorNo AS recipient_id,
       CASE h.DocKind WHEN 'C' THEN 'CORRECTION' WHEN 'A' THEN 'ADVANCE' ELSE 'INVOICE' END AS kind,
       h.PrintedNo AS number,
       h.DocDate AS issued_on,
       h.SaleDate AS sold_on,
       h.DueDate AS due_on,
       h.CurrencyCode AS currency,
       h.NetAmount AS net,
       h.VatAmount AS vat,
       h.GrossAmount AS gross,
       CAST(NULL AS decimal(19,4)) AS remaining,
       CAST('PLN' AS char(3)) AS base_currency,
       h.NetAmountLcy AS net_base,
       h.VatAmountLcy AS vat_base,
       h.GrossAmountLcy AS gross_base,
       h.CorrectsSeries AS corrects_type,
       h.CorrectsDocNo AS corrects_id,
       h.KsefNumber AS ksef_number,
       CAST(CASE h.DocKind WHEN 'A' THEN 0 ELSE 1 END AS bit) AS counts_in_sales,
       h.IsVoid AS cancelled,
       h.LastModified AS modified_at
FROM dbo.DocHeader AS h;
GO
CREATE VIEW kartoteka.invoice_line AS
SELECT l.Series AS invoice_type,
       l.DocNo AS invoice_id,
       l.DocLineNo AS line_no,
       l.ArticleNo AS product_code,
       ISNULL(l.LineText, a.Description) AS product_name,
       a.ArticleGroup AS product_group,
       l.Quantity AS quantity,
       a.Unit AS unit,
       l.UnitPrice AS net_price,
       l.LineAmount AS net,
       l.VatCode AS vat_rate
FROM dbo.DocLine AS l
LEFT JOIN dbo.Article AS a ON a.ArticleNo = l.ArticleNo;
GO
CREATE VIEW kartoteka.payment AS
SELECT b.Journal AS payment_type,
       b.EntryNo AS payment_id,
       b.DebtorNo AS customer_id,
       b.EntryDate AS paid_on,
       b.Amount AS amount,
       b.OpenAmount AS unallocated,
       b.CurrencyCode AS currency,
       b.MethodCode AS method,
       b.PaymentText AS reference,
       CAST(NULL AS datetime2(3)) AS modified_at
FROM dbo.BankEntry AS b;
GO
CREATE VIEW kartoteka.settlement AS
SELECT i.Series AS settlement_type,
       i.ItemNo AS settlement_id,
       i.Instalment AS settlement_line,
       i.DebtorNo AS customer_id,
       CASE WHEN i.IsPayable = 1 THEN 'PAYABLE' ELSE 'RECEIVABLE' END AS side,
       i.DocSeries AS invoice_type,
       i.DocNo AS invoice_id,
       i.PrintedNo AS document_number,
       i.ItemDate AS issued_on,
       i.DueDate AS due_on,
       i.Amount AS amount,
       i.OpenAmount AS remaining,
       i.CurrencyCode AS currency,
       i.ClosedDate AS settled_on,
       i.LastModified AS modified_at
FROM dbo.OpenItem AS i;
GO
CREATE VIEW kartoteka.settlement_match AS
SELECT m.Series AS settlement_type,
       m.ItemNo AS settlement_id,
       m.Instalment AS settlement_line,
       m.MatchNo AS match_no,
       m.DebtorNo AS customer_id,
       m.Journal AS payment_type,
       m.EntryNo AS payment_id,
       m.CounterSeries AS counter_type,
       m.CounterItemNo AS counter_id,
       m.CounterInstalment AS counter_line,
       m.Amount AS amount,
       m.EntryAmount AS payment_amount,
       m.MatchDate AS matched_on
FROM dbo.ItemMatch AS m;
GO
