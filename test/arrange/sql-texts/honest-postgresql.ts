/** Reports for PostgreSQL. */
import { postgresql } from './honest-row.ts';
import type { HonestSql } from './honest-row.ts';

export const onPostgresql: readonly HonestSql[] = [
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
    `SELECT jsonb_build_object('name', name, 'tags', to_jsonb(tags)) AS j, jsonb_agg(name) OVER (PARTITION BY kind) AS all_names,
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
