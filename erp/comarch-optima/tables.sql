-- Empty tables in the shape of Comarch ERP Optima's, with the columns that views.sql reads and no others: for trying the views out.

CREATE SCHEMA CDN;
GO
CREATE TABLE CDN.Kontrahenci (
  Knt_KntId int NOT NULL PRIMARY KEY, Knt_Kod varchar(20) NOT NULL, Knt_Nazwa1 varchar(50) NOT NULL, Knt_Nazwa2 varchar(50) NOT NULL,
  Knt_Nazwa3 varchar(250) NOT NULL, Knt_NipE varchar(20) NOT NULL, Knt_Nip varchar(20) NOT NULL, Knt_Ulica varchar(40) NOT NULL,
  Knt_NrDomu varchar(10) NOT NULL, Knt_NrLokalu varchar(10) NOT NULL, Knt_KodPocztowy varchar(10) NOT NULL,
  Knt_Miasto varchar(40) NOT NULL, Knt_Email varchar(127) NOT NULL, Knt_Telefon1 varchar(20) NOT NULL,
  Knt_LimitKredytu decimal(15,2) NOT NULL
);
CREATE TABLE CDN.TraNag (
  TrN_TrNID int NOT NULL PRIMARY KEY, TrN_TypDokumentu smallint NOT NULL, TrN_NumerPelny varchar(30) NOT NULL,
  TrN_PlatnikTyp smallint NOT NULL, TrN_PlatnikID int NOT NULL, TrN_OdbiorcaTyp smallint NOT NULL, TrN_OdbID int NOT NULL,
  TrN_DataDok datetime NOT NULL, TrN_DataOpe datetime NULL, TrN_DataWys datetime NULL, TrN_Termin datetime NULL,
  TrN_Bufor smallint NOT NULL, TrN_Anulowany smallint NOT NULL, TrN_Korekta smallint NOT NULL, TrN_ZwrId int NULL,
  TrN_Waluta varchar(3) NOT NULL, TrN_RazemNetto decimal(15,2) NOT NULL, TrN_RazemVAT decimal(15,2) NOT NULL,
  TrN_RazemBrutto decimal(15,2) NOT NULL, TrN_RazemNettoWal decimal(15,2) NOT NULL, TrN_RazemVATWal decimal(15,2) NOT NULL,
  TrN_RazemBruttoWal decimal(15,2) NOT NULL
);
CREATE TABLE CDN.TraElem (
  TrE_TrEID int NOT NULL PRIMARY KEY, TrE_TrNId int NOT NULL, TrE_TwrKod varchar(50) NOT NULL, TrE_TwrNazwa varchar(255) NOT NULL,
  TrE_Ilosc decimal(15,4) NOT NULL, TrE_Jm varchar(20) NOT NULL, TrE_CenaT decimal(15,4) NOT NULL,
  TrE_WartoscNetto decimal(15,2) NOT NULL, TrE_WartoscNettoWal decimal(15,2) NOT NULL
);
CREATE TABLE CDN.TraNagRelacje (
  TrR_TrRId int NOT NULL PRIMARY KEY, TrR_TrNTyp smallint NOT NULL, TrR_TrNId int NOT NULL, TrR_FaTyp smallint NOT NULL,
  TrR_FaId int NOT NULL
);
CREATE TABLE CDN.DokumentyKSeF (
  DKF_TrNId int NOT NULL, DKF_NumerKSeF varchar(50) NULL
);
CREATE TABLE CDN.BnkZdarzenia (
  BZd_BZdID int NOT NULL PRIMARY KEY, BZd_DokumentTyp smallint NOT NULL, BZd_DokumentID int NULL, BZd_NumerPelny varchar(30) NOT NULL,
  BZd_PodmiotTyp smallint NOT NULL, BZd_PodmiotID int NOT NULL, BZd_Kierunek smallint NOT NULL, BZd_DataDok datetime NOT NULL,
  BZd_Termin datetime NULL, BZd_DataRoz datetime NULL, BZd_Kwota decimal(15,2) NOT NULL, BZd_KwotaRoz decimal(15,2) NOT NULL,
  BZd_Waluta varchar(3) NOT NULL, BZd_Rozliczono smallint NOT NULL, BZd_Stan smallint NOT NULL
);
CREATE TABLE CDN.BnkZapisy (
  BZp_BZpID int NOT NULL PRIMARY KEY, BZp_PodmiotTyp smallint NOT NULL, BZp_PodmiotID int NOT NULL, BZp_Kierunek smallint NOT NULL,
  BZp_DataDok datetime NOT NULL, BZp_Kwota decimal(15,2) NOT NULL, BZp_KwotaRoz decimal(15,2) NOT NULL,
  BZp_Waluta varchar(3) NOT NULL, BZp_Rozliczono smallint NOT NULL, BZp_NumerPelny varchar(30) NOT NULL
);
CREATE TABLE CDN.BnkRozKwoty (
  BRK_BRKId int NOT NULL PRIMARY KEY, BRK_LDokTyp smallint NOT NULL, BRK_LDokID int NOT NULL, BRK_PDokTyp smallint NOT NULL,
  BRK_PDokID int NOT NULL, BRK_Kwota decimal(15,2) NOT NULL, BRK_DataDok datetime NULL
);
GO
