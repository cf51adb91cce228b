/** Reports for SQL Server: the shapes of queries. */
import { sqlServer } from './honest-row.ts';
import type { HonestSql } from './honest-row.ts';

export const onSqlServer: readonly HonestSql[] = [
  sqlServer('one table', 'customer', 'SELECT Numer, Kwota FROM dbo.Faktury WHERE KlientId = @customer;'),
  sqlServer(
    'turnover by product group and month',
    'customer od do',
    `-- Obroty według grup towarowych i miesięcy
     SELECT g.[Nazwa grupy], YEAR(f.Data) AS rok, MONTH(f.Data) AS [miesiąc],
            SUM(p.[Wartość netto]) AS obrót, COUNT(DISTINCT f.Id) AS liczba
     FROM dbo.Faktury AS f
       INNER JOIN dbo.Pozycje p ON p.FakturaId = f.Id
       LEFT OUTER JOIN dbo.Grupy AS g ON g.Id = p.GrupaId
     WHERE f.KlientId = @customer AND f.Data >= @od AND f.Data < DATEADD(DAY, 1, @do)
     GROUP BY g.[Nazwa grupy], YEAR(f.Data), MONTH(f.Data)
     HAVING SUM(p.[Wartość netto]) <> 0
     ORDER BY rok, [miesiąc], obrót DESC`,
  ),
  sqlServer(
    'unpaid items over some days',
    'customer dni',
    `SELECT r.Dokument, r.Termin, r.Saldo, r.Waluta, DATEDIFF(day, r.Termin, GETDATE()) AS [dni po terminie]
     FROM dbo.Rozrachunki r WITH (NOLOCK)
     WHERE r.KlientId = @customer AND r.Saldo > 0 AND DATEDIFF(day, r.Termin, GETDATE()) > @dni
     ORDER BY 5 DESC`,
  ),
  sqlServer(
    'a common table and a window',
    'customer',
    `WITH płatności AS (
       SELECT f.Id, f.Data, f.Kwota, ROW_NUMBER() OVER (PARTITION BY f.KlientId ORDER BY f.Data DESC) AS lp,
              SUM(f.Kwota) OVER (ORDER BY f.Data ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS narastająco
       FROM dbo.Faktury f WHERE f.KlientId = @customer
     )
     SELECT * FROM płatności WHERE lp <= 10 ORDER BY lp`,
  ),
  sqlServer(
    'two common tables with column lists',
    'customer',
    `WITH a (klient, kwota) AS (SELECT KlientId, SUM(Kwota) FROM dbo.Faktury GROUP BY KlientId),
          b (klient, wpłata) AS (SELECT KlientId, SUM(Kwota) FROM dbo.Wplaty GROUP BY KlientId)
     SELECT a.klient, a.kwota, b.wpłata, a.kwota - ISNULL(b.wpłata, 0) AS saldo
     FROM a LEFT JOIN b ON b.klient = a.klient WHERE a.klient = @customer`,
  ),
  sqlServer(
    'a recursive common table',
    'customer',
    `WITH drzewo AS (
       SELECT Id, NadrzednyId, Nazwa, 0 AS poziom FROM dbo.Klienci WHERE Id = @customer
       UNION ALL
       SELECT k.Id, k.NadrzednyId, k.Nazwa, d.poziom + 1 FROM dbo.Klienci k JOIN drzewo d ON d.Id = k.NadrzednyId
     )
     SELECT REPLICATE('  ', poziom) + Nazwa AS nazwa FROM drzewo OPTION (MAXRECURSION 50)`,
  ),
  sqlServer(
    'PIVOT',
    'customer',
    `SELECT * FROM (SELECT Grupa, MONTH(Data) AS m, Netto FROM dbo.Sprzedaz WHERE KlientId = @customer) AS s
     PIVOT (SUM(Netto) FOR m IN ([1], [2], [3], [4])) AS p ORDER BY Grupa`,
  ),
  sqlServer(
    'UNPIVOT',
    'customer',
    `SELECT u.KlientId, u.Rodzaj, u.Kwota FROM dbo.Salda
     UNPIVOT (Kwota FOR Rodzaj IN (Saldo, Przeterminowane)) AS u WHERE u.KlientId = @customer`,
  ),
  sqlServer(
    'CASE in both forms',
    'customer',
    `SELECT CASE WHEN Saldo > 1000 THEN N'duże' WHEN Saldo > 0 THEN 'małe' ELSE 'brak' END AS klasa,
            CASE Waluta WHEN 'PLN' THEN 1 ELSE 0 END AS krajowa
     FROM dbo.Salda WHERE KlientId = @customer`,
  ),
  sqlServer(
    'OUTER APPLY',
    'customer',
    `SELECT k.Nazwa, ost.Data, ost.Kwota FROM dbo.Klienci k
     OUTER APPLY (SELECT TOP (1) f.Data, f.Kwota FROM dbo.Faktury f WHERE f.KlientId = k.Id ORDER BY f.Data DESC) AS ost
     WHERE k.Id = @customer`,
  ),
  sqlServer(
    'CROSS APPLY of VALUES',
    'customer',
    `SELECT k.Id, v.rodzaj, v.wartość FROM dbo.Klienci k
     CROSS APPLY (VALUES (N'Limit', k.Limit), (N'Saldo', k.Saldo)) AS v(rodzaj, wartość) WHERE k.Id = @customer`,
  ),
  sqlServer(
    'UNION ALL',
    'customer',
    `SELECT 'FV' AS typ, Numer, Kwota FROM dbo.Faktury WHERE KlientId = @customer
     UNION ALL SELECT 'KOR', Numer, -Kwota FROM dbo.Korekty WHERE KlientId = @customer ORDER BY Numer`,
  ),
  sqlServer(
    'EXCEPT and INTERSECT',
    'customer',
    `SELECT TowarId FROM dbo.Oferta EXCEPT SELECT TowarId FROM dbo.Sprzedaz WHERE KlientId = @customer
     INTERSECT SELECT Id FROM dbo.Towary`,
  ),
  sqlServer(
    'subqueries of each kind',
    'customer',
    `SELECT t.Nazwa, (SELECT MAX(f.Data) FROM dbo.Faktury f WHERE f.TowarId = t.Id) AS ostatnio
     FROM dbo.Towary t
     WHERE EXISTS (SELECT 1 FROM dbo.Pozycje p WHERE p.TowarId = t.Id AND p.KlientId = @customer)
       AND t.GrupaId IN (SELECT Id FROM dbo.Grupy WHERE Aktywna = 1)
       AND t.Cena >= ALL (SELECT Cena FROM dbo.Cennik c WHERE c.TowarId = t.Id)`,
  ),
  sqlServer(
    'GROUP BY ROLLUP',
    'customer',
    `SELECT Grupa, Marka, SUM(Netto) AS netto, GROUPING(Grupa) AS razem FROM dbo.Sprzedaz
     WHERE KlientId = @customer GROUP BY ROLLUP (Grupa, Marka)`,
  ),
  sqlServer(
    'GROUP BY GROUPING SETS and CUBE',
    'customer',
    `SELECT Grupa, Marka, SUM(Netto) AS n FROM dbo.Sprzedaz WHERE KlientId = @customer
     GROUP BY GROUPING SETS ((Grupa, Marka), (Grupa), ())
     UNION ALL SELECT Grupa, Marka, SUM(Netto) FROM dbo.Archiwum GROUP BY CUBE (Grupa, Marka)`,
  ),
  sqlServer(
    'GROUP BY … WITH ROLLUP',
    'customer',
    'SELECT Grupa, SUM(Netto) AS n FROM dbo.Sprzedaz WHERE KlientId = @customer GROUP BY Grupa WITH ROLLUP',
  ),
  sqlServer(
    'STRING_AGG',
    'customer',
    `SELECT f.Id, STRING_AGG(CONVERT(nvarchar(max), p.Nazwa), N', ') WITHIN GROUP (ORDER BY p.Nazwa) AS towary
     FROM dbo.Faktury f JOIN dbo.Pozycje p ON p.FakturaId = f.Id WHERE f.KlientId = @customer GROUP BY f.Id`,
  ),
  sqlServer(
    'texts joined the old way',
    'customer',
    `SELECT f.Id, STUFF((SELECT ', ' + p.Nazwa FROM dbo.Pozycje p WHERE p.FakturaId = f.Id ORDER BY p.Lp
       FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)'), 1, 2, '') AS towary
     FROM dbo.Faktury f WHERE f.KlientId = @customer`,
  ),
];
