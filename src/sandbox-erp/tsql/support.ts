/**
 * What a PostgreSQL database needs before it can pass for a T-SQL one: a case-insensitive collation, the engine's own
 * catalog, and functions for what PostgreSQL does otherwise. Errors leave as SQLSTATE 'MS' and three letters that
 * errors.ts knows, with SQL Server's own message.
 */
export const supportSchema = 'tsql_engine';

/**
 * What stands for a backslash while LIKE looks at texts: PostgreSQL 18 does not find an escaped backslash in a collation
 * that ignores case. From the private-use area, so that it equals nothing but itself.
 */
export const backslash = 0xe000;

const collation = `
CREATE SCHEMA ${supportSchema};
CREATE COLLATION ${supportSchema}.ci (provider = icu, locale = 'pl-u-ks-level2', deterministic = false);`;

const catalog = `
CREATE TABLE ${supportSchema}.settings (name text PRIMARY KEY, value text NOT NULL);
CREATE TABLE ${supportSchema}.schemas (schema_id int PRIMARY KEY, name bpchar COLLATE ${supportSchema}.ci NOT NULL UNIQUE);
INSERT INTO ${supportSchema}.schemas VALUES (1, 'dbo'), (3, 'INFORMATION_SCHEMA'), (4, 'sys');
CREATE SEQUENCE ${supportSchema}.next_schema AS int START 5;
CREATE SEQUENCE ${supportSchema}.next_object AS int START 581577110 INCREMENT 16;
CREATE TABLE ${supportSchema}.objects (
  object_id int PRIMARY KEY, schema_id int NOT NULL REFERENCES ${supportSchema}.schemas,
  name bpchar COLLATE ${supportSchema}.ci NOT NULL, kind text NOT NULL, definition text,
  created timestamp(3) NOT NULL DEFAULT (statement_timestamp() AT TIME ZONE 'UTC'),
  modified timestamp(3) NOT NULL DEFAULT (statement_timestamp() AT TIME ZONE 'UTC'),
  UNIQUE (schema_id, name));
CREATE TABLE ${supportSchema}.columns (
  object_id int NOT NULL REFERENCES ${supportSchema}.objects ON DELETE CASCADE, column_id int NOT NULL,
  name bpchar COLLATE ${supportSchema}.ci NOT NULL, type text NOT NULL, nullable boolean NOT NULL,
  is_identity boolean NOT NULL, has_default boolean NOT NULL, type_id int NOT NULL, max_length int NOT NULL,
  precision int NOT NULL, scale int NOT NULL, PRIMARY KEY (object_id, column_id));
CREATE TABLE ${supportSchema}.keys (
  index_name text PRIMARY KEY, object_id int NOT NULL REFERENCES ${supportSchema}.objects ON DELETE CASCADE,
  name text NOT NULL, kind text NOT NULL, column_list text[] NOT NULL DEFAULT '{}');
CREATE SCHEMA dbo;
CREATE SCHEMA sys;`;

/** Raises in the middle of an expression; volatile, or the planner would raise it beforehand. */
const failure = `
CREATE FUNCTION ${supportSchema}.fail(state text, message text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message; END $$;`;

