-- Twenty-five made-up customers, most of them abroad. VatId carries the country's prefix; those outside the Union have none.

INSERT INTO dbo.Debtor
  (DebtorNo, SearchName, Name, VatId, Street, PostCode, City, CountryCode, Email, Phone, CreditLimit, CreditCurrency,
   PaymentTermsDays, IsBlocked, LastModified)
VALUES
  ('PL-00001', N'SIEC-KROKUS', N'Krokus Obuwie Sp. z o.o.', 'PL6791483480', N'ul. Zabłocie 25', N'30-701', N'Kraków', 'PL', N'biuro@krokus-obuwie.example', N'+48 12 290 85 53', 67500.0000, 'EUR', 30, 0, '2025-06-08T11:05:25.685'),
  ('PL-00003', N'SIEC-BALTYK', N'Bałtyk Buty Sieć Sklepów Sp. z o.o.', 'PL5866144015', N'ul. Hutnicza 3', N'81-061', N'Gdynia', 'PL', N'biuro@baltyk-buty.example', N'+48 58 699 03 65', 37500.0000, 'EUR', 60, 0, '2025-07-15T12:18:54.822'),
  ('PL-00006', N'OBUWNIK-LDZ', N'Hurtownia Obuwia „Obuwnik” Sp. z o.o. Sp. k.', 'PL7298973894', N'ul. Rzgowska 242', N'93-316', N'Łódź', 'PL', N'biuro@obuwnik.example', N'+48 42 664 14 98', NULL, NULL, 30, 0, '2025-08-22T13:31:23.959'),
  ('PL-00007', N'HURT-SZC', N'Portowa Hurtownia Obuwia Sp. z o.o.', 'PL9551644577', N'ul. Struga 44', N'70-784', N'Szczecin', 'PL', NULL, N'+48 91 589 01 20', 27500.0000, 'EUR', 60, 0, '2025-09-01T14:44:52.096'),
  ('PL-00009', N'HURT-NSA', N'Sądecki Hurt Obuwniczy Józef Pawłowski', 'PL7344707118', N'ul. Węgierska 146', N'33-300', N'Nowy Sącz', 'PL', N'biuro@sadecki-hurt.example', N'+48 18 299 68 92', 15000.0000, 'EUR', 30, 0, '2025-10-08T15:57:21.233'),
  ('PL-00012', N'OBUWIE-ZAM', N'Obuwie Renesans Henryk Źrebiec', 'PL9229842641', N'ul. Grodzka 2', N'22-400', N'Zamość', 'PL', N'biuro@obuwie-renesans.example', N'+48 84 478 30 71', 15000.0000, 'EUR', 60, 0, '2025-11-15T16:10:50.370'),
  ('DE-00012', N'SCHUH-BERLIN', N'Schuhhaus Lindenblatt GmbH', 'DE240063687', N'Karl-Marx-Straße 84', N'12043', N'Berlin', 'DE', N'biuro@lindenblatt.example', N'+49 30 364232', 27500.0000, 'EUR', 60, 0, '2025-12-22T17:23:19.507'),
  ('DE-00014', N'SCHUH-LEIPZIG', N'Sohle & Naht Großhandel GmbH & Co. KG', 'DE202411913', N'Georg-Schwarz-Straße 127', N'04179', N'Leipzig', 'DE', N'biuro@sohle-naht.example', N'+49 341 466927', 22500.0000, 'EUR', 30, 0, '2025-01-01T06:36:48.644'),
  ('DE-00017', N'SCHUH-DRESDEN', N'Elbschuh Handels GmbH', 'DE463901586', N'Königsbrücker Straße 55', N'01099', N'Dresden', 'DE', NULL, N'+49 351 618212', NULL, NULL, 60, 0, '2025-02-08T07:49:17.781'),
  ('DE-00018', N'SCHUH-HAMBURG', N'Hafenschuh Import KG', 'DE308937029', N'Billstraße 180', N'20539', N'Hamburg', 'DE', N'biuro@hafenschuh.example', N'+49 40 302411', 15000.0000, 'EUR', 14, 0, '2025-03-15T08:02:46.918'),
  ('CZ-00004', N'BOTY-BRNO', N'Boty Svratka s.r.o.', 'CZ71512683', N'Křenová 52', N'602 00', N'Brno', 'CZ', N'biuro@boty-svratka.example', N'+420 543 345 373', 20000.0000, 'EUR', 30, 0, '2025-04-22T09:15:15.055'),
  ('CZ-00007', N'BOTY-OSTRAVA', N'Obuv Ostravice a.s.', 'CZ67160468', N'Nádražní 110', N'702 00', N'Ostrava', 'CZ', N'biuro@obuv-ostravice.example', N'+420 596 484 297', 17500.0000, 'EUR', 30, 0, '2025-05-01T10:28:44.192'),
  ('SK-00004', N'OBUV-BRATISLAVA', N'Topánka Dunaj s.r.o.', 'SK2026399155', N'Obchodná 33', N'811 06', N'Bratislava', 'SK', N'biuro@topanka-dunaj.example', N'+421 2 513 873 45', 15000.0000, 'EUR', 30, 0, '2025-06-08T11:41:13.329'),
  ('SK-00006', N'OBUV-KOSICE', N'Hornád Obuv spol. s r.o.', 'SK2029819748', N'Hlavná 71', N'040 01', N'Košice', 'SK', NULL, N'+421 55 781 70 78', 15000.0000, 'EUR', 30, 0, '2025-07-15T12:54:42.466'),
  ('LT-00004', N'BATAI-VILNIUS', N'UAB Baltas Batas', 'LT058561618', N'Savanorių pr. 22', N'03116', N'Vilnius', 'LT', N'biuro@baltas-batas.example', N'+370 5 207 3670', NULL, NULL, 30, 0, '2025-08-22T13:07:11.603'),
  ('LT-00005', N'BATAI-KAUNAS', N'UAB Nemuno Avalynė', 'LT858290911', N'Laisvės al. 60', N'44249', N'Kaunas', 'LT', N'biuro@nemuno-avalyne.example', N'+370 37 781804', 15000.0000, 'EUR', 30, 1, '2025-09-01T14:20:40.740'),
  ('DE-00020', N'ROSTOCK', N'Warnow Schuhe e.K.', 'DE586498954', N'Lange Straße 14', N'18055', N'Rostock', 'DE', NULL, N'+49 381 410364', 15000.0000, 'EUR', 30, 0, '2025-10-08T15:33:09.877'),
  ('DE-00023', N'GORLITZ', N'Neiße Fußwelt GmbH', 'DE573881773', N'Berliner Straße 47', N'02826', N'Görlitz', 'DE', NULL, N'+49 3581 418579', 17500.0000, 'EUR', 30, 0, '2025-11-15T16:46:38.014'),
  ('DE-00024', N'COTTBUS', N'Spree Sohlen GmbH', 'DE687163503', N'Spremberger Straße 10', N'03046', N'Cottbus', 'DE', NULL, N'+49 355 393592', 12500.0000, 'EUR', 60, 0, '2025-12-22T17:59:07.151'),
  ('CZ-00009', N'LIBEREC', N'Obuv Ještěd s.r.o.', 'CZ29889227', N'Pražská 15', N'460 01', N'Liberec', 'CZ', NULL, N'+420 485 206 082', 15000.0000, 'EUR', 14, 0, '2025-01-01T06:12:36.288'),
  ('CZ-00012', N'OLOMOUC', N'Haná Boty s.r.o.', 'CZ82761523', N'Ostružnická 8', N'779 00', N'Olomouc', 'CZ', NULL, N'+420 585 371 421', NULL, NULL, 30, 0, '2025-02-08T07:25:05.425'),
  ('SK-00007', N'ZILINA', N'Považská Topánka s.r.o.', 'SK2035831996', N'Národná 12', N'010 01', N'Žilina', 'SK', NULL, N'+421 41 446 48 44', 12500.0000, 'EUR', 14, 0, '2025-03-15T08:38:34.562'),
  ('LT-00007', N'KLAIPEDA', N'UAB Pajūrio Batai', 'LT332942515', N'Manto g. 31', N'92234', N'Klaipėda', 'LT', NULL, N'+370 46 621146', 10000.0000, 'EUR', 30, 0, '2025-04-22T09:51:03.699'),
  ('UA-00003', N'LVIV', N'TOW Hałycke Wzuttia', NULL, N'vul. Horodocka 36', N'79016', N'Lwów', 'UA', NULL, N'+380 3268 38113', 15000.0000, 'EUR', 60, 0, '2025-05-01T10:04:32.836'),
  ('GB-00001', N'LONDYN', N'Thameside Footwear Ltd', NULL, N'45 Bermondsey Street', N'SE1 3XF', N'London', 'GB', NULL, N'+44 20 4232 1860', 12500.0000, 'EUR', 30, 0, '2025-06-08T11:17:01.973');
GO
