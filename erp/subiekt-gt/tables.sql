-- Empty tables in the shape of InsERT Subiekt GT's, with the columns that views.sql reads and no others: for trying the views out.

CREATE TABLE dbo.kh__Kontrahent (
  kh_Id int NOT NULL PRIMARY KEY, kh_Symbol varchar(20) NOT NULL, kh_MaxWartKred money NULL, kh_EMail varchar(255) NULL,
  kh_Zablokowany bit NULL
);
CREATE TABLE dbo.adr__Ewid (
  adr_Id int NOT NULL PRIMARY KEY, adr_IdObiektu int NULL, adr_TypAdresu int NOT NULL, adr_NazwaPelna varchar(255) NULL,
  adr_NIP varchar(20) NULL, adr_Adres varchar(82) NULL, adr_Kod varchar(8) NULL, adr_Miejscowosc varchar(40) NULL,
  adr_Telefon varchar(35) NULL
);
CREATE TABLE dbo.tw__Towar (
  tw_Id int NOT NULL PRIMARY KEY, tw_Symbol varchar(20) NOT NULL, tw_Nazwa varchar(50) NOT NULL
);
CREATE TABLE dbo.dok__Dokument (
  dok_Id int NOT NULL PRIMARY KEY, dok_Typ int NOT NULL, dok_Podtyp int NOT NULL, dok_NrPelny varchar(30) NOT NULL,
  dok_PlatnikId int NULL, dok_OdbiorcaId int NULL, dok_DataWyst datetime NOT NULL, dok_DataMag datetime NULL,
  dok_PlatTermin datetime NULL, dok_TerminRealizacji datetime NULL, dok_Status int NOT NULL, dok_Waluta char(3) NOT NULL,
  dok_WartNetto money NOT NULL, dok_WartVat money NOT NULL, dok_WartBrutto money NOT NULL, dok_DoDokId int NULL,
  dok_NumerKSeFId int NULL
);
CREATE TABLE dbo.dok_Pozycja (
  ob_Id int NOT NULL PRIMARY KEY, ob_DokHanId int NULL, ob_TowId int NULL, ob_Ilosc money NOT NULL, ob_Jm varchar(10) NULL,
  ob_CenaNetto money NOT NULL, ob_WartNetto money NOT NULL
);
CREATE TABLE dbo.ksef_NumerKSeF (
  ksefnr_Id int NOT NULL PRIMARY KEY, ksefnr_NumerKSeF varchar(50) NULL
);
CREATE TABLE dbo.nz__Finanse (
  nzf_Id int NOT NULL PRIMARY KEY, nzf_Typ int NOT NULL, nzf_TypObiektu int NULL, nzf_IdObiektu int NULL, nzf_IdDokumentAuto int NULL,
  nzf_NumerPelny varchar(50) NULL, nzf_Data datetime NOT NULL, nzf_TerminPlatnosci datetime NULL, nzf_WartoscPierwotnaWaluta money NULL,
  nzf_WartoscWaluta money NOT NULL, nzf_SplataWaluta money NULL, nzf_IdWaluty char(3) NOT NULL, nzf_Status int NOT NULL
);
CREATE TABLE dbo.nz_FinanseSplata (
  nzs_Id int NOT NULL PRIMARY KEY, nzs_Typ int NOT NULL, nzs_IdDlugu int NULL, nzs_IdSplaty int NULL, nzs_Data datetime NOT NULL,
  nzs_WartoscWalutaDlugu money NOT NULL, nzs_WartoscWaluta money NOT NULL
);
GO
