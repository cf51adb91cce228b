/** Reports for SQL Server: values, texts, dates. */
import { sqlServer } from './honest-row.ts';
import type { HonestSql } from './honest-row.ts';

export const moreOnSqlServer: readonly HonestSql[] = [
  sqlServer(
    'dates',
    'customer',
    `SELECT EOMONTH(Data) AS koniec, EOMONTH(Data, -1) AS poprzedni, DATEPART(iso_week, Data) AS tydzień,
            DATENAME(month, Data) AS nazwa, DATEFROMPARTS(YEAR(Data), 1, 1) AS początek,
            DATEDIFF(MONTH, Data, SYSDATETIME()) AS wiek, DATETRUNC(month, Data) AS m
     FROM dbo.Faktury WHERE KlientId = @customer AND Data BETWEEN '20240101' AND CURRENT_TIMESTAMP`,
  ),
  sqlServer(
    'FORMAT and texts',
    'customer',
    `SELECT FORMAT(Kwota, 'N2', 'pl-PL') AS kwota, UPPER(LEFT(Nazwa, 1)) + LOWER(SUBSTRING(Nazwa, 2, 100)) AS nazwa,
            LEN(Nazwa) AS długość, REPLACE(Nip, '-', '') AS nip, RIGHT('000' + LTRIM(RTRIM(Kod)), 3) AS kod,
            CHARINDEX('sp', Nazwa) AS gdzie, CONCAT(Ulica, ' ', Dom) AS adres, TRIM(Uwagi) AS uwagi
     FROM dbo.Klienci WHERE Id = @customer`,
  ),
  sqlServer(
    'conversions',
    'customer',
    `SELECT CONVERT(varchar(10), Data, 120) AS d, TRY_CONVERT(decimal(18, 2), Tekst) AS t, CAST(Kwota AS money) AS m,
            TRY_CAST(Kod AS int) AS k, CAST(Data AS date) AS dzień, CONVERT(datetime2(3), Kiedy) AS kiedy
     FROM dbo.Faktury WHERE KlientId = @customer`,
  ),
  sqlServer(
    'OFFSET and FETCH with parameters',
    'customer od ile',
    `SELECT Numer FROM dbo.Faktury WHERE KlientId = @customer
     ORDER BY Numer OFFSET @od ROWS FETCH NEXT @ile ROWS ONLY`,
  ),
  sqlServer(
    'TOP WITH TIES and PERCENT',
    'customer',
    `SELECT TOP (10) WITH TIES Numer, Kwota FROM dbo.Faktury WHERE KlientId = @customer
       AND Id IN (SELECT TOP 50 PERCENT Id FROM dbo.Faktury ORDER BY Data) ORDER BY Kwota DESC`,
  ),
  sqlServer(
    'lists of parameters',
    'customer grupy* bez*',
    `SELECT Numer FROM dbo.Faktury WHERE KlientId = @customer AND GrupaId IN (@grupy) AND MarkaId NOT IN ( @bez )`,
  ),
  sqlServer(
    'comments of all kinds',
    'customer',
    `/* Raport: należności @nikt; DROP TABLE x
        /* zagnieżdżony „komentarz” */ */
     SELECT Numer -- numer dokumentu; EXEC nic
     FROM dbo.Faktury /* tabela */ WHERE KlientId = @customer -- koniec`,
  ),
  sqlServer(
    'texts that look like commands',
    'customer',
    `SELECT 'DROP TABLE x; EXEC xp_cmdshell ''dir''' AS tekst, N'@customer -- nie' AS drugi, '/*' AS trzeci
     FROM dbo.Klienci WHERE Id = @customer`,
  ),
  sqlServer(
    'Polish names in brackets and quotation marks',
    'customer',
    `SELECT [k].[Żółć] AS [Zażółć gęślą jaźń], "Wartość (PLN)" AS "Wartość – razem", [a]]b] FROM [dbo].[Ważne Dane 2024] [k]
     WHERE [k].[Id klienta] = @customer`,
  ),
  sqlServer(
    'names that are words of queries elsewhere',
    'customer',
    'SELECT t.Type, Path, Time, t.Zone, Row, First FROM dbo.Rows t WHERE t.Last = @customer ORDER BY Next',
  ),
  sqlServer(
    'JSON',
    'customer',
    `SELECT JSON_VALUE(k.Dane, '$.telefon') AS telefon, j.kod, j.ile FROM dbo.Klienci k
     CROSS APPLY OPENJSON(k.Dane, '$.pozycje') WITH (kod nvarchar(20) '$.kod', ile decimal(9, 3) '$.ile', x nvarchar(max) AS JSON) AS j
     WHERE k.Id = @customer AND ISJSON(k.Dane) = 1`,
  ),
  sqlServer(
    'STRING_SPLIT',
    'customer',
    `SELECT s.value FROM dbo.Klienci k CROSS APPLY STRING_SPLIT(k.Tagi, ',') AS s WHERE k.Id = @customer`,
  ),
  sqlServer(
    'LAG, LEAD and friends',
    'customer',
    `SELECT Data, Kwota, LAG(Kwota, 1, 0) OVER (ORDER BY Data) AS poprzednia, LEAD(Kwota) OVER (ORDER BY Data) AS następna,
            NTILE(4) OVER (ORDER BY Kwota) AS kwartyl, DENSE_RANK() OVER (ORDER BY Kwota DESC) AS miejsce,
            FIRST_VALUE(Kwota) OVER (PARTITION BY Rok ORDER BY Data ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING) AS pierwsza,
            PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY Kwota) OVER (PARTITION BY Rok) AS mediana
     FROM dbo.Faktury WHERE KlientId = @customer`,
  ),
  sqlServer(
    'collation, LIKE and ESCAPE',
    'customer tekst',
    `SELECT Nazwa FROM dbo.Towary WHERE Nazwa COLLATE Polish_CI_AI LIKE N'%' + @tekst + '%' ESCAPE '!' AND KlientId = @customer
       AND Kod NOT LIKE '[0-9]%' AND Uwagi IS NOT NULL`,
  ),
  sqlServer(
    'conditional functions',
    'customer',
    `SELECT IIF(Saldo > 0, 'winien', 'ma') AS strona, COALESCE(Email, Telefon, '') AS kontakt, NULLIF(Kod, '') AS kod,
            CHOOSE(Status, 'nowy', 'stały') AS status, ISNULL(Rabat, 0) AS rabat, GREATEST(a, b) AS g
     FROM dbo.Klienci WHERE Id = @customer`,
  ),
  sqlServer(
    'arithmetic',
    'customer',
    `SELECT ROUND(Netto * (1 + Vat / 100.0), 2) AS brutto, Ilosc % 12 AS reszta, -Netto AS minus, ABS(Netto) AS a,
            POWER(2, 3) AS p, Flagi & 4 AS f, Flagi | 1 AS g, ~Flagi AS h, CEILING(Netto) AS c, 1.5e3 AS e, 0x1F AS b
     FROM dbo.Pozycje WHERE KlientId = @customer`,
  ),
  sqlServer(
    'time zones',
    'customer',
    `SELECT Kiedy AT TIME ZONE 'UTC' AT TIME ZONE 'Central European Standard Time' AS u_nas FROM dbo.Wizyty WHERE KlientId = @customer`,
  ),
  sqlServer(
    'columns named from the left',
    'customer',
    `SELECT numer = f.Numer, kwota = SUM(f.Kwota), 'klient' = MAX(f.Klient), 1 AS 'jeden' FROM dbo.Faktury f WHERE f.KlientId = @customer GROUP BY f.Numer`,
  ),
  sqlServer(
    'commas, nested joins and stars',
    'customer',
    `SELECT a.*, b.Nazwa FROM dbo.A a, dbo.B b, (dbo.C c INNER JOIN dbo.D d ON c.Id = d.Id)
     WHERE a.Id = b.Id AND c.Id = a.Id AND a.KlientId = @customer`,
  ),
  sqlServer(
    'DISTINCT and COUNT_BIG',
    'customer',
    `SELECT DISTINCT COUNT_BIG(*) OVER (PARTITION BY Rok) AS ile, Rok FROM dbo.Faktury WHERE KlientId = @customer OPTION (RECOMPILE)`,
  ),
  sqlServer(
    'a conditional sum and IS NOT DISTINCT FROM',
    'customer',
    `SELECT SUM(CASE WHEN Data < GETDATE() THEN Kwota ELSE 0 END) AS po_terminie FROM dbo.Rozrachunki
     WHERE KlientId = @customer AND Magazyn IS NOT DISTINCT FROM Domyslny`,
  ),
  sqlServer(
    'nested brackets and conditions',
    'customer',
    `SELECT Numer FROM dbo.Faktury WHERE ((KlientId = @customer) AND (((Rok = 2023) OR (Rok = 2024)) AND NOT (Anulowana = 1)))
       AND (Kwota > 0 OR (Kwota < 0 AND (Typ = 'KOR' OR (Typ = 'ZW' AND Data >= '2024-01-01'))))`,
  ),
];
