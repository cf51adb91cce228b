-- Empty tables in the shape of enova365's, with the columns that views.sql reads and no others: for trying the views out.

CREATE TABLE dbo.Kontrahenci (
  ID int NOT NULL PRIMARY KEY, Kod nvarchar(20) NOT NULL, Nazwa nvarchar(240) NOT NULL, NIP nvarchar(20) NULL, EuVAT nvarchar(20) NULL,
  LimitKredytuValue decimal(19,2) NULL
);
CREATE TABLE dbo.Towary (
  ID int NOT NULL PRIMARY KEY, Kod nvarchar(40) NOT NULL, Nazwa nvarchar(80) NOT NULL
);
CREATE TABLE dbo.DefDokHandlowych (
  ID int NOT NULL PRIMARY KEY, Symbol nvarchar(8) NOT NULL
);
CREATE TABLE dbo.DokHandlowe (
  ID int NOT NULL PRIMARY KEY, Definicja int NOT NULL, NumerPelny nvarchar(40) NOT NULL, Kontrahent int NULL, Odbiorca int NULL,
  Data datetime NOT NULL, DataOperacji datetime NULL, DostawaTermin datetime NULL, Stan int NOT NULL, Korekta bit NOT NULL,
  SumaNetto decimal(19,2) NOT NULL, SumaVAT decimal(19,2) NOT NULL, SumaBrutto decimal(19,2) NOT NULL, BruttoCySymbol nvarchar(3) NOT NULL
);
CREATE TABLE dbo.PozycjeDokHan (
  ID int NOT NULL PRIMARY KEY, Dokument int NOT NULL, Towar int NULL, IloscValue decimal(19,4) NOT NULL, IloscSymbol nvarchar(10) NULL,
  CenaValue decimal(19,4) NOT NULL, SumaNetto decimal(19,2) NOT NULL
);
CREATE TABLE dbo.Platnosci (
  ID int NOT NULL PRIMARY KEY, Dokument int NULL, DokumentType nvarchar(40) NOT NULL, Termin datetime NULL
);
CREATE TABLE dbo.RozrachunkiIdx (
  ID int NOT NULL PRIMARY KEY, Dokument int NOT NULL, DokumentType nvarchar(40) NOT NULL, Podmiot int NULL,
  PodmiotType nvarchar(40) NOT NULL, Typ int NOT NULL, Numer nvarchar(40) NULL, Data datetime NOT NULL, Termin datetime NULL,
  DataRozliczenia datetime NULL, KwotaValue decimal(19,2) NOT NULL, KwotaSymbol nvarchar(3) NOT NULL,
  KwotaRozliczonaValue decimal(19,2) NOT NULL
);
CREATE TABLE dbo.Zaplaty (
  ID int NOT NULL PRIMARY KEY, Podmiot int NULL, PodmiotType nvarchar(40) NOT NULL, Kierunek int NOT NULL, DataDokumentu datetime NOT NULL,
  KwotaValue decimal(19,2) NOT NULL, KwotaSymbol nvarchar(3) NOT NULL, KwotaRozliczonaValue decimal(19,2) NOT NULL,
  NumerDokumentu nvarchar(40) NULL
);
CREATE TABLE dbo.RozliczeniaSP (
  ID int NOT NULL PRIMARY KEY, Dokument int NOT NULL, DokumentType nvarchar(40) NOT NULL, Zaplata int NOT NULL,
  ZaplataType nvarchar(40) NOT NULL, KwotaDokumentuValue decimal(19,2) NOT NULL, KwotaZaplatyValue decimal(19,2) NOT NULL,
  Data datetime NOT NULL
);
GO