const conversions = `
CREATE FUNCTION ${supportSchema}.to_whole(value text, kind text, target text, low int8, high int8, attempt boolean)
RETURNS int8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE plain text := btrim(value); number numeric;
BEGIN
  IF plain = '' THEN RETURN 0; END IF;
  IF plain !~ '^[+-]? ?[0-9]+$' THEN
    IF attempt THEN RETURN NULL; END IF;
    IF target = 'bigint' THEN
      RAISE EXCEPTION USING ERRCODE = 'MS114', MESSAGE = format('Error converting data type %s to bigint.', kind);
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'MS245',
      MESSAGE = format('Conversion failed when converting the %s value ''%s'' to data type %s.', kind, value, target);
  END IF;
  number := replace(plain, ' ', '')::numeric;
  IF number NOT BETWEEN low AND high THEN
    IF attempt THEN RETURN NULL; END IF;
    RAISE EXCEPTION USING ERRCODE = CASE target WHEN 'int' THEN 'MS248' WHEN 'bigint' THEN 'MS115' ELSE 'MS244' END,
      MESSAGE = format('The conversion of the %s value ''%s'' overflowed an %s column.', kind, value, target);
  END IF;
  RETURN number::int8;
END $$;

CREATE FUNCTION ${supportSchema}.to_exact(value text, kind text, total int, scale int, attempt boolean)
RETURNS numeric LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE plain text := btrim(value); number numeric;
BEGIN
  IF plain !~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)$' THEN
    IF attempt THEN RETURN NULL; END IF;
    RAISE EXCEPTION USING ERRCODE = 'MS114', MESSAGE = format('Error converting data type %s to numeric.', kind);
  END IF;
  number := round(plain::numeric, scale);
  IF abs(number) >= power(10::numeric, total - scale) THEN
    IF attempt THEN RETURN NULL; END IF;
    RAISE EXCEPTION USING ERRCODE = 'MS115',
      MESSAGE = format('Arithmetic overflow error converting %s to data type numeric.', kind);
  END IF;
  RETURN number;
END $$;

CREATE FUNCTION ${supportSchema}.to_float(value text, kind text, attempt boolean)
RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF btrim(value) = '' THEN RETURN 0; END IF;
  IF btrim(value) !~* '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[+-]?[0-9]+)?$' THEN
    IF attempt THEN RETURN NULL; END IF;
    RAISE EXCEPTION USING ERRCODE = 'MS114', MESSAGE = format('Error converting data type %s to float.', kind);
  END IF;
  RETURN btrim(value)::float8;
END $$;

CREATE FUNCTION ${supportSchema}.to_bit(value text, kind text, attempt boolean)
RETURNS int2 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF lower(btrim(value)) = 'true' THEN RETURN 1; END IF;
  IF lower(btrim(value)) = 'false' OR btrim(value) = '' THEN RETURN 0; END IF;
  IF btrim(value) ~ '^[+-]?[0-9]+$' THEN RETURN CASE WHEN btrim(value) ~ '[1-9]' THEN 1 ELSE 0 END; END IF;
  IF attempt THEN RETURN NULL; END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS245',
    MESSAGE = format('Conversion failed when converting the %s value ''%s'' to data type bit.', kind, value);
END $$;

CREATE FUNCTION ${supportSchema}.to_guid(value text, attempt boolean)
RETURNS uuid LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF value ~* '^[{]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' THEN
    RETURN substr(ltrim(value, '{'), 1, 36)::uuid;
  END IF;
  IF attempt THEN RETURN NULL; END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS169',
    MESSAGE = 'Conversion failed when converting from a character string to uniqueidentifier.';
END $$;

CREATE FUNCTION ${supportSchema}.fit_digits(value text, room int, kind text, target text)
RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF length(value) <= room THEN RETURN value; END IF;
  IF kind = 'int' AND target IN ('char', 'varchar') THEN RETURN '*'; END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS115',
    MESSAGE = format('Arithmetic overflow error converting %s to data type %s.', kind, target);
END $$;

CREATE FUNCTION ${supportSchema}.to_tiny(value numeric) RETURNS int2 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF value >= 0 AND value < 256 THEN RETURN trunc(value)::int2; END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS115', MESSAGE = 'Arithmetic overflow error for data type tinyint, value = ' || trunc(value) || '.';
END $$;

CREATE FUNCTION ${supportSchema}.pattern(written text, escape text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE made text := ''; one text; place int := 1;
BEGIN
  IF written IS NULL THEN RETURN NULL; END IF;
  WHILE place <= length(written) LOOP
    one := substr(written, place, 1);
    IF escape IS NOT NULL AND one = escape THEN
      one := substr(written, place + 1, 1);
      made := made || CASE one WHEN '\\' THEN chr(${backslash}) ELSE '\\' || one END;
      place := place + 2;
    ELSIF one = '[' THEN
      IF substr(written, place + 2, 1) <> ']' OR substr(written, place + 1, 1) = '^' THEN
        RAISE EXCEPTION USING ERRCODE = 'MS400', MESSAGE = 'The sandbox ERP does not understand a set of characters in LIKE.';
      END IF;
      made := made || '\\' || substr(written, place + 1, 1);
      place := place + 3;
    ELSE
      made := made || CASE one WHEN '\\' THEN chr(${backslash}) ELSE one END;
      place := place + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;`;

