-- Podbicie Export Sp. z o.o., the made-up wholesaler's export daughter: another make of ERP, in English, with customers known
-- by text (DE-00017) and documents by a series and a number (FE/2026, 123). Its documents do not know what is still to be
-- paid: only the open items do. Nor does it know which orders an invoice bills.

CREATE TABLE dbo.Debtor (
  DebtorNo         varchar(20)   NOT NULL PRIMARY KEY,
  SearchName       nvarchar(50)  NOT NULL UNIQUE,
  Name             nvarchar(400) NOT NULL,
  VatId            varchar(20)   NULL,
  Street           nvarchar(200) NULL,
  PostCode         nvarchar(20)  NULL,
  City             nvarchar(100) NULL,
  CountryCode      char(2)       NULL,
  Email            nvarchar(200) NULL,
  Phone            nvarchar(60)  NULL,
  CreditLimit      decimal(19,4) NULL,
  CreditCurrency   char(3)       NULL,
  PaymentTermsDays int           NULL,
  IsBlocked        bit           NOT NULL DEFAULT 0,
  LastModified     datetime2(3)  NULL
);
CREATE INDEX IX_Debtor_Name ON dbo.Debtor (Name, DebtorNo);
CREATE INDEX IX_Debtor_VatId ON dbo.Debtor (VatId);
GO

CREATE TABLE dbo.Article (
  ArticleNo    nvarchar(60)  NOT NULL PRIMARY KEY,
  Description  nvarchar(400) NOT NULL,
  ArticleGroup nvarchar(100) NULL,
  Unit         nvarchar(20)  NOT NULL
);
GO

CREATE TABLE dbo.OrderHeader (
  Series        varchar(20)   NOT NULL,
  OrderNo       int           NOT NULL,
  DebtorNo      varchar(20)   NOT NULL REFERENCES dbo.Debtor (DebtorNo),
  OrderDate     date          NOT NULL,
  RequestedDate date          NULL,
  StateCode     char(1)       NOT NULL CHECK (StateCode IN ('N', 'O', 'P', 'D', 'X')),
  CurrencyCode  char(3)       NOT NULL,
  NetAmount     decimal(19,4) NOT NULL,
  GrossAmount   decimal(19,4) NOT NULL,
  PRIMARY KEY (Series, OrderNo)
);
CREATE INDEX IX_OrderHeader_Debtor ON dbo.OrderHeader (DebtorNo, OrderDate DESC, Series DESC, OrderNo DESC);
CREATE TABLE dbo.OrderLine (
  Series       varchar(20)   NOT NULL,
  OrderNo      int           NOT NULL,
  OrderLineNo  int           NOT NULL,
  ArticleNo    nvarchar(60)  NOT NULL REFERENCES dbo.Article (ArticleNo),
  Quantity     decimal(19,4) NOT NULL,
  ShippedQty   decimal(19,4) NOT NULL,
  UnitPrice    decimal(19,4) NOT NULL,
  LineAmount   decimal(19,4) NOT NULL,
  PRIMARY KEY (Series, OrderNo, OrderLineNo),
  FOREIGN KEY (Series, OrderNo) REFERENCES dbo.OrderHeader (Series, OrderNo)
);
GO

-- DocKind: I invoice, C correction, A advance
CREATE TABLE dbo.DocHeader (
  Series          varchar(20)   NOT NULL,
  DocNo           int           NOT NULL,
  DebtorNo        varchar(20)   NOT NULL REFERENCES dbo.Debtor (DebtorNo),
  ShipToDebtorNo  varchar(20)   NULL REFERENCES dbo.Debtor (DebtorNo),
  DocKind         char(1)       NOT NULL CHECK (DocKind IN ('I', 'C', 'A')),
  PrintedNo       nvarchar(60)  NOT NULL UNIQUE,
  DocDate         date          NOT NULL,
  SaleDate        date          NULL,
  DueDate         date          NULL,
  CurrencyCode    char(3)       NOT NULL,
  NetAmount       decimal(19,4) NOT NULL,
  VatAmount       decimal(19,4) NOT NULL,
  GrossAmount     decimal(19,4) NOT NULL,
  NetAmountLcy    decimal(19,4) NOT NULL,
  VatAmountLcy    decimal(19,4) NOT NULL,
  GrossAmountLcy  decimal(19,4) NOT NULL,
  CorrectsSeries  varchar(20)   NULL,
  CorrectsDocNo   int           NULL,
  KsefNumber      varchar(40)   NULL,
  IsVoid          bit           NOT NULL DEFAULT 0,
  LastModified    datetime2(3)  NULL,
  PRIMARY KEY (Series, DocNo),
  FOREIGN KEY (CorrectsSeries, CorrectsDocNo) REFERENCES dbo.DocHeader (Series, DocNo)
);
CREATE INDEX IX_DocHeader_Debtor ON dbo.DocHeader (DebtorNo, DocDate DESC, Series DESC, DocNo DESC);
CREATE INDEX IX_DocHeader_ShipTo ON dbo.DocHeader (ShipToDebtorNo, DocDate DESC, Series DESC, DocNo DESC);
CREATE INDEX IX_DocHeader_Corrects ON dbo.DocHeader (CorrectsSeries, CorrectsDocNo);
CREATE TABLE dbo.DocLine (
  Series      varchar(20)   NOT NULL,
  DocNo       int           NOT NULL,
  DocLineNo   int           NOT NULL,
  ArticleNo   nvarchar(60)  NULL REFERENCES dbo.Article (ArticleNo),
  LineText    nvarchar(400) NULL,
  Quantity    decimal(19,4) NOT NULL,
  UnitPrice   decimal(19,4) NULL,
  LineAmount  decimal(19,4) NOT NULL,
  VatCode     varchar(10)   NOT NULL,
  PRIMARY KEY (Series, DocNo, DocLineNo),
  FOREIGN KEY (Series, DocNo) REFERENCES dbo.DocHeader (Series, DocNo)
);
GO

