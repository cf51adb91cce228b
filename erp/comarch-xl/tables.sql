-- Empty tables in the shape of Comarch ERP XL's, with the columns that views.sql reads and no others: for trying the views out.
-- Days are Clarion integers, counted from 1800-12-28; 0 is none.

CREATE SCHEMA CDN;
GO
CREATE TABLE CDN.KntKarty (
  Knt_GIDTyp smallint NOT NULL, Knt_GIDNumer int NOT NULL, Knt_Akronim varchar(20) NOT NULL,
  Knt_Nazwa1 varchar(50) NOT NULL, Knt_Nazwa2 varchar(50) NOT NULL, Knt_Nazwa3 varchar(250) NOT NULL,
  Knt_NipE varchar(20) NOT NULL, Knt_Nip varchar(20) NOT NULL, Knt_Ulica varchar(50) NOT NULL, Knt_KodP varchar(10) NOT NULL,
  Knt_Miasto varchar(50) NOT NULL, Knt_Kraj varchar(2) NOT NULL, Knt_EMail varchar(255) NOT NULL, Knt_Telefon1 varchar(30) NOT NULL,
  Knt_LimitOkres smallint NOT NULL,
  PRIMARY KEY (Knt_GIDTyp, Knt_GIDNumer)
);
CREATE TABLE CDN.KntLimityK (
  klk_kntnumer int NOT NULL, klk_waluta varchar(3) NOT NULL, klk_dataod int NOT NULL, klk_datado int NOT NULL,
  klk_maxlimitwart decimal(15,2) NOT NULL
);
CREATE TABLE CDN.ZamNag (
  ZaN_GIDTyp smallint NOT NULL, ZaN_GIDNumer int NOT NULL, ZaN_ZamTyp smallint NOT NULL, ZaN_ZamNumer int NOT NULL,
  ZaN_ZamMiesiac tinyint NOT NULL, ZaN_ZamRok smallint NOT NULL, ZaN_ZamSeria char(5) NOT NULL, ZaN_KntTyp smallint NOT NULL,
  ZaN_KntNumer int NOT NULL, ZaN_DataWystawienia int NOT NULL, ZaN_DataRealizacji int NOT NULL, ZaN_Stan smallint NOT NULL,
  ZaN_Waluta char(3) NOT NULL,
  PRIMARY KEY (ZaN_GIDTyp, ZaN_GIDNumer)
);
CREATE TABLE CDN.ZamElem (
  ZaE_GIDTyp smallint NOT NULL, ZaE_GIDNumer int NOT NULL, ZaE_GIDLp smallint NOT NULL, ZaE_TwrKod varchar(40) NOT NULL,
  ZaE_TwrNazwa varchar(255) NOT NULL, ZaE_Ilosc decimal(11,4) NOT NULL, ZaE_JmZ varchar(8) NOT NULL,
  ZaE_CenaUzgodniona decimal(15,4) NOT NULL, ZaE_WartoscPoRabacie decimal(15,2) NOT NULL,
  PRIMARY KEY (ZaE_GIDTyp, ZaE_GIDNumer, ZaE_GIDLp)
);
CREATE TABLE CDN.TraNag (
  TrN_GIDTyp smallint NOT NULL, TrN_GIDNumer int NOT NULL, TrN_TrNNumer int NOT NULL, TrN_TrNMiesiac tinyint NOT NULL,
  TrN_TrNRok smallint NOT NULL, TrN_TrNSeria char(5) NOT NULL, TrN_KnPTyp smallint NOT NULL, TrN_KnPNumer int NOT NULL,
  TrN_KnDTyp smallint NOT NULL, TrN_KnDNumer int NOT NULL, TrN_Data2 int NOT NULL, TrN_Data3 int NOT NULL, TrN_Termin int NOT NULL,
  TrN_Stan smallint NOT NULL, TrN_Waluta char(3) NOT NULL, TrN_NettoR decimal(15,2) NOT NULL, TrN_VatR decimal(15,2) NOT NULL,
  TrN_ZwrTyp smallint NOT NULL, TrN_ZwrNumer int NOT NULL, TrN_ZaNTyp smallint NOT NULL, TrN_ZaNNumer int NOT NULL,
  PRIMARY KEY (TrN_GIDTyp, TrN_GIDNumer)
);
CREATE TABLE CDN.TraElem (
  TrE_GIDTyp smallint NOT NULL, TrE_GIDNumer int NOT NULL, TrE_GIDLp smallint NOT NULL, TrE_TwrKod varchar(40) NOT NULL,
  TrE_TwrNazwa varchar(255) NOT NULL, TrE_Ilosc decimal(11,4) NOT NULL, TrE_JmZ varchar(8) NOT NULL, TrE_Cena decimal(15,4) NOT NULL,
  TrE_KsiegowaNetto decimal(15,2) NOT NULL,
  PRIMARY KEY (TrE_GIDTyp, TrE_GIDNumer, TrE_GIDLp)
);
CREATE TABLE CDN.KSeFDokumenty (
  KSF_DokTyp smallint NOT NULL, KSF_DokNumer int NOT NULL, KSF_Numer varchar(50) NOT NULL
);
CREATE TABLE CDN.TraPlat (
  TrP_GIDTyp smallint NOT NULL, TrP_GIDNumer int NOT NULL, TrP_GIDLp smallint NOT NULL, TrP_Typ tinyint NOT NULL,
  TrP_KntTyp smallint NOT NULL, TrP_KntNumer int NOT NULL, TrP_Kwota decimal(15,2) NOT NULL, TrP_Pozostaje decimal(15,2) NOT NULL,
  TrP_Waluta char(3) NOT NULL, TrP_Termin int NOT NULL, TrP_Rozliczona tinyint NOT NULL, TrP_DataRozliczenia int NOT NULL,
  PRIMARY KEY (TrP_GIDTyp, TrP_GIDNumer, TrP_GIDLp)
);
CREATE TABLE CDN.Zapisy (
  KAZ_GIDTyp smallint NOT NULL, KAZ_GIDNumer int NOT NULL, KAZ_RP tinyint NOT NULL, KAZ_Anulowany tinyint NOT NULL,
  KAZ_KNTTyp smallint NOT NULL, KAZ_KntNumer int NOT NULL, KAZ_DataZapisu int NOT NULL, KAZ_Kwota decimal(15,2) NOT NULL,
  KAZ_Pozostaje decimal(15,2) NOT NULL, KAZ_Waluta char(3) NOT NULL, KAZ_NumerDokumentu varchar(40) NOT NULL,
  PRIMARY KEY (KAZ_GIDTyp, KAZ_GIDNumer)
);
CREATE TABLE CDN.Rozliczenia (
  R2_ID int NOT NULL PRIMARY KEY, R2_Dok1Typ smallint NOT NULL, R2_Dok1Numer int NOT NULL, R2_Dok1Lp smallint NOT NULL,
  R2_Dok2Typ smallint NOT NULL, R2_Dok2Numer int NOT NULL, R2_Dok2Lp smallint NOT NULL, R2_KwotaWal1 decimal(15,2) NOT NULL,
  R2_DataRozliczenia int NOT NULL
);
GO