const moments = `
CREATE FUNCTION ${supportSchema}.to_moment(value text, style int, attempt boolean)
RETURNS timestamp LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE plain text := btrim(value); parts text[];
BEGIN
  IF plain = '' THEN RETURN '1900-01-01'; END IF;
  IF style = 104 THEN
    parts := regexp_match(plain, '^([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})$');
    IF parts IS NOT NULL THEN plain := parts[3] || '-' || lpad(parts[2], 2, '0') || '-' || lpad(parts[1], 2, '0'); END IF;
  ELSIF plain ~ '^[0-9]{8}($| )' THEN
    plain := substr(plain, 1, 4) || '-' || substr(plain, 5, 2) || '-' || substr(plain, 7);
  END IF;
  parts := regexp_match(plain,
    '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})([.][0-9]{1,7})?)?)?$');
  IF parts IS NULL AND plain ~ '[0-9]' AND plain ~* '^[0-9a-z .,:/+-]+$' AND plain ~ '[0-9][-./ ,:]|[-./ ,:][0-9]' THEN
    IF attempt THEN RETURN NULL; END IF;
    RAISE EXCEPTION USING ERRCODE = 'MS400', MESSAGE =
      format('The sandbox ERP does not understand a date written as ''%s'': write it as 2024-12-31 or 20241231.', value);
  END IF;
  IF parts IS NOT NULL AND parts[2]::int BETWEEN 1 AND 12 AND parts[1]::int > 0 AND parts[3]::int > 0
    AND parts[3]::int <= extract(day FROM make_date(parts[1]::int, parts[2]::int, 1) + interval '1 month - 1 day')
    AND coalesce(parts[4]::int, 0) < 24 AND coalesce(parts[5]::int, 0) < 60 AND coalesce(parts[6]::int, 0) < 60 THEN
    RETURN make_date(parts[1]::int, parts[2]::int, parts[3]::int)
      + make_interval(hours => coalesce(parts[4]::int, 0), mins => coalesce(parts[5]::int, 0))
      + (coalesce(parts[6], '0') || coalesce(parts[7], '') || ' seconds')::interval;
  END IF;
  IF attempt THEN RETURN NULL; END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS241',
    MESSAGE = 'Conversion failed when converting date and/or time from character string.';
END $$;

CREATE FUNCTION ${supportSchema}.to_clock(value text, attempt boolean)
RETURNS time LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF btrim(value) ~ '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,7})?)?$' THEN RETURN btrim(value)::time; END IF;
  RETURN ${supportSchema}.to_moment(value, 0, attempt)::time;
END $$;

CREATE FUNCTION ${supportSchema}.to_datetime(value timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT date_trunc('second', value)
    + make_interval(secs => (round(round((extract(microseconds FROM value)::int8 % 1000000) * 0.0003) * 10 / 3) / 1000)::float8) $$;

CREATE FUNCTION ${supportSchema}.to_small(value timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT date_trunc('minute', value + interval '30 seconds') $$;

CREATE FUNCTION ${supportSchema}.shift(value timestamp, length interval) RETURNS timestamp LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE moved timestamp := value + length;
BEGIN
  IF moved >= '0001-01-01' AND moved < '10000-01-01' THEN RETURN moved; END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS517', MESSAGE = 'Adding a value to a ''date'' column caused an overflow.';
END $$;

CREATE FUNCTION ${supportSchema}.boundaries(part text, value timestamp) RETURNS int8 LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE part
    WHEN 'year' THEN extract(year FROM value)::int8
    WHEN 'quarter' THEN extract(year FROM value)::int8 * 4 + extract(quarter FROM value)::int8
    WHEN 'month' THEN extract(year FROM value)::int8 * 12 + extract(month FROM value)::int8
    WHEN 'week' THEN floor((value::date - date '0001-01-07') / 7.0)::int8
    WHEN 'day' THEN (value::date - date '0001-01-01')::int8
    WHEN 'hour' THEN floor(extract(epoch FROM value) / 3600)::int8
    WHEN 'minute' THEN floor(extract(epoch FROM value) / 60)::int8
    WHEN 'second' THEN floor(extract(epoch FROM value))::int8
    WHEN 'millisecond' THEN floor(extract(epoch FROM value) * 1000)::int8
    WHEN 'microsecond' THEN floor(extract(epoch FROM value) * 1000000)::int8 END $$;

CREATE FUNCTION ${supportSchema}.day_of(year int, month int, day int) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF year BETWEEN 1 AND 9999 AND month BETWEEN 1 AND 12 AND day >= 1
    AND day <= extract(day FROM make_date(year, month, 1) + interval '1 month - 1 day') THEN
    RETURN make_date(year, month, day);
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'MS289', MESSAGE = 'Cannot construct data type date, some of the arguments have values which are not valid.';
END $$;

CREATE FUNCTION ${supportSchema}.guid_order(value uuid) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT substr(raw, 11, 6) || substr(raw, 9, 2) || substr(raw, 8, 1) || substr(raw, 7, 1) || substr(raw, 6, 1)
    || substr(raw, 5, 1) || substr(raw, 4, 1) || substr(raw, 3, 1) || substr(raw, 2, 1) || substr(raw, 1, 1)
  FROM (SELECT uuid_send(value) AS raw) AS bytes $$;`;

const metadata = `
CREATE FUNCTION ${supportSchema}.object_id(written text, wanted text) RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE parts text[];
BEGIN
  parts := regexp_match(written, '^(?:(?:\\[([^\\]]+)\\]|"([^"]+)"|([^].["]+))[.])?(?:\\[([^\\]]+)\\]|"([^"]+)"|([^].["]+))$');
  RETURN (SELECT o.object_id FROM ${supportSchema}.objects AS o JOIN ${supportSchema}.schemas AS s USING (schema_id)
    WHERE s.name = coalesce(parts[1], parts[2], parts[3], 'dbo')::bpchar COLLATE ${supportSchema}.ci AND o.name = coalesce(parts[4], parts[5], parts[6])::bpchar COLLATE ${supportSchema}.ci
    AND (wanted IS NULL OR o.kind = upper(btrim(wanted))));
END $$;

CREATE FUNCTION ${supportSchema}.col_length(written text, wanted text) RETURNS int2 LANGUAGE sql STABLE AS $$
  SELECT c.max_length::int2 FROM ${supportSchema}.columns AS c
  WHERE c.object_id = ${supportSchema}.object_id(written, NULL) AND c.name = wanted::bpchar COLLATE ${supportSchema}.ci $$;`;

export function supportSql(more: string): string {
  return [collation, catalog, failure, conversions, moments, more, metadata].join('\n');
}
