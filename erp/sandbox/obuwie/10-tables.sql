-- Hurtownia Obuwia Podbicie Sp. z o.o., a made-up footwear wholesaler: its ERP in Polish, every document known by one int.
-- Amounts are in the document's currency; columns ending in _pln are as booked. The columns `zmieniono` are UTC.

CREATE TABLE dbo.kontrahent (
  kontrahent_id int           NOT NULL PRIMARY KEY,
  akronim       nvarchar(50)  NOT NULL UNIQUE,
  nazwa1        nvarchar(200) NOT NULL,
  nazwa2        nvarchar(150) NULL,
  nip           varchar(20)   NULL,
  ulica         nvarchar(200) NULL,
  kod_pocztowy  nvarchar(20)  NULL,
  miasto        nvarchar(100) NULL,
  kraj          char(2)       NOT NULL DEFAULT 'PL',
  email         nvarchar(200) NULL,
  telefon       nvarchar(60)  NULL,
  limit_kredytu decimal(19,4) NULL,
  waluta_limitu char(3)       NULL,
  termin_dni    int           NULL,
  zablokowany   bit           NOT NULL DEFAULT 0,
  zmieniono     datetime2(3)  NULL
);
CREATE INDEX ix_kontrahent_nazwa ON dbo.kontrahent (nazwa1, kontrahent_id);
CREATE INDEX ix_kontrahent_nip ON dbo.kontrahent (nip);
GO

CREATE TABLE dbo.grupa_towaru (
  grupa_id int           NOT NULL PRIMARY KEY,
  nazwa    nvarchar(100) NOT NULL UNIQUE
);
CREATE TABLE dbo.towar (
  towar_id int           NOT NULL PRIMARY KEY,
  symbol   nvarchar(60)  NOT NULL UNIQUE,
  nazwa    nvarchar(400) NOT NULL,
  grupa_id int           NULL REFERENCES dbo.grupa_towaru (grupa_id),
  jm       nvarchar(20)  NOT NULL
);
GO

-- stan: 0 w buforze, 1 potwierdzone, 2 częściowo zrealizowane, 3 zrealizowane, 9 anulowane
CREATE TABLE dbo.zamowienie (
  zamowienie_id   int           NOT NULL PRIMARY KEY,
  kontrahent_id   int           NOT NULL REFERENCES dbo.kontrahent (kontrahent_id),
  numer           nvarchar(60)  NOT NULL UNIQUE,
  data_zamowienia date          NOT NULL,
  data_realizacji date          NULL,
  stan            int           NOT NULL CHECK (stan IN (0, 1, 2, 3, 9)),
  waluta          char(3)       NOT NULL,
  netto           decimal(19,4) NOT NULL,
  brutto          decimal(19,4) NOT NULL,
  zmieniono       datetime2(3)  NULL
);
CREATE INDEX ix_zamowienie_kontrahent ON dbo.zamowienie (kontrahent_id, data_zamowienia DESC, zamowienie_id DESC);
CREATE TABLE dbo.zamowienie_pozycja (
  zamowienie_id  int           NOT NULL REFERENCES dbo.zamowienie (zamowienie_id),
  lp             int           NOT NULL,
  towar_id       int           NOT NULL REFERENCES dbo.towar (towar_id),
  ilosc          decimal(19,4) NOT NULL,
  zrealizowano   decimal(19,4) NOT NULL,
  cena_netto     decimal(19,4) NOT NULL,
  wartosc_netto  decimal(19,4) NOT NULL,
  PRIMARY KEY (zamowienie_id, lp)
);
GO

-- rodzaj: FS faktura, KFS korekta, FZ faktura zaliczkowa, PA paragon
CREATE TABLE dbo.dokument (
  dokument_id       int           NOT NULL PRIMARY KEY,
  platnik_id        int           NOT NULL REFERENCES dbo.kontrahent (kontrahent_id),
  odbiorca_id       int           NULL REFERENCES dbo.kontrahent (kontrahent_id),
  rodzaj            varchar(4)    NOT NULL CHECK (rodzaj IN ('FS', 'KFS', 'FZ', 'PA')),
  numer             nvarchar(60)  NOT NULL UNIQUE,
  data_wystawienia  date          NOT NULL,
  data_sprzedazy    date          NULL,
  termin            date          NULL,
  waluta            char(3)       NOT NULL,
  netto             decimal(19,4) NOT NULL,
  vat               decimal(19,4) NOT NULL,
  brutto            decimal(19,4) NOT NULL,
  pozostaje         decimal(19,4) NOT NULL,
  netto_pln         decimal(19,4) NOT NULL,
  vat_pln           decimal(19,4) NOT NULL,
  brutto_pln        decimal(19,4) NOT NULL,
  korygowany_id     int           NULL REFERENCES dbo.dokument (dokument_id),
  numer_ksef        varchar(40)   NULL,
  poza_sprzedaza    bit           NOT NULL DEFAULT 0,
  anulowany         bit           NOT NULL DEFAULT 0,
  zmieniono         datetime2(3)  NULL
);
CREATE INDEX ix_dokument_platnik ON dbo.dokument (platnik_id, data_wystawienia DESC, dokument_id DESC);
CREATE INDEX ix_dokument_odbiorca ON dbo.dokument (odbiorca_id, data_wystawienia DESC, dokument_id DESC);
CREATE INDEX ix_dokument_korygowany ON dbo.dokument (korygowany_id, dokument_id);
CREATE TABLE dbo.dokument_pozycja (
  dokument_id    int           NOT NULL REFERENCES dbo.dokument (dokument_id),
  lp             int           NOT NULL,
  towar_id       int           NULL REFERENCES dbo.towar (towar_id),
  opis           nvarchar(400) NULL,
  ilosc          decimal(19,4) NOT NULL,
  cena_netto     decimal(19,4) NULL,
  wartosc_netto  decimal(19,4) NOT NULL,
  stawka_vat     varchar(10)   NOT NULL,
  PRIMARY KEY (dokument_id, lp),
  CHECK (towar_id IS NOT NULL OR opis IS NOT NULL)
);
CREATE TABLE dbo.dokument_zamowienie (
  dokument_id    int NOT NULL REFERENCES dbo.dokument (dokument_id),
  zamowienie_id  int NOT NULL REFERENCES dbo.zamowienie (zamowienie_id),
  PRIMARY KEY (dokument_id, zamowienie_id)
);
CREATE INDEX ix_dokument_zamowienie ON dbo.dokument_zamowienie (zamowienie_id, dokument_id);
GO