CREATE TABLE dbo.BankEntry (
  Journal       varchar(20)   NOT NULL,
  EntryNo       int           NOT NULL,
  DebtorNo      varchar(20)   NOT NULL REFERENCES dbo.Debtor (DebtorNo),
  EntryDate     date          NOT NULL,
  Amount        decimal(19,4) NOT NULL,
  OpenAmount    decimal(19,4) NOT NULL,
  CurrencyCode  char(3)       NOT NULL,
  MethodCode    varchar(20)   NULL,
  PaymentText   nvarchar(200) NULL,
  PRIMARY KEY (Journal, EntryNo)
);
CREATE INDEX IX_BankEntry_Debtor ON dbo.BankEntry (DebtorNo, EntryDate DESC, Journal DESC, EntryNo DESC);
GO

-- Kept per document and instalment; opening balances have a series of their own and no document.
CREATE TABLE dbo.OpenItem (
  Series        varchar(20)   NOT NULL,
  ItemNo        int           NOT NULL,
  Instalment    int           NOT NULL,
  DebtorNo      varchar(20)   NOT NULL REFERENCES dbo.Debtor (DebtorNo),
  IsPayable     bit           NOT NULL DEFAULT 0,
  DocSeries     varchar(20)   NULL,
  DocNo         int           NULL,
  PrintedNo     nvarchar(60)  NULL,
  ItemDate      date          NOT NULL,
  DueDate       date          NULL,
  Amount        decimal(19,4) NOT NULL CHECK (Amount >= 0),
  OpenAmount    decimal(19,4) NOT NULL CHECK (OpenAmount >= 0),
  CurrencyCode  char(3)       NOT NULL,
  ClosedDate    date          NULL,
  LastModified  datetime2(3)  NULL,
  PRIMARY KEY (Series, ItemNo, Instalment),
  FOREIGN KEY (DocSeries, DocNo) REFERENCES dbo.DocHeader (Series, DocNo)
);
CREATE INDEX IX_OpenItem_Debtor ON dbo.OpenItem (DebtorNo, ItemDate DESC, Series DESC, ItemNo DESC, Instalment DESC);
CREATE INDEX IX_OpenItem_Due ON dbo.OpenItem (DebtorNo, DueDate DESC, Series DESC, ItemNo DESC, Instalment DESC);
CREATE INDEX IX_OpenItem_Doc ON dbo.OpenItem (DocSeries, DocNo);
CREATE TABLE dbo.ItemMatch (
  Series            varchar(20)   NOT NULL,
  ItemNo            int           NOT NULL,
  Instalment        int           NOT NULL,
  MatchNo           int           NOT NULL,
  DebtorNo          varchar(20)   NOT NULL REFERENCES dbo.Debtor (DebtorNo),
  Journal           varchar(20)   NULL,
  EntryNo           int           NULL,
  CounterSeries     varchar(20)   NULL,
  CounterItemNo     int           NULL,
  CounterInstalment int           NULL,
  Amount            decimal(19,4) NOT NULL,
  EntryAmount       decimal(19,4) NULL,
  MatchDate         date          NOT NULL,
  PRIMARY KEY (Series, ItemNo, Instalment, MatchNo),
  FOREIGN KEY (Series, ItemNo, Instalment) REFERENCES dbo.OpenItem (Series, ItemNo, Instalment),
  FOREIGN KEY (Journal, EntryNo) REFERENCES dbo.BankEntry (Journal, EntryNo),
  FOREIGN KEY (CounterSeries, CounterItemNo, CounterInstalment) REFERENCES dbo.OpenItem (Series, ItemNo, Instalment)
);
CREATE INDEX IX_ItemMatch_Entry ON dbo.ItemMatch (Journal, EntryNo);
CREATE INDEX IX_ItemMatch_Counter ON dbo.ItemMatch (CounterSeries, CounterItemNo, CounterInstalment);
CREATE INDEX IX_ItemMatch_Debtor ON dbo.ItemMatch (DebtorNo, MatchDate DESC);
GO
