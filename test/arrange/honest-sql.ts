/** Reports as administrators write them: every one must pass the check. */
import type { SqlEngine } from '../../src/reports/sql-reports/sql-text/tokens.ts';
import type { SqlParameter } from '../../src/reports/sql-reports/sql-text/parameters.ts';

export interface HonestSql {
  readonly name: string;
  readonly engine: SqlEngine;
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

/** Parameters by name; a star after the name: several values. */
function honest(engine: SqlEngine, name: string, parameters: string, text: string): HonestSql {
  const names = parameters.split(' ').filter((one) => one !== '');
  return {
    name,
    engine,
    text,
    parameters: names.map((one) => ({ name: one.replace('*', ''), multiple: one.endsWith('*') })),
  };
}

const sqlServer = (name: string, parameters: string, text: string): HonestSql =>
  honest('SQL_SERVER', name, parameters, text);
const postgresql = (name: string, parameters: string, text: string): HonestSql =>
  honest('POSTGRESQL', name, parameters, text);

const onSqlServer: readonly HonestSql[] = [
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

const onPostgresql: readonly HonestSql[] = [
  postgresql('one table', 'client', 'SELECT name, city FROM client WHERE id = :client;'),
  postgresql(
    'cards without a feature',
    'client name',
    `SELECT c.number, c.name FROM client AS c
     WHERE NOT EXISTS (SELECT 1 FROM client_feature f WHERE f.client_id = c.id AND f.name = :name) AND c.id = :client`,
  ),
  postgresql(
    'months with date_trunc and interval',
    'client',
    `-- Zadania według miesięcy
     SELECT date_trunc('month', t.due_on)::date AS miesiąc, count(*) AS ile, count(*) FILTER (WHERE t.done) AS zrobione
     FROM task t WHERE t.client_id = :client AND t.due_on >= CURRENT_DATE - interval '12 months'
     GROUP BY 1 ORDER BY 1 DESC NULLS LAST LIMIT 12`,
  ),
  postgresql(
    'JSON',
    'client',
    `SELECT data->>'phone' AS phone, data#>>'{address,city}' AS city, (data->'limit')::numeric(12, 2) AS lim,
            jsonb_array_length(data->'tags') AS n, e.value AS tag
     FROM client_feature, jsonb_array_elements_text(data->'tags') AS e(value)
     WHERE client_id = :client AND data @> '{"active": true}'::jsonb AND data ? 'phone'`,
  ),
  postgresql(
    'LATERAL',
    'client',
    `SELECT c.name, last.made_at FROM client c
     LEFT JOIN LATERAL (SELECT n.made_at FROM note n WHERE n.client_id = c.id ORDER BY n.made_at DESC LIMIT 1) AS last ON true
     WHERE c.id = :client`,
  ),
  postgresql(
    'arrays and slices',
    'client n',
    `SELECT tags[1] AS first, tags[2:3] AS more, tags[:2] AS head, cardinality(tags) AS n, ARRAY[1, :n] AS list,
            array_to_string(ARRAY(SELECT name FROM contact), ', ') AS names
     FROM client WHERE id = :client AND 'vip' = ANY (tags) AND tags && ARRAY['a', 'b']::text[]`,
  ),
  postgresql(
    'casts',
    'client',
    `SELECT id::text, name::varchar(20), made_at::timestamp with time zone, CAST(amount AS numeric(18, 2)), x::double precision
     FROM client WHERE id = :client::uuid AND made_at > timestamp '2024-01-01 00:00:00' AND made_on < date '2025-01-01'`,
  ),
  postgresql(
    'a recursive common table',
    'client',
    `WITH RECURSIVE tree (id, depth) AS (
       SELECT id, 0 FROM client WHERE id = :client
       UNION ALL SELECT c.id, t.depth + 1 FROM client c JOIN tree t ON c.parent_id = t.id WHERE t.depth < 5)
     SELECT count(*) AS n, max(depth) AS depth FROM tree`,
  ),
  postgresql(
    'MATERIALIZED common tables',
    'client',
    `WITH a AS MATERIALIZED (SELECT id FROM client WHERE id = :client), b AS NOT MATERIALIZED (SELECT client_id FROM note)
     SELECT a.id FROM a JOIN b ON b.client_id = a.id`,
  ),
  postgresql(
    'named windows and frames',
    'client',
    `SELECT made_on, amount, sum(amount) OVER w AS running, row_number() OVER (PARTITION BY kind ORDER BY made_on) AS n,
            avg(amount) OVER (ORDER BY made_on ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS mean
     FROM entry WHERE client_id = :client WINDOW w AS (ORDER BY made_on)`,
  ),
  postgresql(
    'GROUPING SETS, ROLLUP and CUBE',
    'client',
    `SELECT kind, stage, sum(amount), grouping(kind) FROM deal WHERE client_id = :client GROUP BY GROUPING SETS ((kind, stage), (kind), ())
     UNION ALL SELECT kind, stage, sum(amount), 0 FROM deal GROUP BY ROLLUP (kind, stage)
     UNION SELECT kind, stage, sum(amount), 1 FROM deal GROUP BY CUBE (kind, stage)`,
  ),
  postgresql(
    'DISTINCT ON',
    'client',
    'SELECT DISTINCT ON (kind) kind, made_on FROM deal WHERE client_id = :client ORDER BY kind, made_on DESC',
  ),
  postgresql(
    'lists of parameters',
    'client kinds* not_stages*',
    'SELECT id FROM deal WHERE client_id = :client AND kind IN (:kinds) AND stage NOT IN (:not_stages)',
  ),
  postgresql(
    'texts',
    'client',
    `SELECT string_agg(DISTINCT name, ', ' ORDER BY name) AS names, initcap(lower(max(name))) AS n, split_part(max(email), '@', 2) AS domain,
            regexp_replace(max(phone), '\\D', '', 'g') AS digits, to_char(sum(amount), 'FM999G990D00') AS amount,
            substring(max(name) from 1) AS s, trim(both ' ' from max(name)) AS t, position('a' in max(name)) AS p,
            left(max(name), 3) || '…' AS short
     FROM contact WHERE client_id = :client AND name ILIKE '%a%' AND phone ~ '^[0-9]+$' AND email !~* 'test'`,
  ),
  postgresql(
    'dates',
    'client',
    `SELECT extract(year FROM made_at) AS y, age(now(), made_at) AS age, made_at AT TIME ZONE 'Europe/Warsaw' AS here,
            make_date(2024, 1, 1) AS d, date_part('dow', made_at) AS dow, make_interval(days => 5) AS five,
            to_date('2024-01', 'YYYY-MM') AS m, LOCALTIMESTAMP AS local
     FROM note WHERE client_id = :client AND made_at < CURRENT_TIMESTAMP`,
  ),
  postgresql(
    'a calendar of generate_series',
    'client',
    `SELECT d.day::date, count(t.id) FROM generate_series(date '2024-01-01', date '2024-12-31', interval '1 month') AS d(day)
     LEFT JOIN task t ON t.due_on >= d.day AND t.due_on < d.day + interval '1 month' AND t.client_id = :client GROUP BY d.day`,
  ),
  postgresql(
    'percentiles and statistics',
    'client',
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS median, stddev(amount), mode() WITHIN GROUP (ORDER BY kind)
     FROM deal WHERE client_id = :client`,
  ),
  postgresql(
    'conditions of all kinds',
    'client',
    `SELECT CASE kind WHEN 'a' THEN 1 ELSE 2 END, coalesce(nullif(name, ''), '—') FROM deal
     WHERE client_id = :client AND kind IS DISTINCT FROM 'x' AND amount BETWEEN 1 AND 2 AND done IS NOT TRUE AND name NOT LIKE 'x%'
       AND (kind, stage) IN (SELECT kind, stage FROM stage) AND note IS NULL AND amount > ALL (SELECT 1) AND name SIMILAR TO '(a|b)%'`,
  ),
  postgresql(
    'joins of all kinds',
    'client',
    `SELECT * FROM client c JOIN contact USING (client_id) LEFT JOIN note n ON n.client_id = c.id CROSS JOIN stage s
     FULL OUTER JOIN deal d ON d.client_id = c.id, task t WHERE c.id = :client FETCH FIRST 10 ROWS ONLY`,
  ),
  postgresql(
    'escapes, quoted names and comments',
    'client',
    `/* @ :nothing /* nested */ ; */ SELECT E'a\\nb :client' AS "Nazwa :client", 'it''s -- not' AS t, "c"."name" FROM "client" AS "c" WHERE "c"."id" = :client -- :end`,
  ),
  postgresql(
    'JSON built',
    'client',
    `SELECT jsonb_build_object('name', name, 'tags', to_jsonb(tags)) AS j, jsonb_agg(name ORDER BY name) OVER () AS all_names,
            jsonb_typeof(data) AS t FROM client WHERE id = :client`,
  ),
  postgresql(
    'derived tables and VALUES',
    'client',
    `SELECT v.code, q.n FROM (VALUES ('a', 1), ('b', 2)) AS v (code, rank)
     JOIN (SELECT kind, count(*) AS n FROM deal WHERE client_id = :client GROUP BY kind) AS q ON q.kind = v.code
     OFFSET 1 LIMIT 5`,
  ),
];

export const honestSql: readonly HonestSql[] = [...onSqlServer, ...onPostgresql];