-- forma: 1 przelew, 2 gotówka, 3 karta, 4 kompensata wielostronna, 9 inna
CREATE TABLE dbo.platnosc (
  platnosc_id     int           NOT NULL PRIMARY KEY,
  kontrahent_id   int           NOT NULL REFERENCES dbo.kontrahent (kontrahent_id),
  data_platnosci  date          NOT NULL,
  kwota           decimal(19,4) NOT NULL CHECK (kwota <> 0),
  nierozliczone   decimal(19,4) NOT NULL,
  waluta          char(3)       NOT NULL,
  forma           int           NULL CHECK (forma IN (1, 2, 3, 4, 9)),
  tytul           nvarchar(200) NULL,
  zmieniono       datetime2(3)  NULL
);
CREATE INDEX ix_platnosc_kontrahent ON dbo.platnosc (kontrahent_id, data_platnosci DESC, platnosc_id DESC);
GO

-- strona: N należność, Z zobowiązanie
CREATE TABLE dbo.rozrachunek (
  rozrachunek_id   int           NOT NULL,
  rata             int           NOT NULL,
  kontrahent_id    int           NOT NULL REFERENCES dbo.kontrahent (kontrahent_id),
  strona           char(1)       NOT NULL CHECK (strona IN ('N', 'Z')),
  dokument_id      int           NULL REFERENCES dbo.dokument (dokument_id),
  numer_dokumentu  nvarchar(60)  NULL,
  data_wystawienia date          NOT NULL,
  termin           date          NULL,
  kwota            decimal(19,4) NOT NULL CHECK (kwota >= 0),
  pozostaje        decimal(19,4) NOT NULL,
  waluta           char(3)       NOT NULL,
  data_rozliczenia date          NULL,
  zmieniono        datetime2(3)  NULL,
  PRIMARY KEY (rozrachunek_id, rata),
  CHECK (pozostaje >= 0 AND pozostaje <= kwota)
);
CREATE INDEX ix_rozrachunek_kontrahent ON dbo.rozrachunek (kontrahent_id, data_wystawienia DESC, rozrachunek_id DESC, rata DESC);
CREATE INDEX ix_rozrachunek_termin ON dbo.rozrachunek (kontrahent_id, termin DESC, rozrachunek_id DESC, rata DESC);
CREATE INDEX ix_rozrachunek_dokument ON dbo.rozrachunek (dokument_id, rozrachunek_id, rata);
CREATE TABLE dbo.rozliczenie (
  rozrachunek_id          int           NOT NULL,
  rata                    int           NOT NULL,
  lp                      int           NOT NULL,
  kontrahent_id           int           NOT NULL REFERENCES dbo.kontrahent (kontrahent_id),
  platnosc_id             int           NULL REFERENCES dbo.platnosc (platnosc_id),
  przeciw_rozrachunek_id  int           NULL,
  przeciw_rata            int           NULL,
  kwota                   decimal(19,4) NOT NULL CHECK (kwota > 0),
  kwota_platnosci         decimal(19,4) NULL,
  data_rozliczenia        date          NOT NULL,
  PRIMARY KEY (rozrachunek_id, rata, lp),
  FOREIGN KEY (rozrachunek_id, rata) REFERENCES dbo.rozrachunek (rozrachunek_id, rata),
  FOREIGN KEY (przeciw_rozrachunek_id, przeciw_rata) REFERENCES dbo.rozrachunek (rozrachunek_id, rata)
);
CREATE INDEX ix_rozliczenie_platnosc ON dbo.rozliczenie (platnosc_id, rozrachunek_id, rata, lp);
CREATE INDEX ix_rozliczenie_przeciw ON dbo.rozliczenie (przeciw_rozrachunek_id, przeciw_rata);
CREATE INDEX ix_rozliczenie_kontrahent ON dbo.rozliczenie (kontrahent_id, data_rozliczenia DESC);
GO
