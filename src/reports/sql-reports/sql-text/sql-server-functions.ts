import { listed } from './word-lists.ts';
import type { Functions } from './word-lists.ts';

const aggregates = listed(`
  APPROX_COUNT_DISTINCT AVG COUNT COUNT_BIG MAX MIN STDEV STDEVP STRING_AGG SUM VAR VARP`);

/** What reports need of the functions that SQL Server brings along; all of them only calculate. */
export const sqlServerFunctions: Functions = {
  aggregates,
  allowed: new Set([
    ...aggregates,
    ...listed(`GROUPING GROUPING_ID
      ROW_NUMBER RANK DENSE_RANK NTILE LAG LEAD FIRST_VALUE LAST_VALUE PERCENT_RANK CUME_DIST PERCENTILE_CONT
      PERCENTILE_DISC
      ASCII CHAR CHARINDEX CONCAT CONCAT_WS DATALENGTH DIFFERENCE FORMAT LEFT LEN LOWER LTRIM NCHAR PATINDEX QUOTENAME
      REPLACE REPLICATE REVERSE RIGHT RTRIM SOUNDEX SPACE STR STRING_ESCAPE STRING_SPLIT STUFF SUBSTRING TRANSLATE TRIM
      UNICODE UPPER
      DATEADD DATEDIFF DATEDIFF_BIG DATEFROMPARTS DATENAME DATEPART DATETIME2FROMPARTS DATETIMEFROMPARTS DATETRUNC
      DATE_BUCKET DAY EOMONTH GETDATE GETUTCDATE ISDATE MONTH SMALLDATETIMEFROMPARTS SWITCHOFFSET SYSDATETIME
      SYSDATETIMEOFFSET SYSUTCDATETIME TIMEFROMPARTS TODATETIMEOFFSET YEAR
      ABS ACOS ASIN ATAN ATN2 CEILING COS COT DEGREES EXP FLOOR LOG LOG10 PI POWER RADIANS ROUND SIGN SIN SQRT SQUARE
      TAN
      CAST CONVERT TRY_CAST TRY_CONVERT
      CHOOSE COALESCE GREATEST IIF ISNULL ISNUMERIC LEAST NULLIF
      GENERATE_SERIES ISJSON JSON_PATH_EXISTS JSON_QUERY JSON_VALUE OPENJSON`),
  ]),
  reasons: [
    [/^(?:xp|sp)_/u, 'it is a procedure, and a report runs none'],
    [/^(?:fn_|dm_)/u, 'it reads logs, files or the state of the server'],
    [/^(?:openrowset|openquery|opendatasource)$/u, 'it reads files or other servers'],
    [/^(?:newid|rand|newsequentialid)$/u, 'a report tells the same twice'],
    [/^(?:parse|try_parse)$/u, 'the parser does not know it: use CONVERT with a style'],
    [
      /^(?:host_|suser_|user_|original_|session_|context_|app_name|db_|object_|has_perms)/u,
      'it tells about the server, not about the data',
    ],
  ],
};
