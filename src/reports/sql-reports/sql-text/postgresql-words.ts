import { listed, refusals } from './word-lists.ts';
import type { Words } from './word-lists.ts';

const reserved = 'it is a reserved word that queries have no use for: a name goes in double quotes';

export const postgresqlWords: Words = {
  syntax: listed(`
    ALL AND ANY ARRAY AS ASC BETWEEN BOTH CASE CAST COLLATE CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DESC
    DISTINCT ELSE END EXCEPT EXISTS FALSE FETCH FROM FULL GROUP HAVING ILIKE IN INNER INTERSECT IS JOIN LATERAL LEADING
    LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NOT NULL OFFSET ON OR ORDER OUTER RIGHT SELECT SIMILAR SOME SYMMETRIC THEN
    TO TRAILING TRUE UNION USING VALUES WHEN WHERE WINDOW WITH`),
  either: listed(`
    AT BY CUBE CURRENT ESCAPE EXCLUDE FILTER FIRST FOLLOWING GROUPING GROUPS LAST MATERIALIZED NEXT NO NULLS ONLY ORDINALITY
    OTHERS OVER PARTITION PRECEDING RANGE RECURSIVE ROLLUP ROW ROWS SETS TIES TIME UNBOUNDED UNKNOWN WITHIN WITHOUT ZONE`),
  refused: refusals([
    ['INTO', 'SELECT_INTO', 'a report makes no table'],
    ['INSERT UPDATE DELETE MERGE TRUNCATE COPY RETURNING', 'FORBIDDEN_CONSTRUCT', 'a report only reads'],
    ['CALL EXECUTE DO PREPARE', 'FORBIDDEN_CONSTRUCT', 'a report runs no procedure'],
    ['CREATE ALTER DROP GRANT REVOKE', 'FORBIDDEN_CONSTRUCT', 'a report only reads and defines nothing'],
    ['DECLARE BEGIN', 'FORBIDDEN_CONSTRUCT', 'a report is one SELECT, not a script'],
    [
      'FOR',
      'FORBIDDEN_CONSTRUCT',
      'a report locks no rows; a part of a text is SUBSTRING(text, from, length)',
    ],
    ['TABLE', 'FORBIDDEN_CONSTRUCT', 'write SELECT with the columns wanted'],
    ['TABLESAMPLE', 'FORBIDDEN_CONSTRUCT', 'a report tells the same twice'],
    ['OPERATOR', 'FORBIDDEN_CONSTRUCT', 'an operator is written as its sign'],
    [
      'CURRENT_CATALOG CURRENT_ROLE CURRENT_SCHEMA CURRENT_USER SESSION_USER SYSTEM_USER USER',
      'FORBIDDEN_FUNCTION',
      'it tells about the login, not about the data',
    ],
    [
      `ANALYSE ANALYZE ASYMMETRIC AUTHORIZATION BINARY CHECK COLLATION COLUMN CONCURRENTLY CONSTRAINT DEFAULT DEFERRABLE
      FOREIGN FREEZE INITIALLY ISNULL NATURAL NOTNULL OVERLAPS PLACING PRIMARY REFERENCES UNIQUE VARIADIC VERBOSE`,
      'FORBIDDEN_CONSTRUCT',
      reserved,
    ],
  ]),
  types: listed(`
    BIGINT BOOL BOOLEAN CHAR CHARACTER DATE DECIMAL DOUBLE FLOAT FLOAT4 FLOAT8 INT INT2 INT4 INT8 INTEGER INTERVAL JSON JSONB
    NUMERIC REAL SMALLINT TEXT TIME TIMESTAMP TIMESTAMPTZ UUID VARCHAR`),
  operators:
    listed(`= <> != < <= > >= + - * / % ^ ~ ~* !~ !~* || & | # << >> && @> <@ -> ->> #> #>> ? ?| ?& ~~ ~~* !~~
    !~~* :: => ( ) [ ] : , . ;`),
};
